"""Which passages share words with a question, and how much of it they cover.

The ranking is BM25 (Robertson and Zaragoza, 2009) over title, heading and text. Coverage is the
share of a question's weight that a passage has words for: it tells an answer from the nearest
miss, which a ranking alone cannot.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from knowledge.documents import Passage
from knowledge.passages import STEP
from knowledge.words import groups_of, lexicon, phrases_in, stem, stems, words

_K, _B = 1.2, 0.6
# A word of the heading or the title counts as so many of the text.
_HEADING, _TITLE = 2, 1
_ALIKE, _MISSPELT, _WEAK = 0.75, 0.8, 0.15
_LEAST_SIMILAR = 0.8
_SHORTEST_MISSPELT = 4


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question.

    Attributes:
        weight: How much it says: rare words say more, words that frame a question little.
        groups: The groups of like meaning it is in.
        spelt: The words of the passages it may stand for, with how surely.
        is_weak: Whether it frames the question: such words alone ask for nothing.
    """

    weight: float
    groups: frozenset[int]
    spelt: dict[str, float]
    is_weak: bool = False


class Lexical:
    """The words of some passages, counted once."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._counts = [_counts(one) for one in passages]
        self._groups = [
            frozenset(groups_of(f"{one.title}. {one.heading}. {one.text}")) for one in passages
        ]
        self._headings = [_said_words(one.heading) for one in passages]
        self._lengths = [sum(counts.values()) for counts in self._counts]
        self._mean = sum(self._lengths) / max(1, len(passages)) or 1.0
        self._held_by = Counter(word for counts in self._counts for word in counts)
        self._groups_held_by = Counter(group for groups in self._groups for group in groups)

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(self._held_by)

    def terms(self, question: str) -> list[Term]:
        """Return what a question asks for, word by word."""
        known = lexicon()
        phrases = phrases_in(question)
        # "Bring back" is not said by a passage on bringing; of "best before" every word counts.
        taken = {
            one
            for phrase in phrases
            if not phrase.stems <= self._held_by.keys()
            for one in phrase.stems
        }
        found = [self._joined(phrase.groups) for phrase in phrases]
        for word in dict.fromkeys(stems(question)):
            if word in taken:
                continue
            spelt = {word: 1.0} if word in self._held_by else self._corrected(word)
            read = next(iter(spelt), word)
            groups = known.groups.get(read, frozenset())
            holders = max([self._held_by[one] for one in spelt], default=0)
            weight = self._rarity(holders or self._most_held(groups))
            is_weak = word in known.weak or word.isdigit()
            if is_weak:
                weight *= _WEAK if holders else 0
            found.append(Term(weight, groups, spelt, is_weak))
        return found

    def ranked(self, terms: Sequence[Term]) -> list[tuple[int, float]]:
        """Return the places of the passages that share words, best first, with their scores."""
        scored = [(place, self._score(place, terms)) for place in range(len(self._passages))]
        return sorted([one for one in scored if one[1] > 0], key=lambda one: (-one[1], one[0]))

    def covered(self, place: int, terms: Sequence[Term]) -> float:
        """Return the share of the question's weight that a passage has words for, 0 to 1."""
        whole = sum(term.weight for term in terms)
        if all(term.is_weak for term in terms):
            return 0.0
        return sum(term.weight * self._said(place, term) for term in terms) / whole

    def matched(self, place: int, terms: Sequence[Term]) -> int:
        """Return for how many words that say something a passage has words."""
        return sum(self._said(place, term) > 0 for term in terms if not term.is_weak)

    def named(self, place: int, question: Sequence[str]) -> bool:
        """Tell whether a question says a passage's heading word by word."""
        heading = self._headings[place]
        starts = range(len(question) - len(heading) + 1)
        return bool(heading) and any(
            question[start : start + len(heading)] == heading for start in starts
        )

    def _said(self, place: int, term: Term) -> float:
        counts = self._counts[place]
        spelt = max((sure for one, sure in term.spelt.items() if one in counts), default=0.0)
        alike = _ALIKE if term.groups & self._groups[place] else 0.0
        return max(spelt, alike)

    def _score(self, place: int, terms: Sequence[Term]) -> float:
        counts, length = self._counts[place], self._lengths[place]
        total = 0.0
        for term in terms:
            said = max((sure * counts[one] for one, sure in term.spelt.items()), default=0.0)
            if not said and term.groups & self._groups[place]:
                said = _ALIKE
            norm = _K * (1 - _B + _B * length / self._mean)
            total += term.weight * said * (_K + 1) / (said + norm)
        return total

    def _rarity(self, holders: int) -> float:
        return math.log(1 + (len(self._passages) - holders + 0.5) / (holders + 0.5))

    def _corrected(self, word: str) -> dict[str, float]:
        """Return the words of the passages that a misspelt one may stand for."""
        if len(word) < _SHORTEST_MISSPELT or word.isdigit() or word in lexicon().groups:
            return {}
        nearest = process.extractOne(
            word,
            self._vocabulary,
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=_LEAST_SIMILAR,
        )
        return {} if nearest is None else {nearest[0]: _MISSPELT}

    def _joined(self, groups: frozenset[int]) -> Term:
        return Term(self._rarity(self._most_held(groups)), groups, {})

    def _most_held(self, groups: frozenset[int]) -> int:
        return max([self._groups_held_by[one] for one in groups], default=0)


def _said_words(heading: str) -> list[str]:
    """Return the words of the innermost heading, all of them: "like for like" is one."""
    return [stem(word) for word in words(heading.rsplit(STEP, maxsplit=1)[-1])]


def _counts(passage: Passage) -> Counter[str]:
    counts = Counter(stems(passage.text))
    for word in stems(passage.heading):
        counts[word] += _HEADING
    for word in stems(passage.title):
        counts[word] += _TITLE
    return counts
