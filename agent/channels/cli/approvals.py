"""Approvals: what the assistant proposed and a person must confirm."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.channels.cli.declaration import command
from agent.channels.cli.invocation import Invocation
from agent.channels.cli.operating import result_of
from agent.channels.cli.output import print_facts, print_table, print_text

if TYPE_CHECKING:  # the gateway loads the engine
    from tools.approvals import Approval

ApprovalId = Annotated[str, typer.Argument(metavar="ID", help="The approval, e.g. AP-3.")]

group = typer.Typer(no_args_is_help=True, help="What waits for a person's yes or no.")


def add_to(program: typer.Typer) -> None:
    """Add the group to the program."""
    program.add_typer(group, name="approvals", rich_help_panel="Ask")


@command(group, "list", examples=("tillsight approvals list --as maria",))
def list_(call: Invocation) -> None:
    """List what waits for a decision."""
    waiting = call.application.counter.gateway.pending(call.principal)
    rows = [described(approval) for approval in waiting]
    flat = [row | {"arguments": json.dumps(row["arguments"])} for row in rows]
    call.show(rows, lambda: print_table(flat) if flat else print_text("Nothing waits."))


@command(group, "approve", examples=("tillsight approvals approve AP-3 --as maria",))
def approve(call: Invocation, *, approval: ApprovalId) -> None:
    """Approve exactly what was proposed; it runs at once."""
    _decide(call, approval, approve=True)


@command(group, "deny", examples=("tillsight approvals deny AP-3 --as maria",))
def deny(call: Invocation, *, approval: ApprovalId) -> None:
    """Deny what was proposed; nothing happens."""
    _decide(call, approval, approve=False)


def described(approval: Approval) -> dict[str, Any]:
    """Return an approval ready for JSON."""
    return approval.to_dict()


def _decide(call: Invocation, approval: str, *, approve: bool) -> None:
    principal = call.principal
    with call.progress("Working") as progress:
        done = call.application.counter.gateway.decide(
            approval, principal, approve=approve, progress=progress
        )
    if not approve:
        call.show(
            {"denied": approval}, lambda: print_text(f"{approval} is denied; nothing was done.")
        )
        return
    result = result_of(done)
    call.show(result, lambda: print_facts(result))
