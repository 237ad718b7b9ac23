"""From a question to the passages that answer it, or to the finding that none does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.disagreeing import Disagreement, disagreements, fitting
from knowledge.documents import Passage
from knowledge.lexical import Lexical
from knowledge.vectors import Vectors
from knowledge.words import meanings, stem, words

MOST = 3
# Of a question's weight a passage must have words for this share to be an answer at all.
_LEAST_COVERED = 0.5
# Less will do where several words are met: people say much that no document needs.
_LEAST_SEVERAL, _SEVERAL = 0.4, 2
# Further passages are shown while they answer nearly as well.
_NEARLY = 0.6
_CANDIDATES = 30
_FEW = 8
# Ranks are fused by 1 / (k + rank): Cormack, Clarke and Büttcher, 2009.
_K = 10
_LEXICAL, _VECTOR, _COVERED = 1.0, 0.5, 0.15
# What a document begins with is what it is about.
_EARLY = 0.01
# A question that says a passage's heading word by word asks for it.
_NAMED = 0.9
_MOST_PER_DOCUMENT = 2
_MOST_DISAGREEMENTS = 2
_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers.

    Attributes:
        quote: Its sentences that answer best, as they stand there.
        covered: The share of the question's weight it has words for.
    """

    passage: Passage
    quote: str
    covered: float


@dataclass(frozen=True, slots=True)
class Found:
    """What the documents say on a question.

    Attributes:
        hits: The passages that answer, best first; none when the documents do not say.
        disagreements: Where documents say different things about it.
    """

    hits: tuple[Hit, ...]
    disagreements: tuple[Disagreement, ...] = ()


class Corpus:
    """Some passages, ready to be searched."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = tuple(passages)
        self._lexical = Lexical(self.passages)
        self._places = {passage.key: place for place, passage in enumerate(self.passages)}

    def search(self, question: str, vectors: Vectors, known: Sequence[Passage]) -> Found:
        """Return what the passages say on a question.

        Args:
            question: In a person's words.
            vectors: The tenant's vectors.
            known: All passages that the vectors are of; only this corpus's are returned.
        """
        covered = self._covered(question, vectors, known)
        near = [place for place in covered if covered[place] >= _LEAST_COVERED]
        if not near:
            return Found(())
        wanted = _wanted(question)
        least = _NEARLY * max(covered[place] for place in near)
        shown = [place for place in self._spread(near) if covered[place] >= least][:MOST]
        hits = [self._hit(place, wanted, covered[place]) for place in shown]
        said = [
            (self.passages[place], fitting(self.passages[place], wanted, _SENTENCES))
            for place in near[:_FEW]
            if self.passages[place].kind == "document"
        ]
        differing = disagreements(said, wanted, _MOST_DISAGREEMENTS)
        return Found(_newer_first(hits, differing), differing)

    def ranked(self, question: str, vectors: Vectors, known: Sequence[Passage]) -> list[Passage]:
        """Return passages by how well they fit, whether or not they answer."""
        return [self.passages[place] for place in self._covered(question, vectors, known)]

    def _covered(
        self, question: str, vectors: Vectors, known: Sequence[Passage]
    ) -> dict[int, float]:
        """Return the places of passages by both rankings together, best first, with coverage."""
        terms = self._lexical.terms(question)
        asked = [stem(word) for word in words(question)]
        scores: dict[int, float] = {}
        for rank, (place, _) in enumerate(self._lexical.ranked(terms)[:_CANDIDATES]):
            scores[place] = _LEXICAL / (_K + rank)
        nearest = vectors.nearest(known, question, _CANDIDATES)
        here = [self._places[key] for key in nearest if key in self._places]
        for rank, place in enumerate(here):
            scores[place] = scores.get(place, 0.0) + _VECTOR / (_K + rank)
        named = {place for place in self._places.values() if self._lexical.named(place, asked)}
        covered: dict[int, float] = {}
        for place in scores.keys() | named:
            least = _NAMED if place in named else 0.0
            share = self._lexical.covered(place, terms)
            if share >= _LEAST_SEVERAL and self._lexical.matched(place, terms) >= _SEVERAL:
                share = max(share, _LEAST_COVERED)
            covered[place] = max(least, share)
            scores[place] = (
                scores.get(place, 0.0)
                + _COVERED * covered[place]
                + _EARLY / self.passages[place].number
            )
        order = sorted(scores, key=lambda place: (-scores[place], place))
        return {place: covered[place] for place in order}

    def _spread(self, places: Sequence[int]) -> list[int]:
        """Leave out what would let one document fill the answer."""
        taken: dict[str, int] = {}
        kept = []
        for place in places:
            name = self.passages[place].document
            taken[name] = taken.get(name, 0) + 1
            if taken[name] <= _MOST_PER_DOCUMENT:
                kept.append(place)
        return kept

    def _hit(self, place: int, wanted: frozenset[str], covered: float) -> Hit:
        passage = self.passages[place]
        best = fitting(passage, wanted, _SENTENCES)
        quote = " ".join(sorted(best, key=passage.text.find))
        return Hit(passage, quote, covered)


def _newer_first(hits: Sequence[Hit], differing: Sequence[Disagreement]) -> tuple[Hit, ...]:
    """Return hits so that none goes before a newer one that contradicts it."""
    order = list(hits)
    for one in differing:
        places = {hit.passage.key: place for place, hit in enumerate(order)}
        first, second = sorted(
            (one.one, one.other), key=lambda passage: passage.dated or date.min, reverse=True
        )
        newer, older = places.get(first.key), places.get(second.key)
        if newer is not None and older is not None and older < newer:
            order.insert(older, order.pop(newer))
    return tuple(order)


def _wanted(question: str) -> frozenset[str]:
    return frozenset(meanings(question))
