"""What matched words about time stand for, by the tables of the language."""

import re
from typing import Any

from agent.languages.numbers import number
from agent.planner.periods.calendar import NotADate, Now

Match = re.Match[str]

_CENTURY = 2000
_SIDES = ("this", "next", "last")


def plain(word: str) -> str:
    """Return a matched word as the tables spell it."""
    return re.sub(r"\s+", " ", word).strip(" .")


def meaning(table: str, word: str, now: Now) -> Any:
    """Return what a word of a table stands for; None when it is not in it."""
    return now.language.words("periods", table).get(plain(word))


def month_of(match: Match, now: Now) -> int:
    """Return the number of the month that was named."""
    said = match["month"]
    return int(said) if said.isdigit() else int(meaning("month", said, now))


def side_of(word: str, now: Now) -> int:
    """Return 0 for "this", 1 for "next", -1 for "last"."""
    steps = (meaning(table, word, now) for table in _SIDES)
    return next(int(step) for step in steps if step is not None)


def count_of(match: Match, now: Now) -> int:
    """Return how many were counted: "three", "12", "a"; one when it is not said.

    Raises:
        NotADate: None were: "the last 0 days".
    """
    groups = match.groupdict()
    said = groups.get("count") or groups.get("digits") or ""
    if not said or meaning("article", said, now) is not None:
        return 1
    count = int(number(said, now.language))
    if count < 1:
        raise NotADate("which_days", words=match[0])
    return count


def unit_of(match: Match, now: Now) -> tuple[int, str]:
    """Return a unit and how many of it the word means: a fortnight is two weeks."""
    groups = match.groupdict()
    letter = groups.get("letter")
    unit = meaning("letter", letter, now) if letter else meaning("unit", match["unit"], now)
    return (2, "week") if unit == "fortnight" else (1, str(unit))


def span_in(match: Match, now: Now, group: str = "unit") -> str:
    """Return the week, weekend, month, quarter or year that was named."""
    return str(meaning("span", match[group], now))


def stated_year(match: Match, now: Now) -> int | None:
    """Return the year that the words give, or None."""
    groups = match.groupdict()
    if groups.get("year"):
        return full_year(groups["year"])
    if groups.get("short"):
        return full_year(groups["short"])
    return now.today.year + side_of(groups["which"], now) if groups.get("which") else None


def full_year(digits: str) -> int:
    """Return a year written with two or four digits."""
    return int(digits) + (_CENTURY if len(digits) == 2 else 0)  # noqa: PLR2004 - two digits
