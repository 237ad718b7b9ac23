"""Preparing the demo world and serving the page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.channels.address import Address, require_free
from agent.channels.cli.declaration import command
from agent.channels.cli.invocation import Invocation, parse_date
from agent.channels.cli.output import print_text
from agent.channels.cli.reports import print_demo
from tenants.roles import Role

if TYPE_CHECKING:  # the databases load when a command needs them
    from tenants.installation import Installation
    from tenants.tenant import Tenant

_ADMINISTRATOR = "admin"
_program = typer.Typer()


def add_to(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.registered_commands += _program.registered_commands


@command(
    _program,
    "demo",
    examples=("tillsight demo", "tillsight demo --until 2026-06-28 --today 2026-06-29"),
    without=frozenset({"tenant_name", "as_user", "role_name"}),
    panel="Start",
)
def demo(
    call: Invocation,
    *,
    until: Annotated[
        str | None, typer.Option(help="Last day of its sales; default: yesterday.")
    ] = None,
    if_missing: Annotated[
        bool, typer.Option("--if-missing", help="Say nothing when it is there already.")
    ] = False,
) -> None:
    """Make a small retail world, load it and train: two invented companies to try things on."""
    result = _prepare(call, None if until is None else parse_date("--until", until))
    if not (if_missing and not result["changed"]):
        call.show(result, lambda: print_demo(result))


@command(
    _program,
    "serve",
    examples=("tillsight serve", "tillsight serve --tenant acme --port 8080"),
    without=frozenset({"role_name", "json"}),
    panel="Start",
)
def serve(
    call: Invocation,
    *,
    host: Annotated[str | None, typer.Option(help="Default: 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(help="Default: 7860.", min=1, max=65535)] = None,
    demo_world: Annotated[
        bool, typer.Option("--demo", help="Prepare the demo world first, if it is missing.")
    ] = False,
) -> None:
    """Serve the page and print a link that signs you in once."""
    settings = call.application.settings
    address = Address(host or settings.host, port or settings.port)
    require_free(address)
    if demo_world:
        _prepare(call, None)
    link = None
    if settings.is_local:
        tenant = call.application.installation.directory.get(call.tenant)
        person = call.as_user or _administrator(call.application.installation, tenant)
        link = call.application.installation.access.issue_link(tenant.name, person)
    # Gradio takes four seconds to load and the other commands do not need it.
    from agent.channels.web.server import serve_page  # noqa: PLC0415

    serve_page(
        call.application, address, tenant=call.tenant, started=lambda: _announce(address, link)
    )


def _announce(address: Address, link: str | None) -> None:
    print_text(f"Tillsight is at {address.url}")
    if link is not None:
        print_text(f"This link signs you in, once: {address.url}/link/{link}")
    if not address.is_loopback:
        print_text(
            f"Whoever reaches {address.host} sees the sign-in page; put HTTPS in front of it.",
            error=True,
        )
    print_text("Stop with Ctrl-C.")


def _administrator(installation: Installation, tenant: Tenant) -> str:
    """Return the name of someone who may do everything, added if the tenant has nobody such."""
    for person in installation.people.list(tenant):
        if person.role is Role.ADMIN:
            return person.name
    return installation.people.add(tenant, _ADMINISTRATOR, Role.ADMIN).name


def _prepare(call: Invocation, until: date | None) -> dict[str, Any]:
    from tools.demo import prepare_demo  # noqa: PLC0415 - loads the engine

    with call.progress("Preparing the demo world") as progress:
        return prepare_demo(call.application.counter, until=until, progress=progress)
