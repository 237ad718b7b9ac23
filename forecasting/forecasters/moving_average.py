"""Moving average: the recent level times the pattern of weekday and flags."""

from pathlib import Path

import numpy as np

from forecasting.demand import Demand
from forecasting.forecasters.base import Budget, Capabilities, Progress, never_negative
from forecasting.forecasters.pattern import pattern_of
from forecasting.origin import QUARTER, Floats, Rows
from forecasting.panel import Mask, Matrix


class MovingAverage:
    """The mean of the last quarter without its pattern, and the pattern put back."""

    name = "moving_average"
    capabilities = Capabilities(needs_fit=False, uses_plan=True, explains=True)
    sees_offers = False

    def __init__(self) -> None:
        self._held: tuple[Demand, Floats] | None = None

    def fit(self, demand: Demand, *, budget: Budget, seed: int, progress: Progress) -> None:
        """Learn nothing: all it needs is in the panel it predicts from."""

    def predict(self, demand: Demand, rows: Rows, first: int, last: int) -> Matrix:
        """Return [rows, last - first] mean sales under the plan."""
        columns = np.arange(first, last)
        mean = self._level(demand)[rows][:, None] * pattern_of(demand).index(rows, columns)
        return never_negative(mean * demand.factor[np.ix_(rows, columns)])

    def reasons(
        self, demand: Demand, rows: Rows, columns: Rows
    ) -> tuple[Floats, dict[str, Floats]]:
        """Return why, on the log scale; without the price response they sum to the forecast."""
        return pattern_of(demand).reasons(self._level(demand), rows, columns)

    def to_files(self, folder: Path) -> None:
        """Write nothing: there is nothing learned."""

    def _level(self, demand: Demand) -> Floats:
        held = self._held  # read once: another thread may replace it meanwhile
        if held is None or held[0] is not demand:
            held = (demand, _recent_mean(pattern_of(demand).plain, QUARTER[demand.panel.frequency]))
            self._held = held
        return held[1]

    @classmethod
    def from_files(cls, folder: Path) -> "MovingAverage":
        """Return the forecaster."""
        del folder
        return cls()


def _recent_mean(plain: Floats, periods: int) -> Floats:
    """Return [n] the mean of the last periods; of all where nothing is known of those."""
    known: Mask = ~np.isnan(plain)
    recent = known & (np.arange(plain.shape[1]) >= plain.shape[1] - periods)
    counted = np.where(recent.any(axis=1)[:, None], recent, known)
    total = np.where(counted, plain, 0.0).sum(axis=1)
    return np.asarray(total / np.maximum(counted.sum(axis=1), 1))
