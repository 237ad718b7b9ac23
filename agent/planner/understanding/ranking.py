"""Ranks what a text may want by the learnt weights."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from agent.languages import Language
from agent.planner.understanding.features import features_of, words_of
from agent.planner.understanding.intent import Intent
from agent.planner.understanding.keeping import weights_of
from agent.planner.understanding.training import Weights

_SHARPNESS = 4.0
"""How much likelier a wish is for scoring one more, as held-back phrases showed."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One intent and how likely it is."""

    intent: Intent
    share: float


class Ranking:
    """Ranks intents for texts of one language."""

    def __init__(self, weights: Weights, language: Language) -> None:
        self._intents = tuple(Intent.of(label) for label in weights.labels)
        self._place = {name: n for n, name in enumerate(weights.features)}
        self._weights = weights
        self._language = language

    def of(self, text: str) -> list[Ranked]:
        """Return the intents by their likelihood for a text, best first."""
        found = features_of(text, self._language)
        known = [(self._place[name], value) for name, value in found.items() if name in self._place]
        scores = self._weights.base.astype(np.float64)
        if known:
            places, values = zip(*known, strict=True)
            scores = scores + np.array(values) @ self._weights.matrix[list(places)]
        shares = np.exp((scores - scores.max()) * _SHARPNESS)
        shares /= shares.sum()
        order = np.argsort(-shares, kind="stable")
        return [Ranked(self._intents[n], float(shares[n])) for n in order]

    def knows(self, text: str) -> bool:
        """Tell whether every word of a text is one of the phrases'."""
        return all(f"w:{word}" in self._place for word in words_of(text.lower()))


_LEARNT: dict[Language, Ranking] = {}


def ranking_of(language: Language, kept_in: Path | None = None) -> Ranking:
    """Return the ranking of a language: what this process knows, kept or learns now.

    It follows from the phrases alone, so that one process needs one, wherever it is kept.
    """
    if language not in _LEARNT:
        _LEARNT[language] = Ranking(weights_of(language, kept_in), language)
    return _LEARNT[language]
