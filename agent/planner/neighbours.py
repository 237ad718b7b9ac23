"""Periods told from the one spoken of before: "and the week before?", "the month after"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from agent.planner.context import PlannerContext
from agent.planner.drafts import Draft
from agent.planner.periods import calendar
from agent.planner.periods.calendar import Days
from agent.planner.wishes import follows

_LONGEST_QUARTER = 92
_SAME_WEEKDAYS = timedelta(days=364)
_ALIKE = "one"
_LENGTHS = ((1, "day"), (2, "weekend"), (7, "week"), (31, "month"), (_LONGEST_QUARTER, "quarter"))
_SHORT_SPANS = ("week", "weekend", "month")
_FORECAST, _HISTORY = "forecast", "sales_history"


def moved_on(
    text: str, frames: Sequence[Draft], context: PlannerContext
) -> tuple[Draft, ...] | None:
    """Return the earlier calls a period earlier or later, or None when the text is no such wish.

    A forecast moved before today becomes past sales, and the other way round.
    """
    text = context.language.patterns("following")["comes_back"].sub("", text)
    match = only_a_step(text, context)
    return _all_moved(match, frames, context) or _on_another_day(text, frames, context)


def only_a_step(text: str, context: PlannerContext) -> re.Match[str] | None:
    """Return the match of a text that is all one step in time: "and the week after?"."""
    cues = context.language.patterns
    said = (cues("cues")["next_to"], *cues("following").each("next_to"))
    return next((found for one in said if (found := one.match(text))), None)


def _on_another_day(
    text: str, frames: Sequence[Draft], context: PlannerContext
) -> tuple[Draft, ...] | None:
    """Return calls of one day on another day of its month: "no, the fourth"."""
    said = context.language.patterns("following")["day_alone"].match(text)
    spelt = context.language.words("periods", "spelt_day")
    if said is None or (said["day"] is None and said["spelt"] not in spelt):
        return None
    number = int(said["day"] or spelt[said["spelt"]])
    days = {frame.arguments.get(name) for frame in frames for name in ("start", "end")}
    if len(days) != 1 or None in days:
        return None
    day = date.fromisoformat(str(days.pop()))
    if number > calendar.month_of(day)[1].day:
        return None
    day = _on_its_side(day.replace(day=number), frames, context)
    return tuple(_placed(frame, (day, day), context) for frame in frames)


def _on_its_side(day: date, frames: Sequence[Draft], context: PlannerContext) -> date:
    """Return the day a month on where all calls look ahead and it is over: "and on the 2nd"."""
    if day >= context.today or any(one.tool == _HISTORY for one in frames):
        return day
    first, last = calendar.month_of(day, later=1)
    return first.replace(day=min(day.day, last.day))


def moved_within(
    text: str, frames: Sequence[Draft], context: PlannerContext
) -> tuple[Draft, ...] | None:
    """Return the earlier calls moved in time by words among others: "sorry, the week after"."""
    said = context.language.patterns("following").each("next_to_within")
    match = next((found for one in said if (found := one.search(text))), None)
    is_a_year = match is not None and _unit(match["unit"], context) == "year" and match["before"]
    if is_a_year and all(frame.tool == _HISTORY for frame in frames):
        return tuple(frame.having(compare_to="last_year") for frame in frames)
    return _all_moved(match, frames, context)


def _all_moved(
    match: re.Match[str] | None, frames: Sequence[Draft], context: PlannerContext
) -> tuple[Draft, ...] | None:
    """Return those of the calls that have days, a span earlier or later."""
    dated = [frame for frame in frames if {"start", "end"} <= frame.arguments.keys()]
    if match is None or not dated:
        return None
    unit = _unit(match["unit"] or _ALIKE, context)
    earlier = bool(match["before"])
    if unit == "year" and earlier and all("compare_to" in one.arguments for one in dated):
        return tuple(one.having(compare_to="last_year") for one in dated)  # in place of August
    return tuple(_moved(one, unit, earlier=earlier, context=context) for one in dated)


def a_year_before(start: date, end: date) -> Days:
    """Return the days a year before: the same weekdays, or the same dates of whole months."""
    return years_on(start, end, -1)


def years_on(start: date, end: date, years: int) -> Days:
    """Return the days some years on: the same weekdays, or the same dates of whole months."""
    after = end + timedelta(days=1)
    if start.day == 1 and after.day == 1:
        first = start.replace(year=start.year + years)
        return first, after.replace(year=after.year + years) - timedelta(days=1)
    return start + years * _SAME_WEEKDAYS, end + years * _SAME_WEEKDAYS


def _unit(word: str, context: PlannerContext) -> str:
    """Return the name of a span of time that a word of the language stands for."""
    units: dict[str, str] = context.language.table("cues").get("units", {})
    return units.get(word.lower(), word.lower())


def _moved(frame: Draft, unit: str, *, earlier: bool, context: PlannerContext) -> Draft:
    start, end = (date.fromisoformat(str(frame.arguments[name])) for name in ("start", "end"))
    days = beside_days((start, end), unit, context, earlier=earlier)
    return _placed(frame, days, context)


def beside_days(days: Days, unit: str, context: PlannerContext, *, earlier: bool) -> Days:
    """Return the day, week, month or year right before or after some days.

    Args:
        days: The days.
        unit: The span, in the language's word for it.
        context: The tenant.
        earlier: Whether it is the one before.
    """
    start, end = days
    unit = _unit(unit, context)
    unit = own_unit(start, end) if unit == _ALIKE else unit
    first = calendar.week_of(start, context.week_starts)[0] if unit == "weekend" else start
    anchor = first - timedelta(days=1) if earlier else end + timedelta(days=1)
    is_long = (end - start).days > _LONGEST_QUARTER
    whole = unit != "year" or is_long or not earlier
    days = span_around(anchor, unit, context) if whole else a_year_before(start, end)
    is_within = days[0] <= start and end <= days[1]
    if unit in _SHORT_SPANS and is_within:  # "the week after" a Tuesday is not its own
        beyond = days[0] - timedelta(days=1) if earlier else days[1] + timedelta(days=1)
        days = span_around(beyond, unit, context)
    return days


def own_unit(start: date, end: date) -> str:
    """Return the span that days are: "the one before" is of the same kind."""
    length = (end - start).days + 1
    return next((unit for most, unit in _LENGTHS if length <= most), "year")


def _placed(frame: Draft, span: Days, context: PlannerContext) -> Draft:
    """Return a call about other days; a forecast of days gone by is of past sales."""
    first, last = span
    days = {"start": first.isoformat(), "end": last.isoformat()}
    if frame.tool == _FORECAST and last < context.today:
        return follows(frame, _HISTORY, context).having(**days)
    if frame.tool == _HISTORY and first >= context.today:
        return follows(frame, _FORECAST, context).having(**days)
    return frame.having(**days)


def span_around(anchor: date, unit: str, context: PlannerContext) -> Days:
    """Return the day, week, weekend, month, quarter or year that holds a day."""
    if unit == "day":
        return anchor, anchor
    if unit == "week":
        return calendar.week_of(anchor, context.week_starts)
    of = {
        "weekend": calendar.weekend_of,
        "month": calendar.month_of,
        "quarter": calendar.quarter_of,
        "year": calendar.year_of,
    }
    return of[unit](anchor)
