"""Tell what another discount, price or promotion would do to the forecast of a product."""

from datetime import date
from math import isnan
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from forecasting.scope import PlanChange
from tenants.errors import InvalidArguments, NeedsDetail
from tenants.roles import Role
from tools.contract import Effect, Item, ModelResult, ToolArgs, ToolContext, ToolResult, tool
from tools.moved import Moved, moved_of
from tools.periods import joined
from tools.prospects import LEVEL, Prospects, prospects

if TYPE_CHECKING:
    from forecasting.pricing.whatif import Comparison


class WhatIfArgs(ToolArgs):
    """Which product, when, and what would be different."""

    product: str = Field(description="Product, by id or name.")
    store: str | None = Field(None, description="Store, by id or name; left out: all.")
    start: date | None = Field(None, description="First day, YYYY-MM-DD; left out: next week.")
    end: date | None = Field(None, description="Last day, included, YYYY-MM-DD.")
    discount_pct: float | None = Field(
        None, ge=0, le=90, description="Percent off the regular price, in all of the period."
    )
    price: float | None = Field(
        None, gt=0, le=1_000_000, description="Price asked instead, in the tenant's currency."
    )
    promotion: bool | None = Field(
        None, description="Whether a promotion runs; left out: as such a discount usually comes."
    )


class Difference(ToolResult):
    """A figure under the plan, under the change, and the difference with its range.

    Attributes:
        unit: Of all figures but `change_pct`: `units` or a currency code.
        planned: Expected as planned.
        changed: Expected with the change.
        change: Changed less planned.
        change_lower: Lower bound of the difference's 80 % range.
        change_upper: Upper bound.
        change_pct: Difference in percent of planned; None where nothing is planned to sell.
        change_pct_lower: Lower bound in percent.
        change_pct_upper: Upper bound in percent.
    """

    unit: str
    planned: float
    changed: float
    change: float
    change_lower: float
    change_upper: float
    change_pct: float | None
    change_pct_lower: float | None
    change_pct_upper: float | None


class Prices(ToolResult):
    """Mean price asked, in `unit`, a currency code."""

    unit: str
    planned: float
    changed: float


class WhatIfResult(ModelResult):
    """What a change of plan is associated with.

    Attributes:
        discount_pct: Percent off that was asked about, or None.
        price: Price that was asked about, or None.
        promotion: Whether a promotion was asked about, or None.
        units: Sales in units.
        revenue: Money taken, or None where no prices are known.
        profit: Revenue less cost of goods, or None where no cost is known.
        level: Percent of outcomes that the ranges shall cover.
        planned_discount_pct: Mean percent off as planned.
        prices: Mean price as planned and with the change; None where not known.
        elasticity: Percent more units per percent more price in the stores asked about.
        elasticity_lower: Lower bound of its 80 % range.
        elasticity_upper: Upper bound.
        changes_on_record: How many price changes the estimate rests on.
        tried_discount_max_pct: The deepest discount ever tried.
        hidden_driver_pct: By how many percent something on no record would have to raise sales in
            its deepest offers to explain their effect away; None where nothing tells.
        elsewhere: What moves elsewhere, which the differences do not count; in money of the last of
            units, revenue and profit that is known. None where nothing changes.
        evidence: `observational`: what sales were associated with, not proven cause.
    """

    product: Item
    store: Item | None
    start: date
    end: date
    discount_pct: float | None
    price: float | None
    promotion: bool | None
    units: Difference
    revenue: Difference | None
    profit: Difference | None
    level: int
    planned_discount_pct: float
    prices: Prices | None
    elasticity: float
    elasticity_lower: float
    elasticity_upper: float
    changes_on_record: int
    tried_discount_max_pct: float
    hidden_driver_pct: float | None = None
    elsewhere: Moved | None = None
    evidence: Literal["observational"] = "observational"


