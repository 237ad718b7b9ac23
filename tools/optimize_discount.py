"""Find the best discount of one product, a category, or everything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from tenants.errors import CannotAnswer
from tenants.roles import Role
from tools.advising import written_down
from tools.contract import Effect, Item, ModelResult, ToolArgs, ToolContext, ToolResult, tool
from tools.discount_advice import Advice, NotKnown, advice_of
from tools.naming import Names
from tools.price_tests import price_test, suggestion
from tools.prospects import LEVEL, Prospects, prospects

if TYPE_CHECKING:
    from forecasting.pricing.outlook import Outlook
    from forecasting.pricing.outlooks import Outlooks
    from forecasting.pricing.planning import Planned
    from forecasting.serving import Span

_MOST_TESTS_SAID = 3


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


class Total(ToolResult):
    """Sum over all advice.

    Attributes:
        unit: Of the gains.
        gain: Sum of the gains.
        gain_lower: Lower bound of its 80 % range.
        gain_upper: Upper bound.
        currency: Of the money given away.
        given_away: Money below the regular price, beyond what the plan gives away: what counts
            against `budget`. None where a product has no price on record.
    """

    unit: str
    gain: float
    gain_lower: float
    gain_upper: float
    currency: str
    given_away: float | None


class OptimizeDiscountResult(ModelResult):
    """The best discounts, the largest gain first.

    Attributes:
        products: How many products were weighed.
        changes: How many of them should leave the plan.
        total: What all of it gains and gives away together.
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
    stores, with a range; what neighbours of the category lose and later weeks miss (`elsewhere`)
    is counted in. Only discounts that were tried, and one step of five points beyond, are
    weighed; `keep` means nothing is likely to beat the plan, `limits` names what stands in the
    way of another discount. `not_known` lists products whose answer to price is not known. It
    is learned from past prices: never say "causes".
    `recommendation` is the id by which `record_decision` writes down what people decide on it.

    Say the advice, its id, the gain with its range, the period, the cutoff, the model, every note.
    """
    from forecasting.pricing.optimiser import Limits, candidates  # noqa: PLC0415 - loads SciPy
    from forecasting.pricing.planning import plan_discounts  # noqa: PLC0415 - beside the above

    days = args.start, args.end
    asked = prospects(ctx, days, product=args.product, store=args.store, category=args.category)
    found = asked.found
    able, unable = _able(found, args)
    if not able:
        raise CannotAnswer(_why_none(ctx, found, unable, args.max_discount_pct))
    limits = Limits(args.max_discount_pct, args.min_margin_pct, args.budget)
    choices = [candidates(one, objective=args.objective, limits=limits) for one in able]
    planned = tuple(plan_discounts(choices, limits))
    not_known = _not_known(ctx, found, unable, args.max_discount_pct)
    return _result(args, ctx, asked, _Weighed(found.span, planned, not_known, asked.notes))


@dataclass(frozen=True)
class _Weighed:
    """What came of weighing: the advice on each product, and products without any."""

    span: "Span"
    planned: tuple["Planned", ...]
    not_known: tuple[NotKnown, ...]
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


def _why_none(ctx: ToolContext, found: "Outlooks", unable: dict[str, str], most_pct: float) -> str:
    if not unable:
        return "Nothing there is on sale, so there is no discount to weigh."
    reasons = list(dict.fromkeys(unable.values()))
    if len(unable) == 1:
        test = price_test(ctx, found, next(iter(unable)), most_pct=most_pct)
        return reasons[0] + suggestion(test)
    return f"None of the {len(unable)} products can be answered for. The first: {reasons[0]}"


def _not_known(
    ctx: ToolContext, found: "Outlooks", unable: dict[str, str], most_pct: float
) -> tuple[NotKnown, ...]:
    names = Names(ctx)
    tests = {one: price_test(ctx, found, one, most_pct=most_pct) for one in unable}
    # Of many products the tests are told in figures only: as sentences nobody would read them.
    said = len(unable) <= _MOST_TESTS_SAID
    return tuple(
        NotKnown(
            product=names.product(one),
            reason=reason + (suggestion(tests[one]) if said else ""),
            test=tests[one],
        )
        for one, reason in unable.items()
    )


def _result(
    args: OptimizeDiscountArgs, ctx: ToolContext, asked: Prospects, weighed: _Weighed
) -> OptimizeDiscountResult:
    engine, currency = ctx.forecasting, ctx.tenant.currency
    unit = engine.panel.unit if args.objective == "units" else currency
    names = Names(ctx)
    ids = written_down(ctx, args, weighed.span, weighed.planned)
    advice = [
        advice_of(
            one,
            names.product,
            (unit, currency),
            curve=args.product is not None,
            recommendation=ids.get(one.outlook.product),
        )
        for one in weighed.planned
    ]
    return OptimizeDiscountResult(
        product=asked.about.product,
        category=asked.about.category,
        store=asked.about.store,
        start=weighed.span.start,
        end=weighed.span.end,
        objective=args.objective,
        max_discount_pct=args.max_discount_pct,
        min_margin_pct=args.min_margin_pct,
        budget=args.budget,
        advice=tuple(sorted(advice, key=lambda one: one.objective.gain, reverse=True)),
        not_known=weighed.not_known,
        products=len(advice),
        changes=sum(one.action != "keep" for one in advice),
        total=_total(weighed.planned, unit, currency),
        level=LEVEL,
        cutoff=engine.cutoff,
        model=engine.production.id,
        notes=weighed.notes,
    )


def _total(planned: Sequence["Planned"], unit: str, currency: str) -> Total:
    from forecasting.pricing.planning import total_gain  # noqa: PLC0415 - loads SciPy

    gain = total_gain(planned)
    priced = all(one.outlook.has_price for one in planned)
    return Total(
        unit=unit,
        gain=gain.mean,
        gain_lower=gain.lower,
        gain_upper=gain.upper,
        currency=currency,
        given_away=sum(one.best.given_away for one in planned) if priced else None,
    )
