"""How often the sales of a dataset are recorded: each day, week or month."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from forecasting.data.profile import DatasetProfile
from forecasting.units import Frequency
from tenants.errors import BadInput

Days = NDArray[np.int64]

_FEW = 3
_SETTLED = 8  # distinct days after which one stray day no longer changes the frequency
_SHARE = 0.99
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A frequency and, for weeks, the weekday they start on (0 for Monday)."""

    frequency: Frequency
    week_anchor: int = 0

    def strays(self, days: Days) -> NDArray[np.bool_]:
        """Return which days do not start a period; any day of a month stands for it."""
        if self.frequency is not Frequency.WEEK:
            return np.zeros(len(days), dtype=bool)
        return np.asarray(weekday(days) != self.week_anchor, dtype=bool)

    @property
    def reason(self) -> str:
        """Return why a stray day is refused."""
        return f"date is not a {_WEEKDAYS[self.week_anchor]}, on which weeks start here"

    def starts(self, days: Days) -> Days:
        """Return the first day of the period each day names."""
        return _month_starts(days) if self.frequency is Frequency.MONTH else days

    def numbers(self, days: Days) -> Days:
        """Return consecutive numbers of the periods the days stand for."""
        if self.frequency is Frequency.MONTH:
            return _months(days)
        return days // 7 if self.frequency is Frequency.WEEK else days


def weekday(days: Days) -> Days:
    """Return the weekday of days since 1970, 0 for Monday."""
    return (days + 3) % 7


def decide(
    days: Days, stored: Days, given: Frequency | None, before: DatasetProfile | None
) -> Rhythm:
    """Return the rhythm of a dataset.

    Args:
        days: Days since 1970 of the rows being loaded.
        stored: The distinct days already stored.
        given: What the mapping says, if anything.
        before: The profile of what is stored, None when nothing is.

    Raises:
        BadInput: The mapping says another frequency than the stored rows have.
    """
    settled = before is not None and len(stored) >= _SETTLED
    if settled and before is not None:
        if given not in (None, before.frequency):
            raise BadInput(
                f"The data so far are recorded each {before.frequency.word}, and the mapping says "
                f"{given.word if given else ''}; load another frequency into a tenant of its own."
            )
        return Rhythm(before.frequency, before.week_anchor)
    everything = np.concatenate([days, stored])
    if not everything.size:
        return Rhythm(given or Frequency.DAY)
    anchor = int(np.bincount(weekday(everything), minlength=7).argmax())
    frequency = given or _infer(everything, anchor)
    return Rhythm(frequency, anchor if frequency is Frequency.WEEK else 0)


def _infer(days: Days, anchor: int) -> Frequency:
    distinct = np.unique(days)
    if len(distinct) < _FEW:
        return Frequency.DAY
    if (weekday(days) == anchor).mean() >= _SHARE:
        return Frequency.WEEK
    first = (days == _month_starts(days)).mean()
    last = (_month_starts(days + 1) == days + 1).mean()
    return Frequency.MONTH if max(first, last) >= _SHARE else Frequency.DAY


def days_of(column: pa.ChunkedArray) -> Days:
    """Return a column of days as days since 1970."""
    return np.asarray(column.cast(pa.int32()).to_numpy(), dtype=np.int64)


def _months(days: Days) -> Days:
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _month_starts(days: Days) -> Days:
    return _months(days).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
