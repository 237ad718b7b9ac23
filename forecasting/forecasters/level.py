"""A level times the pattern of weekday and flags: what the simplest forecasters have in common."""

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Self

import numpy as np

from forecasting.demand import Demand
from forecasting.forecasters.base import Budget, Capabilities, Progress, never_negative
from forecasting.forecasters.pattern import pattern_of
from forecasting.origin import Floats, Rows
from forecasting.panel import Matrix
from forecasting.units import Frequency


class LevelTimesPattern(ABC):
    """Forecasts one level a series for all periods ahead, with the pattern put back."""

    capabilities = Capabilities(needs_fit=False, uses_plan=True, explains=True)
    sees_offers = False

    def __init__(self) -> None:
        self._held: tuple[Demand, Floats] | None = None

    @abstractmethod
    def level(self, plain: Floats, frequency: Frequency) -> Floats:
        """Return [n] levels from [n, t] sales without their pattern; NaN where none are known."""

    def fit(self, demand: Demand, *, budget: Budget, seed: int, progress: Progress) -> None:  # noqa: B027 - nothing to learn
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

    def to_files(self, folder: Path) -> None:  # noqa: B027 - nothing to write
        """Write nothing: there is nothing learned."""

    @classmethod
    def from_files(cls, folder: Path) -> Self:
        """Return the forecaster."""
        del folder
        return cls()

    def _level(self, demand: Demand) -> Floats:
        held = self._held  # read once: another thread may replace it meanwhile
        if held is None or held[0] is not demand:
            held = (demand, self.level(pattern_of(demand).plain, demand.panel.frequency))
            self._held = held
        return held[1]
