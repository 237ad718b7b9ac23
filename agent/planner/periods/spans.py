"""Weeks, months, quarters, years: "next week", "Q3", "the last 30 days", "month to date"."""

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
from agent.planner.periods.days import Rule
from agent.planner.periods.words import (
    Match,
    count_of,
    full_year,
    meaning,
    month_of,
    side_of,
    span_in,
    stated_year,
    unit_of,
)

_SATURDAY = 5
_LAST_QUARTER = 4


def yearly(year: int | None, in_year: Callable[[int], Days], now: Now, grain: str) -> Found:
    """Return yearly days: of a stated year, or the nearest in the direction of the question."""
    if year is not None:
        return Found(*in_year(year), grain=grain)
    days = nearest_span(now, in_year)
    return Found(*days, grain=grain, onward=first_onward(in_year), in_year=in_year)


def _this(match: Match, now: Now) -> Found:
    unit = span_in(match, now)
    later = side_of(match["which"], now)
    not_begun = now.today.weekday() < _SATURDAY
    if unit == "weekend" and meaning("coming", match["which"], now) and not_begun:
        later = 0  # the coming weekend is the nearest ahead
    return Found(*span_of(unit, now, later=later), grain=unit)


def _before_now(match: Match, now: Now) -> Found:
    """Return the span before this one, said in one word: "im Vormonat"."""
    unit = span_in(match, now)
    return Found(*span_of(unit, now, later=-1), grain=unit)


def _whole(match: Match, now: Now) -> Found:
    """Return "the weekend" or "the whole week": this one, or for history the last that began."""
    groups = match.groupdict()
    said = next((name for name in ("unit", "unit_alone") if groups.get(name)), None)
    unit = span_in(match, now, said) if said else "weekend"
    start, end = span_of(unit, now)
    if not now.ahead and start >= now.today:
        start, end = span_of(unit, now, later=-1)
    return Found(start, end, grain=unit)


def _counted(match: Match, now: Now) -> Found:
    """Return "the next 10 days", "the last three months"; without a side those behind."""
    times, unit = unit_of(match, now)
    said = match.groupdict().get("which") or ""
    ahead = meaning("next", said, now) is not None
    days = spans_of(count_of(match, now) * times, unit, now, ahead=ahead)
    return Found(*days, grain="days" if unit == "day" else unit)


def _counted_ahead(match: Match, now: Now) -> Found:
    times, unit = unit_of(match, now)
    days = spans_of(count_of(match, now) * times, unit, now, ahead=True)
    return Found(*days, grain="days" if unit == "day" else unit)


def _few(match: Match, _now: Now) -> Found:
    raise NotADate("how_many", unit=match["unit"], words=match[0])


def _rest(match: Match, now: Now) -> Found:
    """Return what is left of a span from today; of a month to come all of it."""
    said = match.groupdict()
    if said.get("month"):
        start, end = in_month(match, now)
        return Found(max(start, now.today), end, grain="days")
    if said.get("year"):
        year = int(said["year"])
        return Found(max(date(year, 1, 1), now.today), date(year, 12, 31), grain="days")
    return Found(now.today, span_of(span_in(match, now), now)[1], grain="days")


def _to_date(match: Match, now: Now) -> Found:
    unit = str(meaning("span_to_date", match["unit"], now))
    start, yesterday = span_of(unit, now)[0], days_from(now.today, -1)
    if start > yesterday:
        raise NotADate("nothing_yet", unit=unit)
    return Found(start, yesterday, grain="month" if start.day == 1 else "days")


def _after_next(match: Match, now: Now) -> Found:
    later = -2 if match["before"] else 2
    unit = span_in(match, now)
    return Found(*span_of(unit, now, later=later), grain=unit)


def _beside_this(match: Match, now: Now) -> Found:
    """Return "the weekend after this one"."""
    unit = span_in(match, now)
    return Found(*span_of(unit, now, later=-1 if match["before"] else 1), grain=unit)


def _month(match: Match, now: Now) -> Found | None:
    number = month_of(match, now)
    year = stated_year(match, now)
    if year is None and match["side"] is None and _is_doubtful(match, now):
        return None
    if match["side"]:
        year = _year_of_month(number, side_of(match["side"], now), now)
    return yearly(year, lambda chosen: calendar.month(chosen, number), now, "month")


def _is_doubtful(match: Match, now: Now) -> bool:
    """Tell whether "may" or "march" stands where a verb could."""
    if not meaning("doubtful", match["month"], now):
        return False
    patterns = now.language.patterns("periods")
    if patterns["month_asked"].search(match.string[: match.start()]):
        return False
    if patterns["no_month_after"].match(match.string, match.end()):
        return True
    if patterns["month_follows"].match(match.string, match.end()):
        return False
    return patterns["month_leads"].search(match.string[: match.start()]) is None


def _year_of_month(number: int, side: int, now: Now) -> int:
    """Return the year of "next August", which is the nearest August not begun, and so on."""
    this = now.today.year
    if side == 0:
        return this
    return this + (number <= now.today.month) if side > 0 else this - (number >= now.today.month)


def _month_number(match: Match, _now: Now) -> Found:
    days = calendar.month(full_year(match["year"]), int(match["month"]))
    return Found(*days, grain="month")


