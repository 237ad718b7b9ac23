"""Other ways to a sales target than a discount all period: promotion, quiet price, fewer days."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from forecasting.panel import Mask
from forecasting.pricing.optimiser import discounts_to_weigh
from forecasting.pricing.outlook import Outlook
from forecasting.pricing.plan import Asked
from forecasting.pricing.target import Offer, offer_of
from forecasting.scope import PlanChange
from forecasting.units import Frequency

Lever = Literal["promotion", "price", "days"]

_ROUND_PCT = 5
# A promotion that adds less than this (log points) is not told apart from its price.
_LEAST_LIFT = 0.02


@dataclass(frozen=True)
class Way:
    """One way to the target.

    Attributes:
        lever: `promotion`: a promotion without another price; `price`: a lower price that is
            not announced; `days`: a discount on some of the days.
        offer: What it brings in the whole period.
        columns: First period column it holds in, and the last.
    """

    lever: Lever
    offer: Offer
    columns: tuple[int, int]


def other_ways(
    outlook: Outlook, target: float, *, min_margin_pct: float | None = None
) -> tuple[Way, ...]:
    """Return the least use of every other lever that is expected to reach a target.

    Args:
        outlook: The product's planned forecast.
        target: Units in all stores and periods together.
        min_margin_pct: The lowest margin allowed, percent of the price; needs the unit cost.

    Returns:
        At most one a lever, the one that gives away least money first.
    """

    def suits(offer: Offer) -> bool:
        keeps = min_margin_pct is None or offer.margin_pct >= min_margin_pct
        return keeps and offer.outcome.units >= target

    every = outlook.columns[0], outlook.columns[1] - 1
    found = []
    for lever, tries in (("promotion", _promotion(outlook)), ("price", _quiet(outlook))):
        offers = (offer_of(outlook, discount, plan, target) for discount, plan in tries)
        if (best := next(filter(suits, offers), None)) is not None:
            found.append(Way("promotion" if lever == "promotion" else "price", best, every))
    on_days = [way for way in _on_days(outlook, target) if suits(way.offer)]
    found += sorted(on_days, key=_given_away)[:1]
    return tuple(sorted(found, key=_given_away))


def _given_away(way: Way) -> float:
    return way.offer.outcome.given_away


def _promotion(outlook: Outlook) -> Iterator[tuple[float, Asked]]:
    known = outlook.known
    if known.promoted_periods and not known.combined and known.promotion_lift > _LEAST_LIFT:
        yield (
            float(outlook.planned.discount.mean()),
            outlook.asked(PlanChange(promoted=True)),
        )


def _quiet(outlook: Outlook) -> Iterator[tuple[float, Asked]]:
    """Yield prices that are not announced, the smallest cut first; none where it is no choice."""
    known = outlook.known
    if outlook.rules.no_discount:
        return
    if known.promoted_periods and not known.combined and known.promotion_lift > _LEAST_LIFT:
        for discount in discounts_to_weigh(outlook)[1:]:
            yield discount, outlook.asked(PlanChange(discount_pct=discount, promoted=False))


def _on_days(outlook: Outlook, target: float) -> Iterator[Way]:
    """Yield for each round discount the shortest run of days that is expected to be enough."""
    first, after = outlook.columns
    days = after - first
    if outlook.panel.frequency is not Frequency.DAY or days == 1 or outlook.rules.no_discount:
        return
    plain = outlook.mean.sum(axis=0)
    for discount in discounts_to_weigh(outlook):
        if discount == 0 or (discount % _ROUND_PCT and not outlook.rules.endings):
            continue
        whole = outlook.asked(PlanChange(discount_pct=discount))
        more = np.concatenate([[0.0], np.cumsum(outlook.sold(whole).sum(axis=0) - plain)])
        for length in range(1, days):
            gained = more[length:] - more[:-length]
            start = int(gained.argmax())
            if plain.sum() + gained[start] >= target:
                chosen = np.zeros(days, dtype=bool)
                chosen[start : start + length] = True
                plan = _some_days(outlook.planned, whole, chosen)
                last = first + start + length - 1
                offer = offer_of(outlook, discount, plan, target)
                on_days = replace(offer, price=outlook.mean_price(discount))
                yield Way("days", on_days, (first + start, last))
                break


def _some_days(planned: Asked, changed: Asked, chosen: Mask) -> Asked:
    """Return the plan with a change on some days only."""
    return Asked(
        *(
            np.where(chosen, getattr(changed, name), getattr(planned, name))
            for name in ("regular", "discount", "promoted", "ratio")
        )
    )
