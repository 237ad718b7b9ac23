"""The whole distribution of sums of forecasts, not only one interval of each; many at once."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.intervals.calibration import LEVELS, Calibration, Floats, kind, skewed_at

# Of a single period intervals are kept, not z-scores: at the median they have no width.
_LEAST_LEVEL = 1.0


@dataclass(frozen=True)
class Sums:
    """Sums of forecasts: n of them, of r series; those of one sum stand one after the other.

    Attributes:
        intervals: How errors spread and go together.
        series: [r] with columns `store` and `product`.
        mean: [r, h] forecasts, each times its weight in its sum.
        deviation: [r, h] their standard deviations, times the same weights.
        first: [n] the first series of each sum.
    """

    intervals: Calibration
    series: pd.DataFrame
    mean: Floats
    deviation: Floats
    first: NDArray[np.int64]

    @cached_property
    def total(self) -> Floats:
        """Return [n] what is expected."""
        return np.asarray(np.add.reduceat(self.mean.sum(axis=1), self.first))

    @property
    def variance(self) -> Floats:
        """Return [n] the variance of each sum."""
        return np.asarray(self._variances.sum(axis=1))

    def quantiles(self, probabilities: Floats) -> Floats:
        """Return [n, k] what sums do not exceed with each probability.

        The ends of `Calibration.total` at a level are the quantiles that leave half of the rest
        on either side.
        """
        mean, deviation = self.total[:, None], np.sqrt(self.variance)[:, None]
        found = skewed_at(mean, deviation, self._scores(probabilities))
        lone = np.flatnonzero((self._sizes == 1) & ((self.mean > 0).sum(axis=1)[self.first] == 1))
        if len(lone):
            found[lone] = self._of_one_period(self.first[lone], probabilities)
        return found

    @cached_property
    def _sizes(self) -> NDArray[np.int64]:
        """Return [n] how many series each sum has."""
        return np.diff(self.first, append=len(self.mean))

    @cached_property
    def _variances(self) -> Floats:
        """Return [n, 2] the variance that series have to themselves, and what they share."""
        found = np.zeros((len(self.first), 2))
        found[:, 0] = self.intervals.dependence.alone(self.deviation[self.first])
        for one in np.flatnonzero(self._sizes > 1).tolist():
            rows = slice(self.first[one], self.first[one] + self._sizes[one])
            found[one] = self.intervals.variance(self.deviation[rows], self.series.iloc[rows])
        return found

    def _scores(self, probabilities: Floats) -> Floats:
        """Return [n, k] how many standard deviations from the mean each quantile lies."""
        side, levels = _levels(probabilities)
        intervals, periods = self.intervals, self.mean.shape[1]

        def scores(own: float, common: float, series: int) -> Floats:
            widths = intervals.widths.get(kind((series, periods)), (1.0, 1.0, 1.0))
            return side * intervals.reach(own, common, levels) * np.interp(levels, LEVELS, widths)

        found = np.tile(scores(1.0, 0.0, 1), (len(self.first), 1))
        for one in np.flatnonzero(self._sizes > 1).tolist():
            own, common = self._variances[one].tolist()
            found[one] = scores(own, common, int(self._sizes[one]))
        return found

    def _of_one_period(self, rows: NDArray[np.int64], probabilities: Floats) -> Floats:
        """Return [rows, k] quantiles of series of which only one period counts."""
        mean, deviation = self.mean[rows].sum(axis=1), self.deviation[rows].sum(axis=1)
        side, levels = _levels(probabilities)
        ends = [
            self.intervals.cells(mean, deviation, max(level, _LEAST_LEVEL))[int(above)]
            for level, above in zip(levels.tolist(), (side >= 0).tolist(), strict=True)
        ]
        return np.stack(ends, axis=1)


def _levels(probabilities: Floats) -> tuple[Floats, Floats]:
    """Return on which side of the median quantiles lie, and of which interval they are ends."""
    return np.sign(2 * probabilities - 1), 100 * np.abs(2 * probabilities - 1)
