"""Prediction intervals of single periods and of sums, from errors seen in backtests.

Errors are described by their standard deviation, which grows with the forecast and with how far
ahead it is, and by three correlations: between days of one series, between series on one day, and
between all others. A sum's variance follows from these, so its interval is neither the sum of
quantiles (too wide) nor that of independent errors (too narrow).
"""

import json
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from forecasting.demand import Demand
from forecasting.scope import Estimate

Floats = NDArray[np.float64]

PROBABILITIES = np.round(np.arange(1, 200) / 200, 3)
"""Where the quantiles of single periods are kept."""

# One window's errors on all series tell as much of its shocks as so many separate ones would.
_ERRORS_A_WINDOW = 4

# Beyond the horizons seen, relative variance grows by this share for each doubling.
_GROWTH = 0.25


@dataclass(frozen=True)
class Calibration:
    """How wide intervals must be.

    Attributes:
        counting: Variance per unit of the forecast: the part that comes of counting.
        relative: [buckets] variance per squared unit of the forecast, by horizon.
        horizons: [buckets] the last period ahead of each bucket.
        sizes: [groups - 1] forecasts that part small series from large ones.
        quantiles: [groups, probabilities] of standardised errors.
        same_series: Correlation of a series' errors on different days of a window.
        same_day: Correlation of different series' errors on one day.
        others: Correlation of different series' errors on different days.
        widths: Factor on the standard deviation of sums by their kind.
        windows: How many windows of its own length the calibration covers; few make intervals
            of large sums wider.
        scales: Factor of each series' standard deviation, by store and product.
        covered: By level, the share of actuals inside, for single periods and for sums, measured
            on windows that the calibration had not seen.
    """

    counting: float
    relative: tuple[float, ...]
    horizons: tuple[int, ...]
    sizes: tuple[float, ...]
    quantiles: tuple[tuple[float, ...], ...]
    same_series: float
    same_day: float
    others: float
    widths: dict[str, float]
    windows: float
    scales: tuple[tuple[str, str, float], ...]
    covered: dict[str, dict[str, float]]

    def scale_of(self, series: pd.DataFrame) -> Floats:
        """Return [n] each series' own factor; 1 for one not seen."""
        known = {(store, product): scale for store, product, scale in self.scales}
        pairs = zip(series["store"], series["product"], strict=True)
        return np.array([known.get(pair, 1.0) for pair in pairs])

    def spread(
        self, demand: Demand, rows: NDArray[np.int64], columns: NDArray[np.int64], mean: Floats
    ) -> Floats:
        """Return [rows, columns] standard deviations of the periods that a demand forecasts.

        Args:
            demand: What is known; its plan and calendar say which periods are hard to forecast.
            rows: Series.
            columns: Periods, none before the end of the history.
            mean: [rows, columns] forecasts of them.
        """
        scale = self.scale_of(demand.panel.series.iloc[rows])
        return self.deviation(mean, columns - demand.panel.history + 1, scale)

    def deviation(self, mean: Floats, ahead: NDArray[np.int64], scale: Floats) -> Floats:
        """Return [n, h] standard deviations of single periods.

        Args:
            mean: [n, h] forecasts.
            ahead: [h] periods ahead, 1 for the next.
            scale: [n] each series' own factor.
        """
        bucket = np.minimum(np.searchsorted(self.horizons, ahead), len(self.horizons) - 1)
        beyond = np.maximum(np.log2(np.maximum(ahead, 1) / self.horizons[-1]), 0)
        relative = np.array(self.relative)[bucket] * (1 + _GROWTH * beyond)
        variance = self.counting * mean + relative[None, :] * mean**2
        return np.sqrt(np.maximum(variance, 0)) * scale[:, None]

    def cells(self, mean: Floats, deviation: Floats, level: float) -> tuple[Floats, Floats]:
        """Return lower and upper bounds of single periods.

        Args:
            mean: Forecasts of any shape.
            deviation: Their standard deviations.
            level: Percent that should fall inside, 50 to 99.
        """
        tail = (1 - level / 100) / 2
        wider = self._caution(level)
        group = np.searchsorted(self.sizes, mean)
        grid = np.array(self.quantiles)
        low, high = (
            np.array([np.interp(p, PROBABILITIES, row) for row in grid])[group]
            for p in (tail, 1 - tail)
        )
        lower = np.clip(mean + wider * low * deviation, 0, mean)
        return lower, np.maximum(mean + wider * high * deviation, mean)

    def _caution(self, level: float) -> float:
        """Return how much wider than the errors seen: all shared the shocks of a few windows."""
        probability, freedom = 0.5 + level / 200, 2 + _ERRORS_A_WINDOW * self.windows
        return float(stdtrit(freedom, probability) / ndtri(probability))

    def total(
        self, mean: Floats, deviation: Floats, level: float, series: pd.DataFrame | None = None
    ) -> Estimate:
        """Return the sum of [n, h] forecasts with its interval.

        Args:
            mean: Forecasts, each times its weight in the sum.
            deviation: Their standard deviations, times the same weights.
            level: Percent that should fall inside, 50 to 99.
            series: [n] with columns `store` and `product`: errors of one store, and of one
                product, go together. None: all are of other stores and products.
        """
        del series
        if mean.size == 1:
            lower, upper = self.cells(mean, deviation, level)
            return Estimate(float(mean.sum()), float(lower.sum()), float(upper.sum()))
        own, common = self.variance(deviation)
        width = self.widths.get(kind(mean.shape), 1.0)
        whole = (own + common) * width**2
        # Only as many windows as were seen tell how far errors move together.
        freedom = self.windows * ((own + common) / common) ** 2 if common > 0 else np.inf
        centre = float(mean.sum())
        spread = float(stdtrit(max(freedom, 2.0), 0.5 + level / 200))
        return _skewed(centre, float(np.sqrt(whole)), spread)

    def variance(self, deviation: Floats) -> tuple[float, float]:
        """Return the variance of a sum: what series have to themselves, and what they share."""
        alone = float((deviation**2).sum())
        rows = float((deviation.sum(axis=1) ** 2).sum()) - alone
        columns = float((deviation.sum(axis=0) ** 2).sum()) - alone
        rest = float(deviation.sum() ** 2) - alone - rows - columns
        own = alone + self.same_series * rows
        return own, max(0.0, self.same_day * columns + self.others * rest)

    def to_json(self) -> str:
        """Return it as JSON text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Calibration":
        """Read what `to_json` wrote."""
        stored = json.loads(text)
        for name in ("relative", "horizons", "sizes"):
            stored[name] = tuple(stored[name])
        stored["quantiles"] = tuple(tuple(row) for row in stored["quantiles"])
        stored["scales"] = tuple((s, p, float(scale)) for s, p, scale in stored["scales"])
        return cls(**stored)


def kind(shape: tuple[int, ...]) -> str:
    """Return the kind of a sum over [series, periods]."""
    if shape[0] == 1:
        return "one series"
    return "one period" if shape[1] == 1 else "several"


def _skewed(mean: float, deviation: float, spread: float) -> Estimate:
    """Return the interval of a gamma distribution with this mean and standard deviation.

    Sums of sales cannot fall below zero, so small ones lean to the right. Wilson and Hilferty:
    the cube root of a gamma variable is nearly normal.
    """
    if mean <= 0 or deviation <= 0:
        return Estimate(mean, mean, mean + spread * deviation)
    part = (deviation / mean) ** 2 / 9
    low, high = (mean * max(0.0, 1 - part + sign * spread * part**0.5) ** 3 for sign in (-1, 1))
    return Estimate(mean, min(low, mean), max(high, mean))
