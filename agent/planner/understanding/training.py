"""Learns how strongly each feature speaks for each intent, from the drawn sentences.

A linear support vector machine by scikit-learn, which is imported here and only here: what
comes out is a plain matrix that numpy applies.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agent.languages import Language
from agent.planner.understanding.features import features_of
from agent.planner.understanding.grammar import Example, examples

_SEEN_AT_LEAST = 3
_STRENGTH = 1.0
_CLOSE_ENOUGH = 0.01
"""Weights closer to the best rank no phrase otherwise, and take many times as long."""
_SEED = 7


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt: a row of `matrix` for each feature, a column for each label."""

    labels: tuple[str, ...]
    features: tuple[str, ...]
    matrix: NDArray[np.float32]
    base: NDArray[np.float32]


def train(language: Language) -> Weights:
    """Return the weights learnt from a language's phrases."""
    return learnt(examples(language), language)


def learnt(sentences: list[Example], language: Language) -> Weights:
    """Return the weights learnt from these sentences."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - only when there is something to learn
    from sklearn.svm import LinearSVC  # noqa: PLC0415 - slow to import

    seen = [features_of(one.text, language) for one in sentences]
    counts = Counter(name for one in seen for name in one)
    names = sorted(name for name, n in counts.items() if n >= _SEEN_AT_LEAST)
    place = {name: n for n, name in enumerate(names)}
    labels = sorted({one.label for one in sentences})
    rows, columns, values = [], [], []
    for row, one in enumerate(seen):
        for name, value in one.items():
            if name in place:
                rows.append(row)
                columns.append(place[name])
                values.append(value)
    table = csr_matrix((values, (rows, columns)), shape=(len(seen), len(names)))
    per_label = Counter(one.label for one in sentences)
    # Rare wishes count more than their share, frequent ones less, but neither wholly.
    weights = np.array([per_label[one.label] ** -0.5 for one in sentences])
    model = LinearSVC(C=_STRENGTH, tol=_CLOSE_ENOUGH, random_state=_SEED)
    model.fit(table, [labels.index(one.label) for one in sentences], weights / weights.mean())
    return Weights(
        labels=tuple(labels),
        features=tuple(names),
        matrix=model.coef_.T.astype(np.float32),
        base=model.intercept_.astype(np.float32),
    )
