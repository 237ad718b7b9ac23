"""Prediction intervals of single periods and of sums, from errors seen in backtests.

Errors are described by their standard deviation, which grows with the forecast and with how far
ahead it is and differs by plan, time of the year and series, and by how they go together: in one
series, one store, one product, and overall. A sum's variance follows from these, so its interval
is neither the sum of quantiles (too wide) nor that of independent errors (too narrow).
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from forecasting.demand import Demand
from forecasting.intervals.dependence import Curve, Dependence, codes
from forecasting.intervals.occasions import kinds_of
from forecasting.intervals.unrest import Unrest
from forecasting.scope import Estimate
from tenants.errors import CannotAnswer

Floats = NDArray[np.float64]

PROBABILITIES = np.round(np.arange(1, 200) / 200, 3)
"""Where the quantiles of single periods are kept."""

LEVELS = (50, 80, 95)
"""Percent; at these widths of sums are fitted and the achieved coverage is reported."""

_LEAST_FREEDOM = 3.0

# Ranges that in the backtest held less than the promise by more than this are said to. Small counts
# cannot help holding more: their ranges go from one whole number to another.
_JUDGED, _WELL_CALIBRATED = "80", 0.1

# Beyond the horizons seen, relative variance grows by this share for each doubling.
_GROWTH = 0.25


@dataclass(frozen=True)
class Calibration:
    """How wide intervals must be.

    Attributes:
        counting: Variance per unit of the forecast: the part that comes of counting.
        relative: [buckets] variance per squared unit of the forecast, by horizon.
        horizons: [buckets] the last period ahead of each bucket.
        flags: The plan's flags that kinds of periods are told apart by.
        kinds: Factor on the standard deviation by kind, the code of the flags that are on.
        unrest: How much wider intervals are by the time of the year.
        sizes: [groups - 1] forecasts that part small series from large ones.
        quantiles: [groups, probabilities] of standardised errors.
        dependence: How errors go together.
        widths: Factors on the standard deviation of sums, by their kind, at each of `LEVELS`.
        windows: How many windows of its own length the calibration covers; few make intervals
            of large sums wider.
        scales: Factor of each series' standard deviation, by store and product.
        freedom: Degrees of freedom of Student's law; the fewer, the less the next weeks' errors
            may be of the size of those seen.
        recent: Factor on all standard deviations, from the newest errors.
        errors: How many errors all this rests on.
        whole: Sales are whole numbers, and so are the bounds shown.
        covered: What intervals promised and what they held, measured on windows that the
            calibration had not seen; see `achieved.py`.
        notice: What a reader must know of these intervals; empty for nothing.
    """

    counting: float
    relative: tuple[float, ...]
    horizons: tuple[int, ...]
    sizes: tuple[float, ...]
    quantiles: tuple[tuple[float, ...], ...]
    dependence: Dependence
    widths: dict[str, tuple[float, ...]]
    windows: float
    scales: tuple[tuple[str, str, float], ...]
    covered: dict[str, dict[str, float]]
    flags: tuple[str, ...] = ()
    kinds: tuple[float, ...] = (1.0,)
    unrest: Unrest = field(default_factory=Unrest)
    freedom: float = 200.0
    recent: float = 1.0
    errors: int = 0
    whole: bool = False
    notice: str = ""

    @cached_property
    def _known(self) -> dict[tuple[str, str], float]:
        return {(store, product): scale for store, product, scale in self.scales}

    @cached_property
    def _grid(self) -> Floats:
        return np.array(self.quantiles)

    def scale_of(self, series: pd.DataFrame) -> Floats:
        """Return [n] each series' own factor; 1 for one not seen."""
        pairs = zip(series["store"], series["product"], strict=True)
        return np.array([self._known.get(pair, 1.0) for pair in pairs])

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
        panel = demand.panel
        scale = np.array([self._known.get(panel.ids[row], 1.0) for row in rows.tolist()])
        usual = self.deviation(mean, columns - panel.history + 1, scale)
        kind = kinds_of(demand, self.flags, rows, columns)
        season = (demand.original or demand).once(
            self.unrest, lambda: self.unrest.factor(panel.periods, panel.frequency)
        )[columns]
        return np.asarray(usual * np.array(self.kinds)[kind] * season * self.recent)

    def deviation(self, mean: Floats, ahead: NDArray[np.int64], scale: Floats) -> Floats:
        """Return [n, h] standard deviations of usual periods.

        Args:
            mean: [n, h] forecasts.
            ahead: [h] periods ahead, 1 for the next.
            scale: [n] each series' own factor.
        """
        bucket = np.minimum(np.searchsorted(self.horizons, ahead), len(self.horizons) - 1)
        beyond = np.maximum(np.log2(np.maximum(ahead, 1) / self.horizons[-1]), 0)
        relative = np.array(self.relative)[bucket] * (1 + _GROWTH * beyond)
        variance = self.counting * mean + relative[None, :] * mean**2
        return np.asarray(np.sqrt(np.maximum(variance, 0)) * scale[:, None])

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
        low, high = (
            np.array([np.interp(p, PROBABILITIES, row) for row in self._grid])[group]
            for p in (tail, 1 - tail)
        )
        lower = np.clip(mean + wider * low * deviation, 0, mean)
        return lower, np.maximum(mean + wider * high * deviation, mean)

    def chance(self, value: Floats, mean: Floats, deviation: Floats) -> Floats:
        """Return the chance that single periods sell no more than a value.

        Args:
            value: Of any shape; below 0 the chance is 0.
            mean: Forecasts.
            deviation: Their standard deviations.
        """
        z = np.divide(value - mean, deviation, out=np.sign(value - mean), where=deviation > 0)
        group = np.searchsorted(self.sizes, mean)
        found = np.zeros(np.shape(value))
        for number, row in enumerate(self._grid):
            own = group == number
            found[own] = np.interp(z[own], row, PROBABILITIES, left=0.0, right=1.0)
        return np.where(value < 0, 0.0, found)

    def bounds(
        self, mean: Floats, deviation: Floats, level: float, quoted: Floats | None = None
    ) -> tuple[Floats, Floats]:
        """Return bounds of single periods as they are shown: whole where sales are.

        Args:
            mean: Forecasts of any shape.
            deviation: Their standard deviations.
            level: Percent that should fall inside, 50 to 99.
            quoted: The figure shown between them, where that is not the mean: they hold both.
        """
        lower, upper = self.cells(mean, deviation, level)
        least, most = (mean, mean) if quoted is None else np.sort([mean, quoted], axis=0)
        lower, upper = np.minimum(lower, least), np.maximum(upper, most)
        return _whole(lower, upper, least, most) if self.whole else (lower, upper)

    def _caution(self, level: float) -> float:
        """Return how much wider than the errors seen: the next weeks' may be of another size."""
        probability = 0.5 + level / 200
        return float(stdtrit(self.freedom, probability) / ndtri(probability))

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
        if mean.size == 1:
            lower, upper = self.cells(mean, deviation, level)
            return Estimate(float(mean.sum()), float(lower.sum()), float(upper.sum()))
        own, common = self.variance(deviation, series)
        return self.around(float(mean.sum()), own, common, kind(mean.shape), level)

    def around(self, mean: float, own: float, common: float, kind: str, level: float) -> Estimate:
        """Return the interval of a sum.

        Args:
            mean: The sum of the forecasts.
            own: Variance that series have to themselves.
            common: Variance that they share.
            kind: Of the sum, as `kind` names it.
            level: Percent that should fall inside, 50 to 99.
        """
        width = float(np.interp(level, LEVELS, self.widths.get(kind, (1.0, 1.0, 1.0))))
        spread = float(self.reach(own, common, np.array([level]))[0])
        return _skewed(mean, float(np.sqrt(own + common)), spread * width)

    def reach(self, own: float, common: float, levels: Floats) -> Floats:
        """Return how many standard deviations a sum's interval reaches at each level, in percent.

        Only as many windows as were seen tell how far errors move together.
        """
        shared = self.windows * ((own + common) / common) ** 2 if common > 0 else np.inf
        freedom = min(shared, self.freedom)
        return np.asarray(stdtrit(max(freedom, _LEAST_FREEDOM), 0.5 + levels / 200))

    def variance(
        self, deviation: Floats, series: pd.DataFrame | None = None
    ) -> tuple[float, float]:
        """Return the variance of a sum: what series have to themselves, and what they share."""
        each = np.arange(len(deviation))
        stores, products = (each, each) if series is None or len(each) == 1 else codes(series)
        return self.dependence.variance(deviation, stores, products)

    def require(self, level: float) -> None:
        """Refuse a level that too few errors were seen for.

        Of n errors and one to come, each is as likely to be the largest: bounds that leave a
        share out on either side need at least one error beyond them.

        Raises:
            CannotAnswer: With the number that is needed.
        """
        needed = least_errors(level)
        if self.errors < needed:
            raise CannotAnswer(
                f"A range of {level:g} % needs at least {needed} past errors to go by, and there "
                f"are {self.errors}: load a longer history, or ask for a lower level."
            )

    @property
    def notices(self) -> tuple[str, ...]:
        """Return what must be said along with these intervals."""
        held = self.covered.get(_JUDGED, {}).get("cells", np.nan)
        off = held < float(_JUDGED) / 100 - _WELL_CALIBRATED
        label = (
            f"The ranges are not well calibrated: in the backtest those of {_JUDGED} % held "
            f"{100 * held:.0f} % of sales."
        )
        return (*((self.notice,) if self.notice else ()), *((label,) if off else ()))

    def to_json(self) -> str:
        """Return it as JSON text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Calibration":
        """Read what `to_json` wrote.

        Raises:
            CannotAnswer: An earlier version of the program wrote it.
        """
        stored = json.loads(text)
        if "dependence" not in stored:
            raise CannotAnswer(
                "This model was saved by an earlier version of the program; run `tillsight train`."
            )
        for name in ("relative", "horizons", "sizes", "flags", "kinds"):
            stored[name] = tuple(stored[name])
        stored["quantiles"] = tuple(tuple(row) for row in stored["quantiles"])
        stored["widths"] = {name: tuple(row) for name, row in stored["widths"].items()}
        stored["scales"] = tuple((s, p, float(scale)) for s, p, scale in stored["scales"])
        curves = {name: Curve(**curve) for name, curve in stored["dependence"].items()}
        stored["dependence"] = Dependence(**curves)
        season = stored["unrest"]
        by_day, by_easter = tuple(season["by_day"]), tuple(season["by_easter"])
        stored["unrest"] = Unrest(by_day, by_easter, season["strength"])
        return cls(**stored)


def least_errors(level: float) -> int:
    """Return how many errors an interval of this level needs."""
    return int(np.ceil(2 / (1 - level / 100) - 1e-9)) - 1


def kind(shape: Sequence[int]) -> str:
    """Return the kind of a sum over [series, periods]."""
    if shape[0] == 1:
        return "one series"
    return "one period" if shape[1] == 1 else "several"


def _whole(lower: Floats, upper: Floats, least: Floats, most: Floats) -> tuple[Floats, Floats]:
    """Return the whole numbers nearest to bounds; at least those next to what they hold."""
    return np.minimum(np.rint(lower), np.floor(least)), np.maximum(np.rint(upper), np.ceil(most))


def _skewed(mean: float, deviation: float, spread: float) -> Estimate:
    """Return the interval of a sum, `spread` standard deviations to either side."""
    low, high = skewed_at(mean, deviation, np.array([-spread, spread])).tolist()
    return Estimate(mean, min(low, mean), max(high, mean))


def skewed_at(mean: float | Floats, deviation: float | Floats, score: Floats) -> Floats:
    """Return where a gamma distribution of this mean and standard deviation has these z-scores.

    Sums of sales cannot fall below zero, so small ones lean to the right. Wilson and Hilferty:
    the cube root of a gamma variable is nearly normal. Shapes follow each other as numpy's do.
    """
    mean, deviation = np.asarray(mean), np.asarray(deviation)
    spreads = (mean > 0) & (deviation > 0)
    part = (deviation / np.where(spreads, mean, 1.0)) ** 2 / 9
    found = mean * np.maximum(0.0, 1 - part + score * part**0.5) ** 3
    return np.where(spreads, found, np.maximum(mean + score * deviation, mean))
