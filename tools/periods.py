"""The period of a question: its default, what it may reach, and what it is compared with."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tenants.errors import NeedsDetail, OutOfRange
from tools.contract import ToolContext

MAX_DAYS_AHEAD = 366
_DEFAULT_DAYS_BEHIND = 28
_WEEK_DAYS = 7
_DAYS_TO_SAME_WEEKDAY = 364
_FIRST_MONTH = 1
_QUARTER_MONTHS = 3
_YEAR_MONTHS = 12

CompareTo = Literal["previous_period", "last_year"]


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included, and what must be said about the choice."""

    start: date
    end: date
    notes: tuple[str, ...] = ()

    @property
    def days(self) -> int:
        """Return how many days the period has."""
        return (self.end - self.start).days + 1


def period_ahead(start: date | None, end: date | None, ctx: ToolContext) -> Period:
    """Return the days to forecast: those asked for, or next week.

    Raises:
        OutOfRange: It starts more than a year ahead or is longer than one, or ended before the
            data did.
        NeedsDetail: Only the start was given, or the start is after the end.
    """
    return look_ahead(
        start,
        end,
        today=ctx.today,
        cutoff=ctx.forecasting.cutoff,
        week_starts=ctx.tenant.week_starts,
    )


def period_behind(start: date | None, end: date | None, ctx: ToolContext) -> Period:
    """Return the days to look back on: those asked for, or the last 28 with data.

    Raises:
        OutOfRange: It lies before the data begin or after they end.
        NeedsDetail: Only the end was given, or the start is after the end.
    """
    engine = ctx.forecasting
    first = engine.panel.periods[0].date()
    return look_behind(start, end, first=first, cutoff=engine.cutoff)


def look_ahead(
    start: date | None, end: date | None, *, today: date, cutoff: date, week_starts: int = 0
) -> Period:
    """Return the days to forecast, clipped to what is not known yet and not too far off."""
    if start is None and end is None:
        chosen = next_week(today, week_starts)
        start, end = chosen.start, chosen.end
        notes = ["No period was given, so this is about next week."]
    else:
        start = start or max(today, cutoff + timedelta(days=1))
        notes = []
    if end is None:
        raise NeedsDetail(f"Until which day, starting on {start}?", asks_for=["end"])
    _check_order(start, end)
    first, last = cutoff + timedelta(days=1), today + timedelta(days=MAX_DAYS_AHEAD)
    # A calendar year that begins soon enough is cut short; two of them can never be forecast.
    if start > last or (end - start).days >= MAX_DAYS_AHEAD:
        raise OutOfRange(
            f"A forecast reaches at most {MAX_DAYS_AHEAD} days ahead, to {last}; "
            f"ask for days up to then."
        )
    if end < first:
        raise OutOfRange(
            f"That period is over: sales are recorded through {cutoff}, and a forecast starts "
            f"on {first}; ask what was sold instead."
        )
    if start < first:
        notes.append(f"Sales through {cutoff} are already recorded, so this starts on {first}.")
    if end > last:
        notes.append(
            f"A forecast reaches at most {MAX_DAYS_AHEAD} days ahead; this ends on {last}."
        )
    return Period(max(start, first), min(end, last), tuple(notes))


def look_behind(start: date | None, end: date | None, *, first: date, cutoff: date) -> Period:
    """Return the days to look back on, clipped to those with data."""
    notes = []
    if start is None and end is None:
        start = max(first, cutoff - timedelta(days=_DEFAULT_DAYS_BEHIND - 1))
        end = cutoff
        notes.append(
            f"No period was given, so this is about the last {(end - start).days + 1} days "
            "with data."
        )
    if start is None:
        raise NeedsDetail(f"From which day, ending on {end}?", asks_for=["start"])
    end = end or max(start, cutoff)
    _check_order(start, end)
    if end < first:
        raise OutOfRange(f"The data begin on {first}; ask about days from then on.")
    if start > cutoff:
        raise OutOfRange(
            f"Sales are recorded through {cutoff}; ask about days up to then, or for a forecast."
        )
    if start < first:
        notes.append(f"The data begin on {first}, so this starts there.")
    if end > cutoff:
        notes.append(f"The data end on {cutoff}, so this stops there.")
    return Period(max(start, first), min(end, cutoff), tuple(notes))


def next_week(today: date, week_starts: int = 0) -> Period:
    """Return the calendar week after the one that holds today."""
    into_week = (today.weekday() - week_starts) % _WEEK_DAYS
    start = today + timedelta(days=_WEEK_DAYS - into_week)
    return Period(start, start + timedelta(days=_WEEK_DAYS - 1))


def compared_with(period: Period, compare_to: CompareTo) -> Period:
    """Return the period that this one is compared with.

    `previous_period` of a calendar month, quarter or year is the one before, of anything else
    the equally long period just before. `last_year` is 364 days earlier, so that weekdays
    match, and the same dates where the period counts in months.
    """
    if compare_to == "last_year":
        return _a_year_before(period)
    end = period.start - timedelta(days=1)
    if months := _calendar_months(period):
        return Period(_months_before(period.start, months), end)
    return Period(period.start - timedelta(days=period.days), end)


def _a_year_before(period: Period) -> Period:
    if not _counts_in_months(period):
        step = timedelta(days=_DAYS_TO_SAME_WEEKDAY)
        return Period(period.start - step, period.end - step)
    year = period.end.year - 1
    last = monthrange(year, period.end.month)[1]
    day = last if _is_month_end(period.end) else min(period.end.day, last)
    return Period(
        period.start.replace(year=period.start.year - 1),
        date(year, period.end.month, day),
    )


def _calendar_months(period: Period) -> int:
    """Return 1, 3 or 12 where the period is a calendar month, quarter or year, else 0."""
    start, end = period.start, period.end
    if start.day != 1 or not _is_month_end(end):
        return 0
    months = (end.year - start.year) * _YEAR_MONTHS + end.month - start.month + 1
    is_one = (
        months == 1
        or (months == _QUARTER_MONTHS and start.month % _QUARTER_MONTHS == 1)
        or (months == _YEAR_MONTHS and start.month == _FIRST_MONTH)
    )
    return months if is_one else 0


def _counts_in_months(period: Period) -> bool:
    # "Year to date" starts with a month and is longer than one: people compare its dates.
    first_month_ends = date(
        period.start.year,
        period.start.month,
        monthrange(period.start.year, period.start.month)[1],
    )
    return period.start.day == 1 and period.end >= first_month_ends


def _is_month_end(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _months_before(first_of_month: date, months: int) -> date:
    count = first_of_month.year * _YEAR_MONTHS + first_of_month.month - 1 - months
    return date(count // _YEAR_MONTHS, count % _YEAR_MONTHS + 1, 1)


def _check_order(start: date, end: date) -> None:
    if start > end:
        raise NeedsDetail(
            f"The start, {start}, is after the end, {end}; which days are meant?",
            asks_for=["start", "end"],
        )


def joined(*notes: Sequence[str]) -> tuple[str, ...]:
    """Return all notes in order, each said once."""
    return tuple(dict.fromkeys(note for group in notes for note in group))