@tool(minimum_role=Role.ANALYST, effect=Effect.READS)
def what_if(args: WhatIfArgs, ctx: ToolContext) -> WhatIfResult:
    """Tell what a different discount, price or promotion would do to a product's forecast.

    Use it for "what if" and "what would happen if", of one product, in one store or all. Give at
    least one of `discount_pct`, `price`, `promotion`. For the best discount use
    `optimize_discount`; for a plain forecast at a discount use `forecast`.

    `planned` is the forecast under the plan on record, `changed` under the change; `change` has a
    range of its own, which holds what is not known of the response to price. They are of the
    product itself; `elsewhere` tells what neighbours and the weeks after lose. It is learned from
    past price changes (`evidence` is observational): say "is associated with", never "causes".

    Say the difference with its range, the period, the data cutoff, the model, and every note.
    """
    from forecasting.pricing.support import stock_notes  # noqa: PLC0415 - loads SciPy
    from forecasting.pricing.whatif import compare  # noqa: PLC0415 - loads SciPy

    change = _change(args)
    asked = prospects(ctx, (args.start, args.end), product=args.product, store=args.store)
    outlook = asked.of(ctx, args.product)
    compared = compare(outlook, change)
    short = stock_notes(outlook, outlook.planned, outlook.asked(change))
    return _result(args, ctx, asked, compared, notes=joined(asked.notes, short))


def _change(args: WhatIfArgs) -> PlanChange:
    asked = (args.discount_pct, args.price, args.promotion)
    if all(value is None for value in asked):
        raise NeedsDetail(
            "What would be different: a discount in percent, a price, or a promotion?",
            asks_for=["discount_pct", "price", "promotion"],
        )
    if args.discount_pct is not None and args.price is not None:
        raise InvalidArguments("Give either a discount in percent or a price, not both.")
    return PlanChange(discount_pct=args.discount_pct, price=args.price, promoted=args.promotion)


def _result(
    args: WhatIfArgs,
    ctx: ToolContext,
    asked: Prospects,
    compared: "Comparison",
    *,
    notes: tuple[str, ...],
) -> WhatIfResult:
    engine, currency = ctx.forecasting, ctx.tenant.currency
    about, found = asked.about, asked.found
    outlook = found.known[args.product]
    known, elasticity = outlook.known, outlook.elasticity(LEVEL)
    return WhatIfResult(
        product=about.product or Item(id=args.product, name=args.product),
        store=about.store,
        start=found.span.start,
        end=found.span.end,
        discount_pct=args.discount_pct,
        price=args.price,
        promotion=args.promotion,
        units=_difference(compared, "units", engine.panel.unit),
        revenue=_money(compared, "revenue", currency),
        profit=_money(compared, "profit", currency),
        level=LEVEL,
        planned_discount_pct=compared.planned_discount_pct,
        prices=_prices(compared, currency),
        elasticity=elasticity.mean,
        elasticity_lower=elasticity.lower,
        elasticity_upper=elasticity.upper,
        changes_on_record=known.price_changes,
        tried_discount_max_pct=known.max_discount,
        hidden_driver_pct=known.flips_at_pct or None,
        cutoff=engine.cutoff,
        model=engine.production.id,
        elsewhere=_moved(compared, engine.panel.unit, currency),
        notes=notes,
    )


def _moved(compared: "Comparison", unit: str, currency: str) -> Moved | None:
    known = [one for one in ("revenue", "profit") if not isnan(compared.planned.mean(one))]
    measure = known[-1] if known else "units"
    return moved_of(compared.changed.elsewhere, measure, currency if known else unit)


def _money(compared: "Comparison", objective: str, currency: str) -> Difference | None:
    if isnan(compared.planned.mean(objective)):
        return None
    return _difference(compared, objective, currency)


def _difference(compared: "Comparison", objective: str, unit: str) -> Difference:
    planned = compared.planned.mean(objective)
    change = compared.changed.change(compared.planned, objective, LEVEL)
    share = 100 / planned if planned > 0 else None
    return Difference(
        unit=unit,
        planned=planned,
        changed=compared.changed.mean(objective),
        change=change.mean,
        change_lower=change.lower,
        change_upper=change.upper,
        change_pct=None if share is None else share * change.mean,
        change_pct_lower=None if share is None else share * change.lower,
        change_pct_upper=None if share is None else share * change.upper,
    )


def _prices(compared: "Comparison", currency: str) -> Prices | None:
    if isnan(compared.planned_price) or isnan(compared.changed_price):
        return None
    return Prices(unit=currency, planned=compared.planned_price, changed=compared.changed_price)
