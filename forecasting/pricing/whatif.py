"""What another price, discount or promotion would make of the planned forecast."""

from dataclasses import dataclass

import numpy as np

from forecasting.panel import Matrix
from forecasting.pricing.outcome import Outcome
from forecasting.pricing.outlook import Outlook
from forecasting.pricing.response import STEP_POINTS, ProductResponse
from forecasting.scope import PlanChange
from tenants.errors import CannotAnswer, InvalidArguments


@dataclass(frozen=True)
class Comparison:
    """One product under the plan and under a change of it.

    Attributes:
        planned: What the plan brings.
        changed: What the change brings.
        planned_price: Mean price asked under the plan; NaN where not known.
        changed_price: Mean price asked under the change.
        planned_discount_pct: Mean percent off under the plan.
        changed_discount_pct: Mean percent off under the change.
    """

    planned: Outcome
    changed: Outcome
    planned_price: float
    changed_price: float
    planned_discount_pct: float
    changed_discount_pct: float


def compare(outlook: Outlook, change: PlanChange) -> Comparison:
    """Return a product's outlook beside what a change of plan would make of it.

    Raises:
        CannotAnswer: The change lies beyond what was tried for this product.
        InvalidArguments: A price is asked of a product without recorded prices.
    """
    check_tried(outlook, change)
    other = outlook.asked(change)
    return Comparison(
        planned=outlook.as_planned,
        changed=outlook.under(other),
        planned_price=_mean(outlook.planned.paid),
        changed_price=_mean(other.paid),
        planned_discount_pct=float(outlook.planned.discount.mean()),
        changed_discount_pct=float(other.discount.mean()),
    )


def _mean(price: Matrix) -> float:
    known = np.isfinite(price)
    return float(price[known].mean()) if known.any() else float("nan")


def check_tried(outlook: Outlook, change: PlanChange) -> None:
    """Refuse a change further than one step beyond what was tried.

    Raises:
        CannotAnswer: With the range that was tried.
        InvalidArguments: A price is asked of a product without recorded prices.
    """
    known = outlook.known
    usual = outlook.usual
    if change.price is not None and not (usual > 0).any():
        raise InvalidArguments("No prices are recorded; give a discount in percent instead.")
    moves = change.discount_pct is not None or change.price is not None
    if moves and outlook.is_beyond(change):
        raise CannotAnswer(_range(known, float(usual.mean())))
    if change.promoted and not known.promoted_periods:
        raise CannotAnswer("It was never promoted, so a promotion's effect is not known.")
    if change.promoted and known.combined and not moves:
        raise CannotAnswer(
            "Its promotions always came with the same discount, so a promotion without one "
            "is not known; ask with a discount."
        )


def _range(known: ProductResponse, usual: float) -> str:
    rise = 100 * max(known.highest_ratio - 1, 0.0)
    cut = known.max_discount if known.cuts_recorded else 100 * (1 - known.lowest_ratio)
    low, high = usual * (1 - cut / 100), usual * known.highest_ratio
    prices = f" (about {low:.2f} to {high:.2f})" if usual > 0 else ""
    return (
        f"Prices from {cut:.0f}% below to {rise:.0f}% above the usual price{prices} were "
        f"tried; what lies more than {STEP_POINTS:.0f} points beyond that is not known."
    )
