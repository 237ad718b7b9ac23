"""Slips of the finger and of the ear, put right before a question is read.

Mended are words that the language's questions are made of ("satuday", "catagory", "unnits"), and
words of the catalogue beside others of the same name: "grean tea", "green tee". Nothing that is a
word of the language, or names something or nearly does, is touched.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from agent.languages import Language
from agent.planner.lexicon import is_right, lexicon
from tools.catalogue import Vocabulary
from tools.words import Word, folded, forms, is_close, is_ordinary, words_of

_WORD = re.compile(r"(?<![\w@'-])[^\W\d_]{4,}(?!'(?!s\b)|[\w-]|\.\w)")
_LONG = 7
_SLIPS = 2
_SHORTEST = 3
_TWO = 2
_ENDS = ".?!:;,-"


def mended(text: str, words: Language, vocabulary: Vocabulary | None) -> str:
    """Put right what is nearly a word of the language's list, or of a name beside it.

    Args:
        text: What was typed.
        words: The language it is in.
        vocabulary: The tenant's names, none of which is taken for a slip.
    """

    def mend(found: re.Match[str]) -> str:
        typed = found[0]
        if vocabulary is not None and _names(typed, vocabulary):
            return typed
        known = _nearest(folded(typed), words)
        if known is None and _may_be_ours(found, words):
            meant = _meant(typed.lower(), words)
            known = meant if meant and not _nearly_names(typed, meant, vocabulary) else None
        if known is None:
            return typed
        return known.title() if typed[0].isupper() else known

    text = _WORD.sub(mend, text)
    return text if vocabulary is None else _with_whole_names(text, vocabulary)


@lru_cache(maxsize=4096)
def _nearest(typed: str, words: Language) -> str | None:
    """Return the word that was meant; None for a word that is right or unlike all."""
    known = _mendable(words)
    if typed in _right(words) or is_ordinary(typed) or is_right(typed, words):
        return None
    near = [word for word in known if _is_slip(typed, folded(word))]
    return min(near, key=lambda word: OSA.distance(typed, word), default=None)


@lru_cache(maxsize=4096)
def _meant(typed: str, words: Language) -> str | None:
    """Return the word of a question that was meant; None where no language lacks the word."""
    if is_right(typed, words) or _is_shorthand(typed, words):
        return None
    return lexicon(words).meant(typed)


def _is_shorthand(typed: str, words: Language) -> bool:
    """Tell whether a word is written out, or read, by a pattern of its own."""
    replaced = words.table("shorthand").get("replaced", {})
    return any(words.compiled("shorthand", one).fullmatch(typed) for one in replaced)


def _may_be_ours(found: re.Match[str], words: Language) -> bool:
    """Tell whether a word may be one of the language's, as a name with a capital is not."""
    typed, before = found[0], found.string[: found.start()].rstrip()
    opens = not before or before[-1] in _ENDS
    return not typed.isupper() and (typed.islower() or opens or _has_capital_nouns(words))


def _nearly_names(typed: str, meant: str, vocabulary: Vocabulary | None) -> bool:
    """Tell whether a word is rather a name of the tenant's with a slip, unless that is meant."""
    if vocabulary is None or _names(meant, vocabulary):
        return False
    return any(index.nearly(folded(typed)) for index in vocabulary.indexes.values())


def _has_capital_nouns(words: Language) -> bool:
    return bool(words.table("shorthand").get("capital_nouns", False))


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
        both = (
            [said[n] for n in (place + s, place + 2 * s) if 0 <= n < len(said)] for s in (-1, 1)
        )
        beside = [two[0] for two in both if two and not _are_one_name(two, vocabulary)]
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


def _are_one_name(two: Sequence[Word], vocabulary: Vocabulary) -> bool:
    """Tell whether two words are of one name, as the last two of "what's whole milk" are."""
    if len(two) < _TWO or not _are_neighbours(*two):
        return False
    exactly = vocabulary.indexes["product"].exactly
    return bool(set(exactly(two[0].text)) & set(exactly(two[1].text)))


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
