"""Say what to order: reorder point, safety stock, order quantity, days of cover."""

from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from forecasting.units import Target
from tenants.errors import CannotAnswer, NeedsDetail
from tenants.roles import Role
from tools.contract import Effect, Item, ModelResult, ToolArgs, ToolContext, ToolResult, tool
from tools.naming import Names, Subject, subject
from tools.periods import joined
from tools.shelves import COMING, ON_THE_WAY, Shelves, on_sale
from tools.stock_lines import StockLine, StockTotal, lines_of, total_of

if TYPE_CHECKING:
    from forecasting.inventory import Needs

_MOST = 50


class PlanInventoryArgs(ToolArgs):
    """What is stocked where, how long deliveries take, and how sure one wants to be."""

    product: str | None = Field(None, description="Product, by id or name; left out: all.")
    category: str | None = Field(None, description="Product category; left out: all.")
    store: str | None = Field(None, description="Store, by id or name; left out: all.")
    lead_time_days: int = Field(7, ge=0, le=180, description="Days from an order to its delivery.")
    service_level_pct: float = Field(
        95, ge=50, le=99.9, description="How likely stock shall last until the next delivery."
    )
    on_hand: float | None = Field(
        None,
        ge=0,
        le=1_000_000_000,
        description="Units in stock now; left out: the newest count on record.",
    )
    goal: Literal["service", "profit"] = Field(
        "service",
        description="'profit' weighs lost sales against waste and takes the service level that "
        "pays best for each product; 'service' holds service_level_pct for all.",
    )


class NotPlanned(ToolResult):
    """A product for which there is no plan, and why."""

    product: Item
    reason: str


class PlanInventoryResult(ModelResult):
    """What to order, the most urgent first.

    Attributes:
        start: Today, or the day after the data end.
        end: Last day of lead time and one more week.
        review_days: Days until one orders again, beyond the lead time.
        unit: Of all quantities.
        lines: One a product; of one product in all stores one a store. At most 50.
        total: All lines added up, those left out too; None where there is but one.
        products: How many products were planned.
        to_order: How many lines have something to order; None where no stock is known.
        not_planned: Products without a forecast.
        level: Percent of outcomes that the ranges of demand shall cover.
        goal: `service`: the level asked for; `profit`: the one that pays best, line by line.
    """

    product: Item | None
    category: str | None
    store: Item | None
    start: date
    end: date
    lead_time_days: int
    review_days: int
    service_level_pct: float
    unit: str
    lines: tuple[StockLine, ...]
    total: StockTotal | None
    products: int
    to_order: int | None
    not_planned: tuple[NotPlanned, ...]
    level: int
    goal: Literal["service", "profit"] = "service"


@tool(minimum_role=Role.ANALYST, effect=Effect.READS)
def plan_inventory(args: PlanInventoryArgs, ctx: ToolContext) -> PlanInventoryResult:
    """Say what to order: how much, how urgently, with which safety stock and reorder point.

    Use it for "what should I order", "do we run out", "how much safety stock". Without a product
    it goes through the category or catalogue, the most urgent first. For what is expected to
    sell alone use `forecast`.

    Quantities are in `unit`. An order of today arrives after `lead_time_days`, the next can be
    placed `review_days` later: `order` fills stock up to what lasts until then with
    `service_level_pct`, or for as long as it keeps (`keeps_days`); it brings nothing for sales
    that are lost before it arrives. With `goal` "profit" the level of each line is that at
    which a lost sale and a wasted unit cost the same. At or below `reorder_point` stock may not
    even last until the delivery. Without a count on record and without `on_hand` there is no
    order to work out; what is on its way (`on_order`) counts as stock.

    Say the order, the stock it rests on, expected demand with its range, the days, the data
    cutoff, the model, and every note.
    """
    if ctx.forecasting.panel.target is Target.REVENUE:
        raise CannotAnswer("These data record revenue, not units, so no stock can be planned.")
    if args.on_hand is not None and args.product is None:
        raise NeedsDetail("Of which product is that the stock?", asks_for=["product"])
    from forecasting.inventory import Supply, needs  # noqa: PLC0415 - loads LightGBM

    engine = ctx.forecasting
    about = subject(ctx, product=args.product, store=args.store, category=args.category)
    shelves = on_sale(ctx, about, args.on_hand)
    found = needs(
        engine.production,
        engine.panel,
        shelves.with_stock,
        Supply(args.lead_time_days, args.service_level_pct, args.goal),
        today=ctx.today,
    )
    return _result(args, ctx, about, shelves, found)


