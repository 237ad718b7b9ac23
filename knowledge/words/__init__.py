"""The words of questions and documents: what they say, weigh and mean alike.

Word lists lie beside this file, one a language; all of them apply to every text, because a
company's documents need not all be in the language of the question.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_SHORTEST_STEM = 3
_SHORT = 4
# So many words may stand inside a phrase: "bring something back".
_BETWEEN = 2
# Endings that words lose, the longest first; what is left must be a word still.
_ENDINGS = ("ational", "ements", "ement", "ments", "ment", "ings", "ing", "ally", "als", "al")
_OTHER_ENDINGS = ("ers", "ied", "ies", "ed", "es", "er", "ly", "s")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Several words of a text that count as one: their stems, and the groups they are in."""

    stems: frozenset[str]
    groups: frozenset[int]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of words, by their stems.

    Attributes:
        empty: Words that say nothing; not stems.
        weak: Those that frame a question.
        groups: For each, the numbers of the groups of like meaning it is in.
        phrases: Words that count as one, joined as they stand in a group.
        units: What a figure counts, by the word beside it.
        numbers: Numbers that are written out.
    """

    empty: frozenset[str]
    weak: frozenset[str]
    groups: dict[str, frozenset[int]]
    phrases: dict[tuple[str, ...], frozenset[int]]
    negations: frozenset[str]
    despite: tuple[str, ...]
    units: dict[str, str]
    numbers: dict[str, float]


def words(text: str) -> list[str]:
    """Return the words of a text, in small letters."""
    return [
        word.replace("\u2019", "'")
        for word in _WORD.findall(text.casefold().replace("%", " percent "))
    ]


def stems(text: str) -> list[str]:
    """Return the stems of the words that say something."""
    empty = lexicon().empty
    return [stem(word) for word in words(text) if word not in empty]


@cache
def stem(word: str) -> str:
    """Return a word without its ending, so that its other forms are found too."""
    word = word.removesuffix("'s").replace("'", "")
    word = _irregular().get(word, word)
    if len(word) < _SHORT or not word.isalpha():
        return word
    for ending in _ENDINGS + _OTHER_ENDINGS:
        left = word.removesuffix(ending)
        if left != word and len(left) > _SHORTEST_STEM - (ending in {"s", "es"}):
            word = left + ("y" if ending in {"ied", "ies"} else "")
            break
    if len(word) > _SHORT and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM else word


@cache
def _irregular() -> dict[str, str]:
    return {form: word for table in _tables() for form, word in table["irregular"].items()}


def groups_of(text: str) -> set[int]:
    """Return the groups of like meaning that a text's words and phrases are in."""
    known = lexicon()
    found = {group for one in stems(text) for group in known.groups.get(one, ())}
    return found.union(*(phrase.groups for phrase in phrases_in(text)))


def phrases_in(text: str) -> list[Phrase]:
    """Return the phrases of a text that are in groups; a few words may lie inside."""
    known = lexicon().phrases
    whole = [stem(word) for word in words(text)]
    found: list[Phrase] = []
    for parts, groups in known.items():
        for place in (at for at, word in enumerate(whole) if word == parts[0]):
            places = _followed(whole, place, parts)
            if places:
                found.append(Phrase(frozenset(whole[at] for at in places), groups))
                break
    return found


def _followed(whole: Sequence[str], place: int, parts: Sequence[str]) -> list[int]:
    """Return where the parts of a phrase stand, or nothing where one is missing."""
    places = [place]
    for part in parts[1:]:
        reach = whole[places[-1] + 1 : places[-1] + 2 + _BETWEEN]
        if part not in reach:
            return []
        places.append(places[-1] + 1 + reach.index(part))
    return places


def meanings(text: str) -> set[str]:
    """Return what a text speaks of, words of like meaning as one; words that frame it left out."""
    known = lexicon()
    phrases = phrases_in(text)
    found = {_first(phrase.groups) for phrase in phrases}
    taken = {one for phrase in phrases for one in phrase.stems}
    for one in stems(text):
        if one not in known.weak and one not in taken:
            groups = known.groups.get(one)
            found.add(_first(groups) if groups else one)
    return found


def _first(groups: frozenset[int]) -> str:
    return f"alike {min(groups)}"


@cache
def lexicon() -> Lexicon:
    """Return what the word lists of all languages say together."""
    tables = list(_tables())
    groups: dict[str, frozenset[int]] = {}
    phrases: dict[tuple[str, ...], frozenset[int]] = {}
    for number, group in enumerate(line for table in tables for line in table["alike"]):
        for member in group.split():
            parts = tuple(stem(part) for part in member.split("-"))
            if len(parts) > 1:
                phrases[parts] = phrases.get(parts, frozenset()) | {number}
            else:
                groups[parts[0]] = groups.get(parts[0], frozenset()) | {number}
    return Lexicon(
        empty=frozenset(word for table in tables for word in table["empty"].split()),
        weak=frozenset(stem(word) for table in tables for word in table["weak"].split()),
        groups=groups,
        phrases=phrases,
        negations=frozenset(word for table in tables for word in table["negations"]),
        despite=tuple(phrase for table in tables for phrase in table["despite"]),
        units={
            word: unit for table in tables for unit, said in table["units"].items() for word in said
        },
        numbers={word: float(n) for table in tables for word, n in table["numbers"].items()},
    )


def _tables() -> Iterator[dict[str, Any]]:
    for one in sorted(resources.files(__package__).iterdir(), key=lambda file: file.name):
        if one.name.endswith(".toml"):
            yield tomllib.loads(one.read_text(encoding="utf-8"))
