"""Words as people type them: split, folded, singular or plural, nearly right."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA, Levenshtein

from tools.ordinary_words import ordinary_words

_APOSTROPHES = "'`\u2019"
_HYPHENS = "-\u2010\u2011"
_WORD = re.compile(rf"\d+[.,]\d+[^\W_]*|[^\W_]+(?:[{_APOSTROPHES}](?!s\b)[^\W_]+)?")
_SHORTEST_TYPO = 4
_SHORT_WORD = 5
_LONG_WORD = 8
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a sentence.

    Attributes:
        text: Folded: lower case, without accents.
        start: Offset of its first character in the sentence.
        end: Offset after its last character.
        gap: What stands between it and the word before.
    """

    text: str
    start: int
    end: int
    gap: str

    @property
    def follows_closely(self) -> bool:
        """Whether only spaces or a hyphen part it from the word before."""
        return not self.gap.strip(f"{_HYPHENS} \t\u00a0")

    @property
    def is_hyphened(self) -> bool:
        """Whether a hyphen ties it to the word before."""
        return self.gap in set(_HYPHENS)


def words_of(sentence: str) -> list[Word]:
    """Split a sentence into words; a possessive 's is left out."""
    words: list[Word] = []
    end = 0
    for found in _WORD.finditer(sentence):
        text = folded(found.group())
        gap = sentence[end : found.start()]
        end = found.end()
        if text == "s" and gap in set(_APOSTROPHES):
            continue
        words.append(Word(text, found.start(), found.end(), gap))
    return words


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return the text in lower case without accents, invisible characters or apostrophes."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(
        c
        for c in plain
        if unicodedata.category(c) not in {"Mn", "Cf", "Cc"} and c not in _APOSTROPHES
    )


@lru_cache(maxsize=4096)
def forms(word: str) -> tuple[str, ...]:
    """Return the word and what it may be the plural of."""
    found = [word]
    if len(word) > _SHORTEST_STEM and word.endswith("s") and not word.endswith("ss"):
        found.append(word[:-1])
        if word.endswith("ies"):
            found.append(f"{word[:-3]}y")
        if word.endswith("ves"):
            found += [f"{word[:-3]}f", f"{word[:-3]}fe"]
        if word.endswith(("ches", "shes", "sses", "xes", "zes", "oes")):
            found.append(word[:-2])
    elif len(word) > _SHORT_WORD and word.endswith("ed"):
        found.append(word[:-2])  # salted chips: Sea Salt Chips
    return tuple(found)


@lru_cache(maxsize=4096)
def is_ordinary(word: str, code: str = "en") -> bool:
    """Whether questions about sales, in this language, use the word without naming anything."""
    ordinary = ordinary_words(code).ordinary
    return not word.isalpha() or any(stem in ordinary for stem in _stems(word))


@lru_cache(maxsize=4096)
def is_misspelt_ordinary(word: str, code: str = "en") -> bool:
    """Whether the word is an ordinary one with a slip, such as "tomorow"."""
    ordinary = ordinary_words(code).ordinary
    return any(known[0] == word[:1] and is_close(word, known) for known in ordinary)


def digits_of(word: str, code: str = "en") -> str:
    """Return a small number word in digits, anything else as it is."""
    number = ordinary_words(code).numbers.get(word, 1)
    return str(number) if number > 1 else word  # "one" is as often a pronoun


def is_close(typed: str, known: str) -> bool:
    """Whether the typed word is the known one, misspelt.

    One slip in a short word, two in a long one. In words of up to five letters a letter may be
    missing, doubled or swapped, but not another one: "soup" is not a misspelt "soap".
    """
    if min(len(typed), len(known)) < _SHORTEST_TYPO or typed[0] != known[0]:
        return False
    if any(_is_opposite(a, b) for a, b in ((typed, known), (known, typed))):
        return False
    if any(c.isdigit() for c in typed + known):
        return False
    slips = OSA.distance(typed, known)
    if len(known) <= _SHORT_WORD:
        is_substitution = len(typed) == len(known) and Levenshtein.distance(typed, known) == 1
        return bool(slips == 1 and not is_substitution)
    return bool(slips <= (2 if len(known) >= _LONG_WORD else 1))


def _is_opposite(longer: str, shorter: str) -> bool:
    return any(longer == prefix + shorter for prefix in ordinary_words().opposites)


def _stems(word: str) -> list[str]:
    known, found = ordinary_words(), list(forms(word))
    for prefix in known.again if len(word) > _SHORT_WORD else ():
        found += [stem.removeprefix(prefix) for stem in found if stem.startswith(prefix)]
    for ending in known.stem_endings:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            found += [stem, f"{stem}e"]
            if stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return found
