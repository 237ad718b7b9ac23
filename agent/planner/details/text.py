"""A text that readers take their figures from, and how figures are written."""

import re
from collections.abc import Iterable
from typing import Any

from agent.planner.periods.words import NUMBERS

Found = dict[str, Any]
"""Arguments by name, as far as words said them."""

_SPELT = [word for word in NUMBERS if " " not in word and word not in {"a", "an"}]
_AMOUNT = r"(\d[\d,]*(?:\.\d+)?)"
_COINS = r"(?:dollars?|bucks|usd|euros?|eur|pounds?|gbp)\b"
PERCENT = r"(\d+(?:\.\d+)?)\s*(?:%|percent\b|per cent\b|pct\b|percentage points?\b|points?\b|pp\b)"
MONEY = rf"(?:[$€£]\s*{_AMOUNT}\s*(k\b)?|{_AMOUNT}\s*(k)?\s*{_COINS})"
COUNT = rf"(\d{{1,4}}|{'|'.join(_SPELT)}|dozen)"
_DOZEN = 12


class Text:
    """A text in lower case; what one reader takes, the next does not see."""

    def __init__(self, text: str) -> None:
        self.left = text

    def take(self, *patterns: str) -> re.Match[str] | None:
        """Find the first pattern that fits, and blank out what it found."""
        for pattern in patterns:
            match = re.search(pattern, self.left)
            if match is not None:
                blank = " " * len(match[0])
                self.left = self.left[: match.start()] + blank + self.left[match.end() :]
                return match
        return None

    def has(self, *patterns: str) -> bool:
        """Tell whether any of the patterns occurs."""
        return any(re.search(pattern, self.left) for pattern in patterns)


def first_of(text: Text, table: Iterable[tuple[str, Any]]) -> Any | None:
    """Return the value beside the first pattern that occurs, or None."""
    return next((value for pattern, value in table if text.has(pattern)), None)


def plain(digits: str, thousands: str | None = None) -> float:
    """Return the number that digits write; a whole one as an integer."""
    value = float(digits.replace(",", "")) * (1000 if thousands else 1)
    return int(value) if value == int(value) else value


def money(match: re.Match[str]) -> float:
    """Return the amount of a match of `MONEY`."""
    groups = match.groups()
    digits = next(group for group in groups if group and group[0].isdigit())
    return plain(digits, "k" if "k" in groups else None)


def count(word: str) -> int:
    """Return the number of a match of `COUNT`."""
    if word == "dozen":
        return _DOZEN
    return int(word) if word.isdigit() else NUMBERS[word]
