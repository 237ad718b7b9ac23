"""Single days: "tomorrow", "next Friday", "3 July", "03.07.2026", "the 15th", "3 days ago"."""

import re
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
    month_of,
    nearest_year,
    span_of,
    week_of,
)
from agent.planner.periods.words import (
    DOUBTFUL,
    LAST,
    MONTH,
    MONTHS,
    NEXT,
    NUMBER,
    ORDINAL_DAYS,
    SUFFIX,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    number,
    plain,
    unit_of,
)

Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Now], Found | None]]

_CENTURY = 2000
_DATE_LEADS = re.compile(
    r"(?:\b(?:on|from|to|until|till|since|by|between|and|of|through|for)|-)\s*$"
)
_TIME_LEADS = re.compile(
    r"\b(?:on|from|to|until|till|since|by|between|and|of|for|through)\s+$|-\s*$"
)
_RELATIVE = {
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "the day before yesterday": -2,
    "day before yesterday": -2,
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
    "tmrw": 1,
    "tmw": 1,
    "yesterday": -1,
}


def stated_year(match: re.Match[str], now: Now) -> int | None:
    """Return the year that the words give, or None."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("short"):
        return _CENTURY + int(groups["short"])
    step = {"last": -1, "this": 0, "next": 1}.get(groups.get("which") or "")
    return None if step is None else now.today.year + step


def yearly_day(year: int | None, month: int, day: int, now: Now) -> Found:
    """Return the date; without a year the nearest in the direction of the question."""

    def in_year(chosen: int) -> Days:
        there = make_date(chosen, month, day)
        return there, there

    if year is not None:
        return Found(*in_year(year))
    nearest = in_year(nearest_year(now, month, day))
    return Found(*nearest, onward=first_onward(in_year), in_year=in_year)


def _relative(match: re.Match[str], now: Now) -> Found:
    day = days_from(now.today, _RELATIVE[plain(match[0])])
    return Found(day, day)


def _iso(match: re.Match[str], _now: Now) -> Found:
    day = make_date(int(match[1]), int(match[2]), int(match[3]))
    return Found(day, day)


def _dotted(match: re.Match[str], now: Now) -> Found | None:
    if match["year"] is None and not _DATE_LEADS.search(match.string[: match.start()]):
        return None  # "at 12.05" is a price
    return yearly_day(_year(match["year"]), int(match["month"]), int(match["day"]), now)


def _slashed(match: re.Match[str], now: Now) -> Found | None:
    if match[3] is None and not _DATE_LEADS.search(match.string[: match.start()]):
        return None  # "1/2 price" is not a date
    day, month = (1, 2) if now.day_first else (2, 1)
    return yearly_day(_year(match[3]), int(match[month]), int(match[day]), now)


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) > 2 else _CENTURY + int(text)  # noqa: PLR2004 - two digits


def _named(match: re.Match[str], now: Now) -> Found:
    month = MONTHS[plain(match["month"])]
    return yearly_day(stated_year(match, now), month, int(match["day"]), now)


def _spelt(match: re.Match[str], now: Now) -> Found:
    """Return "the first of June"."""
    day = ORDINAL_DAYS.index(match["nth"]) + 1
    return yearly_day(stated_year(match, now), MONTHS[plain(match["month"])], day, now)


def _day_of_month(match: re.Match[str], now: Now) -> Found:
    """Return "the 15th": of a stated month, or the nearest 15th."""
    wanted = int(match["day"])
    step = {"this": 0, "current": 0, "next": 1, "last": -1, None: None}[match["which"]]
    if step is not None:
        start = month_of(now.today, later=step)[0]
        there = make_date(start.year, start.month, wanted)
        return Found(there, there)

    def onward(day: date, way: int = 1) -> Days:
        for later in range(0, 12 * way, way):
            first, last = month_of(day, later=later)
            if wanted <= last.day and (first.replace(day=wanted) >= day) == (way > 0):
                return (first.replace(day=wanted),) * 2
        raise NotADate(f"No month has a day {wanted}.")

    if now.ahead:
        return Found(*onward(now.today), onward=onward)
    return Found(*onward(days_from(now.today, 1), -1), onward=onward)


def _weekday(match: re.Match[str], now: Now) -> Found | None:
    weekday = WEEKDAYS[plain(match["weekday"])]
    which = match["which"] or match["week"]
    if which is None:
        if plain(match["weekday"]) in DOUBTFUL and not _TIME_LEADS.search(
            match.string[: match.start()]
        ):
            return None

        def onward(day: date) -> Days:
            return (days_from(day, (weekday - day.weekday()) % 7),) * 2

        # Never today: 1 to 7 days away.
        ahead = days_from(now.today, (weekday - now.today.weekday() - 1) % 7 + 1)
        day = ahead if now.ahead else onward(days_from(now.today, -7))[0]
        return Found(day, day, onward=onward, weekday=weekday)
    step = 0 if which in ("this", "current") else 1 if re.fullmatch(NEXT, which) else -1
    day = days_from(week_of(now.today, 0, later=step)[0], weekday)
    if which in ("coming", "upcoming", "following"):
        day = days_from(now.today, (weekday - now.today.weekday() - 1) % 7 + 1)
    return Found(day, day)


def _steps_away(match: re.Match[str], now: Now) -> Found:
    """Return "3 days ago" (a day), "two weeks ago" (the week), "in 2 months" (the month)."""
    times, unit = unit_of(match["unit"])
    count = number(match["count"]) * times
    later = -count if match["ago"] else count
    return Found(*span_of(unit, now, later=later), grain=unit)


def _length(match: re.Match[str], now: Now) -> Found:
    """Return "two weeks from Monday"'s length; the day it starts on is joined to it later."""
    times, unit = unit_of(match["unit"])
    count = number(match["count"]) * times
    end = length_from(now.today, count, unit)
    return Found(now.today, end, grain=unit, counted=(count, unit))


