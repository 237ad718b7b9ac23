"""What shelves may sell over some days: the whole distribution of each, worked out at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from forecasting.intervals.calibration import Floats
from forecasting.intervals.demanded import Sums

_HIGHEST, _STEP = 3.4, 0.1
SCORES = np.linspace(-_HIGHEST, _HIGHEST, round(2 * _HIGHEST / _STEP) + 1)
"""Normal scores at which distributions are kept."""

WEIGHTS = np.exp(-(SCORES**2) / 2) / np.exp(-(SCORES**2) / 2).sum()
"""How likely demand is near each of these scores."""


@dataclass(frozen=True)
class Spread:
    """What n shelves may sell over some days.

    Attributes:
        mean: [n] what is expected.
        variance: [n] as the errors of its periods add up.
        values: [n, scores] what is not exceeded at each of `SCORES`; their mean is `mean`.
    """

    mean: Floats
    variance: Floats
    values: Floats

    @classmethod
    def of(cls, sums: Sums) -> "Spread":
        """Return the distribution of sums.

        The quantiles' own mean misses the forecast by a little, and an empty shelf loses all of
        it, so they are moved to mean what is expected.
        """
        values = sums.quantiles(ndtr(SCORES))
        own = values @ WEIGHTS
        factor = np.divide(sums.total, own, out=np.ones_like(own), where=own > 0)
        return cls(sums.total, sums.variance, values * factor[:, None])

    def at(self, scores: Floats) -> Floats:
        """Return [n, ...] what is not exceeded at [n, ...] normal scores."""
        place = np.clip((scores + _HIGHEST) / _STEP, 0, len(SCORES) - 1 - 1e-9)
        below = place.astype(np.int64)
        row = np.arange(len(scores)).reshape(-1, *[1] * (scores.ndim - 1))
        part = place - below
        return np.asarray(self.values[row, below] * (1 - part) + self.values[row, below + 1] * part)

    def beyond(self, stock: Floats) -> Floats:
        """Return [n] expected demand beyond a stock."""
        return np.asarray(np.maximum(self.values - stock[:, None], 0.0) @ WEIGHTS)

    def chance_beyond(self, stock: Floats) -> Floats:
        """Return [n] how likely demand is beyond a stock."""
        return np.asarray((self.values > stock[:, None]) @ WEIGHTS)

    def only(self, shelves: NDArray[np.int64]) -> "Spread":
        """Return the distribution of some of the shelves."""
        return Spread(self.mean[shelves], self.variance[shelves], self.values[shelves])
