"""How months, weekdays and numbers are spelt, as pieces of regular expressions."""

import re
from collections.abc import Iterable

from tools.words import SMALL_NUMBERS

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
NUMBERS = SMALL_NUMBERS | {
    "a": 1,
    "an": 1,
    "couple of": 2,
    "a couple of": 2,
    "couple": 2,
    "a couple": 2,
}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3}
ORDINAL_DAYS = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)
ORDINALS |= {"4th": 4}

# Words that are also a verb, a star or a past tense need company to be read as time.
DOUBTFUL = frozenset({"may", "march", "mar", "sun", "sat"})


def any_of(words: Iterable[str]) -> str:
    """Return a group that matches any of the words, the longest first."""
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


MONTH = any_of(MONTHS) + r"\b\.?"
WEEKDAY = any_of(WEEKDAYS) + r"\b\.?"
NUMBER = r"(?:\d{1,4}|" + any_of(NUMBERS) + ")"
UNIT = r"(?:day|week|fortnight|month|quarter|year)s?"
NEXT = r"(?:next|nxt|coming|following|upcoming)"
LAST = r"(?:last|past|previous|prior|preceding|latest)"
SUFFIX = r"(?:st|nd|rd|th)"
YEAR = (
    r"(?:,?\s+(?:of\s+|in\s+)?(?P<year>(?:19|20)\d\d)(?![\d%])|\s*'(?P<short>\d\d)(?!\d)"
    r"|,?\s+(?:of\s+)?(?P<which>last|this|next)\s+year\b(?!'s))?"
)


def plain(word: str) -> str:
    """Return a matched word as the tables above spell it."""
    return re.sub(r"\s+", " ", word).strip(" .")


def number(word: str) -> int:
    """Return the number a word or numeral stands for."""
    word = plain(word)
    return int(word) if word.isdigit() else NUMBERS[word]


def unit_of(word: str) -> tuple[int, str]:
    """Return a unit in the singular and how many of it the word means: a fortnight is two weeks."""
    word = plain(word).removesuffix("s")
    return (2, "week") if word == "fortnight" else (1, word)
