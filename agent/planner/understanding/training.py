"""Learns how strongly each feature speaks for each intent, from the drawn sentences.

What comes out is a plain matrix that numpy applies.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agent.languages import Language
from agent.planner.understanding.features import Features, features_of
from agent.planner.understanding.grammar import Example, examples
from agent.planner.understanding.margins import Wanted, fitted

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_SEEN_AT_LEAST = 3
_STRENGTH = 1.0


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
    names, table = _table([features_of(one.text, language) for one in sentences])
    labels = sorted({one.label for one in sentences})
    place = {label: n for n, label in enumerate(labels)}
    signs = np.full((len(sentences), len(labels)), -1, np.float32)
    signs[np.arange(len(sentences)), [place[one.label] for one in sentences]] = 1
    per_label = Counter(one.label for one in sentences)
    # Rare wishes count more than their share, frequent ones less, but neither wholly.
    counts = np.array([per_label[one.label] ** -0.5 for one in sentences], np.float32)
    weights = fitted(Wanted(table, signs, 2 * _STRENGTH * counts / counts.mean()))
    return Weights(tuple(labels), names, weights[:-1], weights[-1])


def _table(seen: list[Features]) -> tuple[tuple[str, ...], "csr_matrix[np.float32]"]:
    """Return the features seen often enough, and how much of each a sentence has, and a one."""
    from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415 - only when there is much to learn

    counts = Counter(chain.from_iterable(seen))
    names = tuple(sorted(name for name, n in counts.items() if n >= _SEEN_AT_LEAST))
    place = {name: n for n, name in enumerate(names)}
    # One place more holds what was seen too seldom, and is cut off.
    flat = chain.from_iterable
    columns = np.array([place.get(name, len(names)) for name in flat(seen)])
    values = np.fromiter(flat(one.values() for one in seen), np.float32, len(columns))
    ends = np.cumsum([0, *map(len, seen)])
    table = csr_matrix((values, columns, ends), shape=(len(seen), len(names) + 1))[:, :-1]
    return names, hstack([table, np.ones((len(seen), 1), np.float32)], "csr")
