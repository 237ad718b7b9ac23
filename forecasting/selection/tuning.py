"""How large trees should grow: a few sizes tried on the weeks before the last.

Successive halving (Jamieson and Talwalkar, 2016): every size is tried with little work, the
better half again with more. Only trees of `boosted.py` are tried; those that see offers stay small.
"""

from dataclasses import replace

import numpy as np

from forecasting.demand import Demand
from forecasting.forecasters.base import Budget, Progress, silent
from forecasting.forecasters.boosted import BoostedTrees
from forecasting.intervals.calibration import Floats
from forecasting.origins import NEAR
from forecasting.panel import Panel
from forecasting.pricing.response import estimate_response
from forecasting.selection.trial import window_actual
from forecasting.units import LEAST_PERIODS

# Leaves a tree, as multiples of the budget's.
_SIZES = (0.4, 0.7, 1.0, 1.5)
# Shares of the budget's rows and trees that a try gets, round by round.
_EFFORTS = (0.1, 0.25)
_NOTHING = 1e-9


def tuned(panel: Panel, budget: Budget, *, seed: int, progress: Progress) -> Budget:
    """Return the budget with the leaves that forecast best what is known.

    Args:
        panel: The history.
        budget: How much work a fit may do.
        seed: Decides everything random.
        progress: Told the fraction done.
    """
    horizon = min(NEAR[panel.frequency], panel.history // 4)
    at = panel.history - horizon
    if at < LEAST_PERIODS:
        return budget
    before = panel.until(at)
    demand = Demand(before, estimate_response(before))
    actual = window_actual(panel, at, horizon)
    left = [round(budget.leaves * size) for size in _SIZES]
    tries, done = sum(len(left) >> number for number in range(len(_EFFORTS))), 0
    for effort in _EFFORTS:
        losses = []
        for leaves in left:
            progress(done / tries, "trying sizes of trees")
            small = replace(
                budget,
                rows=round(budget.rows * effort),
                trees=round(budget.trees * effort),
                leaves=leaves,
            )
            losses.append(_loss(demand, actual, small, seed))
            done += 1
        order = np.argsort(losses, kind="stable")
        left = [left[place] for place in order[: max(1, len(left) // 2)]]
    return replace(budget, leaves=left[0])


def _loss(demand: Demand, actual: Floats, budget: Budget, seed: int) -> float:
    """Return the mean absolute log error, that of a mean or a geometric mean alike."""
    model = BoostedTrees()
    model.fit(demand, budget=budget, seed=seed, progress=silent)
    at, (n, horizon) = demand.panel.history, actual.shape
    forecast = model.predict(demand, np.arange(n), at, at + horizon).astype(np.float64)
    known = (actual > _NOTHING) & (forecast > _NOTHING)
    if not known.any():
        return 0.0
    return float(np.abs(np.log(forecast[known] / actual[known])).mean())
