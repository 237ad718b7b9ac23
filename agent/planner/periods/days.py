"""Single days: "tomorrow", "next Friday", "3 July", "03.07.2026", "the 15th", "3 days ago"."""

from collections.abc import Callable
from datetime import date

from agent.planner.periods.calendar import (
    Days,
    Found,
    NotADate,
    Now,
    days_from,
    first_onward,
    length_from,
    make_date,
    nearest_year,
    span_of,
    week_of,
)
from agent.planner.periods.calendar import month_of as month_with
from agent.planner.periods.words import (
    Match,
    count_of,
    full_year,
    meaning,
    month_of,
    side_of,
    stated_year,
    unit_of,
)

_MONTHS = 12
_MOST_DAYS = 31
_WEEK = 7

Rule = tuple[str, Callable[[Match, Now], Found | None]]
"""The name of patterns of the language, and what makes days of a match."""


def yearly_day(year: int | None, month: int, day: int, now: Now) -> Found:
    """Return the date; without a year the nearest in the direction of the question."""

    def in_year(chosen: int) -> Days:
        there = make_date(chosen, month, day)
        return there, there

    if year is not None:
        return Found(*in_year(year))
    nearest = in_year(nearest_year(now, month, day))
    return Found(*nearest, onward=first_onward(in_year), in_year=in_year)


def _relative(match: Match, now: Now) -> Found:
    day = days_from(now.today, int(meaning("relative", match[0], now) or 0))
    return Found(day, day)


def _two_days(match: Match, now: Now) -> Found:
    """Return "tomorrow and the day after" as one stretch."""
    first, last = (int(away) for away in meaning("two_days", match[0], now).split())
    return Found(days_from(now.today, first), days_from(now.today, last), grain="days")


def _iso(match: Match, _now: Now) -> Found:
    day = make_date(int(match["year"]), int(match["month"]), int(match["day"]))
    return Found(day, day)


def _dotted(match: Match, now: Now) -> Found | None:
    if match["year"] is None and not _is_among_dates(match, now):
        alone = _follows(match, now, "dotted_alone") and match[0].endswith(".")
        if not alone or int(match["month"]) > _MONTHS:
            return None  # "at 12.05" is a price
    most = _MOST_DAYS if match[0].endswith(".") else _MONTHS
    if match["year"] is None and int(match["month"]) > most:
        return None  # "for 59.99" is one too, and so is "down to 2.99."
    return yearly_day(_written_year(match), int(match["month"]), int(match["day"]), now)


def _slashed(match: Match, now: Now) -> Found | None:
    day, month = ("one", "two") if now.day_first else ("two", "one")
    if match["year"] is None and not _is_among_dates(match, now):
        is_share = _follows(match, now, "share_follows")  # "1/2 price"
        if is_share or int(match[month]) > _MONTHS or int(match[day]) > _MOST_DAYS:
            return None
    return yearly_day(_written_year(match), int(match[month]), int(match[day]), now)


def _written_year(match: Match) -> int | None:
    return full_year(match["year"]) if match["year"] else None


def _leads(match: Match, now: Now, name: str) -> bool:
    """Tell whether the words before are those that come before a time."""
    before = match.string[: match.start()]
    return now.language.patterns("periods")[name].search(before) is not None


def _follows(match: Match, now: Now, name: str) -> bool:
    """Tell whether the words after are those that come after a time."""
    return now.language.patterns("periods")[name].match(match.string, match.end()) is not None


def _is_among_dates(match: Match, now: Now) -> bool:
    """Tell whether the words around say that digits are a date."""
    return _leads(match, now, "date_leads") or _follows(match, now, "date_follows")


def _named(match: Match, now: Now) -> Found:
    return yearly_day(stated_year(match, now), month_of(match, now), int(match["day"]), now)


def _spelt(match: Match, now: Now) -> Found:
    """Return "the first of June"."""
    day = int(meaning("spelt_day", match["nth"], now))
    return yearly_day(stated_year(match, now), month_of(match, now), day, now)


