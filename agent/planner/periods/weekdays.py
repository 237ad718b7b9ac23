"""Weekdays beside what fixes them: a date, a week that is named, today."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from agent.planner.periods import calendar
from agent.planner.periods.around import end_after, is_all, is_dated
from agent.planner.periods.calendar import Found, NotADate, Now
from agent.planner.periods.days import agree
from agent.planner.periods.doubtful import Doubtful

_WEEK = 7


def with_weekdays(text: str, found: Sequence[Found], now: Now) -> list[Found]:
    """Join "Friday" with "3 July" beside it.

    Raises:
        Doubtful: They do not agree.
    """
    kept: list[Found] = []
    for one in found:
        before = kept[-1] if kept else None
        if before is not None and is_all(text[before.at[1] : one.at[0]], "apart", now):
            is_listed = one.weekday is not None and end_after(text, one, "and_weekday", now)
            pairs = ((before, one), (one, before))
            said = (_dated_beside(text, *pair, now) for pair in pairs)
            day = None if is_listed else next((day for day in said if day is not None), None)
            if day is not None:
                kept[-1] = day.placed(before.at[0], one.at[1])
                continue
        kept.append(one)
    return kept


def _dated_beside(text: str, named: Found, day: Found, now: Now) -> Found | None:
    """Return the date beside a weekday that it must agree with; None where they are apart.

    A date beside "last Saturday" lies in its year, wherever else it would be looked for.
    """
    if day.weekday is not None or not is_dated(day):
        return None
    weekday = named.weekday
    is_written = any(letter.isdigit() for letter in text[slice(*day.at)])
    if weekday is None and is_written and is_all(text[slice(*named.at)], "sided", now):
        weekday = named.start.weekday()
        first, last = day.in_year(named.start.year) if day.in_year else (day.start, day.end)
        day = replace(day, start=first, end=last)
    if weekday is None:
        return None
    try:
        agree(day.start, weekday)
    except NotADate as trouble:
        at = (min(named.at[0], day.at[0]), max(named.at[1], day.at[1]))
        raise Doubtful(trouble, at) from trouble
    return day


def of_one_week(text: str, found: list[Found], now: Now) -> list[Found]:
    """Return weekdays in the week that only the last or the first of their list states."""
    placed = list(found)
    for place in range(1, len(found)):
        before, one = placed[place - 1], found[place]
        gap = text[before.at[1] : one.at[0]]
        first = text[slice(*before.at)]
        if one.weekday is None or not is_all(first, "sided", now) or not is_all(gap, "and", now):
            continue
        day = calendar.days_from(before.start, (one.weekday - before.start.weekday()) % 7)
        placed[place] = replace(one, start=day, end=day, weekday=None)
    for place in range(len(found) - 2, -1, -1):
        one, after = placed[place], placed[place + 1]
        gap = text[one.at[1] : after.at[0]]
        if one.weekday is None or not after.in_week or not is_all(gap, "and", now):
            continue
        day = calendar.days_from(after.in_week[0], one.weekday)
        placed[place] = replace(one, start=day, end=day, in_week=after.in_week)
    return placed


def over(first: Found, second: Found, end: date, now: Now) -> tuple[Found, date]:
    """Return where weekdays looked back on begin and end: none of them is today, nor to come."""
    is_of_weekdays = first.weekday is not None and second.weekday is not None
    if now.ahead or not is_of_weekdays or end < now.today:
        return first, end
    start = calendar.days_from(first.start, -_WEEK)
    return replace(first, start=start), calendar.days_from(end, -_WEEK)
