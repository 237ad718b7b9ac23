"""Days that follow from a person's words and today's calendar."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from agent.grounding.lexicon import Lexicon
from agent.grounding.matching import same_day
from agent.grounding.reading import written

_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?(?![\d/-])")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|\.)(?!\d)")
_CENTURY = 2000
_TWO_DIGITS = 100
_MONTHS = 12
_NEIGHBOURS = (-1, 0, 1)


def known_moment(key: str, known: Iterable[str]) -> bool:
    """Tell whether a day, month, quarter or year as written is known."""
    return any(
        one == key or (not one.startswith("-") and "Q" not in one and same_day(key, one))
        for one in known
    )


def days_said(text: str, today: str, words: Lexicon) -> Iterator[str]:
    """Yield the days that words without a year, or in figures alone, may mean.

    Args:
        text: What the person said.
        today: ISO date, from which years are counted; empty: none are.
        words: The language.
    """
    if not today:
        return
    now = date.fromisoformat(today)
    for one in written(text, words).moments:
        if one.key.startswith("--") and "Q" not in one.key and len(one.key) > len("--MM"):
            yield from _in_years(int(one.key[2:4]), int(one.key[5:7]), now)
    for match in _NUMERIC.finditer(text):
        first, second = int(match[1]), int(match[2])
        for month, day in ((first, second), (second, first)):
            if match[3]:
                year = int(match[3])
                yield from _days(year + _CENTURY if year < _TWO_DIGITS else year, month, day)
            else:
                yield from _in_years(month, day, now)
    for match in _ORDINAL.finditer(text):
        for step in _NEIGHBOURS:
            months = now.year * _MONTHS + now.month - 1 + step
            yield from _days(months // _MONTHS, months % _MONTHS + 1, int(match[1]))


def _in_years(month: int, day: int, now: date) -> Iterator[str]:
    for step in _NEIGHBOURS:
        yield from _days(now.year + step, month, day)


def _days(year: int, month: int, day: int) -> Iterator[str]:
    try:
        yield date(year, month, day).isoformat()
    except ValueError:
        if 1 <= month <= _MONTHS:
            # Who is told that there is no 29 February in a year reads of its February.
            yield f"{year}-{month:02}"
