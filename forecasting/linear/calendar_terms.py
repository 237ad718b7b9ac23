"""Regressors that are the same for every series: weekday, time of month and year, feasts."""

import numpy as np
import pandas as pd
from dateutil.easter import easter  # type: ignore[import-untyped] # pandas brings it
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.units import Frequency

Floats = NDArray[np.float32]
Terms = dict[str, Floats]

# Days around a feast that have an effect of their own; a period longer than a day that holds one
# counts its share.
_FEASTS = {"easter": (-9, 4), "christmas": (-16, 9)}


def _mothers_day(year: int) -> pd.Timestamp:
    first = pd.Timestamp(year, 5, 1)
    return first + pd.Timedelta(days=13 - first.day_of_week)


def _last_advent(year: int) -> pd.Timestamp:
    eve = pd.Timestamp(year, 12, 24)
    return eve - pd.Timedelta(days=(eve.day_of_week + 1) % 7)


# Feasts on a weekday rather than a date, and on which days around them they are felt: carnival,
# Ascension, Pentecost and Corpus Christi go by Easter; the weekends of Advent by the last one.
_MOVING = {
    "easter": (easter, (*range(-52, -44), *range(36, 42), *range(46, 52), *range(57, 62))),
    "mothers_day": (_mothers_day, range(-3, 1)),
    "advent": (_last_advent, range(-30, 1)),
}
# Days at the turn of the month that stand out: wages have come, or have been spent.
_MONTH_STARTS, _MONTH_ENDS = 4, 3
_MONTH_WAVES, _YEAR_WAVES = 2, 4
_DAYS_A_YEAR, _DAYS_A_MONTH = 365.25, 30.4375
# Days that a term for single days of a longer period is spread over.
_COARSE = {Frequency.WEEK: 7, Frequency.MONTH: 30}


def calendar_terms(demand: Demand, columns: NDArray[np.int64], *, yearly: bool) -> Terms:
    """Return [columns] regressors by name, all known for any date.

    Args:
        demand: Its calendar is read.
        columns: Periods.
        yearly: Whether the history is long enough to tell a season from a trend.
    """
    # A changed plan changes no calendar.
    whole = (demand.original or demand).once(
        ("calendar terms", yearly), lambda: _of_all_periods(demand, yearly=yearly)
    )
    return {name: values[columns] for name, values in whole.items()}


def _of_all_periods(demand: Demand, *, yearly: bool) -> Terms:
    calendar, daily = demand.calendar, demand.panel.frequency is Frequency.DAY
    terms: Terms = {}
    if daily:
        terms |= {f"weekday_{day}": _is(calendar["day_of_week"], day) for day in range(7)}
        terms |= _turn_of_month(calendar)
        if "holiday" in calendar:
            terms |= _holidays(calendar)
    if "day_of_month" in calendar:
        terms |= _waves("month", calendar["day_of_month"] / _DAYS_A_MONTH, _MONTH_WAVES)
    if yearly:
        terms |= _waves("year", calendar["day_of_year"] / _DAYS_A_YEAR, _YEAR_WAVES)
    width = _COARSE.get(demand.panel.frequency, 1)
    for feast, reach in _FEASTS.items():
        terms |= _feast(feast, calendar[feast], reach, width)
    if daily:
        terms |= _moving_feasts(demand.panel.periods)
    return terms


def _moving_feasts(days: pd.DatetimeIndex) -> Terms:
    """Return whether each day is one that comes a fixed number of days before or after a feast."""
    years = range(days.year.min() - 1, days.year.max() + 2)
    number = days.to_numpy().astype("datetime64[D]").astype(np.int64)
    terms: Terms = {}
    for feast, (when, offsets) in _MOVING.items():
        dates = np.array([when(year) for year in years], dtype="datetime64[D]").astype(np.int64)
        for offset in offsets:
            there = np.isin(number, dates + offset)
            terms[f"{feast}_{offset:+d}"] = np.asarray(there, dtype=np.float32)
    return terms


def _turn_of_month(calendar: Terms) -> Terms:
    day, left = calendar["day_of_month"], calendar["days_to_month_end"]
    starts = {f"month_day_{one}": _is(day, one) for one in range(1, _MONTH_STARTS + 1)}
    ends = {f"month_left_{one}": _is(left, one) for one in range(_MONTH_ENDS)}
    return starts | ends


def _holidays(calendar: Terms) -> Terms:
    ahead, since = calendar["days_to_holiday"], calendar["days_since_holiday"]
    terms = {"holiday": calendar["holiday"]}
    terms |= {f"holiday_in_{days}": _is(ahead, days) for days in (1, 2, 3)}
    return terms | {f"holiday_ago_{days}": _is(since, days) for days in (1, 2)}


def _waves(name: str, phase: Floats, count: int) -> Terms:
    angle = 2 * np.pi * phase
    terms: Terms = {}
    for wave in range(1, count + 1):
        terms[f"{name}_sin_{wave}"] = np.sin(wave * angle).astype(np.float32)
        terms[f"{name}_cos_{wave}"] = np.cos(wave * angle).astype(np.float32)
    return terms


def _feast(name: str, distance: Floats, reach: tuple[int, int], width: int) -> Terms:
    """Return whether each period lies so many days (in steps of `width`) from the feast."""
    steps = range(int(np.floor(reach[0] / width)), reach[1] // width + 1)
    nearest = np.round(distance / width)
    inside = (distance >= reach[0]) & (distance <= reach[1])
    return {f"{name}_{step:+d}": (_is(nearest, step) * inside).astype(np.float32) for step in steps}


def _is(values: NDArray[np.floating], number: float) -> Floats:
    return np.asarray(values == number, dtype=np.float32)
