"""Edges and parts of a span: "the end of July", "the first ten days of May", "month end"."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from agent.planner.periods import calendar
from agent.planner.periods.calendar import Days, Found, Now, days_from, span_of
from agent.planner.periods.days import Rule
from agent.planner.periods.spans import in_month, yearly
from agent.planner.periods.words import Match, count_of, meaning, side_of, span_in, unit_of

_WITHIN = ("week", "month", "quarter")


def _part(match: Match, now: Now) -> Found | None:
    """Return the edges or halves of a span; "early July" is nobody's definite days."""
    said = match.groupdict()
    is_month = bool(said.get("month"))
    if is_month:
        start, end = in_month(match, now)
    elif said.get("unit"):
        later = side_of(said["side"], now) if said["side"] else 0
        start, end = span_of(span_in(match, now), now, later=later)
    elif said.get("in_year"):
        start, end = date(int(said["in_year"]), 1, 1), date(int(said["in_year"]), 12, 31)
    elif said.get("q"):
        nth = int(said["q"])
        found = yearly(None, lambda chosen: calendar.quarter(chosen, nth), now, "quarter")
        start, end = found.start, found.end
    else:  # "month end", "eom"
        start, end = span_of(_ending(match, now), now)
    if said.get("half"):
        if not is_month:
            return None
        middle = start.replace(day=15)
        days = (start, middle) if said["first"] else (days_from(middle, 1), end)
        return Found(*days, grain="days")
    day = end if said.get("end") else start
    return Found(day, day, edge=True, onward=_end_of_any(match, now))


def _ending(match: Match, now: Now) -> str:
    """Return the span whose end is named; "" where it is of a month or year that is named."""
    said = match.groupdict()
    if not said.get("end") or said.get("side"):
        return ""
    if said.get("unit"):
        return span_in(match, now)
    word = said["end"]
    return str(meaning("span_end", word, now) or meaning("span", word, now) or "")


def _end_of_any(match: Match, now: Now) -> Callable[[date], Days] | None:
    """Return what gives the end of "the month" that a range begins in: "1 May to month end"."""
    unit = _ending(match, now)
    if unit not in _WITHIN:
        return None

    def onward(day: date) -> Days:
        last = span_of(unit, replace(now, today=day))[1]
        return last, last

    return onward


def _edge_days(match: Match, now: Now) -> Found:
    """Return "the first ten days of July"."""
    start, end = in_month(match, now)
    times = 7 if unit_of(match, now)[1] == "week" else 1
    count = min(count_of(match, now) * times, (end - start).days + 1)
    if match["first"]:
        return Found(start, days_from(start, count - 1), grain="days")
    return Found(days_from(end, 1 - count), end, grain="days")


def _edge_months(match: Match, now: Now) -> Found:
    """Return "the first six months of the year"."""
    count = count_of(match, now)
    later = side_of(match["side"], now) if match["side"] else 0
    year = int(match["year"]) if match["year"] else now.today.year + later
    if match["first"]:
        return Found(date(year, 1, 1), calendar.month(year, count)[1], grain="month")
    return Found(date(year, 13 - count, 1), date(year, 12, 31), grain="month")


RULES: tuple[Rule, ...] = (
    ("part", _part),
    ("edge_days", _edge_days),
    ("edge_months", _edge_months),
)
