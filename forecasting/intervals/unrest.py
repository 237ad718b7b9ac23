"""How unsettled sales are at each time of the year: before Christmas all forecasts err more.

A simple look back (the same kind of day in the weeks two to ten weeks before) is held against
every period of the history. How far the whole chain was from it, by the day of the year and by
the distance from Easter, says how much wider intervals must be there.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from dateutil.easter import easter  # type: ignore[import-untyped] # pandas brings it
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.periods import lengths
from forecasting.units import Frequency

Floats = NDArray[np.float64]

# How many periods before a period the look back begins and ends, and its step.
_BACK = {Frequency.DAY: (14, 71, 7), Frequency.WEEK: (2, 9, 1), Frequency.MONTH: (1, 4, 1)}
# What the chain did is seen well enough in so many series.
_MOST_SERIES = 300
# Fewer sales than this on a day say little of the chain.
_FEW_SALES = 20.0
# A year of days of the year: without it there is no season of unrest.
_LEAST_DAYS = 364
_DAYS = 366
_SMOOTH_DAYS = 3
_EASTER_DAYS = 14
_LARGEST = 3.0
_RELATIVE_VARIANCE = 0.05


@dataclass(frozen=True)
class Unrest:
    """How much the size of errors differs over the year.

    Attributes:
        by_day: [366] logarithm of the variance on a day of the year over that of a usual day.
        by_easter: [29] the same from 14 days before Easter to 14 after; they override the day.
        strength: The share of it that shows in the errors of the forecasts.
    """

    by_day: tuple[float, ...] = ()
    by_easter: tuple[float, ...] = ()
    strength: float = 0.0

    def logarithm(self, periods: pd.DatetimeIndex, frequency: Frequency) -> Floats:
        """Return [h] the logarithm of each period's variance over that of a usual one."""
        if not self.by_day:
            return np.zeros(len(periods))
        day, feast = _days(periods, frequency)
        near = np.abs(feast) <= _EASTER_DAYS
        at_feast = np.array(self.by_easter)[np.clip(feast, -_EASTER_DAYS, _EASTER_DAYS) + 14]
        return np.where(near, at_feast, np.array(self.by_day)[day - 1])

    def factor(self, periods: pd.DatetimeIndex, frequency: Frequency) -> Floats:
        """Return [h] what a standard deviation is multiplied by in each period."""
        return np.exp(self.strength * self.logarithm(periods, frequency) / 2)


def turmoil(demand: Demand) -> Floats:
    """Return [t] by how much each period's variance about a look back was above the usual.

    A logarithm; NaN where too little was known. What it says of a period uses that period and
    those before it.
    """
    panel = demand.panel
    rows = np.arange(panel.n)[:: max(1, panel.n // _MOST_SERIES)]
    sold, cell = demand.adjusted[rows].astype(np.float64), demand.cell[rows, : panel.history]
    known = ~np.isnan(sold)
    total, count = np.zeros_like(sold), np.zeros_like(sold)
    for lag in range(*_BACK[panel.frequency]):
        if lag >= panel.history:
            break
        same = known[:, :-lag] & (cell[:, :-lag] == cell[:, lag:])
        total[:, lag:] += np.where(same, sold[:, :-lag], 0.0)
        count[:, lag:] += same
    usual = np.divide(total, count, out=np.full_like(total, np.nan), where=count > 1)
    usual = np.where(usual > 0, usual, np.nan)
    square = (sold - usual) ** 2 / (usual + _RELATIVE_VARIANCE * usual**2)
    square = square[(~np.isnan(square)).any(axis=1)]
    seen = (~np.isnan(square)).sum(axis=0)
    own = np.nanmedian(square, axis=1, keepdims=True) if seen.any() else 1.0
    square = np.minimum(square / np.where(own > 0, own, np.nan), 50.0)
    seen = (~np.isnan(square)).sum(axis=0)
    mean = np.divide(
        np.nansum(square, axis=0), seen, out=np.full(len(seen), np.nan), where=seen > 0
    )
    with np.errstate(divide="ignore"):
        log = np.log(np.maximum(mean / np.nanmedian(mean), 1e-3)) if seen.any() else mean
    return np.asarray(np.clip(log, -_LARGEST, _LARGEST) * seen / (seen + _FEW_SALES))


def unrest(
    turmoil: Floats, periods: pd.DatetimeIndex, frequency: Frequency, strength: float
) -> Unrest:
    """Return the season of unrest in a history.

    Args:
        turmoil: [t] as `turmoil` gives it.
        periods: [t] their starts.
        frequency: How long a period is.
        strength: The share of it that shows in the errors of the forecasts.
    """
    known = ~np.isnan(turmoil)
    periods, turmoil = periods[known], turmoil[known]
    if not len(periods) or (periods[-1] - periods[0]).days < _LEAST_DAYS:
        return Unrest()
    day, feast = _days(periods, frequency)
    near = np.abs(feast) <= _EASTER_DAYS
    reach = max(_SMOOTH_DAYS, round(frequency.days))
    by_day = _smoothed(day[~near] - 1, turmoil[~near], _DAYS, reach, wraps=True)
    by_feast = _smoothed(feast[near] + 14, turmoil[near], 29, max(1, reach // 2), wraps=False)
    return Unrest(_rounded(by_day), _rounded(by_feast), strength)


def _smoothed(
    at: NDArray[np.int64], value: Floats, size: int, reach: int, *, wraps: bool
) -> Floats:
    """Return [size] mean values of what lies within reach; 0 where nothing does."""
    total, count = np.zeros(size), np.zeros(size)
    for shift in range(-reach, reach + 1):
        place = at + shift
        inside = np.ones(len(at), dtype=bool) if wraps else (place >= 0) & (place < size)
        np.add.at(total, place[inside] % size, value[inside])
        np.add.at(count, place[inside] % size, 1.0)
    return np.divide(total, count, out=np.zeros(size), where=count > 0)


def _days(
    periods: pd.DatetimeIndex, frequency: Frequency
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return [h] the day of the year of each period's middle, and its days after Easter."""
    half = pd.to_timedelta((lengths(periods, frequency) - 1) // 2, unit="D")
    middle = periods + half
    feasts = {year: pd.Timestamp(easter(year)) for year in np.unique(middle.year)}
    feast = pd.DatetimeIndex([feasts[year] for year in middle.year])
    return middle.day_of_year.to_numpy().astype(np.int64), (middle - feast).days.to_numpy()


def _rounded(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), 3) for value in values)
