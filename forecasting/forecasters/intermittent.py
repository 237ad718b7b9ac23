"""For series that mostly sell nothing: how often they sell, times how much when they do.

Teunter, Syntetos and Babai (2011): both are smoothed, the chance of a sale in every period, the
size in periods that sold. Unlike Croston's method the forecast falls while nothing sells, so
that obsolete items die out.
"""

from pathlib import Path

import numpy as np

from forecasting.demand import Demand
from forecasting.forecasters.base import Budget, Capabilities, Progress, never_negative
from forecasting.forecasters.pattern import pattern_of
from forecasting.origin import Floats, Rows
from forecasting.panel import Matrix

# Weights of the newest chance and size; small ones do best on retail data (Teunter et al. 2011).
CHANCE_WEIGHT, SIZE_WEIGHT = 0.03, 0.05


class Intermittent:
    """TSB over all series at once, with the pattern of weekday and flags."""

    name = "intermittent"
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
            held = (demand, expected_sales(pattern_of(demand).plain))
            self._held = held
        return held[1]

    @classmethod
    def from_files(cls, folder: Path) -> "Intermittent":
        """Return the forecaster."""
        del folder
        return cls()


def expected_sales(values: Floats) -> Floats:
    """Return [n] expected sales after the last of [n, t] values; 0 where nothing is known."""
    known = ~np.isnan(values)
    sold = known & (np.nan_to_num(values) > 0)
    filled = np.where(sold, values, 0.0)
    chance = sold.sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    size = filled.sum(axis=1) / np.maximum(sold.sum(axis=1), 1)
    for step in range(values.shape[1]):
        chance = chance + CHANCE_WEIGHT * known[:, step] * (sold[:, step] - chance)
        size = size + SIZE_WEIGHT * sold[:, step] * (filled[:, step] - size)
    return np.asarray(chance * size)
