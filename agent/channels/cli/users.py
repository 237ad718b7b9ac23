"""People of a tenant: their roles, passwords, tokens and sign-in links."""

from __future__ import annotations

import getpass
import json
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.channels.cli.declaration import command
from agent.channels.cli.invocation import Invocation
from agent.channels.cli.output import print_table, print_text
from agent.channels.cli.tenants import confirm
from tenants.errors import AppError, BadInput
from tenants.roles import Role

if TYPE_CHECKING:  # listing commands must not load the databases
    from tenants.people import People
    from tenants.tenant import Tenant

Name = Annotated[str, typer.Argument(help="The person's name, e.g. maria.")]
RoleName = Annotated[str, typer.Argument(help="viewer, analyst, manager or admin.")]
Password = Annotated[
    bool,
    typer.Option("--password", help="Set a password: asked for, or read from standard input."),
]
_LONGEST_TOKEN_DAYS = 3_650

group = typer.Typer(no_args_is_help=True, help="The people of a tenant and their roles.")


def add_to(program: typer.Typer) -> None:
    """Add the group to the program."""
    program.add_typer(group, name="users", rich_help_panel="Administer")


@command(
    group,
    "add",
    examples=(
        "tillsight users add maria --role manager",
        "tillsight users add ben --role viewer --password < password.txt",
    ),
    without=frozenset({"role_name", "today_text"}),
)
def add(
    call: Invocation,
    *,
    name: Name,
    role: Annotated[str, typer.Option(help="viewer, analyst, manager or admin.")],
    password: Password = False,
) -> None:
    """Add a person; without a password they sign in by a one-time link or a token."""
    chosen = Role.parse(role)
    with _recorded(call, "users.add", {"user": name, "role": chosen.label}) as (people, tenant):
        people.add(tenant, name, chosen, _new_password() if password else None)
    _told(call, {"user": name, "role": chosen.label}, f"{name} is now {chosen.label} here.")


@command(group, "list", examples=("tillsight users list --tenant acme",))
def list_(call: Invocation) -> None:
    """List the people of a tenant."""
    principal = call.require(Role.ADMIN)
    installation = call.application.installation
    tenant = installation.directory.get(principal.tenant)
    rows = [
        {"user": person.name, "role": person.role.label}
        for person in installation.people.list(tenant)
    ]
    nothing = "Nobody yet; add a person with `tillsight users add NAME --role ROLE`."
    call.show(rows, lambda: print_table(rows) if rows else print_text(nothing))


@command(group, "role", examples=("tillsight users role ben analyst",))
def role(call: Invocation, *, name: Name, new_role: RoleName) -> None:
    """Change a person's role; it counts from their next question."""
    chosen = Role.parse(new_role)
    with _recorded(call, "users.role", {"user": name, "role": chosen.label}) as (people, tenant):
        people.set_role(tenant, name, chosen)
    _told(call, {"user": name, "role": chosen.label}, f"{name} is now {chosen.label} here.")


@command(
    group,
    "password",
    examples=("tillsight users password maria", "tillsight users password ben < password.txt"),
)
def password(call: Invocation, *, name: Name) -> None:
    """Set a person's password: asked for, or read from standard input."""
    with _recorded(call, "users.password", {"user": name}) as (people, tenant):
        people.get(tenant, name)
        people.set_password(tenant, name, _new_password())
    _told(call, {"user": name}, f"The password of {name} is set.")


@command(group, "token", examples=("tillsight users token maria --label nightly --days 90",))
def token(
    call: Invocation,
    *,
    name: Name,
    label: Annotated[str, typer.Option(help="What the token is for.")] = "",
    days: Annotated[
        int, typer.Option(help="How long it is valid.", min=1, max=_LONGEST_TOKEN_DAYS)
    ] = 90,
) -> None:
    """Make an API token; it is shown once and only its hash is kept."""
    access = call.application.installation.access
    arguments = {"user": name, "label": label, "days": days}
    with _recorded(call, "users.token", arguments) as (_, tenant):
        secret = access.issue_token(tenant.name, name, label, expires_days=days)
    _told(call, {"user": name, "token": secret, "days": days}, secret)


@command(group, "link", examples=("tillsight users link maria",))
def link(call: Invocation, *, name: Name) -> None:
    """Make a one-time link that signs a person in to the page."""
    settings, access = call.application.settings, call.application.installation.access
    with _recorded(call, "users.link", {"user": name}) as (_, tenant):
        secret = access.issue_link(tenant.name, name)
    address = f"http://{settings.host}:{settings.port}/link/{secret}"
    _told(call, {"user": name, "link": address}, address)


@command(group, "remove", examples=("tillsight users remove ben --yes",))
def remove(
    call: Invocation,
    *,
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask back.")] = False,
) -> None:
    """Remove a person with their password, tokens and links; the audit keeps what they did."""
    call.require(Role.ADMIN)
    if not yes:
        confirm(f"Remove {name!r} from {call.principal.tenant!r}?")
    with _recorded(call, "users.remove", {"user": name}) as (people, tenant):
        people.remove(tenant, name)
    _told(call, {"removed": name}, f"{name} is removed.")


@contextmanager
def _recorded(
    call: Invocation, action: str, arguments: dict[str, Any]
) -> Iterator[tuple[People, Tenant]]:
    """Record what an administrator is about to do, and how it ended."""
    from tenants.audit import AuditEvent, Outcome  # noqa: PLC0415 - loads the databases

    installation = call.application.installation
    principal = call.principal
    audit = installation.audit(principal.tenant_id)
    event = AuditEvent(
        call_id=uuid.uuid4().hex,
        principal=principal,
        tool=action,
        arguments=json.dumps(arguments, sort_keys=True, ensure_ascii=False),
    )
    audit.intend(event)
    try:
        call.require(Role.ADMIN)
        yield installation.people, installation.directory.get(principal.tenant)
    except AppError as error:
        audit.conclude(event, Outcome(error.outcome), error.audit_note)
        raise
    audit.conclude(event, Outcome.SUCCEEDED)


def _new_password() -> str:
    if not sys.stdin.isatty():
        given = sys.stdin.readline().rstrip("\r\n")
    else:
        given = getpass.getpass("New password: ")
        if given != getpass.getpass("The same again: "):
            raise BadInput("The two passwords differ; nothing was changed.")
    if not given:
        raise BadInput("The password is empty; nothing was changed.")
    return given


def _told(call: Invocation, value: dict[str, Any], sentence: str) -> None:
    call.show(value, lambda: print_text(sentence))
