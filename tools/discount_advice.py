"""What is said of one product's best discount, and of a product for which there is none."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from tools.contract import Item, ToolResult
from tools.moved import Moved, moved_of
from tools.price_tests import PriceTest

if TYPE_CHECKING:
    from forecasting.pricing.optimiser import Candidate
    from forecasting.pricing.outlook import Outlook
    from forecasting.pricing.planning import Planned

# A long curve is told at multiples of this many percent, and at what is advised.
_CURVE_STEP = 5
_SHORT_CURVE = 12
_CENT = 0.01


class Gain(ToolResult):
    """The objective under the plan and under the advice, in `unit`.

    Attributes:
        planned: Of the product itself, as planned.
        expected: Of the product itself, under the advice.
        gain: Expected less planned, and what is moved elsewhere counted in.
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
        shelf_price: The nearest price that ends as prices here do, where it is another; or None.
    """

    unit: str
    price: float
    given_away: float
    shelf_price: float | None = None


class Depth(ToolResult):
    """One point of the curve: a discount and its gain over the plan, all counted, in `unit`."""

    discount_pct: float
    unit: str
    gain: float
    gain_lower: float
    gain_upper: float


Limit = Literal["max_discount", "margin_floor", "no_discount", "stock", "budget", "tried"]


class Advice(ToolResult):
    """The best discount of one product against its plan.

    Attributes:
        action: `discount`: ask `discount_pct` off; `drop`: drop the planned discount;
            `keep`: nothing tried is likely to do better than the plan.
        discount_pct: Percent off that is advised; the planned one where the plan is kept.
        planned_discount_pct: Mean percent off as planned.
        objective: What is made large, planned and advised.
        elsewhere: What of the gain comes or goes elsewhere; None where the plan is kept.
        sales: Units, planned and advised.
        money: None where no price is known.
        margin_pct: Lowest margin under the advice, percent of the price; None without a cost.
        likely_pct: How likely the gain is above zero, percent; None where the plan is kept.
        tried_discount_max_pct: The deepest discount ever tried.
        changes_on_record: How many price changes the estimate rests on.
        hidden_driver_pct: By how many percent something on no record would have to raise sales in
            its deepest offers to explain their effect away; None where nothing tells.
        limits: The limits without which another discount would be advised; `tried`: nothing
            deeper was tried; `stock`, which holds nothing back: stores seldom have stock for all
            that it would sell.
        curve: The gain by discount, where one product was asked about.
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
    hidden_driver_pct: float | None = None
    elsewhere: Moved | None = None
    limits: tuple[Limit, ...] = ()
    curve: tuple[Depth, ...] = ()
    recommendation: str | None = None


class NotKnown(ToolResult):
    """A product for which there is no answer, why, and the test that would tell, if one would."""

    product: Item
    reason: str
    test: PriceTest | None = None


def advice_of(
    planned: "Planned",
    item: Callable[[str], Item],
    units: tuple[str, str],
    *,
    curve: bool,
    recommendation: str | None,
) -> Advice:
    """Return what is said of one product.

    Args:
        planned: What is advised.
        item: Names a product by its id.
        units: Of the objective, and the currency.
        curve: Tell the gain by discount.
        recommendation: Id to decide on it by.
    """
    unit, currency = units
    outlook, best = planned.outlook, planned.best
    planned_discount = float(outlook.planned.discount.mean())
    discount = planned_discount if best.discount_pct is None else best.discount_pct
    kept, known = best.discount_pct is None, outlook.known
    price = outlook.mean_price(best.discount_pct)
    return Advice(
        product=item(outlook.product),
        action="keep" if kept else ("drop" if discount == 0 else "discount"),
        discount_pct=discount,
        planned_discount_pct=planned_discount,
        objective=_gain(outlook, best, unit),
        elsewhere=None if kept else moved_of(best.outcome.elsewhere, best.objective, unit),
        sales=Quantity(planned=outlook.as_planned.units, expected=best.outcome.units),
        money=_money(planned, price, currency),
        margin_pct=None if outlook.unit_cost is None else best.margin_pct,
        likely_pct=None if kept else 100 * best.likely,
        tried_discount_max_pct=known.max_discount,
        changes_on_record=known.price_changes,
        hidden_driver_pct=known.flips_at_pct or None,
        limits=planned.limits,
        curve=_curve(planned, unit) if curve else (),
        recommendation=recommendation,
    )


def _money(planned: "Planned", price: float | None, currency: str) -> Money | None:
    if price is None:
        return None
    outlook, best = planned.outlook, planned.best
    shelf = None
    if best.discount_pct and outlook.one_price is not None:
        near = outlook.rules.on_shelf(price)
        shelf = near if near is not None and abs(near - price) >= _CENT else None
    return Money(unit=currency, price=price, given_away=best.given_away, shelf_price=shelf)


def _gain(outlook: "Outlook", best: "Candidate", unit: str) -> Gain:
    planned, gain = outlook.as_planned.mean(best.objective), best.gain
    return Gain(
        unit=unit,
        planned=planned,
        expected=best.outcome.mean(best.objective),
        gain=gain.mean,
        gain_lower=gain.lower,
        gain_upper=gain.upper,
        gain_pct=100 * gain.mean / planned if planned > 0 else None,
    )


def _curve(planned: "Planned", unit: str) -> tuple[Depth, ...]:
    """Return the gain at round discounts, at the deepest and at what is advised."""
    weighed = [one for one in planned.weighed if one.discount_pct is not None]
    told = {planned.best.discount_pct, weighed[-1].discount_pct} if weighed else set()
    is_short = len(weighed) <= _SHORT_CURVE
    shown = [
        one
        for one in weighed
        if is_short or (one.discount_pct or 0) % _CURVE_STEP == 0 or one.discount_pct in told
    ]
    return tuple(
        Depth(
            discount_pct=float(one.discount_pct or 0),
            unit=unit,
            gain=one.gain.mean,
            gain_lower=one.gain.lower,
            gain_upper=one.gain.upper,
        )
        for one in shown
    )
