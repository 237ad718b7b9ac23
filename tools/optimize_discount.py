"""Find the best discount of one product, a category, or everything."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

import pandas as pd
from pydantic import Field

from tenants.errors import CannotAnswer
from tenants.roles import Role
from tools.advising import written_down
from tools.contract import Effect, Item, ModelResult, ToolArgs, ToolContext, ToolResult, tool
from tools.naming import Subject, subject
from tools.periods import joined, period_ahead
from tools.what_if import LEVEL, ONLY_ITSELF

if TYPE_CHECKING:
    from forecasting.pricing.optimiser import Candidate
    from forecasting.pricing.outlook import Outlook
    from forecasting.pricing.outlooks import Outlooks
    from forecasting.serving import Span


class OptimizeDiscountArgs(ToolArgs):
    """Which products, when, what to aim for, and the limits."""

    product: str | None = Field(None, description="Product, by id or name; left out: all.")
    category: str | None = Field(None, description="Product category; left out: all.")
    store: str | None = Field(None, description="Store, by id or name; left out: all.")
    start: date | None = Field(None, description="First day, YYYY-MM-DD; left out: next week.")
    end: date | None = Field(None, description="Last day, included, YYYY-MM-DD.")
    objective: Literal["profit", "revenue", "units"] = Field(
        "profit", description="What to make as large as possible."
    )
    max_discount_pct: float = Field(50, ge=0, le=90, description="The deepest discount allowed.")
    min_margin_pct: float | None = Field(
        None, ge=0, le=100, description="The lowest margin allowed, percent of the price."
    )
    budget: float | None = Field(
        None, ge=0, description="Most money to give away below the regular price, beyond plan."
    )


class Gain(ToolResult):
    """The objective under the plan and under the advice, in `unit`.

    Attributes:
        gain: Expected less planned.
        gain_lower: Lower bound of the gain's 80 % range.
        gain_upper: Upper bound.
        gain_pct: Gain in percent of planned; None where nothing is planned.
    """

    unit: str
    planned: float
    expected: float
    gain: float
    gain_lower: float
    gain_upper: float
    gain_pct: float | None


class Quantity(ToolResult):
    """Sales expected under the plan and under the advice."""

    unit: str = "units"
    planned: float
    expected: float


class Money(ToolResult):
    """In `unit`, a currency code.

    Attributes:
        price: Mean price asked under the advice.
        given_away: Money below the regular price, beyond what the plan gives away.
    """

    unit: str
    price: float
    given_away: float


class Advice(ToolResult):
    """The best discount of one product against its plan.

    Attributes:
        action: `discount`: ask `discount_pct` off; `drop`: drop the planned discount;
            `keep`: nothing tried is likely to do better than the plan.
        discount_pct: Percent off that is advised; the planned one where the plan is kept.
        planned_discount_pct: Mean percent off as planned.
        objective: What is made large, planned and advised.
        sales: Units, planned and advised.
        money: None where no price is known.
        margin_pct: Lowest margin under the advice, percent of the price; None without a cost.
        likely_pct: How likely the gain is above zero, percent; None where the plan is kept.
        tried_discount_max_pct: The deepest discount ever tried.
        changes_on_record: How many price changes the estimate rests on.
        recommendation: Id to decide on it by, `RC-3`; None where the plan is kept.
    """

    product: Item
    action: Literal["discount", "drop", "keep"]
    discount_pct: float
    planned_discount_pct: float
    objective: Gain
    sales: Quantity
    money: Money | None
    margin_pct: float | None
    likely_pct: float | None
    tried_discount_max_pct: float
    changes_on_record: int
    recommendation: str | None = None


class Total(ToolResult):
    """Sum of the gains, with its 80 % range, in `unit`."""

    unit: str
    gain: float
    gain_lower: float
    gain_upper: float


class NotKnown(ToolResult):
    """A product for which there is no answer, and why."""

    product: Item
    reason: str


class OptimizeDiscountResult(ModelResult):
    """The best discounts, the largest gain first.

    Attributes:
        products: How many products were weighed.
        changes: How many of them should leave the plan.
        total: Sum of the gains.
        level: Percent of outcomes that the ranges shall cover.
        evidence: `observational`: learned from past prices, not from an experiment.
    """

    product: Item | None
    category: str | None
    store: Item | None
    start: date
    end: date
    objective: Literal["profit", "revenue", "units"]
    max_discount_pct: float
    min_margin_pct: float | None
    budget: float | None
    advice: tuple[Advice, ...]
    not_known: tuple[NotKnown, ...]
    products: int
    changes: int
    total: Total
    level: int
    evidence: Literal["observational"] = "observational"


@tool(minimum_role=Role.ANALYST, effect=Effect.READS)
def optimize_discount(args: OptimizeDiscountArgs, ctx: ToolContext) -> OptimizeDiscountResult:
    """Find the discount that makes profit, revenue or units largest, within limits.

    Use it for "best discount", "optimize", "should we discount". Without a product it weighs the
    whole category or catalogue. For the effect of one given discount use `what_if`.

    `gain` is the objective under the advice less that under the plan on record, added over the
    stores, with a range. Only discounts that were tried, and one step of five points beyond, are
    weighed; `keep` means nothing is likely to beat the plan. `not_known` lists products whose
    prices changed too rarely to know. It is learned from past prices: never say "causes".
    `recommendation` is the id by which `record_decision` writes down what people decide on it.

    Say the advice, its id, the gain with its range, the period, the cutoff, the model, every note.
    """
    from forecasting.pricing.optimiser import Limits, candidates, choose  # noqa: PLC0415 - loads SciPy
    from forecasting.pricing.outlooks import outlooks  # noqa: PLC0415 - loads LightGBM

    period = period_ahead(args.start, args.end, ctx)
    about = subject(ctx, product=args.product, store=args.store, category=args.category)
    engine = ctx.forecasting
    found = outlooks(
        engine.production,
        engine.panel,
        about.scope,
        (period.start, period.end),
        today=ctx.today,
        products=engine.catalogue.products,
    )
    able, unable = _able(found, args)
    if not able:
        raise CannotAnswer(_why_none(unable))
    limits = Limits(args.max_discount_pct, args.min_margin_pct, args.budget)
    choices = [candidates(one, objective=args.objective, limits=limits) for one in able]
    chosen = tuple(zip(able, choose(choices, limits), strict=True))
    notes = joined(period.notes, found.notes, [ONLY_ITSELF])
    return _result(args, ctx, about, _Weighed(found.span, chosen, unable, notes))


@dataclass(frozen=True)
class _Weighed:
    """What came of weighing: the best candidate of each outlook, and products without one."""

    span: "Span"
    chosen: tuple[tuple["Outlook", "Candidate"], ...]
    unable: dict[str, str]
    notes: tuple[str, ...]


def _able(found: "Outlooks", args: OptimizeDiscountArgs) -> tuple[list["Outlook"], dict[str, str]]:
    """Return outlooks for which the objective can be worked out, and why others have none."""
    able, unable = [], dict(found.not_known)
    for product, outlook in found.known.items():
        needs_cost = args.objective == "profit" or args.min_margin_pct is not None
        if needs_cost and outlook.unit_cost is None:
            unable[product] = "No cost is recorded, so profit and margin are not known."
        elif args.objective != "units" and not outlook.has_price:
            unable[product] = "No price is recorded, so money cannot be worked out."
        else:
            able.append(outlook)
    return able, unable


def _why_none(unable: dict[str, str]) -> str:
    if not unable:
        return "Nothing there is on sale, so there is no discount to weigh."
    reasons = list(dict.fromkeys(unable.values()))
    if len(unable) == 1:
        return reasons[0]
    return f"None of the {len(unable)} products can be answered for. The first: {reasons[0]}"


def _result(
    args: OptimizeDiscountArgs, ctx: ToolContext, about: Subject, weighed: _Weighed
) -> OptimizeDiscountResult:
    from forecasting.pricing.optimiser import total_gain  # noqa: PLC0415 - loads SciPy

    engine, currency = ctx.forecasting, ctx.tenant.currency
    unit = engine.panel.unit if args.objective == "units" else currency
    item = _items(engine.catalogue.products)
    ids = written_down(ctx, args, weighed.span, weighed.chosen)
    advice = [
        _advice(item, args.objective, (unit, currency), *one).model_copy(
            update={"recommendation": ids.get(one[0].product)}
        )
        for one in weighed.chosen
    ]
    total = total_gain(weighed.chosen, args.objective)
    return OptimizeDiscountResult(
        product=about.product,
        category=about.category,
        store=about.store,
        start=weighed.span.start,
        end=weighed.span.end,
        objective=args.objective,
        max_discount_pct=args.max_discount_pct,
        min_margin_pct=args.min_margin_pct,
        budget=args.budget,
        advice=tuple(sorted(advice, key=lambda one: one.objective.gain, reverse=True)),
        not_known=tuple(NotKnown(product=item(p), reason=y) for p, y in weighed.unable.items()),
        products=len(advice),
        changes=sum(one.action != "keep" for one in advice),
        total=Total(unit=unit, gain=total.mean, gain_lower=total.lower, gain_upper=total.upper),
        level=LEVEL,
        cutoff=engine.cutoff,
        model=engine.production.id,
        notes=weighed.notes,
    )


def _items(products: pd.DataFrame) -> Callable[[str], Item]:
    names = products.set_index("product")["name"].to_dict()
    return lambda product: Item(id=product, name=str(names.get(product, product)))


def _advice(
    item: Callable[[str], Item],
    objective: str,
    units: tuple[str, str],
    outlook: "Outlook",
    best: "Candidate",
) -> Advice:
    unit, currency = units
    planned_discount = float(outlook.planned.discount.mean())
    discount = planned_discount if best.discount_pct is None else best.discount_pct
    kept, known = best.discount_pct is None, outlook.known
    price = outlook.mean_price(best.discount_pct)
    return Advice(
        product=item(outlook.product),
        action="keep" if kept else ("drop" if discount == 0 else "discount"),
        discount_pct=discount,
        planned_discount_pct=planned_discount,
        objective=_gain(outlook, best, objective, unit),
        sales=Quantity(planned=outlook.as_planned.units, expected=best.outcome.units),
        money=None
        if price is None
        else Money(unit=currency, price=price, given_away=best.given_away),
        margin_pct=None if outlook.unit_cost is None else best.margin_pct,
        likely_pct=None if kept else 100 * best.likely,
        tried_discount_max_pct=known.max_discount,
        changes_on_record=known.price_changes,
    )


def _gain(outlook: "Outlook", best: "Candidate", objective: str, unit: str) -> Gain:
    planned, gain = outlook.as_planned.mean(objective), best.gain
    return Gain(
        unit=unit,
        planned=planned,
        expected=best.outcome.mean(objective),
        gain=gain.mean,
        gain_lower=gain.lower,
        gain_upper=gain.upper,
        gain_pct=100 * gain.mean / planned if planned > 0 else None,
    )
