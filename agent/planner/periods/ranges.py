"""Ranges that share a month ("6-12 July", "July 6 to 12"), and days that make a range."""

from collections.abc import Sequence
from dataclasses import replace

from agent.planner.periods.calendar import (
    Days,
    Found,
    NotADate,
    Now,
    Period,
    days_from,
    make_date,
    nearest_year,
)
from agent.planner.periods.days import Rule
from agent.planner.periods.words import Match, month_of, stated_year

_SATURDAY = 5


def _shared_month(match: Match, now: Now) -> Found:
    month = month_of(match, now)
    first, last = int(match["first"]), int(match["last"])
    year = stated_year(match, now)
    if year is None:
        year = nearest_year(now, month, last if now.ahead else first)
    start, end = make_date(year, month, first), make_date(year, month, last)
    if start > end:
        raise NotADate("reversed_days", first=first, last=last, year=year, month=month, day=first)

    def in_year(chosen: int) -> Days:
        return make_date(chosen, month, first), make_date(chosen, month, last)

    return Found(start, end, grain="days", in_year=in_year)


def in_a_row(periods: Sequence[Period], *, weekends_only: bool) -> tuple[Period, ...]:
    """Return single days that follow each other as one range: "Saturday and Sunday".

    Args:
        periods: As they were said.
        weekends_only: Whether only a Saturday and its Sunday are one.
    """
    kept: list[Period] = []
    for one in periods:
        last = kept[-1] if kept else None
        is_next = last is not None and one.start == one.end == days_from(last.end, 1)
        is_one = not weekends_only or (last is not None and last.start.weekday() == _SATURDAY)
        if last is not None and is_next and is_one and last.grain in ("day", "days"):
            kept[-1] = replace(last, end=one.end, grain="days")
        else:
            kept.append(one)
    return tuple(kept)


def split_again(periods: Sequence[Period], split: str | None) -> tuple[Period, ...]:
    """Return months in a row as one range where a split by month tells each: "May and June"."""
    kept: list[Period] = []
    for one in periods:
        last = kept[-1] if kept else None
        is_next = last is not None and one.start == days_from(last.end, 1)
        if last is not None and is_next and one.grain == last.grain == split != "day":
            kept[-1] = replace(last, end=one.end)
        else:
            kept.append(one)
    return tuple(kept)


RULES: tuple[Rule, ...] = (("shared_month", _shared_month),)
