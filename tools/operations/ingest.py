"""Load a retailer's data."""

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from forecasting.alerts.raising import raise_alerts
from forecasting.data.ingest import ingest as load
from tenants.roles import Role
from tools.contract import Effect, ToolArgs, ToolContext, ToolResult, tool


class IngestArgs(ToolArgs):
    """Where the data are and how they are named."""

    source: str = Field(description="A folder, a file, or the SQLAlchemy address of a database.")
    mapping: str | None = Field(
        None, description="A TOML file that says how foreign columns are named."
    )


class LoadedTable(ToolResult):
    """What became of the rows of one source table; `read` is the sum of the five fates."""

    table: str
    files: tuple[str, ...]
    read: int
    new: int
    changed: int
    unchanged: int
    duplicates: int
    quarantined: dict[str, int]
    unknown_columns: tuple[str, ...]
    absent_columns: tuple[str, ...]


class Loaded(ToolResult):
    """What a load did, and what the data can be used for now.

    Attributes:
        version: Names the data in force afterwards.
        changed: Whether that is another version than before.
        unknown_files: Files that belong to no table, and were not read.
        usable: Sentences on what the data allow and what is missing for more.
        shape: Rows, series, dates, gaps and conventions of all sales stored.
    """

    version: str
    version_before: str
    changed: bool
    cutoff: date | None
    usable: tuple[str, ...]
    unknown_files: tuple[str, ...]
    tables: tuple[LoadedTable, ...]
    shape: dict[str, Any]


@tool(minimum_role=Role.MANAGER, effect=Effect.WRITES)
def ingest(args: IngestArgs, ctx: ToolContext) -> Loaded:
    """Load sales and what explains them; loading the same files again changes nothing.

    Use it before anything else, and whenever there are new files.

    Every row is new, changed, unchanged, a duplicate or quarantined with a reason.

    Say how many rows were quarantined and why, and what the data can be used for.
    """
    report = load(
        args.source,
        ctx.forecasting.store,
        mapping=None if args.mapping is None else Path(args.mapping),
        today=ctx.today,
        currency=ctx.tenant.currency,
        progress=ctx.progress,
    )
    raise_alerts(ctx.forecasting)
    return Loaded(
        version=report.version,
        version_before=report.version_before,
        changed=report.changed,
        cutoff=report.shape.last,
        usable=report.usable,
        unknown_files=report.unknown_files,
        tables=tuple(
            LoadedTable.model_validate(table, from_attributes=True) for table in report.tables
        ),
        shape=report.shape.to_dict(),
    )
