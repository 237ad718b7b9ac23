"""Look up what was sold."""

from datetime import date
from typing import Literal

from pydantic import Field

from forecasting.history import HistoryRow, summarise
from tenants.roles import Role
from tools.contract import DataResult, Effect, Item, ToolArgs, ToolContext, ToolResult, tool
from tools.naming import first_day, item_name, subject
from tools.periods import Period, compared_with, joined, period_behind


class SalesHistoryArgs(ToolArgs):
    """What was sold, when, and how to split and compare it."""

    product: str | None = Field(None, description="Product, by id or name; left out: all.")
    store: str | None = Field(None, description="Store, by id or name; left out: all.")
    category: str | None = Field(None, description="Product category; left out: all.")
    start: date | None = Field(None, description="First day, YYYY-MM-DD; left out: last 28 days.")
    end: date | None = Field(None, description="Last day, included, YYYY-MM-DD.")
    measure: Literal["units", "revenue", "price", "discount"] = Field(
        "units", description="Sums of units or money, or sales-weighted mean price or discount."
    )
    group_by: Literal["product", "store", "category", "day", "week", "month"] | None = Field(
        None, description="Split by item or by time; left out: one figure."
    )
    top: int | None = Field(None, ge=1, le=500, description="Only so many groups.")
    order: Literal["desc", "asc"] = Field("desc", description="Largest or smallest first.")
    compare_to: Literal["previous_period", "last_year"] | None = Field(
        None, description="Compare with the period before, or with the same a year earlier."
    )


class SalesRow(ToolResult):
    """One group, in the result's unit.

    Attributes:
        key: The product's or store's id, the category, or the first day.
        name: How people call it.
        value: Null where nothing is on record.
        change_pct: Value against previous, in percent of previous.
    """

    key: str
    name: str
    start: date
    end: date
    value: float | None
    previous: float | None
    change_pct: float | None


class SalesHistoryResult(DataResult):
    """What was sold in a period.

    Attributes:
        value: Of everything asked for; null where nothing is on record.
        unit: `units`, a currency code, `<currency> per unit`, or `percent`.
        previous: The same in the period compared to, which `previous_start` and
            `previous_end` name.
        change_pct: Value against previous, in percent of previous.
        rows: By group; at most `top`.
        groups: How many groups there are in all.
    """

    product: Item | None
    store: Item | None
    category: str | None
    start: date
    end: date
    measure: str
    group_by: str | None
    order: str
    unit: str
    value: float | None
    compare_to: str | None
    previous_start: date | None
    previous_end: date | None
    previous: float | None
    change_pct: float | None
    rows: tuple[SalesRow, ...]
    groups: int
    series: int


@tool(minimum_role=Role.VIEWER, effect=Effect.READS)
def sales_history(args: SalesHistoryArgs, ctx: ToolContext) -> SalesHistoryResult:
    """Look up past sales, prices or discounts; split, rank and compare them.

    Use it for what was sold, best and worst sellers, average prices, and "compared with last
    year". For coming days use `forecast`; for why sales changed use `explain`; for days that were
    not as expected use `detect_anomalies`.

    `value` is the whole period in `unit`; `rows` split it by `group_by`, ranked by `order`. Price
    and discount are means weighted by sales. Sales are what was sold, not what was wanted: where
    stock ran out, demand was higher.

    Say the period, the one it is compared with, the data cutoff and every note.
    """
    period = period_behind(args.start, args.end, ctx)
    about = subject(ctx, product=args.product, store=args.store, category=args.category)
    earlier, missing = _earlier(args, period, ctx)
    found = summarise(
        ctx.forecasting.panel,
        about.scope,
        period.start,
        period.end,
        measure=args.measure,
        group_by=args.group_by,
        top=args.top,
        order=args.order,
        compare=None if earlier is None else (earlier.start, earlier.end),
        currency=ctx.tenant.currency,
    )
    return SalesHistoryResult(
        product=about.product,
        store=about.store,
        category=about.category,
        start=period.start,
        end=period.end,
        measure=args.measure,
        group_by=args.group_by,
        order=args.order,
        unit=found.unit,
        value=found.value,
        compare_to=None if earlier is None else args.compare_to,
        previous_start=None if earlier is None else earlier.start,
        previous_end=None if earlier is None else earlier.end,
        previous=found.previous,
        change_pct=found.change_pct,
        rows=tuple(_row(row, args.group_by, ctx) for row in found.rows),
        groups=found.groups,
        series=found.series,
        cutoff=ctx.forecasting.cutoff,
        notes=joined(period.notes, missing, found.notes),
    )


def _earlier(
    args: SalesHistoryArgs, period: Period, ctx: ToolContext
) -> tuple[Period | None, tuple[str, ...]]:
    """Return the period to compare with, or why there is none."""
    if args.compare_to is None:
        return None, ()
    earlier, first = compared_with(period, args.compare_to), first_day(ctx.forecasting)
    if earlier.start < first:
        words = (
            f"The data begin on {first}, too late to compare with {earlier.start} to {earlier.end}."
        )
        return None, (words,)
    return earlier, ()


def _row(row: HistoryRow, group_by: str | None, ctx: ToolContext) -> SalesRow:
    return SalesRow(
        key=row.key,
        name=item_name(ctx, group_by, row.key),
        start=row.start,
        end=row.end,
        value=row.value,
        previous=row.previous,
        change_pct=row.change_pct,
    )