RULES: tuple[Rule, ...] = (
    (re.compile("|".join(_RELATIVE)), _relative),
    (re.compile(r"(?<![\w-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\w-])"), _iso),
    (
        re.compile(
            r"(?<![\d.$€£])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\."
            r"(?P<year>\d{4}|\d{2})(?![\d%])"
        ),
        _dotted,
    ),
    (
        re.compile(r"(?<![\d.$€£])(?P<day>\d{2})\.(?P<month>\d{2})(?P<year>(?!))?\.?(?![\d%])"),
        _dotted,
    ),
    (re.compile(r"(?<![\d/$€£])(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/%])"), _slashed),
    (
        re.compile(
            rf"(?<![\d.,$€£-])(?:the\s+)?(?P<day>\d{{1,2}}){SUFFIX}?\s+(?:of\s+)?(?P<month>{MONTH}){YEAR}"
        ),
        _named,
    ),
    (
        re.compile(
            rf"the\s+(?P<nth>{'|'.join(ORDINAL_DAYS)})\s+(?:day\s+)?of\s+(?P<month>{MONTH}){YEAR}"
        ),
        _spelt,
    ),
    (
        re.compile(
            rf"(?P<month>{MONTH})\s+(?:the\s+)?(?P<day>\d{{1,2}})(?:{SUFFIX}\b|(?![\d%.,]*\d|%)){YEAR}"
        ),
        _named,
    ),
    (
        re.compile(
            rf"the\s+(?P<day>\d{{1,2}}){SUFFIX}\b(?!\s+(?:quarter|week|month|of\s+{MONTH}|{MONTH}))"
            r"(?:\s+of\s+(?:the\s+)?(?P<which>this|current|next|last)\s+month)?"
        ),
        _day_of_month,
    ),
    (
        re.compile(
            rf"(?:(?:the\s+)?(?P<which>this|{NEXT}|{LAST})\s+)?(?P<weekday>{WEEKDAY})(?!-)"
            rf"(?:\s+(?:of\s+)?(?P<week>this|next|last)\s+week\b)?"
        ),
        _weekday,
    ),
    (
        re.compile(
            rf"(?:in\s+)?(?P<count>{NUMBER})\s+(?P<unit>{UNIT})\s+"
            rf"(?:(?P<ago>ago|back|before\s+today)|from\s+(?:now|today)|hence|out)\b"
        ),
        _steps_away,
    ),
    (
        re.compile(rf"in\s+(?P<count>{NUMBER})\s+(?P<unit>{UNIT})(?:'?\s+time)?(?P<ago>(?!))?"),
        _steps_away,
    ),
    (
        re.compile(
            rf"(?:(?:for|over|within)\s+)?(?:the\s+)?(?P<count>(?<=for )an?\b|(?!an?\b){NUMBER})"
            rf"(?:-|\s+)(?P<unit>{UNIT})\b(?!\s+(?:of\s+stock|old|cover))"
        ),
        _length,
    ),
)
