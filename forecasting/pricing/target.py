"""From a sales target back to the smallest discount that is expected to reach it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.pricing.optimiser import discounts_to_weigh
from forecasting.pricing.outcome import Outcome
from forecasting.pricing.outlook import Outlook
from forecasting.pricing.plan import Asked


@dataclass(frozen=True)
class Offer:
    """One discount held in every store and period, and what it brings.

    Attributes:
        discount_pct: Percent off; None keeps the plan.
        price: Mean price asked; None where none is known.
        outcome: Units, revenue, profit.
        margin_pct: The lowest margin of any store and period; NaN where cost is not known.
        chance: Probability that units reach the target.
    """

    discount_pct: float | None
    price: float | None
    outcome: Outcome
    margin_pct: float
    chance: float


@dataclass(frozen=True)
class Reach:
    """How far a product's sales can be brought towards a target.

    Attributes:
        planned: The plan on record.
        least: The smallest discount whose expected units reach the target; None where the plan
            does already, or nothing does.
        most: What sells most within the floor, the plan included.
        without_floor: The smallest discount that reaches the target though it goes below the
            floor; None where another reaches it, or none does.
    """

    planned: Offer
    least: Offer | None
    most: Offer
    without_floor: Offer | None


def reach(outlook: Outlook, target: float, *, min_margin_pct: float | None = None) -> Reach:
    """Weigh every whole percent that was tried, and one step beyond, against a target.

    Args:
        outlook: The product's planned forecast.
        target: Units in all stores and periods together.
        min_margin_pct: The lowest margin allowed, percent of the price; needs the unit cost.
    """
    planned = offer_of(outlook, None, outlook.planned, target)
    weighed = [0.0] if outlook.rules.no_discount else discounts_to_weigh(outlook)
    offers = [
        _offer(each, plan, outcome, margin, target)
        for each, (plan, outcome, margin) in zip(weighed, outlook.at(weighed), strict=True)
    ]
    if min_margin_pct is None:
        allowed = offers
    else:
        allowed = [offer for offer in offers if offer.margin_pct >= min_margin_pct]
    enough = planned.outcome.units >= target
    least = None if enough else _least(allowed, target)
    beyond = None if enough or least is not None else _least(offers, target)
    return Reach(
        planned=planned,
        least=least,
        most=max([planned, *allowed], key=lambda offer: offer.outcome.units),
        without_floor=beyond,
    )


def _least(offers: Sequence[Offer], target: float) -> Offer | None:
    """Return the first of offers, smallest discount first, that is expected to reach a target."""
    return next((offer for offer in offers if offer.outcome.units >= target), None)


def offer_of(outlook: Outlook, discount: float | None, asked: Asked, target: float) -> Offer:
    """Return what a plan brings, and how likely it reaches a target.

    Args:
        outlook: The product's planned forecast.
        discount: Percent off it is called by; None for the plan on record.
        asked: What it asks of customers.
        target: Units in all stores and periods together.
    """
    margin = outlook.least_margin_pct(asked)
    return _offer(discount, asked, outlook.under(asked), margin, target)


def _offer(
    discount: float | None, asked: Asked, outcome: Outcome, margin_pct: float, target: float
) -> Offer:
    known = np.isfinite(asked.paid)
    return Offer(
        discount_pct=discount,
        price=float(asked.paid[known].mean()) if known.any() else None,
        outcome=outcome,
        margin_pct=margin_pct,
        chance=float((outcome.units_draws >= target).mean()),
    )
