"""Ranges that share a month ("6-12 July", "July 6 to 12")."""

import re

from agent.planner.periods.calendar import (
    Days,
    Found,
    NotADate,
    Now,
    make_date,
    nearest_year,
)
from agent.planner.periods.days import Rule, stated_year
from agent.planner.periods.words import MONTH, MONTHS, SUFFIX, YEAR, plain

_TO = r"\s*(?:-|to|until|till|through|thru|and)\s*(?:the\s+)?"


def _shared_month(match: re.Match[str], now: Now) -> Found:
    month = MONTHS[plain(match["month"])]
    first, last = int(match["first"]), int(match["last"])
    year = stated_year(match, now)
    if year is None:
        year = nearest_year(now, month, last if now.ahead else first)
    start, end = make_date(year, month, first), make_date(year, month, last)
    if start > end:
        raise NotADate(f"{first} to {last} starts after it ends.")

    def in_year(chosen: int) -> Days:
        return make_date(chosen, month, first), make_date(chosen, month, last)

    return Found(start, end, grain="days", in_year=in_year)


RULES: tuple[Rule, ...] = (
    (
        re.compile(
            rf"(?:from\s+|between\s+)?(?:the\s+)?(?P<first>\d{{1,2}}){SUFFIX}?{_TO}"
            rf"(?P<last>\d{{1,2}}){SUFFIX}?\s+(?:of\s+)?(?P<month>{MONTH}){YEAR}"
        ),
        _shared_month,
    ),
    (
        re.compile(
            rf"(?:from\s+|between\s+)?(?P<month>{MONTH})\s+(?:the\s+)?(?P<first>\d{{1,2}}){SUFFIX}?{_TO}"
            rf"(?P<last>\d{{1,2}}){SUFFIX}?\b(?!\s+{MONTH}|[/.]\d|%){YEAR}"
        ),
        _shared_month,
    ),
)
