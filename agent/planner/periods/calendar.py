"""Counting days, weeks, months and quarters from today."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum

from agent.languages import Language, language

Days = tuple[date, date]
"""First and last day, both included."""

_WEEK = 7
_YEAR_MONTHS = 12
_QUARTER_MONTHS = 3
_LEAP_DAY = (2, 29)


class Direction(Enum):
    """Where a bare "Friday" or "August" is looked for."""

    AHEAD = "ahead"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class Now:
    """From where time is counted.

    Attributes:
        today: The tenant's local date.
        direction: Whether the question looks ahead or back.
        week_starts: 0 for Monday to 6 for Sunday.
        day_first: Whether `07/03` is 7 March.
        first: The first day with data, what "ever" reaches back to.
        language: In which the question is asked.
    """

    today: date
    direction: Direction = Direction.AHEAD
    week_starts: int = 0
    day_first: bool = False
    first: date | None = None
    language: Language = field(default_factory=lambda: language("en"))

    @property
    def ahead(self) -> bool:
        """Tell whether a bare weekday or month lies ahead."""
        return self.direction is Direction.AHEAD


class NotADate(Exception):
    """Words about time that name no day.

    Attributes:
        why: The message of the language that says why.
        values: What the message tells; a month, a weekday or a unit is worded by the language.
    """

    def __init__(self, why: str, **values: object) -> None:
        super().__init__(why)
        self.why = why
        self.values = values

    @property
    def near(self) -> date | None:
        """The day that was spoken of, or the last of its month where the month has no such day."""
        said = [self.values.get(name) for name in ("year", "month", "day")]
        year, month_number, day = (one if isinstance(one, int) else 0 for one in said)
        if not (year and month_number and day):
            return None
        last = month(year, month_number)[1]
        return last.replace(day=min(day, last.day))

    def worded(self, words: Language) -> str:
        """Return why, in words."""
        table = words.table("periods")
        names = table["names"]
        said = dict(self.values)
        if isinstance(number := said.get("month"), int):
            said["month"] = names["month"][number - 1]
        for name in ("is", "said"):
            if isinstance(number := said.get(name), int):
                said[name] = names["weekday"][number]
        said["unit"] = names["unit"].get(said.get("unit"), said.get("unit"))
        return str(table["messages"][self.why]).format_map(said)


@dataclass(frozen=True, slots=True)
class Found:
    """Days that a phrase names.

    Attributes:
        start: The first day.
        end: The last day, included.
        grain: What was counted: day, days, week, weekend, month, quarter, year.
        onward: Gives the first such days that start at or after a day, for phrases without a
            year; how the end of a range is found.
        in_year: Gives the days in a stated year, for phrases without one.
        weekday: The bare weekday named, which a date beside it must agree with.
        edge: It marks one end of a period ("the end of July") and cannot stand alone.
        counted: It is a bare length ("10 days") which another date may anchor.
        at: Where in the sentence it stands.
        in_week: The week that was named beside a weekday, which another weekday may share.
    """

    start: date
    end: date
    grain: str = "day"
    onward: Callable[[date], Days] | None = None
    in_year: Callable[[int], Days] | None = None
    weekday: int | None = None
    edge: bool = False
    counted: tuple[int, str] | None = None
    at: tuple[int, int] = (0, 0)
    in_week: Days | None = None

    def placed(self, start: int, end: int) -> "Found":
        """Return the same days, found at this place of the sentence."""
        return replace(self, at=(start, end))


@dataclass(frozen=True, slots=True)
class Period:
    """A period of the sentence, both ends included, and where it stands."""

    start: date
    end: date
    grain: str
    at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words about time that must be asked about; the message says what is wrong.

    Attributes:
        message: What is wrong with them.
        at: Where they stand.
        asks_for: Which ends of the period are missing.
        start: The start, when only the end is missing.
        near: A day near to which the days meant must lie, where one was spoken of.
    """

    message: str
    at: tuple[int, int]
    asks_for: tuple[str, ...] = ("start", "end")
    start: date | None = None
    near: date | None = None

    @property
    def known(self) -> dict[str, str | None]:
        """What a call that waits for its days knows of them already."""
        days = {"start": self.start, "near": self.near}
        return {name: day.isoformat() if day else None for name, day in days.items()}


