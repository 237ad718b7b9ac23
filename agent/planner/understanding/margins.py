"""Fits a linear support vector machine for each label against all others.

Half the squares of the weights and the squared hinge losses together are made least by Newton's
method, in the way of Keerthi and DeCoste (A modified finite Newton method for fast solution of
large scale linear SVMs, JMLR 2005): a step looks only at rows that are wrong or close to it, of
which soon few are left; conjugate gradients find its direction, and how far to go is worked out
along it. A part of the rows is fitted first, which leaves all of them little to do.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Matrix = NDArray[np.float32]
Places = NDArray[np.intp]

# Every fourth row is fitted first, and only nearly.
_PART, _ROUGHLY = 4, 5.0
# As near as this, scores are less than a hundredth off on average.
_NEARLY = 0.01
_STEPS, _GRADIENTS, _TURNS = 30, 40, 2
# A direction is good enough when so little of the slope is left.
_LEFT = 0.03


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

    def part(self, step: int) -> "Wanted":
        """Return every so many rows, each counted so much more."""
        return Wanted(self.table[::step], self.signs[::step], self.costs[::step] * step)


def fitted(wanted: Wanted) -> Matrix:
    """Return [features, labels] the weights that fit best."""
    nothing = np.zeros((wanted.table.shape[1], wanted.signs.shape[1]), np.float32)
    return _bettered(wanted, _bettered(wanted.part(_PART), nothing, _ROUGHLY), _NEARLY)


def _bettered(wanted: Wanted, weights: Matrix, near: float) -> Matrix:
    """Return the weights bettered until no label's slope is worth another step."""
    weights, scores = weights.copy(), np.asarray(wanted.table @ weights)
    labels = np.arange(weights.shape[1])
    for _ in range(_STEPS):
        ways = [_direction(wanted, weights[:, n], scores[:, n], n, near) for n in labels.tolist()]
        labels = np.array([n for n, way in zip(labels, ways, strict=True) if way is not None], int)
        if not len(labels):
            break
        way = np.stack([one for one in ways if one is not None], axis=1)
        moved = np.asarray(wanted.table @ way)
        signs = wanted.signs[:, labels]
        far = _far(wanted.costs, signs, (weights[:, labels], way), (scores[:, labels], moved))
        weights[:, labels] += far * way
        scores[:, labels] += far * moved
    return weights


def _direction(
    wanted: Wanted, weights: Matrix, scores: Matrix, label: int, near: float
) -> Matrix | None:
    """Return where one label's weights should go; None where they are near enough."""
    signs = wanted.signs[:, label]
    pulling = np.flatnonzero(signs * scores < 1)
    rows, costs = wanted.table[pulling], wanted.costs[pulling]
    back = rows.T
    rest = back @ (costs * (signs[pulling] - scores[pulling])) - weights
    scale = 1 / (rows.multiply(rows).T @ costs + 1)
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


def _far(
    costs: Matrix,
    signs: Matrix,
    weights: tuple[Matrix, Matrix],
    scores: tuple[Matrix, Matrix],
) -> Matrix:
    """Return [labels] how far along its way each label comes to the least.

    Args:
        costs: [rows] as in `Wanted`.
        signs: [rows, labels] likewise.
        weights: [features, labels] where they are, and their way.
        scores: [rows, labels] where they are, and their way.
    """
    (at, way), (score, moved) = weights, scores
    slope, bend = (at * way).sum(0), (way * way).sum(0)
    far = np.ones(way.shape[1], np.float32)
    for _ in range(_TURNS):
        rest = signs - (score + far * moved)
        pull = np.where(signs * rest > 0, costs[:, None], np.float32(0)) * moved
        far = far - (slope + far * bend - (pull * rest).sum(0)) / (bend + (pull * moved).sum(0))
    return far
