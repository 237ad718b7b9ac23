"""What came of advice that was accepted: what was asked of customers, and what it brought.

What would have come without the advice cannot be seen, so it is what was forecast for the plan
when the advice was given; how far off that forecast may be is the range of the gain. Nor can it
be seen what neighbours and later weeks would have sold: where the promise counted what moves
there, it is counted as it was expected, with its range.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from forecasting.decisions.records import Advice
from forecasting.panel import Panel
from forecasting.periods import overlap
from forecasting.pricing.exposure import price_ratio
from forecasting.scope import Estimate
from forecasting.spans import last_day

Outcome = Literal["realised", "not_yet", "not_carried_out", "not_known"]
Floats = NDArray[np.float64]

# Asked within so many points of the advice, in this share of stores and days: it was followed.
_POINTS = 1.0
_MOST = 0.8


@dataclass(frozen=True, slots=True)
class Realised:
    """What became of one piece of advice.

    Attributes:
        outcome: `not_yet`: sales of all its days are not in; `not_carried_out`: another discount
            was asked; `not_known`: the records do not say.
        asked_discount_pct: Mean percent off that was asked; None while not known.
        actual: The objective as it came; None unless realised.
        gain: Actual less what was forecast for the plan, and what was expected to move elsewhere,
            with the range of both; None unless realised.
    """

    outcome: Outcome
    asked_discount_pct: float | None = None
    actual: float | None = None
    gain: Estimate | None = None


def realise(panel: Panel, advice: Advice) -> Realised:
    """Return what came of a piece of advice, as far as the data tell."""
    if advice.end > last_day(panel):
        return Realised("not_yet")
    share = overlap(panel.periods, panel.frequency, advice.start, advice.end)
    columns = np.flatnonzero(share[: panel.history] > 0)
    rows = panel.rows((advice.product,), advice.stores)
    at = np.ix_(rows, columns)
    asked = _asked(panel, rows, columns)
    if asked is None:
        return Realised("not_known")
    mean = float(asked.mean())
    if (np.abs(asked - advice.discount_pct) <= _POINTS).mean() < _MOST:
        return Realised("not_carried_out", mean)
    actual = _actual(panel, at, share[columns], advice)
    if actual is None:
        return Realised("not_known", mean)
    return Realised("realised", mean, actual, _gain(actual, advice))


def _gain(actual: float, advice: Advice) -> Estimate:
    planned, moved = advice.planned, advice.elsewhere or Estimate(0.0, 0.0, 0.0)
    mean = actual - planned.mean + moved.mean
    below = math.hypot(planned.upper - planned.mean, moved.mean - moved.lower)
    above = math.hypot(planned.mean - planned.lower, moved.upper - moved.mean)
    return Estimate(mean, mean - below, mean + above)


def _asked(panel: Panel, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Floats | None:
    """Return percent off that was asked wherever sales are on record; None if too few are."""
    on_record = np.isfinite(panel.sales[np.ix_(rows, columns)])
    if not on_record.any() or (on_record.mean() < _MOST and not panel.closed_when_missing):
        return None
    asked = _discounts(panel, rows)[:, columns][on_record]
    return asked if np.isfinite(asked).all() else None


def _discounts(panel: Panel, rows: NDArray[np.int64]) -> Floats:
    """Return [rows, t] percent off that was asked: as recorded, or else off the usual price."""
    history = slice(0, panel.history)
    recorded = np.nan_to_num(panel.discount[rows, history])
    if recorded.any():
        return recorded.astype(np.float64)
    return np.asarray(100 * (1 - price_ratio(panel.only(rows))[:, history]), dtype=np.float64)


def _actual(
    panel: Panel, at: tuple[NDArray[np.int64], ...], share: Floats, advice: Advice
) -> float | None:
    units = float(np.nansum(panel.sales[at].astype(np.float64) * share))
    if advice.objective == "units":
        return units
    if panel.revenue is None:
        return None
    revenue = float(np.nansum(panel.revenue[at].astype(np.float64) * share))
    if advice.objective == "revenue":
        return revenue
    return None if advice.unit_cost is None else revenue - advice.unit_cost * units
