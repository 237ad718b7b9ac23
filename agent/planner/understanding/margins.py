"""Fits a linear support vector machine for each label against all others.

Half the squares of the weights and the squared hinge losses together are made least by Newton's
method, in the way of Keerthi and DeCoste (A modified finite Newton method for fast solution of
large scale linear SVMs, JMLR 2005): a step looks only at rows that are wrong or close to it, of
which soon few are left; conjugate gradients find its direction, and how far to go is worked out
along it. Far rows cost nothing, so a label is fitted to its own rows and some of the others, then
three times to those that turn out to be wrong or close (a working set, as in Osuna, Freund and
Girosi, An improved training algorithm for support vector machines, 1997).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Matrix = NDArray[np.float32]
Places = NDArray[np.intp]

# Of the rows without a label one in so many is fitted first, and only nearly.
_PART, _ROUGHLY = 8, 5.0
# Where a step promises less than this, none is worth taking.
_NEARLY = 0.005
_ROUNDS, _STEPS, _GRADIENTS, _TURNS = 4, 20, 40, 2
# A direction is good enough when so little of the slope is left.
_LEFT = 0.1


@dataclass(frozen=True, slots=True)
class Wanted:
    """What weights are fitted to.

    Attributes:
        table: A row for each example, a column for each feature, the last of them always 1.
        signs: [rows, labels] 1 where an example has a label, -1 where it has not.
        costs: [rows] what the squared loss of each example counts, twice.
    """

    table: "csr_matrix"
    signs: Matrix
    costs: Matrix


def fitted(wanted: Wanted) -> Matrix:
    """Return [features, labels] the weights that fit best."""
    table, signs = wanted.table, wanted.signs
    counted = np.arange(table.shape[0])
    weights = np.zeros((table.shape[1], signs.shape[1]), np.float32)
    for label in range(signs.shape[1]):
        some = np.flatnonzero((signs[:, label] > 0) | (counted % _PART == label % _PART))
        weights[:, label] = _bettered(wanted, label, some, weights[:, label], _ROUGHLY)
    for _ in range(1, _ROUNDS):
        wrong = signs * np.asarray(table @ weights) < 1
        for label in range(signs.shape[1]):
            close = np.flatnonzero(wrong[:, label])
            weights[:, label] = _bettered(wanted, label, close, weights[:, label], _NEARLY)
    return weights


def _bettered(wanted: Wanted, label: int, rows: Places, weights: Matrix, near: float) -> Matrix:
    """Return one label's weights as they fit these rows; what none of them has is nothing."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - only when there is much to learn

    part = wanted.table[rows]
    has = np.zeros(len(weights), bool)
    has[part.indices] = True
    columns = np.flatnonzero(has)
    narrow = (np.cumsum(has, dtype=np.int32) - 1)[part.indices]
    part = csr_matrix((part.data, narrow, part.indptr), shape=(len(rows), len(columns)))
    own = _Rows(part, wanted.signs[rows, label], wanted.costs[rows])
    found = np.zeros_like(weights)
    found[columns] = own.fitted(weights[columns], near)
    return found


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows that one label is fitted to, as in `Wanted`."""

    table: "csr_matrix"
    signs: Matrix
    costs: Matrix

    def fitted(self, weights: Matrix, near: float) -> Matrix:
        """Return the weights bettered until the slope is not worth another step."""
        scores = self.table @ weights
        for _ in range(_STEPS):
            way = self._direction(weights, scores, near)
            if way is None:
                break
            moved = self.table @ way
            far = self._far((weights, way), (scores, moved))
            weights, scores = weights + far * way, scores + far * moved
        return weights

    def _direction(self, weights: Matrix, scores: Matrix, near: float) -> Matrix | None:
        """Return where the weights should go; None where they are near enough."""
        from scipy.sparse import csc_matrix  # noqa: PLC0415 - only when there is much to learn

        pulling = np.flatnonzero(self.signs * scores < 1)
        rows, costs = self.table[pulling], self.costs[pulling]
        back = rows.T
        rest = back @ (costs * (self.signs[pulling] - scores[pulling])) - weights
        squares = csc_matrix((back.data * back.data, back.indices, back.indptr), back.shape)
        scale = 1 / (squares @ costs + 1)
        step = scale * rest
        slope = begun = float(rest @ step)
        if slope < near:
            return None
        way = np.zeros_like(weights)
        for _ in range(_GRADIENTS):
            bent = back @ (costs * (rows @ step)) + step
            far = np.float32(slope / float(step @ bent))
            way += far * step
            rest = rest - far * bent
            scaled = scale * rest
            before, slope = slope, float(rest @ scaled)
            if slope < _LEFT * begun:
                break
            step = scaled + np.float32(slope / before) * step
        return way

    def _far(self, weights: tuple[Matrix, Matrix], scores: tuple[Matrix, Matrix]) -> np.float32:
        """Return how far along its way it comes to the least.

        Args:
            weights: [features] where they are, and their way.
            scores: [rows] where they are, and their way.
        """
        (at, way), (score, moved) = weights, scores
        slope, bend = float(at @ way), float(way @ way)
        far = np.float32(1)
        for _ in range(_TURNS):
            rest = self.signs - (score + far * moved)
            pull = np.where(self.signs * rest > 0, self.costs, np.float32(0)) * moved
            to_go = slope + float(far) * bend - float(pull @ rest)
            far -= np.float32(to_go / (bend + float(pull @ moved)))
        return far