def _result(
    args: PlanInventoryArgs, ctx: ToolContext, about: Subject, shelves: Shelves, found: "Needs"
) -> PlanInventoryResult:
    from forecasting.inventory import LEVEL, REVIEW_DAYS  # noqa: PLC0415 - loads LightGBM

    engine, lines = ctx.forecasting, lines_of(ctx, about, shelves, found)
    ordering = [line for line in lines if line.order is not None]
    name = Names(ctx).product
    return PlanInventoryResult(
        product=about.product,
        category=about.category,
        store=about.store,
        start=found.span.start,
        end=found.span.end,
        review_days=REVIEW_DAYS,
        **args.model_dump(include={"lead_time_days", "service_level_pct", "goal"}),
        unit=engine.panel.unit,
        lines=tuple(lines[:_MOST]),
        total=total_of(lines) if len(lines) > 1 else None,
        products=len(shelves.products),
        to_order=sum((line.order or 0) > 0 for line in ordering) if ordering else None,
        not_planned=tuple(
            NotPlanned(product=name(product), reason=why)
            for product, why in shelves.left_out.items()
        ),
        level=LEVEL,
        cutoff=engine.cutoff,
        model=engine.production.id,
        notes=_notes(args, ctx, shelves, found, lines),
    )


def _notes(
    args: PlanInventoryArgs,
    ctx: ToolContext,
    shelves: Shelves,
    found: "Needs",
    lines: list[StockLine],
) -> tuple[str, ...]:
    from forecasting.serving import assumption_notes, freshness_notes  # noqa: PLC0415 - as above

    panel, left = ctx.forecasting.panel, len(lines) - _MOST
    cut = f"{left} less urgent ones are left out of the list; the total counts them."
    return joined(
        freshness_notes(panel, ctx.today),
        found.notes,
        shelves.notes,
        [cut] if left > 0 else [],
        shelves.count_notes(ctx.today),
        [ON_THE_WAY] if any(line.order and line.on_order is None for line in lines) else [],
        [COMING] if any(line.on_order for line in lines) else [],
        _goods_notes(args, lines),
        assumption_notes(panel, shelves.rows, found.span),
        ctx.forecasting.production.model.intervals.notices,
    )


def _goods_notes(args: PlanInventoryArgs, lines: list[StockLine]) -> list[str]:
    """Return what must be said of goods that spoil, and of what a service level was chosen by."""
    from forecasting.inventory import REVIEW_DAYS  # noqa: PLC0415 - loads LightGBM

    keeps = [line.keeps_days for line in lines if line.keeps_days is not None]
    notes = []
    if any(line.spoiled for line in lines):
        notes.append(
            "How old the stock is is not on record; it is taken to have come with the order of "
            "the week before, and to be sold first."
        )
    if any(days < REVIEW_DAYS for days in keeps):
        notes.append(
            "Some of it keeps for less than the week until the next order: it is ordered for the "
            "days it keeps, and better ordered more often."
        )
    if args.goal == "profit":
        notes.append(
            "A lost sale is taken to cost its margin, a spoiled unit its cost, and a unit held for "
            "a week half a percent of its cost; where cost, price or stock are not on record the "
            "service level asked for holds."
        )
    return notes
