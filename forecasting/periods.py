"""Which period a date falls in, for daily, weekly and monthly data."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.units import Frequency

Columns = NDArray[np.int64]


@dataclass(frozen=True)
class PeriodGrid:
    """Consecutive periods numbered from 0.

    Attributes:
        first: Start of period 0.
        frequency: How long a period is.
    """

    first: pd.Timestamp
    frequency: Frequency

    @classmethod
    def covering(cls, day: pd.Timestamp, frequency: Frequency, week_anchor: int) -> "PeriodGrid":
        """Return the grid whose period 0 holds this day.

        Args:
            day: Any day of period 0.
            frequency: How long a period is.
            week_anchor: Weekday on which weeks start, 0 for Monday.
        """
        day = pd.Timestamp(day).normalize()
        if frequency is Frequency.WEEK:
            day -= pd.Timedelta(days=(day.day_of_week - week_anchor) % 7)
        elif frequency is Frequency.MONTH:
            day = day.replace(day=1)
        return cls(day, frequency)

    def columns(self, days: pd.Series | pd.DatetimeIndex) -> Columns:
        """Return the number of the period each day falls in; negative before period 0."""
        index = pd.DatetimeIndex(days)
        if self.frequency is Frequency.MONTH:
            months = (index.year - self.first.year) * 12 + index.month - self.first.month
            return np.asarray(months, dtype=np.int64)
        length = 7 if self.frequency is Frequency.WEEK else 1
        return np.asarray((index.normalize() - self.first).days, dtype=np.int64) // length

    def starts(self, count: int) -> pd.DatetimeIndex:
        """Return the start days of the first `count` periods."""
        if self.frequency is Frequency.MONTH:
            return pd.date_range(self.first, periods=count, freq="MS")
        step = "7D" if self.frequency is Frequency.WEEK else "D"
        return pd.date_range(self.first, periods=count, freq=step)


def lengths(periods: pd.DatetimeIndex, frequency: Frequency) -> Columns:
    """Return the days in each period."""
    if frequency is Frequency.MONTH:
        return np.asarray(periods.days_in_month, dtype=np.int64)
    return np.full(len(periods), 7 if frequency is Frequency.WEEK else 1, dtype=np.int64)


def overlap(
    periods: pd.DatetimeIndex, frequency: Frequency, start: date, end: date
) -> NDArray[np.float64]:
    """Return the share of each period's days that lies between two days, both inclusive."""
    days = lengths(periods, frequency)
    begins = periods.to_numpy().astype("datetime64[D]")
    first = (begins - np.datetime64(start, "D")).astype(np.int64)
    until = (begins - np.datetime64(end, "D")).astype(np.int64) + days - 1
    inside = days - np.clip(-first, 0, None) - np.clip(until, 0, None)
    share: NDArray[np.float64] = np.clip(inside, 0, None) / days
    return share
