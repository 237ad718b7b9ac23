"""Approvals: what the assistant proposed and a person must confirm."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from agent.channels.cli.declaration import command
from agent.channels.cli.invocation import Invocation
from agent.channels.cli.operating import result_of
from agent.channels.cli.output import print_table, print_text

ApprovalId = Annotated[str, typer.Argument(metavar="ID", help="The approval, e.g. AP-3.")]

_COLUMNS = ("id", "tool", "arguments", "requested_by", "approvers", "expires_at")

group = typer.Typer(no_args_is_help=True, help="What waits for a person's yes or no.")


def add_to(program: typer.Typer) -> None:
    """Add the group to the program."""
    program.add_typer(group, name="approvals", rich_help_panel="Ask")


@command(group, "list", examples=("tillsight approvals list --as maria",))
def list_(call: Invocation) -> None:
    """List what waits for a decision."""
    waiting = call.application.counter.gateway.pending(call.principal)
    rows = [approval.to_dict() for approval in waiting]
    short = [{key: _cell(row[key]) for key in _COLUMNS} for row in rows]
    call.show(rows, lambda: print_table(short) if short else print_text("Nothing waits."))


@command(group, "approve", examples=("tillsight approvals approve AP-3 --as maria",))
def approve(call: Invocation, *, approval: ApprovalId) -> None:
    """Approve exactly what was proposed; it runs at once."""
    _decide(call, approval, approve=True)


@command(group, "deny", examples=("tillsight approvals deny AP-3 --as maria",))
def deny(call: Invocation, *, approval: ApprovalId) -> None:
    """Deny what was proposed; nothing happens."""
    _decide(call, approval, approve=False)


def _decide(call: Invocation, approval: str, *, approve: bool) -> None:
    principal = call.principal
    with call.progress("Working") as progress:
        done = call.application.counter.gateway.decide(
            approval, principal, approve=approve, progress=progress
        )
    result = result_of(done)
    if not approve:
        sentence = f"{approval} is denied; nothing was changed."
        call.show({"denied": approval}, lambda: print_text(sentence))
        return
    # Listing commands must not load the templates.
    from agent.planner.wording import say  # noqa: PLC0415
    from agent.planner.wording.style import Style  # noqa: PLC0415

    tenant = call.application.counter.tenant(principal)
    style = Style(tenant.currency, tenant.locale)
    call.show(result, lambda: print_text(say(done.tool, result, style)))


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return json.dumps(value) if isinstance(value, dict) else str(value)
