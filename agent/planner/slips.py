"""Slips of the finger and of the ear, put right before a question is read.

Mended are words about time and about the work with sales ("satuday", "catagory"), which are the
language's, and words of the catalogue beside others of the same name: "grean tea", "green tee".
Nothing that is a word of the language, or names something, is touched.
"""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from agent.languages import Language
from tools.catalogue import Vocabulary
from tools.words import Word, folded, forms, is_close, is_ordinary, words_of

_WORD = re.compile(r"(?<![\w@'-])[^\W\d_]{4,}(?![\w'-]|\.\w)")
_LONG = 7
_SLIPS = 2
_SHORTEST = 3


def mended(text: str, words: Language, vocabulary: Vocabulary | None) -> str:
    """Put right what is nearly a word of the language's list, or of a name beside it.

    Args:
        text: What was typed.
        words: The language it is in.
        vocabulary: The tenant's names, none of which is taken for a slip.
    """

    def mend(found: re.Match[str]) -> str:
        typed = found[0]
        known = _nearest(folded(typed), words)
        if known is None or (vocabulary is not None and _names(typed, vocabulary)):
            return typed
        return known.title() if typed[0].isupper() else known

    text = _WORD.sub(mend, text)
    return text if vocabulary is None else _with_whole_names(text, vocabulary)


@lru_cache(maxsize=4096)
def _nearest(typed: str, words: Language) -> str | None:
    """Return the word that was meant; None for a word that is right or unlike all."""
    known = _mendable(words)
    if typed in _right(words) or is_ordinary(typed) or is_ordinary(typed, words.code):
        return None
    near = [word for word in known if _is_slip(typed, folded(word))]
    return min(near, key=lambda word: OSA.distance(typed, word), default=None)


@lru_cache(maxsize=16)
def _mendable(words: Language) -> tuple[str, ...]:
    """Return what slips are mended to: words about time, and what goods are called."""
    goods = (one for one in words.words("goods", "goods") if one.isalpha() and len(one) >= _LONG)
    return (*words.words("shorthand", "mended"), *goods)


@lru_cache(maxsize=16)
def _right(words: Language) -> frozenset[str]:
    """Return the words that are right as they stand: those about time, and some near them."""
    tables = [words.words("shorthand", name) for name in ("mended", "kept")]
    tables.append(words.words("goods", "goods"))
    tables += words.table("periods")["words"].values()
    return frozenset(folded(word) for table in tables for word in table)


def _is_slip(typed: str, known: str) -> bool:
    """Tell whether a word is another with a slip: one in a short word, two in a long one."""
    if is_close(typed, known):
        return True
    both_long = min(len(typed), len(known)) >= _LONG
    return both_long and typed[0] == known[0] and bool(OSA.distance(typed, known) <= _SLIPS)


def _names(typed: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a word is part of a name of the tenant's."""
    return any(index.exactly(folded(typed)) for index in vocabulary.indexes.values())


def _with_whole_names(text: str, vocabulary: Vocabulary) -> str:
    """Put right a word that is nearly the one beside another of the same name: "green tee"."""
    said = words_of(text)
    index = vocabulary.indexes["product"]
    for place in range(len(said) - 1, -1, -1):
        word = said[place]
        if len(word.text) < _SHORTEST or _names(word.text, vocabulary):
            continue
        beside = [said[n] for n in (place - 1, place + 1) if 0 <= n < len(said)]
        meant = {
            known
            for other in beside
            if _are_neighbours(word, other)
            for number in index.exactly(other.text)
            for known in index.words[number]
            if _is_misheard(word.text, known) and known not in forms(other.text)
        }
        if len(meant) == 1:
            text = text[: word.start] + meant.pop() + text[word.end :]
    return text


def _are_neighbours(word: Word, other: Word) -> bool:
    return word.follows_closely if other.end <= word.start else other.follows_closely


def _is_misheard(said: str, known: str) -> bool:
    """Tell whether a word is one letter from another; the first letter is hardly ever wrong."""
    return (
        known.isalpha()
        and len(known) >= _SHORTEST
        and said[0] == known[0]
        and OSA.distance(said, known) == 1
    )
