"""What of a text is looked at: words, pairs of words, letter sequences, and named cues.

A text comes in lower case, with capitals only where a name, a time or a figure was replaced by
its kind (`PRODUCT`, `AHEAD`, `PERCENT`), so that what is learnt holds for any catalogue and day.
"""

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from agent.languages import Language

_WORD = re.compile(r"[^\W\d_]+(?:_[A-Z]+)?")
_POSSESSIVE = re.compile(r"(?<=[A-Z])\s*['\u2019]s\b")
_APOSTROPHES = re.compile(r"['`\u2019]")
_LETTERS = (3, 4)
CUE_WEIGHT = 0.35

Features = dict[str, float]


def words_of(text: str) -> list[str]:
    """Return the words of a text; apostrophes are dropped as people drop them."""
    return _WORD.findall(_APOSTROPHES.sub("", _POSSESSIVE.sub("", text)))


def features_of(text: str, language: Language) -> Features:
    """Return the features of a text by name, each group of them of unit length."""
    words = words_of(text)
    letters = [name for word in words if word.islower() for name in letters_of(word)]
    found = _of_unit_length(said_by(words)) | _of_unit_length(letters)
    found |= dict.fromkeys(cues_of(text, language), CUE_WEIGHT)
    return found


def said_by(words: list[str]) -> list[str]:
    """Return the features of words and of pairs of them, once for each time they are said."""
    pairs = pairwise(["^", *words, "$"])
    return [*(f"w:{word}" for word in words), *(f"p:{a} {b}" for a, b in pairs)]


@lru_cache(maxsize=8192)
def letters_of(word: str) -> tuple[str, ...]:
    """Return the letter sequences of a word; the same words come again and again."""
    padded = f"<{word}>"
    return tuple(
        f"l:{padded[n : n + size]}"
        for size in _LETTERS
        for n in range(max(1, len(padded) - size + 1))
    )


def _of_unit_length(names: Iterable[str]) -> Features:
    distinct = set(names)
    weight = 1 / math.sqrt(len(distinct)) if distinct else 0.0
    return dict.fromkeys(distinct, weight)


def cues_of(text: str, language: Language) -> list[str]:
    """Return the cues that a text shows."""
    return [name for name, pattern in _shown_by(language) if pattern.search(text)]


@lru_cache(maxsize=16)
def _shown_by(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the cues that a text may show, each under the name of its feature.

    Texts are in lower case, and what need not ignore case is found in a third of the time.
    """
    cues = language.patterns("cues")
    return tuple(
        (f"c:{name}", re.compile(cues[name].pattern))
        for name in cues.names()
        if name.startswith("shows_")
    )
