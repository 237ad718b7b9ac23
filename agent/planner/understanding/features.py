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
_CUE_WEIGHT = 0.35

Features = dict[str, float]


def words_of(text: str) -> list[str]:
    """Return the words of a text; apostrophes are dropped as people drop them."""
    return _WORD.findall(_APOSTROPHES.sub("", _POSSESSIVE.sub("", text)))


def features_of(text: str, language: Language) -> Features:
    """Return the features of a text by name, each group of them of unit length."""
    words = words_of(text)
    said = [f"w:{word}" for word in words]
    said += [f"p:{a} {b}" for a, b in pairwise(["^", *words, "$"])]
    letters = [name for word in words if word.islower() for name in _letters(word)]
    found = _of_unit_length(said) | _of_unit_length(letters)
    found |= dict.fromkeys(_cues(text, language), _CUE_WEIGHT)
    return found


@lru_cache(maxsize=8192)
def _letters(word: str) -> tuple[str, ...]:
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


def _cues(text: str, language: Language) -> list[str]:
    return [name for name, pattern in _shown_by(language) if pattern.search(text)]


@lru_cache(maxsize=16)
def _shown_by(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the cues that a text may show, each under the name of its feature."""
    cues = language.patterns("cues")
    return tuple((f"c:{name}", cues[name]) for name in cues.names() if name.startswith("shows_"))
