"""What phrases about time mean on a day, worked out anew from the contract's table.

This is not the planner's grammar: it is what the planner's grammar is held against.
"""

from collections.abc import Callable
from datetime import date, timedelta

Days = tuple[date, date]
Meaning = Callable[[date], Days]

_DAY = timedelta(days=1)
_WEEK = 7
_FRIDAY, _TUESDAY = 4, 1


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week(day: date, weeks: int, count: int = 1) -> Days:
    start = _monday(day) + timedelta(days=_WEEK * weeks)
    return start, start + timedelta(days=_WEEK * count - 1)


def _first(day: date, months: int) -> date:
    place = day.year * 12 + day.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def _month(day: date, months: int, count: int = 1) -> Days:
    return _first(day, months), _first(day, months + count) - _DAY


def _quarter(day: date, quarters: int) -> Days:
    return _month(day, -((day.month - 1) % 3) + 3 * quarters, 3)


def _weekend(day: date, weeks: int) -> Days:
    start = _monday(day) + timedelta(days=_WEEK * weeks + 5)
    return start, start + _DAY


def _counted(day: date, count: int) -> Days:
    """Return so many days from today on, or up to yesterday where the count is negative."""
    if count > 0:
        return day, day + timedelta(days=count - 1)
    return day + timedelta(days=count), day - _DAY


def _weekday(day: date, number: int, weeks: int) -> Days:
    one = _monday(day) + timedelta(days=_WEEK * weeks + number)
    return one, one


def _in_days(day: date, days: int) -> Days:
    return day + timedelta(days=days), day + timedelta(days=days)


MEANINGS: dict[str, Meaning] = {
    "tomorrow": lambda today: _in_days(today, 1),
    "yesterday": lambda today: _in_days(today, -1),
    "next_week": lambda today: _week(today, 1),
    "last_week": lambda today: _week(today, -1),
    "week_after_next": lambda today: _week(today, 2),
    "two_weeks_ago": lambda today: _week(today, -2),
    "next_7_days": lambda today: _counted(today, 7),
    "next_10_days": lambda today: _counted(today, 10),
    "last_7_days": lambda today: _counted(today, -7),
    "past_30_days": lambda today: _counted(today, -30),
    "next_two_weeks": lambda today: _week(today, 1, 2),
    "last_two_weeks": lambda today: _week(today, -2, 2),
    "next_weekend": lambda today: _weekend(today, 1),
    "last_weekend": lambda today: _weekend(today, -1),
    "next_month": lambda today: _month(today, 1),
    "last_month": lambda today: _month(today, -1),
    "next_three_months": lambda today: _month(today, 1, 3),
    "last_three_months": lambda today: _month(today, -3, 3),
    "next_quarter": lambda today: _quarter(today, 1),
    "last_quarter": lambda today: _quarter(today, -1),
    "next_friday": lambda today: _weekday(today, _FRIDAY, 1),
    "last_tuesday": lambda today: _weekday(today, _TUESDAY, -1),
    "last_year": lambda today: (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    "month_ahead": lambda today: _month(today, 2),
    "month_behind": lambda today: _month(today, -2),
    "day_ahead": lambda today: _in_days(today, 9),
    "day_behind": lambda today: _in_days(today, -9),
    "dates_ahead": lambda today: (_first(today, 1) + 5 * _DAY, _first(today, 1) + 11 * _DAY),
    "dates_behind": lambda today: (_first(today, -1) + 5 * _DAY, _first(today, -1) + 11 * _DAY),
    "week_of_ahead": lambda today: _week(today, 3),
    "week_of_behind": lambda today: _week(today, -3),
}
"""What each phrase of the data files means, by the name under which they list it."""
