"""The best discount of each product: by profit, revenue or units, within limits.

Every whole percent that was tried, and one step beyond, is weighed against the plan as it
stands. A discount is advised only when it is likely (80 %) to do better than the plan, and its
gain is promised as expected under the pooled response, so that what is promised is on average
what comes. Among discounts of nearly the same gain a multiple of five is preferred, because
that is what people put on a sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from forecasting.pricing.outlook import Outcome, Outlook, spread
from forecasting.pricing.response import STEP_POINTS
from forecasting.scope import Estimate, PlanChange

Objective = Literal["profit", "revenue", "units"]
Floats = NDArray[np.float64]

LIKELY = 0.8
ROUND_PCT = 5
_LEVEL = 80
# A round discount is taken when it gives up no more than this share of the gain.
_NEARLY = 0.03
_HALVINGS = 60


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
        """Return the objective less that of the plan, with its 80 % interval."""
        return self.outcome.change(self.planned, self.objective)

    @property
    def expected_gain(self) -> float:
        """Return the gain without its interval, which only what is chosen needs."""
        return self.outcome.mean(self.objective) - self.planned.mean(self.objective)

    @cached_property
    def likely(self) -> float:
        """Return the probability that the gain is above zero."""
        draws = self.outcome.draws(self.objective) - self.planned.draws(self.objective)
        return float((draws > 0).mean())

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
    """One product's outlook with what may be done about its discount, the plan first."""

    outlook: Outlook
    candidates: tuple[Candidate, ...]


def candidates(outlook: Outlook, *, objective: Objective, limits: Limits) -> Choice:
    """Return the plan and every discount that was tried and keeps the limits on its own."""
    planned = outlook.as_planned
    margin = outlook.least_margin_pct(outlook.planned)
    found = [Candidate(None, planned, planned, objective, margin)]
    for discount in discounts_to_weigh(outlook, limits.max_discount_pct):
        other = outlook.asked(PlanChange(discount_pct=discount))
        margin = outlook.least_margin_pct(other)
        if limits.min_margin_pct is not None and not margin >= limits.min_margin_pct:
            continue
        found.append(Candidate(discount, outlook.under(other), planned, objective, margin))
    return Choice(outlook, tuple(found))


def choose(choices: list[Choice], limits: Limits) -> list[Candidate]:
    """Return the best candidate of each product, together within the budget."""
    if limits.budget is None:
        return [_best(choice, 0.0) for choice in choices]
    best = [_best(choice, 0.0) for choice in choices]
    if sum(one.given_away for one in best) <= limits.budget:
        return best
    low, high = 0.0, 1.0
    while _spent(choices, high) > limits.budget and high < 1e9:  # noqa: PLR2004 - dearer than anything gains
        high *= 4
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if _spent(choices, middle) <= limits.budget else (middle, high)
    return [_best(choice, high) for choice in choices]


def discounts_to_weigh(outlook: Outlook, most: float) -> list[float]:
    """Return whole percents from one step below the shallowest tried to one beyond the deepest."""
    known = outlook.known
    deepest = min(known.max_discount + STEP_POINTS, most)
    shallowest = max(1.0, known.min_discount - STEP_POINTS)
    return [0.0, *np.arange(np.ceil(shallowest), np.floor(deepest + 1e-6) + 1).tolist()]


def total_gain(chosen: Sequence[tuple[Outlook, Candidate]], objective: Objective) -> Estimate:
    """Return the sum of the gains over the plans, with its 80 % interval."""
    draws = np.zeros(1)
    for outlook, best in chosen:
        draws = draws + best.outcome.draws(objective) - outlook.as_planned.draws(objective)
    return spread(sum(best.gain.mean for _, best in chosen), draws, _LEVEL)


def _best(choice: Choice, price_of_money: float) -> Candidate:
    """Return the candidate of the highest gain less what its money would earn elsewhere."""
    keep = choice.candidates[0]
    worth = {
        candidate.discount_pct: candidate.expected_gain - price_of_money * candidate.given_away
        for candidate in choice.candidates
        if candidate is keep or candidate.likely >= LIKELY
    }
    able = [one for one in choice.candidates if one.discount_pct in worth]
    best = max(able, key=lambda one: worth[one.discount_pct])
    if best is keep or worth[best.discount_pct] <= 0:
        return keep
    enough = (1 - _NEARLY) * worth[best.discount_pct]
    rounded = [
        one
        for one in able
        if one.discount_pct is not None
        and one.discount_pct % ROUND_PCT == 0
        and worth[one.discount_pct] >= enough
    ]
    return max(rounded, key=lambda one: worth[one.discount_pct]) if rounded else best


def _spent(choices: list[Choice], price_of_money: float) -> float:
    return sum(_best(choice, price_of_money).given_away for choice in choices)
