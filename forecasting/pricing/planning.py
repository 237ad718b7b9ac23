"""One plan of discounts for many products: the most gain together, within a budget.

Which discount of each product is a multiple-choice knapsack: exactly one candidate of every
product, money given away at most the budget, the sum of gains as large as possible. It is
solved exactly by `scipy.optimize.milp` (HiGHS branch and bound). Products of a category take
sales from each other, so gains depend on what the others do: product by product the plan is then
bettered against the others as they are, in rounds, until none would do anything else.

A discount is advised only when it is likely to do better than the plan. Among discounts of
nearly the same gain a multiple of five is preferred, because that is what people put on a sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from forecasting.pricing.optimiser import Candidate, Choice, Limit, Limits, Objective, candidates
from forecasting.pricing.outcome import spread
from forecasting.pricing.outlook import Outlook
from forecasting.pricing.rivals import Rivals
from forecasting.pricing.support import SERVED
from forecasting.scope import Estimate, PlanChange

Floats = NDArray[np.float64]

# More likely than not by a margin: asking for 0.8 left more behind in worlds that tell the truth.
LIKELY = 0.6
ROUND_PCT = 5
_LEVEL = 80
# A round discount is taken when it gives up no more than this share of the gain.
_NEARLY = 0.03
_ROUNDS = 3
# Discounts this many points from the one chosen are weighed again; a short list is as a whole.
_NEAR, _FEW = 1.0, 12
# A plan is not changed for less than this share of what it brings.
_WORTH_A_CHANGE = 0.005
_CENT = 1e-6
# Seconds after which the best plan found so far is taken; small plans take milliseconds.
_PATIENCE = 2.0


@dataclass(frozen=True)
class Planned:
    """What is advised for one product.

    Attributes:
        outlook: The product's planned forecast.
        best: The candidate chosen, its gain counted with the other products as chosen too.
        limits: The limits without which another discount would have been chosen; and `stock`, which
            holds nothing back, where stores seldom have enough for what is.
        weighed: All that might have been advised, by depth, with all other products as planned.
    """

    outlook: Outlook
    best: Candidate
    limits: tuple[Limit, ...] = ()
    weighed: tuple[Candidate, ...] = ()


def plan_discounts(choices: Sequence[Choice], limits: Limits) -> list[Planned]:
    """Return the best candidate of each product, all together.

    Args:
        choices: What may be done, weighed with all other products as planned; of one objective.
        limits: What the plan must keep to.
    """
    chosen = _together(choices, limits)
    free = _together(choices, replace(limits, budget=None))
    if sum(one.discount_pct is not None for one in chosen) <= 1:
        best = chosen
    else:
        best = _in_rounds(choices, chosen, limits)
    left = np.inf if limits.budget is None else limits.budget - _spent(best)
    return [
        Planned(
            choice.outlook, one, _binding(choice, one, wanted, left=left), choice.candidates[1:]
        )
        for choice, one, wanted in zip(choices, best, free, strict=True)
    ]


def choose(choices: Sequence[Choice], limits: Limits) -> list[Candidate]:
    """Return the best candidate of each product, together within the budget."""
    return [one.best for one in plan_discounts(choices, limits)]


def total_gain(planned: Sequence[Planned]) -> Estimate:
    """Return the sum of the gains, with its 80 % interval."""
    draws = np.zeros(1)
    for one in planned:
        best = one.best
        draws = draws + best.outcome.whole_draws(best.planned, best.objective)
    return spread(sum(one.best.gain.mean for one in planned), draws, _LEVEL)


def _in_rounds(
    choices: Sequence[Choice], chosen: list[Candidate], limits: Limits
) -> list[Candidate]:
    """Return a plan in which every product answers to what the others do, one after the other."""
    start = _told_together(choices, chosen)
    best = list(chosen)
    rivals = Rivals([choice.outlook for choice in choices], _discounts(best))
    for _ in range(_ROUNDS):
        before = _discounts(best)
        for at, one in enumerate(best):
            depths = _near(choices[at], one)
            choice = candidates(
                rivals.pressed(at), objective=one.objective, limits=limits, only=depths
            )
            spent = _spent(best) - one.given_away
            best[at] = _best(choice, None if limits.budget is None else limits.budget - spent)
            rivals.ask(at, best[at].discount_pct)
        if _discounts(best) == before:
            break
    found = _told_together(choices, best)
    return found if _affordable(found, limits) and _worth(found) > _worth(start) else start


def _near(choice: Choice, one: Candidate) -> list[float]:
    """Return the discounts to weigh again: the round ones, and those near what is chosen."""
    told = [each.discount_pct for each in choice.candidates if each.discount_pct is not None]
    near = one.discount_pct or 0.0
    round_or_near = [each for each in told if not each % ROUND_PCT or abs(each - near) <= _NEAR]
    return round_or_near if len(told) > _FEW else told


def _told_together(choices: Sequence[Choice], chosen: Sequence[Candidate]) -> list[Candidate]:
    """Return the chosen candidates, each weighed beside the others as they are chosen.

    What neighbours lose is counted with the product that takes it from them, so that the gains
    add up to that of the whole plan.
    """
    market = Rivals([choice.outlook for choice in choices], _discounts(chosen)).market
    return [
        _candidate(replace(choice.outlook, market=market), one)
        if one.discount_pct is not None
        else choice.candidates[0]
        for one, choice in zip(chosen, choices, strict=True)
    ]


def _discounts(chosen: Sequence[Candidate]) -> list[float | None]:
    return [one.discount_pct for one in chosen]


def _candidate(outlook: Outlook, chosen: Candidate) -> Candidate:
    outcome = outlook.under(outlook.asked(PlanChange(discount_pct=chosen.discount_pct)))
    return replace(chosen, outcome=outcome, planned=outlook.as_planned)


def _together(choices: Sequence[Choice], limits: Limits) -> list[Candidate]:
    """Return the best candidates on their own, or those that a budget allows together."""
    best = [_best(choice) for choice in choices]
    return best if _affordable(best, limits) else _knapsack(choices, limits.budget or 0.0)


def _affordable(chosen: Sequence[Candidate], limits: Limits) -> bool:
    return limits.budget is None or _spent(chosen) <= limits.budget + _CENT


def _spent(chosen: Sequence[Candidate]) -> float:
    return sum(one.given_away for one in chosen)


def _worth(chosen: Sequence[Candidate]) -> float:
    return sum(one.expected_gain for one in chosen)


def _able(choice: Choice) -> list[Candidate]:
    """Return the plan and the candidates that are likely to do better."""
    keep, *others = choice.candidates
    least = _WORTH_A_CHANGE * abs(keep.planned.mean(keep.objective))
    return [keep, *(one for one in others if one.expected_gain > least and one.likely >= LIKELY)]


def _best(choice: Choice, budget: float | None = None) -> Candidate:
    keep, *others = _able(choice)
    able = [keep, *(one for one in others if budget is None or one.given_away <= budget)]
    best = max(able, key=lambda one: one.expected_gain)
    enough = (1 - _NEARLY) * best.expected_gain
    rounded = [one for one in able if _is_round(one) and one.expected_gain >= enough]
    if best.discount_pct is None or not rounded:
        return best
    return max(rounded, key=lambda one: one.expected_gain)


def _is_round(one: Candidate) -> bool:
    return one.discount_pct is not None and one.discount_pct % ROUND_PCT == 0


def _knapsack(choices: Sequence[Choice], budget: float) -> list[Candidate]:
    """Return the candidates of the largest sum of gains that give away no more than the budget."""
    # SciPy's solver takes a while to load, and most questions have no budget.
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415

    able = [_able(choice) for choice in choices]
    flat = [one for each in able for one in each]
    owner = np.repeat(np.arange(len(able)), [len(each) for each in able])
    one_each = csr_array((np.ones(len(flat)), (owner, np.arange(len(flat)))))
    spent = np.array([[one.given_away for one in flat]])
    solved = milp(
        -np.array([one.expected_gain for one in flat]),
        integrality=np.ones(len(flat)),
        bounds=Bounds(0, 1),
        constraints=[LinearConstraint(one_each, 1, 1), LinearConstraint(spent, -np.inf, budget)],
        options={"time_limit": _PATIENCE, "mip_rel_gap": 0.0},
    )
    if solved.x is None:
        return [each[0] for each in able]
    taken = np.flatnonzero(solved.x > 0.5)  # noqa: PLR2004 - one or zero, but for rounding
    return [flat[at] for at in taken.tolist()]


def _binding(
    choice: Choice, best: Candidate, wanted: Candidate, *, left: float
) -> tuple[Limit, ...]:
    """Return the limits to be named: see `Planned`.

    Args:
        choice: What could be done.
        best: What is.
        wanted: What would be without a budget.
        left: What the plan leaves of the budget; too little for what would be, or no reason.
    """
    found: list[Limit] = []
    able = [
        (one, limit)
        for one, limit in choice.barred
        if one.expected_gain > wanted.expected_gain + _CENT and one.likely >= LIKELY
    ]
    if able:
        found.append(max(able, key=lambda pair: pair[0].expected_gain)[1])
    if wanted.given_away - best.given_away > max(left, 0.0) + _CENT:
        found.append("budget")
    if _is_short(choice.outlook, best.discount_pct):
        found.append("stock")
    deepest = choice.candidates[-1].discount_pct
    if choice.is_edge and best.discount_pct == deepest and deepest:
        found.append("tried")
    return tuple(found)


def _is_short(outlook: Outlook, discount: float | None) -> bool:
    """Tell whether stores seldom have stock for all that a discount would sell."""
    if not discount:
        return False
    return outlook.stocked(outlook.asked(PlanChange(discount_pct=discount))) < SERVED


__all__ = ["LIKELY", "Objective", "Planned", "choose", "plan_discounts", "total_gain"]
