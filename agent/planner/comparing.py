"""What a question compares with: "than last year", "vs the week before", "June with May"."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from agent.planner.periods import Period, Reading, Unclear, places_of_time, read_periods
from agent.planner.periods.calendar import Days, Now, month_of, quarter_of, span_of, year_of
from tools import periods as tool_periods
from tools.periods import CompareTo

_COMPARISONS: tuple[CompareTo, ...] = ("last_year", "previous_period")
_SPANS = ("week", "weekend", "month", "quarter", "year")
_YEARLY = ("month", "quarter")
_WEEK = timedelta(days=7)
_DAYS_TO_SAME_WEEKDAY = 364


@dataclass(frozen=True, slots=True)
class Compared:
    """The periods of a question, and what the first is compared with, if anything."""

    periods: tuple[Period, ...]
    compare_to: str | None
    unclear: Unclear | None
    text: str


def read_compared(text: str, now: Now, *, can_compare: bool) -> Compared:
    """Read periods and comparison from a text in lower case; `text` comes back without them."""
    compare_to: str | None = None
    if can_compare:
        compare_to, text = named_comparison(text, now)
    reading = read_periods(text, now)
    rest = text
    for span in reading.spans:
        rest = _blanked(rest, span)
    periods = reading.periods
    if can_compare and compare_to is None:
        periods, compare_to = _second_is_compared(text, reading, now)
    return Compared(periods, compare_to, reading.unclear, rest)


def named_comparison(text: str, now: Now) -> tuple[CompareTo | None, str]:
    """Return the comparison that words name, and the text without them."""
    patterns = now.language.patterns("comparing")
    for value in _COMPARISONS:
        for pattern in patterns.each(value):
            if match := pattern.search(text):
                return value, _blanked(text, match.span())
    for value, cue in (("last_year", "with_last_year"), ("previous_period", "with_previous")):
        if match := patterns[cue].search(text):
            return value, _blanked(text, match.span("other"))
    for value in _COMPARISONS:
        match = patterns[f"beside_{value}"].search(text)
        if match and read_periods(beside := _blanked(text, match.span()), now).periods:
            return value, beside
    return None, text


def _second_is_compared(
    text: str, reading: Reading, now: Now
) -> tuple[tuple[Period, ...], str | None]:
    """Read "June with May" or "this week than last week" as one period and its comparison."""
    periods = reading.periods
    patterns = now.language.patterns("comparing")
    lead = patterns["before"].search(text[: periods[0].at[0]]) if len(periods) == 1 else None
    if lead and not patterns["over"].search(lead[0]):
        current = _following(periods[0], now)
        return ((current,), "previous_period") if current else (periods, None)
    if len(periods) != 2 or not _are_compared(text, *periods, now):  # noqa: PLR2004 - two sides
        return periods, None
    first, second = periods
    if first.grain in _YEARLY and (first.start, first.end) == (second.start, second.end):
        return (first,), "last_year"  # "is June better than last June?"
    for main, other in ((first, second), (second, first)):
        if related := relation(main, other):
            return (main,), related
    return periods, None


def _are_compared(text: str, first: Period, second: Period, now: Now) -> bool:
    """Tell whether words set two periods against each other."""
    patterns = now.language.patterns("comparing")
    between = text[first.at[1] : second.at[0]]
    if patterns["before"].search(between):
        return True
    return bool(patterns["compares"].search(text) and patterns["between"].match(between))


def relation(main: Period, other: Period) -> str | None:
    """Return which comparison of the tool gives the other period, or None."""
    step = timedelta(days=_DAYS_TO_SAME_WEEKDAY)
    if main.start.replace(day=1) == main.start and main.grain in ("month", "quarter", "year"):
        of = {"month": month_of, "quarter": quarter_of, "year": year_of}[main.grain]
        if of(main.start, later=-1) == (other.start, other.end):
            return "previous_period"
        same = (main.start.year - 1, main.start.month, main.end.month)
        there = (other.start.year, other.start.month, other.end.month)
        return "last_year" if same == there and main.grain == other.grain else None
    days = (main.end - main.start).days + 1
    if (other.start, other.end) == (main.start - step, main.end - step):
        return "last_year"
    previous = (main.start - timedelta(days=days), main.start - timedelta(days=1))
    return "previous_period" if (other.start, other.end) == previous else None


def counterpart(period: Period, compare_to: CompareTo) -> Period:
    """Return the days that a comparison sets beside a period; beside a weekend, another one."""
    if period.grain == "weekend" and compare_to == "previous_period":
        return replace(period, start=period.start - _WEEK, end=period.end - _WEEK)
    other = tool_periods.compared_with(tool_periods.Period(period.start, period.end), compare_to)
    return replace(period, start=other.start, end=other.end)


def later_of_two(text: str, period: Period, now: Now) -> tuple[Period, str] | None:
    """Return of "from May to June" the later month and what it is compared with, or None.

    Args:
        text: The question in lower case.
        period: What was read in it, both months as one.
        now: From where time is counted.
    """
    sides = places_of_time(text[slice(*period.at)], now.language)
    if period.grain not in _SPANS or len(sides) != 2:  # noqa: PLR2004 - two sides
        return None
    first, last = (_holding(day, period.grain, now) for day in (period.start, period.end))
    former, later = (Period(*days, period.grain, period.at) for days in (first, last))
    compared = relation(later, former) if later.start > former.start else None
    return (later, compared) if compared else None


def _holding(day: date, grain: str, now: Now) -> Days:
    """Return the span of this grain that holds a day."""
    return span_of(grain, replace(now, today=day))


def _following(period: Period, now: Now) -> Period | None:
    """Return the current span after a last one: "than last week" is about this week."""
    if period.grain not in ("week", "weekend", "month", "quarter", "year"):
        return None
    start, end = span_of(period.grain, now)
    is_last: date = start - timedelta(days=1)
    if period.end != is_last and period.grain != "weekend":
        return None
    return Period(start, end, period.grain, period.at)


def _blanked(text: str, span: tuple[int, int]) -> str:
    return text[: span[0]] + " " * (span[1] - span[0]) + text[span[1] :]
