"""Coefficients shared by all series, and what each series adds to them, from Gram matrices.

A mixed model: series i has coefficients b + u_i with u_i ~ N(0, D), D diagonal. D is estimated by
expectation-maximisation (Laird and Ware 1982), so that the data say how alike the series are.
Everything is worked out from [k, k] products of each series' regressors, never from rows.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Variance of a series' level around the others': nothing is known of it.
_FREE = 100.0
_ROUNDS = 6
_START = 0.02
_LEAST, _MOST = 1e-7, 1.0
# The variance assumed beforehand counts as this many series.
_DOUBT = 2.0


@dataclass(frozen=True)
class Grams:
    """Weighted products of each series' regressors and target.

    Attributes:
        xx: [n, k, k] of the regressors with each other; the last regressor is the level.
        xy: [n, k] of the regressors with the target.
        yy: [n] of the target with itself.
        weight: [n] sum of the weights.
    """

    xx: Floats
    xy: Floats
    yy: Floats
    weight: Floats


def shared(grams: Grams, periods: float, prior: float) -> Floats:
    """Return [k] coefficients that fit all series, each with a level of its own; the last is 0.

    Errors of one period are shared by the series, so that `periods` counts, not rows.

    Args:
        grams: Products of the series.
        periods: Weighted number of periods seen.
        prior: Ridge penalty, in periods.
    """
    least = np.maximum(grams.weight, 1e-9)
    level = grams.xx[:, :-1, -1]
    xx = grams.xx[:, :-1, :-1].sum(axis=0) - (level / least[:, None]).T @ level
    xy = (grams.xy[:, :-1] - level * (grams.xy[:, -1] / least)[:, None]).sum(axis=0)
    scale = periods / max(float(grams.weight.sum()), 1e-9)
    found = np.linalg.solve(xx * scale + prior * np.eye(len(xy)), xy * scale)
    return np.append(found, 0.0)


def own(grams: Grams, common: Floats, trust: float) -> tuple[Floats, Floats]:
    """Return [n, k] what each series adds to the shared coefficients, and [k] its variances.

    Args:
        grams: Products of the series.
        common: [k] shared coefficients.
        trust: What share of a row's information counts: rows near each other err alike.
    """
    rest = grams.xy - grams.xx @ common
    square = grams.yy - 2 * grams.xy @ common + ((grams.xx @ common) * common).sum(axis=1)
    noise = _noise(square - rest[:, -1] ** 2 / np.maximum(grams.weight, 1e-9), grams.weight)
    variances = np.full(len(common), _START**2)
    variances[-1] = _FREE
    steps = np.zeros_like(rest)
    for _ in range(_ROUNDS):
        precise = (trust / noise)[:, None, None] * grams.xx + np.diag(1 / variances)
        inverse = np.linalg.inv(precise)
        steps = np.einsum("nij,nj->ni", inverse, rest * (trust / noise)[:, None])
        variances[:-1] = _spread(steps, np.diagonal(inverse, axis1=1, axis2=2), variances)[:-1]
        left = square - 2 * (steps * rest).sum(axis=1)
        left += np.einsum("ni,nij,nj->n", steps, grams.xx, steps)
        noise = _noise(left, grams.weight)
    return steps, variances


def _spread(steps: Floats, left: Floats, variances: Floats) -> Floats:
    """Return [k] how much series differ in each coefficient (MacKay 1992: faster than EM).

    A series counts by how much its data have said: one that never had a promotion says nothing
    of how promotions differ.

    Args:
        steps: [n, k] what each series adds.
        left: [n, k] what is not known of it: variances after the data.
        variances: [k] variances before the data.
    """
    said = np.clip(1 - left / variances, 0.0, 1.0).sum(axis=0)
    usual = _START**2
    found = ((steps**2).sum(axis=0) + _DOUBT * usual) / (said + _DOUBT)
    return np.asarray(np.clip(found, _LEAST, _MOST))


def _noise(square: Floats, weight: Floats) -> Floats:
    """Return [n] error variances, drawn to the usual one where a series has few rows."""
    usual = max(float(square.sum() / max(weight.sum(), 1e-9)), 1e-8)
    return np.asarray((np.maximum(square, 0) + 10 * usual) / (weight + 10))
