"""The discounts of one product that may be advised, and what each brings.

Every whole percent that was tried, and one step beyond, is weighed against the plan as it
stands. What it brings is the whole of it: the product's own sales, what neighbours of its
category lose to it, and what its own later weeks miss. Its gain is promised as expected under
the pooled response, so that what is promised is on average what comes. `planning.py` chooses.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from forecasting.pricing.outcome import Outcome
from forecasting.pricing.outlook import Outlook
from forecasting.pricing.response import STEP_POINTS
from forecasting.scope import Estimate

Objective = Literal["profit", "revenue", "units"]
Floats = NDArray[np.float64]

DEEPEST = 90.0
Limit = Literal["max_discount", "margin_floor", "no_discount", "stock", "budget", "tried"]


@dataclass(frozen=True)
class Candidate:
    """One discount and what it brings.

    Attributes:
        discount_pct: Percent off in every store and period; None keeps the plan.
        outcome: Units, revenue, profit.
        planned: The same of the plan.
        objective: Which of them is to be large.
        margin_pct: The lowest margin of any store and period; NaN where cost is not known.
    """

    discount_pct: float | None
    outcome: Outcome
    planned: Outcome
    objective: Objective
    margin_pct: float

    @cached_property
    def gain(self) -> Estimate:
        """Return the objective less that of the plan, all counted, with its 80 % interval."""
        return self.outcome.whole_change(self.planned, self.objective)

    @property
    def expected_gain(self) -> float:
        """Return the gain without its interval, which only what is chosen needs."""
        own = self.outcome.mean(self.objective) - self.planned.mean(self.objective)
        return own + self.outcome.moved(self.objective)

    @cached_property
    def likely(self) -> float:
        """Return the probability that the gain is above zero."""
        return float((self.outcome.whole_draws(self.planned, self.objective) > 0).mean())

    @property
    def given_away(self) -> float:
        """Return money below the regular price, beyond what the plan gives away."""
        return self.outcome.given_away - self.planned.given_away


@dataclass(frozen=True)
class Limits:
    """What an advice must keep to.

    Attributes:
        max_discount_pct: The deepest discount allowed.
        min_margin_pct: The lowest margin allowed, percent of the price; None for any.
        budget: Most money to give away below the regular price, beyond the plan's; None for any.
    """

    max_discount_pct: float = 50
    min_margin_pct: float | None = None
    budget: float | None = None


@dataclass(frozen=True)
class Choice:
    """One product's outlook with what may be done about its discount.

    Attributes:
        outlook: The product's planned forecast.
        candidates: What may be advised, the plan first.
        barred: What may not, with the limit it breaks.
        is_edge: Whether the deepest candidate is as deep as anything that can be told.
    """

    outlook: Outlook
    candidates: tuple[Candidate, ...]
    barred: tuple[tuple[Candidate, Limit], ...] = ()
    is_edge: bool = False


def candidates(
    outlook: Outlook,
    *,
    objective: Objective,
    limits: Limits,
    only: Collection[float] | None = None,
) -> Choice:
    """Return the plan and every discount that was tried, by whether it keeps the limits.

    Args:
        outlook: The product's planned forecast.
        objective: What is to be large.
        limits: What an advice must keep to.
        only: The discounts to weigh; by default all that can be told.
    """
    planned = outlook.as_planned
    margin = outlook.least_margin_pct(outlook.planned)
    allowed = [Candidate(None, planned, planned, objective, margin)]
    barred: list[tuple[Candidate, Limit]] = []
    weighed = discounts_to_weigh(outlook) if only is None else list(only)
    for discount, (_, outcome, margin) in zip(weighed, outlook.at(weighed), strict=True):
        found = Candidate(discount, outcome, planned, objective, margin)
        if discount > 0 and outlook.rules.no_discount:
            barred.append((found, "no_discount"))
        elif discount > limits.max_discount_pct:
            barred.append((found, "max_discount"))
        elif limits.min_margin_pct is not None and not margin >= limits.min_margin_pct:
            barred.append((found, "margin_floor"))
        else:
            allowed.append(found)
    return Choice(outlook, tuple(allowed), tuple(barred), is_edge=not barred)


def discounts_to_weigh(outlook: Outlook) -> list[float]:
    """Return the discounts that can be told, no discount first.

    Whole percents from one step below the shallowest tried to one beyond the deepest; where
    discounted prices must end in certain cents and one regular price holds, those that do.
    """
    known = outlook.known
    deepest = min(known.max_discount + STEP_POINTS, DEEPEST)
    shallowest = max(1.0, known.min_discount - STEP_POINTS)
    regular = outlook.one_price
    if outlook.rules.endings and regular is not None:
        share = [1 - percent / 100 for percent in (deepest, shallowest)]
        ladder = outlook.rules.ladder(regular * share[0], regular * share[1])
        found = sorted(100 * (1 - price / regular) for price in ladder)
    else:
        found = np.arange(np.ceil(shallowest), np.floor(deepest + 1e-6) + 1).tolist()
    return [0.0, *outlook.told(found)]
