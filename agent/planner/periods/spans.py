"""Weeks, months, quarters, years: "next week", "Q3", "the last 30 days", "month to date"."""

import re
from collections.abc import Callable
from datetime import date

from agent.planner.periods import calendar
from agent.planner.periods.calendar import (
    Days,
    Found,
    NotADate,
    Now,
    days_from,
    first_onward,
    nearest_span,
    span_of,
    spans_of,
)
from agent.planner.periods.days import Rule, stated_year
from agent.planner.periods.words import (
    DOUBTFUL,
    LAST,
    MONTH,
    MONTHS,
    NEXT,
    NUMBER,
    ORDINALS,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    any_of,
    number,
    plain,
    unit_of,
)

_SINGLE = r"(?P<unit>weekend|week|month|quarter|year)\b"
_SHORT = {"wtd": "week", "mtd": "month", "qtd": "quarter", "ytd": "year"}
_MONTH_LEADS = re.compile(
    r"\b(?:in|for|of|during|since|until|till|through|to|from|by|and|between|versus|vs\.?|than|"
    r"with|last|next|this|about|over)\s+$|-\s*$"
)
_MANY_DAYS = 31
_YEAR_LEADS = [
    "in",
    "of",
    "for",
    "during",
    "since",
    "year",
    "until",
    "to",
    "from",
    "than",
    "vs",
    "versus",
    "and",
    "with",
]


def yearly(year: int | None, in_year: Callable[[int], Days], now: Now, grain: str) -> Found:
    """Return yearly days: of a stated year, or the nearest in the direction of the question."""
    if year is not None:
        return Found(*in_year(year), grain=grain)
    days = nearest_span(now, in_year)
    return Found(*days, grain=grain, onward=first_onward(in_year), in_year=in_year)


def _this(match: re.Match[str], now: Now) -> Found:
    which = plain(match["which"])
    later = 0 if which in ("this", "current") else 1 if re.fullmatch(NEXT, which) else -1
    return Found(*span_of(match["unit"], now, later=later), grain=match["unit"])


def _whole(match: re.Match[str], now: Now) -> Found:
    """Return "the weekend" or "the whole week": this one, or for history the last that began."""
    unit = match["unit"] or "weekend"
    start, end = span_of(unit, now)
    if not now.ahead and start >= now.today:
        start, end = span_of(unit, now, later=-1)
    return Found(start, end, grain=unit)


def _counted(match: re.Match[str], now: Now) -> Found:
    times, unit = unit_of(match["unit"])
    ahead = re.fullmatch(NEXT, plain(match["which"])) is not None
    days = spans_of(number(match["count"] or "1") * times, unit, now, ahead=ahead)
    return Found(*days, grain="days" if unit == "day" else unit)


def _fortnight(match: re.Match[str], now: Now) -> Found:
    ahead = re.fullmatch(NEXT, plain(match["which"])) is not None
    return Found(*spans_of(2, "week", now, ahead=ahead), grain="week")


def _counted_ahead(match: re.Match[str], now: Now) -> Found:
    times, unit = unit_of(match["unit"])
    days = spans_of(number(match["count"]) * times, unit, now, ahead=True)
    return Found(*days, grain="days" if unit == "day" else unit)


def _few(match: re.Match[str], _now: Now) -> Found:
    raise NotADate(f"How many {match['unit']} are meant by {match[0]!r}?")


def _rest(match: re.Match[str], now: Now) -> Found:
    return Found(now.today, span_of(match["unit"], now)[1], grain="days")


def _to_date(match: re.Match[str], now: Now) -> Found:
    unit = _SHORT.get(match[0].strip()) or match["unit"]
    start, yesterday = span_of(unit, now)[0], days_from(now.today, -1)
    if start > yesterday:
        raise NotADate(f"This {unit} starts today, so no day of it has passed yet.")
    return Found(start, yesterday, grain="month" if start.day == 1 else "days")


def _after_next(match: re.Match[str], now: Now) -> Found:
    later = -2 if match["which"] == "before" else 2
    return Found(*span_of(match["unit"], now, later=later), grain=match["unit"])


def _month(match: re.Match[str], now: Now) -> Found | None:
    name = plain(match["month"])
    year = stated_year(match, now)
    which = match["side"]
    if name in DOUBTFUL and year is None and which is None:
        following = match.string[match.end() :]
        if not _MONTH_LEADS.search(match.string[: match.start()]) or (
            name == "may" and re.match(r"\s+(?:we|i|it|they|be|not|have)\b", following)
        ):
            return None
    month = MONTHS[name]
    this = now.today.year
    if which is not None and which != "this":
        ahead = re.fullmatch(NEXT, which) is not None
        year = this + (month <= now.today.month) if ahead else this - (month >= now.today.month)
    elif which == "this":
        year = this
    return yearly(year, lambda chosen: calendar.month(chosen, month), now, "month")


