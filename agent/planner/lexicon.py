"""The words that a language's questions are made of, and what a mistyped one was meant to be.

The words are those of the language's own data: its phrases, its tables, its ordinary words. A
word that is none of them is taken for the likeliest one that a slip of the finger makes it of:
letters swapped, one left out, one too many, or a neighbour on the keyboard hit (Damerau 1964;
the kinds cost differently, as in Kernighan, Church and Gale 1990). A word that only looks like
one of ours, but is a word of the language ("rice" is no "price"), is listed in `lookalikes.txt`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from agent.languages import Language, codes, language
from agent.planner.understanding.grammar import phrases
from tools.ordinary_words import ordinary_words, words_listed
from tools.words import folded, is_ordinary

_FILES = ("common", "cues", "details", "following", "goods", "periods", "shorthand")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 4
_SHORT = 5
_LONG = 8
_LISTED = 3
_NO_WORDS = ("short", "kept", "bot", "face")
"""Tables of what stands for a word, or only looks like one: right, but never what was meant."""
_BESIDE_COST, _OTHER_COST = 0.9, 1.3


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language's words.

    Attributes:
        known: How often each is used; the more, the likelier it is meant.
        right: Words that are right as they stand.
        beside: Pairs of letters that lie side by side on the keyboard.
        by_first: The known words under their first letter.
    """

    known: dict[str, int]
    right: frozenset[str]
    beside: frozenset[tuple[str, str]]
    by_first: dict[str, tuple[str, ...]]

    def meant(self, typed: str) -> str | None:
        """Return the word that a mistyped one was meant to be; None where it is right or unlike.

        Args:
            typed: The word, in lower case.
        """
        plain = folded(typed)
        if len(plain) < _SHORTEST or plain in self.right:
            return None
        near = [
            (self._cost(plain, folded(known)), -self.known[known], known)
            for known in self.by_first.get(plain[0], ())
            if abs(len(known) - len(typed)) <= _most_slips(known)
        ]
        best = min(near, default=None)
        return best[2] if best is not None and best[0] < _IMPOSSIBLE else None

    def _cost(self, typed: str, known: str) -> float:
        """Return how unlikely a slip makes one word of the other."""
        most = _most_slips(known)
        slips = OSA.distance(typed, known, score_cutoff=most)
        if slips > most:
            return _IMPOSSIBLE
        if slips > 1:
            return float(slips)
        place = next((n for n, (a, b) in enumerate(zip(typed, known, strict=False)) if a != b), -1)
        if len(typed) != len(known) or sorted(typed) == sorted(known):
            return 1 - 1 / (2 + len(known))
        is_beside = (typed[place], known[place]) in self.beside
        if len(known) <= _SHORT and not is_beside:
            return _IMPOSSIBLE
        return _BESIDE_COST if is_beside else _OTHER_COST


_IMPOSSIBLE = 9.0


def _most_slips(known: str) -> int:
    return 2 if len(known) >= _LONG else 1


@lru_cache(maxsize=8)
def lexicon(words: Language) -> Lexicon:
    """Return the words of a language."""
    counts: Counter[str] = Counter()
    for _, line in phrases(words):
        counts.update(set(_words_in(line)))
    for name in _FILES:
        for title, table in words.table(name).get("words", {}).items():
            if title not in _NO_WORDS:
                counts.update(dict.fromkeys(_words_in(" ".join(map(str, table))), _LISTED))
    for text in words.table("cues")["chatter"].values():
        counts.update(set(_words_in(str(text))))
    counts.update(set(words_listed(words.code)) | ordinary_words(words.code).numbers.keys())
    short = (words.words("shorthand", name) for name in _NO_WORDS)
    typed = {word for table in short for one in table for word in _words_in(one.lower())}
    known = {word: n for word, n in counts.items() if len(word) >= _SHORTEST and word.isalpha()}
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for word in known:
        by_first[folded(word)[0]].append(word)
    return Lexicon(
        known,
        frozenset(map(folded, counts)) | frozenset(map(folded, typed)) | _lookalikes(),
        _neighbours(words.table("shorthand")["keyboard"]),
        {letter: tuple(found) for letter, found in by_first.items()},
    )


def is_right(word: str, words: Language) -> bool:
    """Tell whether a word is one of the language's, in some form of it."""
    plain = folded(word)
    return plain in lexicon(words).right or is_ordinary(plain) or is_ordinary(plain, words.code)


@lru_cache(maxsize=1)
def _lookalikes() -> frozenset[str]:
    """Return the words of any language that look like words of questions and are none."""
    texts = (language(code).text("lookalikes.txt") for code in codes())
    lines = (line for text in texts for line in text.splitlines() if not line.startswith("#"))
    return frozenset(folded(word) for line in lines for word in line.split())


def _words_in(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word.islower()]


def _neighbours(rows: Sequence[str]) -> frozenset[tuple[str, str]]:
    pairs = {pair for row in rows for pair in pairwise(row)}
    pairs |= {pair for upper, lower in pairwise(rows) for pair in zip(upper, lower, strict=False)}
    return frozenset(pairs | {(b, a) for a, b in pairs})