def make_date(year: int, month: int, day: int) -> date:
    """Return the date.

    Raises:
        NotADate: The calendar has no such day.
    """
    try:
        return date(year, month, day)
    except ValueError:
        if not 1 <= month <= _YEAR_MONTHS:
            raise NotADate("no_month", number=month) from None
        why = "no_leap_day" if (month, day) == _LEAP_DAY else "no_day"
        raise NotADate(why, day=day, month=month, year=year) from None


def days_from(day: date, count: int) -> date:
    """Return the day `count` days later."""
    return day + timedelta(days=count)


def week_of(day: date, week_starts: int, *, later: int = 0) -> Days:
    """Return the week that holds a day, or the one `later` weeks after it."""
    start = days_from(day, -((day.weekday() - week_starts) % _WEEK) + _WEEK * later)
    return start, days_from(start, _WEEK - 1)


def weekend_of(day: date, *, later: int = 0) -> Days:
    """Return Saturday and Sunday of the Monday-to-Sunday week that holds a day."""
    monday, sunday = week_of(day, 0, later=later)
    return days_from(monday, 5), sunday


def month_of(day: date, *, later: int = 0) -> Days:
    """Return the calendar month that holds a day, or the one `later` months after it."""
    count = day.year * _YEAR_MONTHS + day.month - 1 + later
    return month(count // _YEAR_MONTHS, count % _YEAR_MONTHS + 1)


def month(year: int, number: int) -> Days:
    """Return a calendar month."""
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def quarter_of(day: date, *, later: int = 0) -> Days:
    """Return the calendar quarter that holds a day, or the one `later` quarters after it."""
    count = day.year * 4 + (day.month - 1) // _QUARTER_MONTHS + later
    return quarter(count // 4, count % 4 + 1)


def quarter(year: int, number: int) -> Days:
    """Return a calendar quarter."""
    first = _QUARTER_MONTHS * (number - 1) + 1
    return date(year, first, 1), month(year, first + _QUARTER_MONTHS - 1)[1]


def year_of(day: date, *, later: int = 0) -> Days:
    """Return the calendar year that holds a day, or the one `later` years after it."""
    return date(day.year + later, 1, 1), date(day.year + later, 12, 31)


def span_of(unit: str, now: Now, *, later: int = 0) -> Days:
    """Return the week, weekend, month, quarter or year `later` ones from the current."""
    if unit == "week":
        return week_of(now.today, now.week_starts, later=later)
    if unit == "day":
        day = days_from(now.today, later)
        return day, day
    of = {"weekend": weekend_of, "month": month_of, "quarter": quarter_of, "year": year_of}[unit]
    return of(now.today, later=later)


def spans_of(count: int, unit: str, now: Now, *, ahead: bool) -> Days:
    """Return the next or last `count` days, or full calendar weeks, months, quarters, years."""
    if unit == "day":
        return (
            (now.today, days_from(now.today, count - 1))
            if ahead
            else (days_from(now.today, -count), days_from(now.today, -1))
        )
    near, far = (1, count) if ahead else (-1, -count)
    first, last = span_of(unit, now, later=near), span_of(unit, now, later=far)
    return min(first[0], last[0]), max(first[1], last[1])


def length_from(start: date, count: int, unit: str) -> date:
    """Return the last day of a period of this length that starts on a day."""
    if unit in ("day", "week"):
        return days_from(start, count * (_WEEK if unit == "week" else 1) - 1)
    months = count * {"month": 1, "quarter": _QUARTER_MONTHS, "year": _YEAR_MONTHS}[unit]
    first, last = month_of(start, later=months)
    return days_from(first.replace(day=min(start.day, last.day)), -1)


def nearest_year(now: Now, month_number: int, day: int) -> int:
    """Return the year of the nearest such date, today included, ahead or behind."""
    this = (now.today.month, now.today.day)
    if now.ahead:
        return now.today.year + ((month_number, day) < this)
    return now.today.year - ((month_number, day) > this)


def nearest_span(now: Now, in_year: Callable[[int], Days]) -> Days:
    """Return the nearest yearly span: not over yet when ahead, begun before today when behind."""
    year = now.today.year
    if now.ahead:
        days = in_year(year)
        return days if days[1] >= now.today else in_year(year + 1)
    days = in_year(year)
    return days if days[0] < now.today else in_year(year - 1)


def first_onward(in_year: Callable[[int], Days]) -> Callable[[date], Days]:
    """Return a function that gives the first such yearly days starting at or after a day."""

    def onward(day: date) -> Days:
        days = in_year(day.year)
        return days if days[0] >= day else in_year(day.year + 1)

    return onward
