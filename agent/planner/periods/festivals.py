"""Days that retailers name: Christmas week, Black Friday, Easter weekend."""

from collections.abc import Callable
from datetime import date

from agent.planner.periods.calendar import Days, Found, Now, days_from, week_of, weekend_of
from agent.planner.periods.days import Rule
from agent.planner.periods.spans import yearly
from agent.planner.periods.words import Match, meaning, side_of, stated_year


def easter(year: int) -> date:
    """Return Easter Sunday, by the anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return the nth such weekday of a month, the first being 1."""
    first = date(year, month, 1)
    return days_from(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _thanksgiving(year: int) -> date:
    return nth_weekday(year, 11, 3, 4)


def _memorial_day(year: int) -> date:
    last = date(year, 5, 31)
    return days_from(last, -last.weekday())


_DAYS: dict[str, Callable[[int], date]] = {
    "christmas": lambda year: date(year, 12, 25),
    "christmas eve": lambda year: date(year, 12, 24),
    "boxing day": lambda year: date(year, 12, 26),
    "new year's eve": lambda year: date(year, 12, 31),
    "new year": lambda year: date(year, 1, 1),
    "epiphany": lambda year: date(year, 1, 6),
    "valentine": lambda year: date(year, 2, 14),
    "st patrick": lambda year: date(year, 3, 17),
    "labour day may": lambda year: date(year, 5, 1),
    "juneteenth": lambda year: date(year, 6, 19),
    "german unity": lambda year: date(year, 10, 3),
    "halloween": lambda year: date(year, 10, 31),
    "st nicholas": lambda year: date(year, 12, 6),
    "independence day": lambda year: date(year, 7, 4),
    "veterans day": lambda year: date(year, 11, 11),
    "thanksgiving": _thanksgiving,
    "black friday": lambda year: days_from(_thanksgiving(year), 1),
    "cyber monday": lambda year: days_from(_thanksgiving(year), 4),
    "mlk day": lambda year: nth_weekday(year, 1, 0, 3),
    "presidents day": lambda year: nth_weekday(year, 2, 0, 3),
    "columbus day": lambda year: nth_weekday(year, 10, 0, 2),
    "labor day": lambda year: nth_weekday(year, 9, 0, 1),
    "memorial day": _memorial_day,
    "mother's day": lambda year: nth_weekday(year, 5, 6, 2),
    "father's day": lambda year: nth_weekday(year, 6, 6, 3),
    "good friday": lambda year: days_from(easter(year), -2),
    "easter": easter,
    "easter saturday": lambda year: days_from(easter(year), -1),
    "easter monday": lambda year: days_from(easter(year), 1),
    "ascension": lambda year: days_from(easter(year), 39),
    "pentecost": lambda year: days_from(easter(year), 49),
    "whit monday": lambda year: days_from(easter(year), 50),
}
"""Days by what the language's table of festivals calls them."""


def _around(day: date, width: str | None, week_starts: int) -> Days:
    if width == "week":
        return week_of(day, week_starts)
    if width == "weekend":
        # A Monday or Thursday holiday belongs to the weekend beside it.
        return weekend_of(day if day.weekday() else days_from(day, -1))
    return day, day


def _festival(match: Match, now: Now) -> Found:
    day_of = _DAYS[str(meaning("festival", match["name"], now))]
    said = match["width"] or match["before"]
    width = meaning("width", said, now) if said else None

    def in_year(year: int) -> Days:
        return _around(day_of(year), width, now.week_starts)

    year = stated_year(match, now)
    if year is None and match["side"]:
        year = _sided(side_of(match["side"], now), in_year, now)
    return yearly(year, in_year, now, width or "day")


def _sided(side: int, in_year: Callable[[int], Days], now: Now) -> int:
    """Return the year of the one before or after today; "this Christmas" is this year's."""
    this = now.today.year
    if side < 0:
        return this - (in_year(this)[1] >= now.today)
    if side > 0:
        return this + (in_year(this)[0] <= now.today)
    return this


RULES: tuple[Rule, ...] = (("festival", _festival),)
