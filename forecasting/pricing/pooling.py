"""Draw each product's noisy estimate towards its category, in the measure of its noise."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_ROUNDS = 20
# Products differ at least this much (log points per unit) even if a few happen to agree.
_LEAST_SPREAD = (0.3, 0.05)
_ENOUGH = 3
# A fit without any residual still knows its slopes no better than this variance.
_LEAST_NOISE = 1e-6


def pool(
    estimates: Floats, covariances: Floats, group: NDArray[np.int64], known: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """Return pooled estimates [p, d] and covariances [p, d, d] (empirical Bayes).

    A product's prior is centred on the mean of its group where that has three estimates or
    more, otherwise on the mean of all; how far products spread about it is estimated from all
    of them. Products not `known` are returned as they came and lend nothing.
    """
    if known.sum() < _ENOUGH:
        return estimates, covariances
    mine = covariances
    one = np.eye(estimates.shape[1])
    covariances = np.where(known[:, None, None], mine + _LEAST_NOISE * one, one)
    spread = np.diag(np.square(np.full(estimates.shape[1], 1.0)))
    least = np.square(np.resize(_LEAST_SPREAD, estimates.shape[1]))
    for _ in range(_ROUNDS):
        centres, doubt = _centres(estimates, covariances + spread, group, known)
        away = (estimates - centres)[known]
        noise = covariances[known].diagonal(axis1=1, axis2=2)
        excess = away**2 - noise - doubt[known].diagonal(axis1=1, axis2=2)
        weight = 1 / np.square(noise + spread.diagonal())
        spread = np.diag(np.maximum(np.average(excess, axis=0, weights=weight), least))
    prior = np.linalg.inv(spread + doubt)
    own = np.linalg.inv(covariances)
    pooled = np.linalg.inv(own + prior)
    weighted = np.einsum("pij,pj->pi", own, estimates) + np.einsum("pij,pj->pi", prior, centres)
    mean = np.einsum("pij,pj->pi", pooled, weighted)
    keep = known[:, None]
    return np.where(keep, mean, estimates), np.where(keep[..., None], pooled, mine)


def _centres(
    estimates: Floats, total: Floats, group: NDArray[np.int64], known: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    precision = np.linalg.inv(total)
    centres, doubt = np.empty_like(estimates), np.empty_like(total)
    for number in np.unique(group):
        mine = known & (group == number)
        chosen = mine if mine.sum() >= _ENOUGH else known
        cov = np.linalg.inv(precision[chosen].sum(axis=0))
        mean = cov @ np.einsum("pij,pj->i", precision[chosen], estimates[chosen])
        centres[group == number], doubt[group == number] = mean, cov
    return centres, doubt
