"""How well coefficients are known: a jackknife over stretches of history.

Sales of one stretch may depend on each other in any way, so a stretch is left out whole (as Bell
and McCaffrey, 2002, leave out clusters), with one Newton step from the full fit (Pregibon, 1981).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from forecasting.grouping import sum_by

Floats = NDArray[np.float64]
Groups = NDArray[np.int64]


@dataclass(frozen=True)
class Jackknife:
    """What the coefficients of p products owe to each of g stretches of history.

    Attributes:
        moves: [p, g, k] how far each coefficient moves when a stretch is left out.
        covariance: [p, k, k], widened for the few stretches it rests on, so that a normal
            interval covers like Student's t.
        clusters: [p] effective number of stretches: fewer where the price moved in few of them.
    """

    moves: Floats
    covariance: Floats
    clusters: Floats


def jackknife(
    rest: Floats,
    expected: Floats,
    short: Floats,
    *,
    product: Groups,
    penalty: Floats,
    stretch: Groups,
) -> Jackknife:
    """Leave out one stretch after the other (one Newton step from the full fit each).

    Args:
        rest: [k, n, t] what effects leave of the regressors.
        expected: [n, t] weighted expectation.
        short: [n, t] weighted sales less it.
        product: [n] the product of each series.
        penalty: [p, k] precision of each coefficient's prior.
        stretch: [t] the stretch of each period, rising.
    """
    parts = int(stretch.max()) + 1
    cuts = np.searchsorted(stretch, np.arange(parts))
    score = np.add.reduceat(rest * short, cuts, axis=2)
    curves = np.stack(
        [
            products(rest[:, :, a:b] * expected[:, a:b], rest[:, :, a:b])
            for a, b in zip(cuts, [*cuts[1:], len(stretch)], strict=True)
        ],
        axis=1,
    )
    scores = sum_by(score.transpose(1, 2, 0), product, len(penalty))
    curves = sum_by(curves, product, len(penalty))
    total = curves.sum(axis=1)
    index = np.arange(total.shape[1])
    total[:, index, index] += penalty
    moves = np.linalg.solve((total[:, None] - curves), scores[..., None])[..., 0]
    clusters, wide = effective(curves[:, :, 0, 0])
    covariance = np.einsum("pgk,pgj->pkj", moves, moves) * wide[:, None, None]
    return Jackknife(moves, covariance, clusters)


def effective(curve: Floats) -> tuple[Floats, Floats]:
    """Return [p] the effective number of stretches, and how much it widens a variance.

    Args:
        curve: [p, g] what each stretch tells of the price.
    """
    share = curve / np.maximum(curve.sum(axis=1, keepdims=True), 1e-12)
    clusters = 1 / np.maximum((share**2).sum(axis=1), 1e-12)
    return clusters, student(clusters - 1) * (1 - 1 / np.maximum(clusters, 2.0))


def student(freedom: Floats) -> Floats:
    """Return how much wider a variance must be for a normal interval to cover like Student's t."""
    freedom = np.clip(freedom, 3.0, None)
    return np.asarray(np.square(stdtrit(freedom, 0.975) / ndtri(0.975)))


def products(left: Floats, right: Floats) -> Floats:
    """Return [n, k, j] the sums over time of columns [k, n, t] times columns [j, n, t]."""
    return np.asarray(left.transpose(1, 0, 2) @ right.transpose(1, 2, 0))
