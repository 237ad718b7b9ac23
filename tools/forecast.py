"""Forecast sales of coming days."""

from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from forecasting.scope import PlanChange, Scope
from tenants.roles import Role
from tools.contract import Effect, Item, ModelResult, ToolArgs, ToolContext, ToolResult, tool
from tools.naming import Subject, subject
from tools.periods import joined, period_ahead

if TYPE_CHECKING:
    from forecasting.serving import Forecast


class ForecastArgs(ToolArgs):
    """What to forecast, when, and how finely."""

    product: str | None = Field(None, description="Product, by id or name; left out: all.")
    store: str | None = Field(None, description="Store, by id or name; left out: all.")
    category: str | None = Field(None, description="Product category; left out: all.")
    start: date | None = Field(None, description="First day, YYYY-MM-DD; left out: next week.")
    end: date | None = Field(None, description="Last day, included, YYYY-MM-DD.")
    granularity: Literal["total", "day", "week", "month"] = Field(
        "total", description="One figure for the whole period, or one a day, week or month."
    )
    measure: Literal["units", "revenue"] = Field("units", description="Units or money.")
    discount_pct: float | None = Field(
        None, ge=0, le=90, description="Percent off the regular price, where it differs from plan."
    )
    level: int = Field(80, ge=50, le=99, description="Percent the range shall cover.")


class ForecastPoint(ToolResult):
    """Sales of one part of the period, in the result's unit."""

    start: date
    end: date
    mean: float
    lower: float
    upper: float


class ForecastResult(ModelResult):
    """Sales expected in a period.

    Attributes:
        unit: Of mean, lower and upper: `units` or a currency code.
        level: Percent of outcomes that the range from lower to upper shall cover.
        series: How many product-store series the figures add up.
        wape_pct: Error of the model in backtests, in percent of sales.
        naive_wape_pct: The same of repeating the last season.
    """

    product: Item | None
    store: Item | None
    category: str | None
    start: date
    end: date
    unit: str
    level: int
    discount_pct: float | None
    granularity: str
    mean: float
    lower: float
    upper: float
    points: tuple[ForecastPoint, ...]
    series: int
    wape_pct: float | None
    naive_wape_pct: float | None


@tool(minimum_role=Role.VIEWER, effect=Effect.READS)
def forecast(args: ForecastArgs, ctx: ToolContext) -> ForecastResult:
    """Forecast sales of coming days, with a prediction range.

    Use it for what is expected, also "at 15 % off" (give `discount_pct`). For past sales use
    `sales_history`; for what a change of price or promotion would do compared with the plan use
    `what_if`; for the best discount use `optimize_discount`; for reasons use `explain`.

    Figures are totals of the period in `unit` over all series asked for; `points` splits them by
    `granularity`, each point with a range of its own, so ranges of points do not add up.
    `wape_pct` is the model's error in backtests, `naive_wape_pct` that of repeating last season.

    Say the period, the range with its level, the data cutoff, the model, and every note.
    """
    period = period_ahead(args.start, args.end, ctx)
    about = subject(ctx, product=args.product, store=args.store, category=args.category)
    change, caveats = _at_discount(args.discount_pct, about.scope, ctx)
    found = ctx.forecasting.forecast(
        about.scope,
        period.start,
        period.end,
        change=change,
        measure=args.measure,
        level=args.level,
        granularity=args.granularity,
    )
    short = _short(args.discount_pct, about, found, ctx)
    if change is None and found.unit == ctx.forecasting.panel.unit:
        _remember(ctx, about.scope, found)
    notes = joined(period.notes, found.notes, caveats, short)
    return _result(args, about, found, ctx.forecasting.cutoff, notes)


def _result(
    args: ForecastArgs, about: Subject, found: "Forecast", cutoff: date, notes: tuple[str, ...]
) -> ForecastResult:
    return ForecastResult(
        product=about.product,
        store=about.store,
        category=about.category,
        start=found.start,
        end=found.end,
        unit=found.unit,
        level=args.level,
        discount_pct=args.discount_pct,
        granularity=args.granularity,
        mean=found.total.mean,
        lower=found.total.lower,
        upper=found.total.upper,
        points=tuple(
            ForecastPoint.model_validate(point, from_attributes=True) for point in found.points
        )
        if args.granularity != "total"
        else (),
        series=found.series,
        wape_pct=found.wape_pct,
        naive_wape_pct=found.naive_wape_pct,
        cutoff=cutoff,
        model=found.model,
        notes=notes,
    )


def _remember(ctx: ToolContext, scope: Scope, found: "Forecast") -> None:
    """Keep what is told, so that a revision or a miss can be held against it later."""
    from forecasting.told.records import Told  # noqa: PLC0415 - only where there is any

    engine = ctx.forecasting
    engine.explanations.told.remember(
        Told(
            scope=scope,
            start=found.start,
            end=found.end,
            figure=found.total,
            unit=found.unit,
            level=round(found.level),
            model=found.model,
            data_version=engine.panel.version,
            cutoff=found.cutoff,
            told_on=ctx.today,
        )
    )


def _short(
    discount_pct: float | None, about: Subject, found: "Forecast", ctx: ToolContext
) -> tuple[str, ...]:
    """Return what must be said where stores lack stock for what a discount would sell."""
    if discount_pct is None:
        return ()
    from forecasting import serving  # noqa: PLC0415 - loads the engine
    from forecasting.pricing.supply import supply  # noqa: PLC0415 - beside the above
    from forecasting.pricing.support import demand_notes  # noqa: PLC0415 - beside the above

    engine = ctx.forecasting
    panel = engine.panel
    span, _ = serving.span_of(panel, found.start, found.end, ctx.today)
    asked = panel.rows(about.scope.products, about.scope.stores)
    rows, _ = serving.answerable(panel, asked, named=False)
    return demand_notes(
        panel,
        engine.production.model.response,
        rows,
        (int(span.columns[0]), int(span.columns[-1]) + 1),
        discount_pct=discount_pct,
        had=supply(panel),
    )


def _at_discount(
    discount_pct: float | None, scope: Scope, ctx: ToolContext
) -> tuple[PlanChange | None, tuple[str, ...]]:
    """Return the changed plan, and what must be said of products whose answer is not known."""
    if discount_pct is None:
        return None, ()
    from forecasting.pricing.support import discount_notes  # noqa: PLC0415 - loads the engine

    listed = ctx.forecasting.catalogue.products.set_index("product")["name"]
    asked = listed.index if scope.products is None else list(scope.products)
    names = {product: str(listed[product]) for product in asked}
    model = ctx.forecasting.production.model
    caveats = discount_notes(model.response, names, discount_pct, sees_offers=model.sees_offers)
    return PlanChange(discount_pct=discount_pct), caveats
