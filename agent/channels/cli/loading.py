"""Loading a retailer's data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from agent.channels.cli.declaration import command
from agent.channels.cli.invocation import Invocation
from agent.channels.cli.operating import operate
from agent.channels.cli.reports import print_load
from tenants.errors import BadInput

_PANEL = "Load, train and forecast"
_program = typer.Typer()


def add_to(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.registered_commands += _program.registered_commands


@command(
    _program,
    "ingest",
    examples=(
        "tillsight ingest --tenant acme --from exports/",
        "tillsight ingest --tenant rossmann --mapping docs/examples/rossmann.toml --from rossmann/",
        "tillsight ingest --tenant acme --from postgresql+psycopg://reader@db/warehouse",
    ),
    panel=_PANEL,
)
def ingest(
    call: Invocation,
    *,
    source: Annotated[
        str,
        typer.Option("--from", metavar="DIR_OR_URL", help="A folder, file or database address."),
    ],
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help="How foreign columns are named.")
    ] = None,
) -> None:
    """Load sales and what explains them; loading the same files again changes nothing."""
    if "://" not in source and not Path(source).exists():
        raise BadInput(
            f"There is nothing at {source!r}; give a folder, a file or a database address."
        )
    if mapping is not None and not mapping.is_file():
        raise BadInput(f"There is no mapping file {str(mapping)!r}; check the path.")
    result = operate(
        call,
        "ingest",
        {"source": source, "mapping": None if mapping is None else str(mapping)},
        title="Reading",
    )
    call.show(result, lambda: print_load(result))
