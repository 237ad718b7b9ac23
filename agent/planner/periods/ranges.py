"""Ranges that share a month ("6-12 July", "July 6 to 12"), and days that make a range."""

import re
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
    span_of,
)
from agent.planner.periods.days import Rule
from agent.planner.periods.words import Match, month_of, side_of, stated_year

_SATURDAY = 5
_GOES_ON = re.compile(r"\d\D{0,3},\s*$")


def _shared_month(match: Match, now: Now) -> Found | None:
    """Return "6-12 July" and "the 6th to the 12th of next month"; "8 and 15 June" are two days."""
    first, last = int(match["first"]), int(match["last"])
    if _is_list(match, now) and (
        last - first > 1 or _GOES_ON.search(match.string, 0, match.start())
    ):
        return None
    if side := match.groupdict().get("month_side"):
        there = span_of("month", now, later=side_of(side, now))[0]
        month, year = there.month, there.year
    else:
        month = month_of(match, now)
        stated = stated_year(match, now)
        year = stated or nearest_year(now, month, last if now.ahead else first)
    start, end = make_date(year, month, first), make_date(year, month, last)
    if start > end:
        raise NotADate("reversed_days", first=first, last=last, year=year, month=month, day=first)

    def in_year(chosen: int) -> Days:
        return make_date(chosen, month, first), make_date(chosen, month, last)

    return Found(start, end, grain="days", in_year=in_year)


def _is_list(match: Match, now: Now) -> bool:
    """Tell whether two days are joined by "and", which "between" alone makes a range of."""
    patterns, text = now.language.patterns("periods"), match.string
    joined = patterns["range_and"].search(text[match.end("first") : match.start("last")])
    return joined is not None and not patterns["between"].search(text[: match.start("first")])


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
