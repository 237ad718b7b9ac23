"""Learns how strongly each feature speaks for each intent, from the drawn sentences.

What comes out is a plain matrix that numpy applies.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agent.languages import Language
from agent.planner.understanding.features import (
    CUE_WEIGHT,
    cues_of,
    letters_of,
    said_by,
    words_of,
)
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
    names, table = table_of([one.text for one in sentences], language)
    labels = sorted({one.label for one in sentences})
    place = {label: n for n, label in enumerate(labels)}
    signs = np.full((len(sentences), len(labels)), -1, np.float32)
    signs[np.arange(len(sentences)), [place[one.label] for one in sentences]] = 1
    per_label = Counter(one.label for one in sentences)
    # Rare wishes count more than their share, frequent ones less, but neither wholly.
    counts = np.array([per_label[one.label] ** -0.5 for one in sentences], np.float32)
    weights = fitted(Wanted(table, signs, 2 * _STRENGTH * counts / counts.mean()))
    return Weights(tuple(labels), names, weights[:-1], weights[-1])


def table_of(
    texts: Sequence[str], language: Language
) -> tuple[tuple[str, ...], "csr_matrix[np.float32]"]:
    """Return the features seen often enough, and how much of each a text has, and a one.

    What `features_of` tells of each text alone, worked out of all at once.
    """
    from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415 - only when there is much to learn

    spoken = [words_of(text) for text in texts]
    words, saying = _seen([[word for word in each if word.islower()] for each in spoken])
    letters, spelling = _seen([letters_of(word) for word in words])
    said, said_here = _seen([said_by(each) for each in spoken])
    cues, shown = _seen([cues_of(text, language) for text in texts])
    shown.data[:] = CUE_WEIGHT
    ones = csr_matrix(np.ones((len(texts), 1), np.float32))
    parts = [_of_unit_length(said_here), _of_unit_length(saying @ spelling), shown, ones]
    table = hstack(parts, "csr")
    names = np.array([*said, *letters, *cues])
    often = np.bincount(table.indices)[:-1] >= _SEEN_AT_LEAST
    order = np.flatnonzero(often)[np.argsort(names[often])]
    return tuple(names[order].tolist()), table[:, [*order, len(names)]]


def _seen(rows: Sequence[Sequence[str]]) -> tuple[list[str], "csr_matrix[np.float32]"]:
    """Return the names in the rows, and a one for each row and name in it."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - only when there is much to learn

    place: dict[str, int] = {}
    columns = np.array([place.setdefault(name, len(place)) for row in rows for name in row], int)
    ends = np.cumsum([0, *map(len, rows)])
    ones = np.ones(len(columns), np.float32)
    table = csr_matrix((ones, columns, ends), shape=(len(rows), len(place)))
    table.sum_duplicates()
    table.data[:] = 1
    return list(place), table


def _of_unit_length(table: "csr_matrix[np.float32]") -> "csr_matrix[np.float32]":
    """Return the rows of a table, whatever they count, with equal parts and of unit length."""
    counts = np.diff(table.indptr)
    table.data[:] = np.repeat(1 / np.sqrt(np.maximum(counts, 1)), counts)
    return table
