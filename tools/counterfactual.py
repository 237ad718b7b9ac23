"""Work back from a sales target to the discount that would reach it."""

from datetime import date
from math import isnan
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from forecasting.scope import PlanChange
from forecasting.units import Target
from tenants.errors import CannotAnswer
from tenants.roles import Role
from tools.contract import Effect, Item, ModelResult, ToolArgs, ToolContext, ToolResult, tool
from tools.periods import joined
from tools.prospects import LEVEL, Prospects, prospects

if TYPE_CHECKING:
    from forecasting.pricing import levers, target
    from forecasting.pricing.outlook import Outlook

ONLY_ITSELF = (
    "This counts the product itself in these days, not sales taken from neighbours or from the "
    "weeks after."
)


class CounterfactualArgs(ToolArgs):
    """Which product, when, how much shall be sold, and what must stay earned."""

    product: str = Field(description="Product, by id or name.")
    store: str | None = Field(None, description="Store, by id or name; left out: all together.")
    start: date | None = Field(None, description="First day, YYYY-MM-DD; left out: next week.")
    end: date | None = Field(None, description="Last day, included, YYYY-MM-DD.")
    target_units: float = Field(
        gt=0, le=1_000_000_000, description="Units to be sold in the whole period."
    )
    min_margin_pct: float | None = Field(
        None, ge=0, le=100, description="The lowest margin allowed, percent of the price."
    )


class Offer(ToolResult):
    """A discount held all period and what it is expected to bring.

    Attributes:
        discount_pct: Percent off the regular price; of the plan, the mean.
        price: Mean price asked, in `currency`; None where none is known.
        units: Expected sales, in `unit`.
        units_lower: Lower bound of their 80 % range.
        units_upper: Upper bound.
        revenue: Money taken, in `currency`; None where no price is known.
        profit: Revenue less cost of goods; None where no cost or price is known.
        margin_pct: Lowest margin in any store and period; None without a cost.
        chance_pct: How likely sales reach the target, in percent.
    """

    discount_pct: float
    price: float | None
    units: float
    units_lower: float
    units_upper: float
    revenue: float | None
    profit: float | None
    margin_pct: float | None
    chance_pct: float


class Way(Offer):
    """Another way to the target than a discount all period.

    Attributes:
        lever: `promotion`: a promotion at the planned price; `price`: a lower price that is not
            announced; `days`: the discount on some of the days only.
        start: First day it holds; sales are those of the whole period.
        end: Last day it holds.
    """

    lever: Literal["promotion", "price", "days"]
    start: date
    end: date


class CounterfactualResult(ModelResult):
    """The least change of price that is associated with the target, or how near one can come.

    Attributes:
        unit: Of target and units.
        currency: Of price, revenue and profit.
        outcome: `planned`: the plan reaches it already, nothing need change; `reached`: `least`
            reaches it; `out_of_reach`: nothing that may be tried does, `most` comes nearest.
        missing_units: How far the plan falls short of the target; 0 where it does not.
        planned: The plan on record.
        least: The smallest discount expected to reach the target; None where none does, or
            none is needed.
        most: What sells most within the limits.
        without_floor: Where only the margin floor is in the way: the smallest discount that
            reaches the target below the floor; else None.
        others: Other ways that reach it within the limits, the one that gives away least first.
        tried_discount_max_pct: The deepest discount ever tried; one step of five points beyond
            is weighed.
        changes_on_record: How many price changes the estimate rests on.
        evidence: `observational`: what sales were associated with, not proven cause.
    """

    product: Item
    store: Item | None
    start: date
    end: date
    target_units: float
    min_margin_pct: float | None
    unit: str
    currency: str
    outcome: Literal["planned", "reached", "out_of_reach"]
    missing_units: float
    planned: Offer
    least: Offer | None
    most: Offer
    without_floor: Offer | None
    others: tuple[Way, ...] = ()
    level: int
    tried_discount_max_pct: float
    changes_on_record: int
    evidence: Literal["observational"] = "observational"


@tool(minimum_role=Role.ANALYST, effect=Effect.READS)
def counterfactual(args: CounterfactualArgs, ctx: ToolContext) -> CounterfactualResult:
    """Work back from a number of units to the smallest discount that is expected to sell them.

    Use it for "what would it take to sell 500", "which discount gets us to the target", of one
    product, in one store or all together. For the effect of a discount that is given use
    `what_if`; for the discount that earns most use `optimize_discount`.

    `planned` is the plan on record, `least` the smallest discount all period that is expected to
    reach `target_units`, `others` the least use of other levers that does (fewer days, a
    promotion alone, a price that is not announced), `most` what sells most within the limits;
    each with its range and `chance_pct`, how likely it reaches the target. Only discounts that
    were tried, and one step of five points beyond, are weighed. It is learned from past price
    changes: say "is associated with", never "causes".

    Say the outcome, the discount with its units and range, the period, the data cutoff, the
    model, and every note.
    """
    from forecasting.pricing.levers import other_ways  # noqa: PLC0415 - loads SciPy
    from forecasting.pricing.target import reach  # noqa: PLC0415 - loads SciPy

    if ctx.forecasting.panel.target is Target.REVENUE:
        raise CannotAnswer(
            "These data record revenue, not units, so a target in units cannot be worked back from."
        )
    asked = prospects(ctx, (args.start, args.end), product=args.product, store=args.store)
    outlook = asked.of(ctx, args.product)
    _check_floor(args, outlook)
    reached = reach(outlook, args.target_units, min_margin_pct=args.min_margin_pct)
    ways: tuple[levers.Way, ...] = ()
    if reached.planned.outcome.units < args.target_units:
        ways = other_ways(outlook, args.target_units, min_margin_pct=args.min_margin_pct)
    notes = joined(asked.notes, _beyond(reached, outlook), _short(reached, outlook), [ONLY_ITSELF])
    return _result(args, ctx, asked, reached, ways=ways, notes=notes)


