"""Forecast every series of the catalogue into a file."""

import os
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
from pydantic import Field

from forecasting.data.plan import read_plan
from tenants.errors import BadInput, OutOfRange
from tenants.roles import Role
from tools.contract import Effect, ModelResult, ToolArgs, ToolContext, tool
from tools.periods import period_ahead

# A spreadsheet takes a cell that starts with one of these for a formula.
_FORMULA = tuple("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")
_DIGITS = 4


class ForecastCatalogueArgs(ToolArgs):
    """Which days, from which plan, into which file."""

    start: date = Field(description="First day.")
    end: date = Field(description="Last day, included.")
    out: str = Field(description="The file to write: .csv or .parquet.")
    plan: str | None = Field(
        None, description="A file with prices, promotions and other covariates of coming days."
    )
    level: int = Field(80, ge=50, le=99, description="Percent the ranges shall cover.")


class CatalogueForecast(ModelResult):
    """What was written.

    Attributes:
        rows: One a series and period, with mean, lower and upper in `unit`; under the aim relative
            `mean` holds the figure with the least error in percent.
    """

    out: str
    rows: int
    series: int
    start: date
    end: date
    level: int
    unit: str


@tool(minimum_role=Role.ANALYST, effect=Effect.WRITES)
def forecast_catalogue(args: ForecastCatalogueArgs, ctx: ToolContext) -> CatalogueForecast:
    """Forecast every series of the catalogue into a file, one row a series and period.

    Use it for other programs to read; for a question about a few items ask the assistant.

    Columns are date, store, product, mean, lower, upper and unit; the range from lower to upper
    shall cover `level` percent of outcomes of its single row, so ranges do not add up. `mean` is
    expected sales, or, where the data's aim is relative, the figure with the least error in
    percent, which lies below expected sales: such figures do not add up either.

    Say where the file is, the period, the data cutoff and the model.
    """
    out = Path(args.out)
    write = _writer(out)
    period = period_ahead(args.start, args.end, ctx)
    if period.end < args.end:
        # In a conversation the clipped part is said; whatever reads a file would not notice.
        raise OutOfRange(f"A forecast reaches at most to {period.end}; give --end up to then.")
    engine = ctx.forecasting
    plan = None if args.plan is None else read_plan(Path(args.plan), engine.store)
    table = engine.forecast_table(period.start, period.end, level=args.level, plan=plan)
    _publish(out, lambda path: write(table, path))
    return CatalogueForecast(
        out=str(out),
        rows=len(table),
        series=len(table[["store", "product"]].drop_duplicates()),
        start=period.start,
        end=period.end,
        level=args.level,
        unit=str(table["unit"].iloc[0]) if len(table) else "",
        cutoff=engine.cutoff,
        model=engine.production.id,
        notes=[*period.notes, *table.attrs.get("notes", ()), *_not_used(plan, table, args.end)],
    )


def _not_used(plan: pd.DataFrame | None, table: pd.DataFrame, end: date) -> list[str]:
    """Return notes on rows of the plan that no forecast could use.

    A plan may reach beyond the period; one that misses it altogether is a mistake to be told.
    """
    if plan is None or table.empty:
        return []
    series = pd.MultiIndex.from_frame(plan[["store", "product"]].astype(str))
    known = series.isin(pd.MultiIndex.from_frame(table[["store", "product"]].astype(str)))
    notes = []
    if not known.all():
        store, product = series[~known][0]
        notes.append(
            f"{int((~known).sum()):,} of {len(plan):,} rows of the plan were not used, as nothing "
            f"was sold of what they name, first product {product!r} in store {store!r}."
        )
    if not pd.to_datetime(plan["date"]).between(table["date"].min(), pd.Timestamp(end)).any():
        notes.append("No row of the plan lies in the period, so it changed nothing.")
    return notes


def _writer(out: Path) -> Callable[[pd.DataFrame, Path], None]:
    """Return what writes files with this ending.

    Raises:
        BadInput: Nothing does.
    """
    writers = {".csv": _write_csv, ".parquet": _write_parquet}
    if out.suffix.lower() not in writers:
        raise BadInput(f"{str(out)!r} must end in .csv or .parquet.")
    return writers[out.suffix.lower()]


def _write_csv(table: pd.DataFrame, path: Path) -> None:
    shown = table.assign(
        date=pd.to_datetime(table["date"]).dt.strftime("%Y-%m-%d"),
        **{name: _harmless(table[name]) for name in ("store", "product", "unit")},
    )
    figures = ["mean", "lower", "upper"]
    shown[figures] = shown[figures].round(_DIGITS)
    shown.to_csv(path, index=False, lineterminator="\n")


def _write_parquet(table: pd.DataFrame, path: Path) -> None:
    table.assign(date=pd.to_datetime(table["date"])).to_parquet(path, index=False)


def _harmless(texts: "pd.Series[str]") -> "pd.Series[str]":
    """Return text cells that no spreadsheet runs as a formula."""
    texts = texts.astype(str)
    risky = texts.str.lstrip().str.startswith(_FORMULA) | texts.str.startswith(_FORMULA)
    return texts.where(~risky, "'" + texts)


def _publish(out: Path, write: Callable[[Path], None]) -> None:
    """Write a file whole or not at all, whatever stood there before."""
    try:
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.", suffix=out.suffix)
    except OSError as error:
        raise BadInput(
            f"{str(out.parent)!r} cannot be written to ({error.strerror}); choose another folder."
        ) from None
    os.close(handle)
    draft = Path(name)
    try:
        write(draft)
        draft.chmod(0o644)
        draft.replace(out)
    except OSError as error:
        raise BadInput(f"{str(out)!r} cannot be written ({error.strerror or error}).") from None
    finally:
        draft.unlink(missing_ok=True)
