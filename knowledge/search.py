"""From a question to the passages that answer it, or to the finding that none does."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.disagreeing import Disagreement, disagreements, fitting
from knowledge.documents import Passage
from knowledge.lexical import Lexical, Term
from knowledge.vectors import Vectors
from knowledge.words import groups_of, lexicon, stem, words

MOST = 3
# Of a question's weight a passage must have words for this share to be an answer at all.
_LEAST_COVERED = 0.5
# Further passages are shown while they answer nearly as well.
_NEARLY = 0.7
_CANDIDATES = 30
_FEW = 8
# Ranks are fused by 1 / (k + rank): Cormack, Clarke and Büttcher, 2009.
_K = 10
_LEXICAL, _VECTOR, _COVERED = 1.0, 0.5, 0.06
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
        terms = self._lexical.terms(question)
        order = self._fused(terms, vectors.nearest(known, question, _CANDIDATES))
        covered = {place: self._lexical.covered(place, terms) for place, _ in order}
        near = [place for place, _ in order if covered[place] >= _LEAST_COVERED]
        if not near:
            return Found(())
        wanted = _wanted(question)
        least = _NEARLY * max(covered[place] for place in near)
        shown = [place for place in self._spread(near) if covered[place] >= least][:MOST]
        hits = [self._hit(place, wanted, covered[place]) for place in shown]
        said = [
            (self.passages[place], fitting(self.passages[place], wanted, _SENTENCES))
            for place in near[:_FEW]
            if self.passages[place].kind in {"document", "handbook"}
        ]
        return Found(tuple(hits), disagreements(said, _MOST_DISAGREEMENTS))

    def ranked(self, question: str, vectors: Vectors, known: Sequence[Passage]) -> list[Passage]:
        """Return passages by how well they fit, whether or not they answer."""
        nearest = vectors.nearest(known, question, _CANDIDATES)
        order = self._fused(self._lexical.terms(question), nearest)
        return [self.passages[place] for place, _ in order]

    def _fused(self, terms: Sequence[Term], nearest: Sequence[str]) -> list[tuple[int, float]]:
        """Return the places of passages by both rankings together, best first."""
        scores: dict[int, float] = {}
        for rank, (place, _) in enumerate(self._lexical.ranked(terms)[:_CANDIDATES]):
            scores[place] = _LEXICAL / (_K + rank)
        here = [self._places[key] for key in nearest if key in self._places]
        for rank, place in enumerate(here):
            scores[place] = scores.get(place, 0.0) + _VECTOR / (_K + rank)
        for place in scores:
            scores[place] += _COVERED * self._lexical.covered(place, terms)
        return sorted(scores.items(), key=lambda one: (-one[1], one[0]))

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


def _wanted(question: str) -> frozenset[str]:
    known = lexicon()
    own = {stem(word) for word in words(question) if word not in known.empty} - known.weak
    return frozenset(own | {f"a:{group}" for group in groups_of(question)})
