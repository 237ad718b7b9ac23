"""How much more or less the customers of one store answer to prices than those of all.

Near a discounter, or among students, the same offer sells more. Products tell of their store
together: each store's strength is the one factor by which all their answers to price and
promotion are stretched. Stores are told apart only where they differ beyond chance: Cochran's Q,
held against an F distribution because the errors rest on few stretches of history (Welch, 1951).
Each is drawn towards all in the measure of its noise (random effects; DerSimonian and Laird, 1986),
jackknifed over those stretches.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtrc

from forecasting.grouping import sum_by
from forecasting.pricing.effects import partial_out
from forecasting.pricing.uncertainty import jackknife
from forecasting.pricing.working import Working

Floats = NDArray[np.float64]

_SWEEPS, _STEPS = 4, 3
# Stores alike are told apart in fewer than one tenant of a hundred.
_CHANCE = 0.01
_LEAST_CURVE = 1e-9
# What tells less of a store than this (in standard errors of its factor) tells nothing.
_WIDEST_ERROR = 0.5


@dataclass(frozen=True, slots=True)
class Strength:
    """How strongly the customers of a store answer.

    Attributes:
        factor: Of what products add in all stores together.
        error: Its standard error.
    """

    factor: float
    error: float


def strengths(
    work: Working, added: Floats, store: NDArray[np.int64], stretch: NDArray[np.int64]
) -> tuple[Strength, ...]:
    """Return how strongly each store answers; nothing where they do not differ beyond chance.

    Args:
        work: The fit, at rest.
        added: [n, t] log points that prices and promotions add to demand.
        store: [n] the number of each series' store.
        stretch: [t] the stretch of each period, rising.
    """
    count = int(store.max()) + 1
    tells = work.informed()
    observed, expected = work.weight * work.sales, work.weight * work.expected()
    groups = work.taken_out(store, work.shared)
    rest = partial_out((added * work.usable)[None], expected * tells, groups, _SWEEPS)
    away, due = np.zeros(count), expected
    for _ in range(_STEPS):
        slope = sum_by((rest[0] * (observed - due)).sum(axis=1), store, count)
        curve = sum_by((rest[0] ** 2 * due * tells).sum(axis=1), store, count)
        away += slope / np.maximum(curve, _LEAST_CURVE)
        due = expected * np.exp(np.clip(away[store][:, None] * rest[0], -1, 1))
    known = jackknife(
        rest,
        due * tells,
        observed - due,
        product=store,
        penalty=np.full((count, 1), _LEAST_CURVE),
        stretch=stretch,
    )
    return _drawn_together(away, known.covariance[:, 0, 0], known.clusters)


def _drawn_together(away: Floats, variance: Floats, clusters: Floats) -> tuple[Strength, ...]:
    told = (variance > 0) & (variance < _WIDEST_ERROR**2)
    freedom = int(told.sum()) - 1
    if freedom < 1:
        return ()
    precision = 1 / variance[told]
    centre = np.average(away[told], weights=precision)
    excess = float((precision * (away[told] - centre) ** 2).sum())
    if _chance(away[told], variance[told], clusters[told]) > _CHANCE:
        return ()
    scale = precision.sum() - (precision**2).sum() / precision.sum()
    spread = (excess - freedom) / scale
    kept = np.where(told, spread / (spread + variance), 0.0)
    error = np.sqrt(np.where(told, kept * variance, spread))
    # Customers may take no notice of offers, but none buys less because of them.
    factor = np.maximum(1 + kept * away, 0.0)
    return tuple(Strength(float(one), float(its)) for one, its in zip(factor, error, strict=True))


def _chance(away: Floats, variance: Floats, clusters: Floats) -> float:
    """Return how likely stores that are alike would differ as much (Welch, 1951)."""
    weight = 1 / variance
    share = weight / weight.sum()
    freedom = len(away) - 1
    between = float((weight * (away - share @ away) ** 2).sum()) / freedom
    few = float(((1 - share) ** 2 / np.maximum(clusters - 1, 1.0)).sum())
    wide = 1 + 2 * (freedom - 1) * few / (freedom * (freedom + 2))
    return float(fdtrc(freedom, freedom * (freedom + 2) / (3 * few), between / wide))
