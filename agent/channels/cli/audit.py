"""The audit: every tool call, whether allowed, refused or failed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from agent.channels.cli.declaration import command
from agent.channels.cli.invocation import Invocation, parse_date
from agent.channels.cli.output import print_table, print_text
from tenants.errors import BadInput
from tenants.roles import Role

_MOST_ROWS = 500
_COLUMNS = ("sequence", "at", "user", "role", "channel", "tool", "phase", "outcome", "arguments")
_LONGEST_CELL = 60

group = typer.Typer(
    no_args_is_help=True, help="What was asked of the tools, by whom, and how it ended."
)


def add_to(program: typer.Typer) -> None:
    """Add the group to the program."""
    program.add_typer(group, name="audit", rich_help_panel="Administer")


@command(group, "verify", examples=("tillsight audit verify",))
def verify(call: Invocation) -> None:
    """Check that no record was changed, removed or added afterwards."""
    principal = call.require(Role.ADMIN)
    found = call.application.installation.audit(principal.tenant_id).verify()
    value = {
        "ok": found.ok,
        "records": found.records,
        "first_bad": found.first_bad,
        "why": found.why,
    }
    good = f"All {found.records:,} records are as they were written."
    bad = f"The audit is damaged at record {found.first_bad}: {found.why}."
    call.show(value, lambda: print_text(good if found.ok else bad, error=not found.ok))
    if not found.ok:
        raise typer.Exit(2)


@command(
    group,
    "show",
    examples=("tillsight audit show --outcome refused", "tillsight audit show --user maria --json"),
)
def show(
    call: Invocation,
    *,
    user: Annotated[str | None, typer.Option(help="Only calls of this person.")] = None,
    tool: Annotated[str | None, typer.Option(help="Only calls of this tool.")] = None,
    outcome: Annotated[
        str | None, typer.Option(help="succeeded, refused, invalid, failed or awaiting.")
    ] = None,
    start: Annotated[str | None, typer.Option(help="From this day on (UTC).")] = None,
    end: Annotated[str | None, typer.Option(help="Up to this day (UTC).")] = None,
    limit: Annotated[int, typer.Option(help="How many, newest first.", min=1, max=_MOST_ROWS)] = 50,
) -> None:
    """Show records, newest first."""
    principal = call.require(Role.ADMIN)
    records = call.application.installation.audit(principal.tenant_id).records(
        user=user,
        tool=tool,
        outcome=outcome,
        start=None if start is None else parse_date("--start", start),
        end=None if end is None else parse_date("--end", end),
        limit=limit,
    )
    rows = [record.to_dict() for record in records]
    short = [{key: _cell(key, row[key]) for key in _COLUMNS} for row in rows]
    nothing = "No record fits."
    call.show(rows, lambda: print_table(short) if short else print_text(nothing))


@command(group, "export", examples=("tillsight audit export audit.jsonl",))
def export(
    call: Invocation,
    *,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write JSON lines.")],
) -> None:
    """Write all records to a file, oldest first."""
    principal = call.require(Role.ADMIN)
    try:
        count = call.application.installation.audit(principal.tenant_id).export(path)
    except OSError as error:
        raise BadInput(
            f"The file {str(path)!r} cannot be written ({error.strerror}); choose another place."
        ) from error
    value = {"file": str(path), "records": count}
    call.show(value, lambda: print_text(f"{count:,} records are in {path}."))


def _cell(key: str, value: object) -> str:
    text = "" if value is None else str(value)
    if key == "at":
        return text[:19].replace("T", " ")
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
