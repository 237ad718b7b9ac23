"""Whether two documents answer the same question differently.

Two sentences are held against each other only when they speak of the same: most of the words of
the one that say something are words of the other. They differ when they give other figures of
the same unit, or when one of them is turned round by a "not" and the other is not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from knowledge.documents import Passage
from knowledge.passages import sentences
from knowledge.words import lexicon, meanings, stem, words

Difference = Literal["figures", "rule"]

_NUMBER = re.compile(
    r"(?P<sign>[$€£])?\s?(?P<number>\d+(?:[.,]\d+)*)\s?(?P<unit>%|[€$£]|[^\W\d_]+)?"
)
_LEAST_SHARED = 0.5
_FEWEST_SHARED = 2
_SAME = 0.6
_ABOVE = 0.25
# Spans of time are compared in days.
_DAYS = {"week": 7, "month": 30, "year": 365}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two sentences of different documents that cannot both be the rule.

    Attributes:
        what: They give other `figures`, or one says the `rule` does not hold.
        one: Where the first stands, the one that fits the question better.
        other: Where the second stands.
        one_says: The first sentence.
        other_says: The second.
    """

    what: Difference
    one: Passage
    other: Passage
    one_says: str
    other_says: str


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a sentence says, as far as it can be held against another."""

    passage: Passage
    sentence: str
    content: frozenset[str]
    figures: dict[str, frozenset[float]]
    negated: bool


def disagreements(
    said: Sequence[tuple[Passage, Sequence[str]]], wanted: frozenset[str], most: int
) -> tuple[Disagreement, ...]:
    """Return where passages contradict each other, those first that answer best.

    Args:
        said: Passages, best first, each with its sentences that fit the question.
        wanted: What the question speaks of; a pair that does not is left aside.
        most: How many to return; a pair of documents is told once.
    """
    claims = [_claim(passage, one) for passage, fitting in said for one in fitting]
    found: dict[frozenset[str], Disagreement] = {}
    for place, one in enumerate(claims):
        for other in claims[place + 1 :]:
            pair = frozenset((one.passage.document, other.passage.document))
            what = _difference(one, other, wanted)
            if what and len(pair) > 1 and pair not in found:
                found[pair] = Disagreement(
                    what, one.passage, other.passage, one.sentence, other.sentence
                )
    return tuple(found.values())[:most]


def _claim(passage: Passage, sentence: str) -> _Claim:
    figures: dict[str, set[float]] = {}
    for number, unit in _figures(sentence):
        figures.setdefault(unit, set()).add(number)
    content = {one for one in meanings(sentence) if not one.isdigit()} - _counting()
    frozen = {unit: frozenset(numbers) for unit, numbers in figures.items()}
    return _Claim(passage, sentence, frozenset(content), frozen, _is_negated(sentence))


def _difference(one: _Claim, other: _Claim, wanted: frozenset[str]) -> Difference | None:
    shared = one.content & other.content
    least = min(len(one.content), len(other.content))
    if len(shared) < max(_FEWEST_SHARED, _LEAST_SHARED * least) or not shared & wanted:
        return None
    units = one.figures.keys() & other.figures.keys()
    if any(not one.figures[unit] & other.figures[unit] for unit in units):
        return "figures"
    # A "not" turns only the very same statement round; of likenesses it says nothing.
    is_same = len(shared) >= _SAME * len(one.content | other.content)
    if is_same and one.negated != other.negated and not (one.figures or other.figures):
        return "rule"
    return None


def _figures(sentence: str) -> list[tuple[float, str]]:
    """Return the figures that count something, with what they count."""
    known = lexicon()
    text = sentence.casefold()
    for word, stands_for in known.numbers.items():
        text = re.sub(rf"\b{word}\b", f"{stands_for:g}", text)
    found = []
    for one in _NUMBER.finditer(text):
        unit = known.units.get(one["sign"] or one["unit"] or "")
        number = _value(one["number"])
        if unit is not None and number is not None:
            days = _DAYS.get(unit)
            found.append((number * days, "day") if days else (number, unit))
    return found


def _value(text: str) -> float | None:
    """Read 30, 12.5, 12,5 and 1,000."""
    plain = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", text).replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None


def _is_negated(sentence: str) -> bool:
    text = " ".join(words(sentence))
    for phrase in lexicon().despite:
        text = text.replace(phrase, " ")
    return len(lexicon().negations & set(text.split())) % 2 == 1


def fitting(passage: Passage, wanted: frozenset[str], most: int) -> list[str]:
    """Return the sentences of a passage that share most with what is asked, best first."""
    scored = []
    above = meanings(f"{passage.heading} {passage.title}")
    for place, sentence in enumerate(sentences(passage.text)):
        own = meanings(sentence)
        scored.append((-len(wanted & own) - _ABOVE * len(wanted & above - own), place, sentence))
    return [sentence for _, _, sentence in sorted(scored)[:most]]


@cache
def _counting() -> frozenset[str]:
    """Return the words that only say what a figure counts."""
    known = lexicon()
    said = {stem(word) for word in (*known.units, *known.numbers) if word.isalpha()}
    return frozenset(said | meanings(" ".join(known.units)))
