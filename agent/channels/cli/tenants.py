"""Tenants: the retailers that share an installation."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from agent.channels.cli.declaration import command
from agent.channels.cli.invocation import Invocation
from agent.channels.cli.output import print_table, print_text
from tenants.errors import BadInput
from tenants.roles import Role

_COLUMNS = ("name", "title", "currency", "locale", "timezone", "country", "week_starts")
_NO_ONE = frozenset({"tenant_name", "role_name", "today_text", "as_user"})

group = typer.Typer(no_args_is_help=True, help="The retailers that share this installation.")


def add_to(program: typer.Typer) -> None:
    """Add the group to the program."""
    program.add_typer(group, name="tenants", rich_help_panel="Administer")


@command(
    group,
    "create",
    examples=(
        "tillsight tenants create acme --title 'Acme Foods'",
        "tillsight tenants create rossmann --currency EUR --timezone Europe/Berlin --country DE",
    ),
    without=_NO_ONE - {"role_name", "as_user"},
)
def create(
    call: Invocation,
    *,
    name: Annotated[str, typer.Argument(help="A short name people type, e.g. acme.")],
    title: Annotated[str, typer.Option(help="The name people read.")] = "",
    currency: Annotated[str, typer.Option(help="ISO 4217 code of its money.")] = "USD",
    locale: Annotated[str, typer.Option(help="How dates and figures are written.")] = "en-US",
    timezone: Annotated[str, typer.Option(help="IANA name; decides what today is.")] = "UTC",
    country: Annotated[str, typer.Option(help="ISO 3166 code of its public holidays.")] = "",
    week_starts: Annotated[int, typer.Option(help="0 Monday … 6 Sunday.", min=0, max=6)] = 0,
    admin: Annotated[
        str | None, typer.Option(help="Also add this person as its first administrator.")
    ] = None,
) -> None:
    """Create a tenant."""
    call.require_operator()
    installation = call.application.installation
    made = installation.directory.create(
        name,
        title=title,
        currency=currency,
        locale=locale,
        timezone=timezone,
        country=country,
        week_starts=week_starts,
    )
    value = _row(made)
    next_step = f"tillsight ingest --tenant {made.name} --from FOLDER"
    sentences = [f"Tenant {made.name} is ready. Load its sales with: {next_step}"]
    if admin is not None:
        # On a shared installation nobody could sign in to add the first person.
        installation.people.add(made, admin, Role.ADMIN)
        token = installation.access.issue_token(made.name, admin, "first administrator")
        value |= {"admin": admin, "token": token}
        sentences.append(f"{admin} administers it, with the token {token} (shown this once).")
    call.show(value, lambda: print_text("\n".join(sentences)))


@command(
    group,
    "list",
    examples=("tillsight tenants list", "tillsight tenants list --json"),
    without=_NO_ONE - {"role_name", "as_user"},
)
def list_(call: Invocation) -> None:
    """List the tenants."""
    call.require_operator()
    rows = [_row(tenant) for tenant in call.application.installation.directory.list()]
    nothing = (
        "There is no tenant yet; make one with `tillsight tenants create` or `tillsight demo`."
    )
    call.show(rows, lambda: print_table(rows, _COLUMNS) if rows else print_text(nothing))


@command(
    group,
    "delete",
    examples=("tillsight tenants delete acme --yes",),
    without=_NO_ONE - {"role_name", "as_user"},
)
def delete(
    call: Invocation,
    *,
    name: Annotated[str, typer.Argument(help="The tenant's name.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask back.")] = False,
) -> None:
    """Delete a tenant with all its data, models and records; this cannot be undone."""
    call.require_operator()
    directory = call.application.installation.directory
    tenant = directory.get(name)
    if not yes:
        confirm(f"Delete tenant {tenant.name!r} with all its data, models and records?")
    directory.delete(tenant.name)
    call.show({"deleted": tenant.name}, lambda: print_text(f"Tenant {tenant.name} is deleted."))


def confirm(question: str) -> None:
    """Ask a yes-or-no question on the terminal.

    Raises:
        BadInput: The answer is no, or nobody is there to answer.
    """
    if not typer.get_text_stream("stdin").isatty():
        raise BadInput("Nobody is at the terminal to confirm; give --yes if you are sure.")
    if not typer.confirm(question, err=True):
        raise BadInput("Nothing was changed.")


def _row(tenant: Any) -> dict[str, Any]:
    return {name: getattr(tenant, name) for name in _COLUMNS}