def _part_of_month(match: re.Match[str], now: Now) -> Found | None:
    """Return the edges of a month; "early July" is nobody's definite days."""
    part = plain(match["part"])
    if match["unit"]:
        later = {"next": 1, "last": -1}.get(match["side"] or "", 0)
        start, end = span_of(match["unit"], now, later=later)
    else:
        month = MONTHS[plain(match["month"])]
        found = yearly(stated_year(match, now), lambda y: calendar.month(y, month), now, "month")
        start, end = found.start, found.end
    if re.search(r"first half", part) and not match["unit"]:
        return Found(start, start.replace(day=15), grain="days")
    if re.search(r"second half", part) and not match["unit"]:
        return Found(start.replace(day=16), end, grain="days")
    if "half" in part:
        return None
    day = end if re.match(r"(?:the\s+)?end", part) else start
    return Found(day, day, edge=True)


def _vague(match: re.Match[str], _now: Now) -> Found:
    raise NotADate(f"Which days are meant by {match[0]!r}?")


def _nth_of_month(match: re.Match[str], now: Now) -> Found:
    """Return "the first Monday of August" or "the last week of July"."""
    month = MONTHS[plain(match["month"])]
    found = yearly(stated_year(match, now), lambda y: calendar.month(y, month), now, "month")
    nth = -1 if match["nth"] == "last" else ORDINALS[match["nth"]] - 1
    if match["weekday"] is None:
        anchor = found.end if nth < 0 else days_from(found.start, 7 * nth)
        return Found(*calendar.week_of(anchor, now.week_starts), grain="week")
    weekday = WEEKDAYS[plain(match["weekday"])]
    all_of_them = [
        day
        for day in (days_from(found.start, n) for n in range(_MANY_DAYS))
        if day.weekday() == weekday and day <= found.end
    ]
    return Found(all_of_them[nth], all_of_them[nth])


def _quarter(match: re.Match[str], now: Now) -> Found:
    nth = int(match["q"]) if match["q"] else ORDINALS[match["nth"]]
    year = stated_year(match, now)
    if match["before"]:
        before = match["before"]
        year = int(before) if before.isdigit() else now.today.year - (before.startswith("last"))
    return yearly(year, lambda chosen: calendar.quarter(chosen, nth), now, "quarter")


def _half(match: re.Match[str], now: Now) -> Found:
    first = (match["h"] or "") == "1" or (match["nth"] or "") == "first"

    def in_year(chosen: int) -> Days:
        start, end = (1, 6) if first else (7, 12)
        return date(chosen, start, 1), calendar.month(chosen, end)[1]

    return yearly(stated_year(match, now), in_year, now, "month")


def _year(match: re.Match[str], _now: Now) -> Found:
    year = int(match["of"])
    return Found(date(year, 1, 1), date(year, 12, 31), grain="year")


def _iso_week(match: re.Match[str], now: Now) -> Found:
    wanted = int(match["week"])

    def in_year(year: int) -> Days:
        try:
            start = date.fromisocalendar(year, wanted, 1)
        except ValueError:
            raise NotADate(f"The year {year} has no week {wanted}.") from None
        return start, days_from(start, 6)

    return yearly(stated_year(match, now), in_year, now, "week")


def _ever(_match: re.Match[str], now: Now) -> Found | None:
    return None if now.first is None else Found(now.first, days_from(now.today, -1), grain="days")


_COUNT = rf"(?P<count>{NUMBER})"
_NTH = r"(?P<nth>" + any_of(ORDINALS) + "|last)"
_OF_YEAR = YEAR

