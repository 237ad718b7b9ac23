"""What every forecaster can do."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.origin import Rows
from forecasting.panel import Matrix

Progress = Callable[[float, str], None]
"""Called with the fraction done (0 to 1) and a few words."""


def silent(_fraction: float, _words: str) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a forecaster is good for.

    Attributes:
        needs_fit: It learns from a panel before it can predict.
        uses_plan: Planned prices, promotions and known covariates change its forecast.
        explains: It can say what drives a forecast.
    """

    needs_fit: bool
    uses_plan: bool
    explains: bool


@dataclass(frozen=True, slots=True)
class Budget:
    """How much work a fit may do.

    Attributes:
        rows: Most training rows.
        trees: Boosting rounds.
        leaves: Leaves a tree.
    """

    rows: int
    trees: int
    leaves: int


BUDGETS = {
    "fast": Budget(rows=80_000, trees=90, leaves=31),
    "normal": Budget(rows=500_000, trees=320, leaves=63),
    "thorough": Budget(rows=1_500_000, trees=600, leaves=95),
}
"""By the name a person gives."""


class Forecaster(Protocol):
    """Centres of future sales for any series of a panel like the one it was fitted on.

    A centre is a mean, or lies between it and a geometric mean or median: an ensemble's factors
    turn it into expected sales and into the figure with the least error in percent.
    """

    name: str
    capabilities: Capabilities

    def fit(self, demand: Demand, *, budget: Budget, seed: int, progress: Progress) -> None:
        """Learn from the history of a panel; called once."""
        ...

    def predict(self, demand: Demand, rows: Rows, first: int, last: int) -> Matrix:
        """Return [rows, last - first] centres of panel columns first to last - 1.

        Args:
            demand: Its history is all that is known; `first` is not before its end.
            rows: Series.
            first: First column.
            last: Column after the last.
        """
        ...

    def to_files(self, folder: Path) -> None:
        """Write what was learned, in formats that cannot run code."""
        ...

    @classmethod
    def from_files(cls, folder: Path) -> "Forecaster":
        """Read what `to_files` wrote."""
        ...


# No retailer sells more in a period; figures still add up without overflowing.
_LARGEST = 1e15


def never_negative(means: NDArray[np.floating]) -> Matrix:
    """Return means as served: finite and not below zero."""
    finite = np.clip(np.nan_to_num(means, nan=0.0, posinf=0.0, neginf=0.0), 0.0, _LARGEST)
    return np.asarray(finite, dtype=np.float32)
