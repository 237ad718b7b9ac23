"""What the calendar says of each period: weekday, season, public holidays, feasts.

Everything here is known in advance for any date.
"""

from functools import lru_cache

import numpy as np
import pandas as pd
from dateutil.easter import easter  # type: ignore[import-untyped] # pandas brings it
from numpy.typing import NDArray

from forecasting.periods import lengths
from forecasting.units import Frequency

Values = NDArray[np.float32]

# Beyond this many days a holiday is felt by nobody.
_FAR = 14
_SATURDAY = 5
# Before Easter and Christmas people buy for it; Ascension, Pentecost and Corpus Christi follow
# Easter by 39 to 60 days.
_FEAST_BEFORE = 42
_AFTER_EASTER, _AFTER_CHRISTMAS = 63, 14
# Days (last, first before) from Easter that are more like the same ones of last year than like the
# same week: about Easter itself, and from Ascension to Corpus Christi.
_NEAR_EASTER = ((7, 14), (63, -36))


def calendar_features(
    periods: pd.DatetimeIndex, frequency: Frequency, country: str
) -> dict[str, Values]:
    """Return the calendar of each period by feature name.

    Distances are in days, clipped where they stop to matter; of a week or month they are
    counted from its middle, and holidays are counted inside it.

    Args:
        periods: Start day of each period.
        frequency: How long a period is.
        country: ISO 3166 code whose public holidays count, or an empty string for none.
    """
    length = lengths(periods, frequency)
    middle = periods + pd.to_timedelta((length - 1) // 2, unit="D")
    values: dict[str, NDArray[np.float64] | pd.Index] = {
        "day_of_year": middle.day_of_year,
        "month": middle.month,
        "easter": _feast_distance(middle, _easter_days(middle), _AFTER_EASTER),
        "christmas": _feast_distance(middle, _fixed_days(middle, 12, 25), _AFTER_CHRISTMAS),
        "days_to_quarter_end": (middle + pd.offsets.QuarterEnd(0) - middle).days,
    }
    holidays = public_holidays(country, int(periods.year.min()), int(periods.year.max()) + 1)
    if frequency is Frequency.DAY:
        values |= {
            "day_of_week": periods.day_of_week,
            "day_of_month": periods.day,
            "days_to_month_end": periods.days_in_month - periods.day,
        }
        if len(holidays):
            values |= _around(periods, holidays)
    elif len(holidays):
        values["holidays"] = _inside(periods, length, holidays)
    if frequency is Frequency.MONTH:
        values["weekend_days"] = _weekend_days(periods, length)
    elif frequency is Frequency.WEEK:
        # Wages come about the turn of the month: which week of the month matters.
        values["day_of_month"] = middle.day
    return {name: np.asarray(column, dtype=np.float32) for name, column in values.items()}


@lru_cache(maxsize=64)
def public_holidays(country: str, first_year: int, last_year: int) -> pd.DatetimeIndex:
    """Return the public holidays of a country, sorted; none for an unknown or empty code."""
    import holidays  # noqa: PLC0415 - 0.1 s that only a forecast needs

    if not country:
        return pd.DatetimeIndex([])
    try:  # the list of countries there are would load all of them
        found = holidays.country_holidays(country, years=range(first_year, last_year + 1))
    except NotImplementedError:
        return pd.DatetimeIndex([])
    return pd.DatetimeIndex(sorted(found))


def _around(days: pd.DatetimeIndex, holidays: pd.DatetimeIndex) -> dict[str, NDArray[np.float64]]:
    """Return whether each day is a public holiday, and the distance to those around it."""
    number, at = _numbers(days), _numbers(holidays)
    return {
        "holiday": np.isin(number, at).astype(np.float64),
        "days_to_holiday": _to_next(number, at),
        "days_since_holiday": _to_next(-number, -at[::-1]),
    }


def _to_next(number: NDArray[np.int64], at: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the days to the next holiday after each day itself, clipped."""
    following = np.searchsorted(at, number, side="right")
    there = at[np.minimum(following, len(at) - 1)] - number
    return np.where(following < len(at), np.minimum(there, _FAR), _FAR).astype(np.float64)


def _inside(
    periods: pd.DatetimeIndex, length: NDArray[np.int64], holidays: pd.DatetimeIndex
) -> NDArray[np.float64]:
    first, at = _numbers(periods), _numbers(holidays)
    count = np.searchsorted(at, first + length) - np.searchsorted(at, first)
    return count.astype(np.float64)


def _weekend_days(periods: pd.DatetimeIndex, length: NDArray[np.int64]) -> NDArray[np.float64]:
    first = periods.day_of_week.to_numpy()
    day = (first[:, None] + np.arange(31)) % 7
    weekend = (day >= _SATURDAY) & (np.arange(31) < length[:, None])
    return np.asarray(weekend.sum(axis=1), dtype=np.float64)


def _easter_days(days: pd.DatetimeIndex) -> pd.DatetimeIndex:
    years = range(int(days.year.min()) - 1, int(days.year.max()) + 2)
    return pd.DatetimeIndex([easter(year) for year in years])


def _fixed_days(days: pd.DatetimeIndex, month: int, day: int) -> pd.DatetimeIndex:
    years = range(int(days.year.min()) - 1, int(days.year.max()) + 2)
    return pd.DatetimeIndex([pd.Timestamp(year, month, day) for year in years])


def _feast_distance(
    days: pd.DatetimeIndex, feasts: pd.DatetimeIndex, after: int
) -> NDArray[np.float64]:
    """Return days after (positive) or before the feast felt, clipped where none is.

    A feast is felt from 42 days before it until `after` days after it; of two the later.
    """
    distance = _numbers(days)[:, None] - _numbers(feasts)[None, :]
    felt = np.where(distance >= -_FEAST_BEFORE, distance, distance.max() + 1).min(axis=1)
    return np.asarray(np.minimum(felt, after), dtype=np.float64)


def last_year(days: pd.DatetimeIndex) -> dict[str, NDArray[np.int64]]:
    """Return how many days before each day its like of last year was, by what makes it alike.

    `weekday`: 52 weeks; `date`: the same date; `easter`: as far from Easter, about it and about
    Ascension and Pentecost, else 52 weeks.
    """
    number, feasts = _numbers(days), _easter_days(days)
    at = _numbers(feasts)
    # The latest Easter that a day is not long before.
    place = np.searchsorted(at, number + _NEAR_EASTER[0][1], side="right") - 1
    place = np.maximum(place, 1)
    after = number - at[place]
    near = np.zeros(len(days), dtype=bool)
    for end, before in _NEAR_EASTER:
        near |= (after >= -before) & (after <= end)
    same_date = number - _numbers(pd.DatetimeIndex(days - pd.DateOffset(years=1)))
    weeks = np.full(len(days), 364, dtype=np.int64)
    moved = at[place] - at[place - 1]
    return {"weekday": weeks, "date": same_date, "easter": np.where(near, moved, weeks)}


def _numbers(days: pd.DatetimeIndex) -> NDArray[np.int64]:
    return np.asarray(days.to_numpy().astype("datetime64[D]"), dtype=np.int64)