def in_month(match: Match, now: Now) -> Days:
    """Return the month that was named, of its year."""
    side = match.groupdict().get("month_side")
    if not match.groupdict().get("month"):
        return span_of("month", now, later=side_of(side, now) if side else 0)
    number = month_of(match, now)
    year = _year_of_month(number, side_of(side, now), now) if side else stated_year(match, now)
    found = yearly(year, lambda chosen: calendar.month(chosen, number), now, "month")
    return found.start, found.end


def _vague(match: Match, _now: Now) -> Found:
    raise NotADate("which_days", words=match[0])


def _nth_of_month(match: Match, now: Now) -> Found:
    """Return "the first Monday of August" or "the last week of July"."""
    start, end = in_month(match, now)
    nth = -1 if match["final"] else int(meaning("ordinal", match["nth"], now)) - 1
    if match.groupdict().get("weekend"):
        saturday = _nth_weekday(_SATURDAY, nth, (start, end))
        return Found(saturday, days_from(saturday, 1), grain="weekend")
    if match["weekday"] is None:
        anchor = end if nth < 0 else days_from(start, 7 * nth)
        return Found(*calendar.week_of(anchor, now.week_starts), grain="week")
    found = _nth_weekday(int(meaning("weekday", match["weekday"], now)), nth, (start, end))
    return Found(found, found)


def _nth_weekday(weekday: int, nth: int, month: Days) -> date:
    """Return the nth such weekday of a month; -1 is its last."""
    first = days_from(month[0], (weekday - month[0].weekday()) % 7)
    all_of_them = [days_from(first, 7 * n) for n in range(5)]
    return [day for day in all_of_them if day <= month[1]][nth]


def _month_so_far(match: Match, now: Now) -> Found:
    """Return "June so far", which ends yesterday at the latest."""
    number = int(meaning("month", match["month"] or match["named"], now))
    start, end = calendar.month(now.today.year - (number > now.today.month), number)
    yesterday = days_from(now.today, -1)
    if start > yesterday:
        raise NotADate("nothing_yet", unit="month")
    return Found(start, min(end, yesterday), grain="month")


def _quarter(match: Match, now: Now) -> Found:
    said = match.groupdict()
    if said.get("final"):  # "the last quarter of the year"
        stated = stated_year(match, now) or now.today.year
        return Found(*calendar.quarter(stated, _LAST_QUARTER), grain="quarter")
    nth = int(match["q"]) if match["q"] else int(meaning("ordinal", match["nth"], now))
    year = full_year(match["slashed"]) if match["slashed"] else stated_year(match, now)
    before = said.get("before")
    if before:
        digits = before[:4]
        side = now.language.patterns("periods")["this"].match(before.replace("'s", ""))
        year = int(digits) if digits.isdigit() else now.today.year
        year += side_of(side["which"], now) if side else 0
    return yearly(year, lambda chosen: calendar.quarter(chosen, nth), now, "quarter")


def _half(match: Match, now: Now) -> Found:
    nth = int(match["h"]) if match["h"] else int(meaning("ordinal", match["nth"], now))

    def in_year(chosen: int) -> Days:
        start, end = (1, 6) if nth == 1 else (7, 12)
        return date(chosen, start, 1), calendar.month(chosen, end)[1]

    return yearly(stated_year(match, now), in_year, now, "month")


def _year(match: Match, _now: Now) -> Found:
    year = int(match["year"])
    return Found(date(year, 1, 1), date(year, 12, 31), grain="year")


def _iso_week(match: Match, now: Now) -> Found:
    wanted = int(match["week"])

    def in_year(year: int) -> Days:
        start = _monday(year, wanted)
        return start, days_from(start, 6)

    return yearly(stated_year(match, now), in_year, now, "week")


def _iso_weeks(match: Match, now: Now) -> Found:
    """Return "weeks 23 to 26"."""
    first, last = int(match["first"]), int(match["last"])
    if first > last:
        raise NotADate("reversed")

    def in_year(year: int) -> Days:
        return _monday(year, first), days_from(_monday(year, last), 6)

    return yearly(stated_year(match, now), in_year, now, "days")


def _monday(year: int, week: int) -> date:
    """Return the day on which a week of the ISO calendar starts."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        raise NotADate("no_week", year=year, week=week) from None


def _ever(_match: Match, now: Now) -> Found | None:
    return None if now.first is None else Found(now.first, days_from(now.today, -1), grain="days")


RULES: tuple[Rule, ...] = (
    ("this", _this),
    ("before_now", _before_now),
    ("counted", _counted),
    ("counted_ahead", _counted_ahead),
    ("few", _few),
    ("whole", _whole),
    ("rest", _rest),
    ("to_date", _to_date),
    ("after_next", _after_next),
    ("beside_this", _beside_this),
    ("month", _month),
    ("month_number", _month_number),
    ("vague", _vague),
    ("nth_of_month", _nth_of_month),
    ("month_so_far", _month_so_far),
    ("quarter", _quarter),
    ("half", _half),
    ("year", _year),
    ("iso_week", _iso_week),
    ("iso_weeks", _iso_weeks),
    ("ever", _ever),
)
