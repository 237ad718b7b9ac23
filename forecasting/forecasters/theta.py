"""The Theta method for all series at once: exponential smoothing with half of the trend as drift.

Assimakopoulos and Nikolopoulos (2000) won the M3 competition with it; Hyndman and Billah (2003)
showed that it is simple exponential smoothing with a drift of half the slope of a line through
the series. The drift is damped here, because a line does not go on for a year.
"""

from pathlib import Path

import numpy as np

from forecasting.demand import Demand
from forecasting.forecasters.base import Budget, Capabilities, Progress, never_negative
from forecasting.forecasters.pattern import pattern_of
from forecasting.origin import MONTH, Floats, Rows
from forecasting.panel import Matrix

# Weights of the newest value that are tried on each series.
ALPHAS = (0.02, 0.05, 0.1, 0.2, 0.4)
# One-step errors of the first periods say more about the start than about the weight.
_WARM_UP = 0.25
# A line may move the level by this factor at most, up or down.
_MOST_DRIFT = 1.3


class Theta:
    """Simple exponential smoothing with damped drift on sales without their pattern."""

    name = "theta"
    capabilities = Capabilities(needs_fit=False, uses_plan=True, explains=True)
    sees_offers = False

    def __init__(self) -> None:
        self._held: tuple[Demand, Floats, Floats] | None = None

    def fit(self, demand: Demand, *, budget: Budget, seed: int, progress: Progress) -> None:
        """Learn nothing: all it needs is in the panel it predicts from."""

    def predict(self, demand: Demand, rows: Rows, first: int, last: int) -> Matrix:
        """Return [rows, last - first] mean sales under the plan."""
        level, slope = self._state(demand)
        columns = np.arange(first, last)
        month = 2 * MONTH[demand.panel.frequency]
        ahead = columns - demand.panel.history + 1
        reach = month * (1 - np.exp(-ahead / month))
        drift = 1 + slope[rows][:, None] * reach / 2
        trend = np.clip(drift, 1 / _MOST_DRIFT, _MOST_DRIFT)
        mean = level[rows][:, None] * trend * pattern_of(demand).index(rows, columns)
        return never_negative(mean * demand.factor[np.ix_(rows, columns)])

    def reasons(
        self, demand: Demand, rows: Rows, columns: Rows
    ) -> tuple[Floats, dict[str, Floats]]:
        """Return why, on the log scale; without the price response they sum to the forecast."""
        return pattern_of(demand).reasons(self._level(demand), rows, columns)

    def to_files(self, folder: Path) -> None:
        """Write nothing: there is nothing learned."""

    def _level(self, demand: Demand) -> Floats:
        return self._state(demand)[0]

    @classmethod
    def from_files(cls, folder: Path) -> "Theta":
        """Return the forecaster."""
        del folder
        return cls()

    def _state(self, demand: Demand) -> tuple[Floats, Floats]:
        held = self._held  # read once: another thread may replace it meanwhile
        if held is None or held[0] is not demand:
            plain = pattern_of(demand).plain
            held = (demand, smoothed(plain), _slopes(plain))
            self._held = held
        return held[1], held[2]


def smoothed(values: Floats) -> Floats:
    """Return [n] the level after the last of [n, t] values; 0 where nothing is known.

    Each series takes the weight of those tried whose one-step errors were smallest. Unknown
    values leave the level as it is.
    """
    known = ~np.isnan(values)
    filled = np.where(known, values, 0.0)
    start = filled.sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    alpha = np.array(ALPHAS)[:, None]
    level = np.repeat(start[None, :], len(ALPHAS), axis=0)
    loss = np.zeros_like(level)
    warm = int(_WARM_UP * values.shape[1])
    for step in range(values.shape[1]):
        error = (filled[:, step] - level) * known[:, step]
        if step >= warm:
            loss += error**2
        level += alpha * error
    best = loss.argmin(axis=0)
    return np.asarray(level[best, np.arange(len(values))])


def _slopes(values: Floats) -> Floats:
    """Return [n] the slope a period of a line through each series, relative to its mean."""
    known = ~np.isnan(values)
    number = np.maximum(known.sum(axis=1), 1)
    time = np.arange(values.shape[1], dtype=np.float64)
    filled = np.where(known, values, 0.0)
    mean = filled.sum(axis=1) / number
    centred = np.where(known, time[None, :] - (known @ time / number)[:, None], 0.0)
    spread = (centred**2).sum(axis=1)
    # As if a flat window as long as this one had been seen besides: short ones show no trend.
    slope = (centred * filled).sum(axis=1) / np.maximum(2 * spread, 1.0)
    return np.asarray(np.divide(slope, mean, out=np.zeros_like(mean), where=mean > 0))