RULES: tuple[Rule, ...] = (
    (
        re.compile(
            rf"(?:the\s+)?(?P<which>this|current|{NEXT}|{LAST})\s+{_SINGLE}(?!\s+and\b\s+half)"
        ),
        _this,
    ),
    (
        re.compile(
            rf"(?:the\s+)?(?P<which>{NEXT}|{LAST})\s+{_COUNT}(?:\s+|-)(?:full\s+|calendar\s+)*(?P<unit>{UNIT})\b"
        ),
        _counted,
    ),
    (
        re.compile(
            r"(?:the\s+)?(?P<which>"
            + NEXT
            + "|"
            + LAST
            + r")(?P<count>\s+)?\s*(?P<unit>fortnight)\b"
        ),
        _fortnight,
    ),
    (re.compile(rf"(?:the\s+)?{_COUNT}\s+(?P<unit>{UNIT})\s+ahead\b"), _counted_ahead),
    (re.compile(rf"(?:the\s+)?{_COUNT}\s+(?P<which>{NEXT}|{LAST})\s+(?P<unit>{UNIT})\b"), _counted),
    (
        re.compile(rf"(?:the\s+)?(?:{NEXT}|{LAST})\s+(?:few|several|some)\s+(?P<unit>{UNIT})\b"),
        _few,
    ),
    (
        re.compile(
            r"the\s+(?:(?:whole|entire|full)\s+(?P<unit>week|month|quarter|year)|weekend)\b(?!\s+(?:of|after|before))"
        ),
        _whole,
    ),
    (re.compile(r"(?:the\s+)?(?:rest|remainder)\s+of\s+(?:the|this)\s+" + _SINGLE), _rest),
    (
        re.compile(r"(?:this\s+|the\s+)?(?P<unit>week|month|quarter|year)[\s-]+to[\s-]+date"),
        _to_date,
    ),
    (re.compile(r"(?P<unit>(?!))?(?:wtd|mtd|qtd|ytd)\b"), _to_date),
    (re.compile(r"so\s+far\s+this\s+(?P<unit>week|month|quarter|year)"), _to_date),
    (re.compile(r"this\s+(?P<unit>week|month|quarter|year)\s+so\s+far"), _to_date),
    (
        re.compile(
            r"(?:the\s+)?(?P<unit>weekend|week|month|quarter|year)\s+(?:after\s+next|(?P<which>before)\s+last)\b"
        ),
        _after_next,
    ),
    (
        re.compile(
            rf"(?:(?P<side>this|{NEXT}|{LAST})\s+)?(?P<month>{MONTH})(?!\s+\d{{1,2}}(?:st|nd|rd|th)\b){_OF_YEAR}"
        ),
        _month,
    ),
    (
        re.compile(
            rf"(?:the\s+)?(?P<part>end|beginning|start|first\s+half|second\s+half)\s+of\s+(?:(?:the|(?P<side>this|next|last))\s+)?(?:(?P<unit>week|month|quarter|year)\b|(?P<month>{MONTH}){_OF_YEAR})"
        ),
        _part_of_month,
    ),
    (
        re.compile(
            rf"(?:early|late|mid|middle\s+of)[\s-]+(?:next\s+|this\s+|last\s+)?(?:{MONTH}|month|week|year)"
        ),
        _vague,
    ),
    (
        re.compile(
            rf"(?:the\s+)?{_NTH}\s+(?:(?P<weekday>{WEEKDAY})|week)\s+(?:of|in)\s+(?P<month>{MONTH}){_OF_YEAR}"
        ),
        _nth_of_month,
    ),
    (
        re.compile(
            rf"(?:(?P<before>(?:19|20)\d\d|last\s+year's|this\s+year's)\s+)?(?:the\s+)?(?:q(?P<q>[1-4])|(?P<nth>{any_of(ORDINALS)})\s+quarter)\b{_OF_YEAR}"
        ),
        _quarter,
    ),
    (
        re.compile(
            rf"(?:h(?P<h>[12])|(?:the\s+)?(?P<nth>first|second)\s+half)\b(?:\s+of)?(?=\s+(?:of\s+)?(?:the\s+year|(?:19|20)\d\d|this\s+year|last\s+year|next\s+year)|(?<=h[12])\b){_OF_YEAR}"
        ),
        _half,
    ),
    (
        re.compile(
            "(?:"
            + "|".join(f"(?<={lead} )" for lead in _YEAR_LEADS)
            + r")(?P<of>(?:19|20)\d\d)(?![\d%.,]*\d|%|\s*units)\b"
        ),
        _year,
    ),
    (
        re.compile(
            rf"(?:(?:calendar\s+|iso\s+)?week|cw|kw|wk)\s+(?:number\s+|no\.?\s+)?(?P<week>\d{{1,2}})\b{_OF_YEAR}"
        ),
        _iso_week,
    ),
    (re.compile(rf"w(?P<week>\d\d)\b{_OF_YEAR}"), _iso_week),
    (
        re.compile(
            r"all[\s-]time|of\s+all\s+time|(?:in|over|for)\s+the\s+whole\s+history|since\s+(?:the\s+(?:very\s+)?beginning|we\s+(?:started|opened))(?!\s+of)|\bever\b"
        ),
        _ever,
    ),
)