def _day_of_month(match: Match, now: Now) -> Found:
    """Return "the 15th": of a stated month, or the nearest 15th."""
    wanted = int(match["day"])
    which = match.groupdict().get("which")
    if which is not None:
        start = month_with(now.today, later=side_of(which, now))[0]
        there = make_date(start.year, start.month, wanted)
        return Found(there, there)

    def onward(day: date, way: int = 1) -> Days:
        for later in range(0, 12 * way, way):
            first, last = month_with(day, later=later)
            if wanted <= last.day and (first.replace(day=wanted) >= day) == (way > 0):
                return (first.replace(day=wanted),) * 2
        raise NotADate("no_day_of_month", day=wanted)

    if now.ahead:
        return Found(*onward(now.today), onward=onward)
    return Found(*onward(days_from(now.today, 1), -1), onward=onward)


def _weekday_of_month(match: Match, now: Now) -> Found:
    """Return "Friday the 3rd", which must agree."""
    found = _day_of_month(match, now)
    agree(found.start, int(meaning("weekday", match["weekday"], now)))
    return found


def agree(day: date, weekday: int) -> None:
    """Check a date against the weekday said beside it.

    Raises:
        NotADate: They contradict each other.
    """
    if day.weekday() != weekday:
        raise NotADate(
            "wrong_weekday",
            day=day.day,
            month=day.month,
            year=day.year,
            **{"is": day.weekday(), "said": weekday},
        )


def _weekday(match: Match, now: Now) -> Found | None:
    weekday = int(meaning("weekday", match["weekday"], now))
    if match.groupdict().get("far"):
        return _weekday_beyond(match, weekday, now)
    which = match["which"] or match["week"]
    if which is None:
        doubtful = meaning("doubtful", match["weekday"], now)
        is_led = _leads(match, now, "time_leads") or _follows(match, now, "time_follows")
        if doubtful and not is_led:
            return None

        def onward(day: date) -> Days:
            return (days_from(day, (weekday - day.weekday()) % 7),) * 2

        # Never today: 1 to 7 days away.
        ahead = days_from(now.today, (weekday - now.today.weekday() - 1) % 7 + 1)
        day = ahead if now.ahead else onward(days_from(now.today, -7))[0]
        return Found(day, day, onward=onward, weekday=weekday)
    day = days_from(week_of(now.today, 0, later=side_of(which, now))[0], weekday)
    if match["week"] is None and meaning("coming", which, now):
        day = days_from(now.today, (weekday - now.today.weekday() - 1) % 7 + 1)
    if match["week"] is None and meaning("gone", which, now):
        day = days_from(now.today, -((now.today.weekday() - weekday - 1) % 7 + 1))
    return Found(day, day, in_week=week_of(day, 0) if match["week"] else None)


def _weekday_beyond(match: Match, weekday: int, now: Now) -> Found:
    """Return "the Monday after next", "the Friday before last" and "Saturday week"."""
    words = match["far"].split()[-1]
    if meaning("unit", words, now):  # "Friday week" is a week after the nearest
        nearest = (weekday - now.today.weekday() - 1) % _WEEK + 1
        day = days_from(now.today, nearest + _WEEK)
        return Found(day, day, weekday=weekday)
    later = 2 if meaning("next", words, now) else -2
    day = days_from(week_of(now.today, 0, later=later)[0], weekday)
    return Found(day, day, weekday=weekday)


def _steps_away(match: Match, now: Now) -> Found:
    """Return "3 days ago" (a day), "two weeks ago" (the week), "in 2 months" (the month)."""
    times, unit = unit_of(match, now)
    count = count_of(match, now) * times
    later = -count if match.groupdict().get("ago") else count
    return Found(*span_of(unit, now, later=later), grain=unit)


def _length(match: Match, now: Now) -> Found:
    """Return "two weeks from Monday"'s length; the day it starts on is joined to it later."""
    times, unit = unit_of(match, now)
    count = count_of(match, now) * times
    end = length_from(now.today, count, unit)
    return Found(now.today, end, grain=unit, counted=(count, unit))


RULES: tuple[Rule, ...] = (
    ("relative", _relative),
    ("two_days", _two_days),
    ("iso", _iso),
    ("dotted", _dotted),
    ("slashed", _slashed),
    ("named", _named),
    ("spelt", _spelt),
    ("day_of_month", _day_of_month),
    ("weekday_of_month", _weekday_of_month),
    ("weekday", _weekday),
    ("steps_away", _steps_away),
    ("length", _length),
)
