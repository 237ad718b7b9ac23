"""What the words beside a find make of it: its week, the week next to it, what has passed of it."""

import re
from dataclasses import replace

from agent.planner.periods import calendar
from agent.planner.periods.calendar import Found, Now
from agent.planner.periods.words import meaning


def as_put(text: str, one: Found, now: Now) -> Found:
    """Return what the words beside a find make of it: its week, or what has passed of it."""
    return _so_far(text, _week_around(text, one, now), now)


def _so_far(text: str, one: Found, now: Now) -> Found:
    """Return what has passed of a period that has begun: "Q1 so far" ends yesterday."""
    yesterday = calendar.days_from(now.today, -1)
    passed = end_after(text, one, "so_far", now)
    if passed is None or one.counted or not one.start <= yesterday < one.end:
        return one
    grain = "month" if one.start.day == 1 else "days"
    return Found(one.start, yesterday, grain=grain).placed(one.at[0], passed)


def _week_around(text: str, one: Found, now: Now) -> Found:
    """Return the week that holds, starts or ends with a day where the words say so."""
    if one.start != one.end or one.edge:
        return one
    if is_dated(one) and (end := end_after(text, one, "week_after", now)):
        days = calendar.weekend_of(one.start)
        return Found(*days, grain="weekend").placed(one.at[0], end)
    if beside := place_of(text[: one.at[0]], "week_beside", now):
        of = meaning("width", beside["width"], now) or "day"
        then = replace(now, today=one.start)
        days = calendar.span_of(of, then, later=-1 if beside["before"] else 1)
        return Found(*days, grain=of).placed(beside.start(), one.at[1])
    lead = place_of(text[: one.at[0]], "week_lead", now)
    if lead is None:
        return one
    said = lead.groupdict()
    grain = "week"
    if said["width"] and meaning("width", said["width"], now) == "weekend":
        days, grain = calendar.weekend_of(one.start), "weekend"
    elif said.get("ending") or said.get("ending_short"):
        days = (calendar.days_from(one.start, -6), one.start)
    elif said.get("starting") or said.get("starting_short"):
        days = (one.start, calendar.days_from(one.start, 6))
    else:
        days = calendar.week_of(one.start, now.week_starts)
    return Found(*days, grain=grain).placed(lead.start(), one.at[1])


def place_of(text: str, name: str, now: Now) -> re.Match[str] | None:
    """Return where the words of this pattern are found in the text."""
    return now.language.patterns("periods")[name].search(text)


def is_all(text: str, name: str, now: Now) -> bool:
    """Tell whether the text is nothing but words of this pattern."""
    return now.language.patterns("periods")[name].fullmatch(text) is not None


def end_after(text: str, one: Found, name: str, now: Now) -> int | None:
    """Return where words of this pattern end that follow a find at once."""
    match = now.language.patterns("periods")[name].match(text, one.at[1])
    return match.end() if match else None


def is_dated(day: Found) -> bool:
    """Tell whether a find is one day that stands by itself."""
    return day.grain == "day" and not day.edge and day.counted is None