def _check_floor(args: CounterfactualArgs, outlook: "Outlook") -> None:
    if args.min_margin_pct is None:
        return
    if outlook.unit_cost is None or not outlook.has_price:
        lacking = "cost" if outlook.unit_cost is None else "price"
        raise CannotAnswer(
            f"No {lacking} is recorded, so the margin is not known; ask without a lowest margin."
        )


def _beyond(reached: "target.Reach", outlook: "Outlook") -> list[str]:
    """Return what must be said of a discount that is deeper than any on record."""
    deepest = outlook.known.max_discount
    offer = reached.least or reached.without_floor
    if offer is None or offer.discount_pct is None or offer.discount_pct <= deepest:
        return []
    note = (
        f"{offer.discount_pct:g}% off is deeper than any discount on record ({deepest:.0f}%), "
        "so its effect is less certain than its range says."
    )
    return [note]


def _short(reached: "target.Reach", outlook: "Outlook") -> tuple[str, ...]:
    """Return what must be said where stores lack stock for what is offered."""
    from forecasting.pricing.support import stock_notes  # noqa: PLC0415 - loads SciPy

    offer = reached.least or reached.most
    change = PlanChange(discount_pct=offer.discount_pct)
    plan = outlook.planned if offer.discount_pct is None else outlook.asked(change)
    return stock_notes(outlook, outlook.planned, plan)


def _result(
    args: CounterfactualArgs,
    ctx: ToolContext,
    asked: Prospects,
    reached: "target.Reach",
    *,
    ways: "tuple[levers.Way, ...]",
    notes: tuple[str, ...],
) -> CounterfactualResult:
    engine, found, about = ctx.forecasting, asked.found, asked.about
    outlook = found.known[args.product]
    planned = _offer(outlook, reached.planned)
    missing = max(0.0, args.target_units - planned.units)
    if not missing:
        outcome: Literal["planned", "reached", "out_of_reach"] = "planned"
    else:
        outcome = "reached" if reached.least is not None or ways else "out_of_reach"
    return CounterfactualResult(
        product=about.product or Item(id=args.product, name=args.product),
        store=about.store,
        start=found.span.start,
        end=found.span.end,
        target_units=args.target_units,
        min_margin_pct=args.min_margin_pct,
        unit=engine.panel.unit,
        currency=ctx.tenant.currency,
        outcome=outcome,
        missing_units=missing,
        planned=planned,
        least=_if_any(outlook, reached.least),
        most=_offer(outlook, reached.most),
        without_floor=_if_any(outlook, reached.without_floor),
        others=tuple(_way(outlook, way) for way in ways),
        level=LEVEL,
        tried_discount_max_pct=outlook.known.max_discount,
        changes_on_record=outlook.known.price_changes,
        cutoff=engine.cutoff,
        model=engine.production.id,
        notes=notes,
    )


def _offer(outlook: "Outlook", offer: "target.Offer") -> Offer:
    outcome = offer.outcome
    units = outcome.estimate("units", LEVEL)
    planned = float(outlook.planned.discount.mean())
    return Offer(
        discount_pct=planned if offer.discount_pct is None else offer.discount_pct,
        price=offer.price,
        units=outcome.units,
        units_lower=units.lower,
        units_upper=units.upper,
        revenue=_known(outcome.revenue),
        profit=_known(outcome.profit),
        margin_pct=_known(offer.margin_pct),
        chance_pct=100 * offer.chance,
    )


def _if_any(outlook: "Outlook", offer: "target.Offer | None") -> Offer | None:
    return None if offer is None else _offer(outlook, offer)


def _way(outlook: "Outlook", way: "levers.Way") -> Way:
    from forecasting.spans import last_day_of  # noqa: PLC0415 - loads pandas

    panel = outlook.panel
    return Way(
        **_offer(outlook, way.offer).model_dump(),
        lever=way.lever,
        start=panel.periods[way.columns[0]].date(),
        end=last_day_of(panel, way.columns[1]),
    )


def _known(figure: float) -> float | None:
    return None if isnan(figure) else figure
