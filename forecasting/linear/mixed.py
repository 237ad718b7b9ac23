"""Coefficients shared by all series, and what each series adds to them, from Gram matrices.

A mixed model: series i has coefficients b + u_i with u_i ~ N(0, D), D diagonal. D is estimated by
expectation-maximisation (Laird and Ware 1982), so that the data say how alike the series are.
Everything is worked out from [k, k] products of each series' regressors, never from rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Block = tuple[NDArray[np.float32], Floats]

# Variance of a series' level around the others': nothing is known of it.
_FREE = 100.0
_ROUNDS = 8
# Entries of the series' products that how much series differ is learned from: of many regressors
# fewer series say as much as time allows.
_ENOUGH = 1_000_000
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

    def only(self, some: slice) -> "Grams":
        """Return those of some series."""
        return Grams(self.xx[some], self.xy[some], self.yy[some], self.weight[some])


def products(blocks: Iterable[Block], age: Floats) -> Grams:
    """Return the products of all series, block by block.

    Args:
        blocks: Regressors [rows, t, k], and target [rows, t] (NaN
            where not known).
        age: [t] weight of each period.
    """
    found: list[tuple[Floats, ...]] = []
    for table, target in blocks:
        # Square roots of weights on both sides: a matrix times itself takes half the work.
        root = np.sqrt(~np.isnan(target) * age).astype(np.float32)
        x = (table * root[:, :, None]).transpose(0, 2, 1)
        value = np.nan_to_num(target).astype(np.float32) * root
        xx, xy = np.matmul(x, x.transpose(0, 2, 1)), np.matmul(x, value[:, :, None])[:, :, 0]
        yy, total = (value**2).sum(axis=1), (root**2).sum(axis=1)
        found.append(tuple(one.astype(np.float64) for one in (xx, xy, yy, total)))
    return Grams(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def without(grams: Grams, common: Floats, places: NDArray[np.int64]) -> Grams:
    """Return the products of what shared coefficients leave with some of the regressors.

    Args:
        grams: Products of all regressors.
        common: [k] shared coefficients.
        places: Regressors to keep.
    """
    fitted = grams.xx @ common
    yy = grams.yy - 2 * grams.xy @ common + fitted @ common
    xx = grams.xx[:, places[:, None], places]
    return Grams(xx, (grams.xy - fitted)[:, places], np.maximum(yy, 0.0), grams.weight)


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


@dataclass(frozen=True)
class Spread:
    """How series differ, learned from some of them.

    Attributes:
        variances: [k] of what each adds to the shared coefficients.
        noise: Usual variance of errors around each series' own level, and of those then left.
    """

    variances: Floats
    noise: tuple[float, float]


def spread(grams: Grams) -> Spread:
    """Return how series differ.

    Args:
        grams: Products of some series; the target is what shared coefficients leave.
    """
    few = grams.only(slice(None, None, max(1, grams.xx.size // _ENOUGH)))
    left = _left(few)
    before = _usual_noise(left, few.weight)
    noise = _noise(left, few.weight, before)
    variances = _variances(few, noise)
    _, after = _stepped(few, variances, noise)
    return Spread(variances, (before, _usual_noise(after, few.weight)))


def own(grams: Grams, differ: Spread) -> Floats:
    """Return [n, k] what each series adds to the shared coefficients.

    Args:
        grams: Products of the series; the target is what shared coefficients leave.
        differ: How series differ.
    """
    before, after = differ.noise
    # What a series' own way leaves of its errors is about the share that it leaves of the others'.
    noise = _noise(_left(grams) * (after / before), grams.weight, after)
    return _stepped(grams, differ.variances, noise)[0]


def _stepped(grams: Grams, variances: Floats, noise: Floats) -> tuple[Floats, Floats]:
    """Return [n, k] steps, and [n] the sum of squares that they leave."""
    precise = grams.xx / noise[:, None, None]
    diagonal = np.arange(len(variances))
    precise[:, diagonal, diagonal] += 1 / variances
    steps = np.linalg.solve(precise, (grams.xy / noise[:, None])[:, :, None])[:, :, 0]
    fitted = np.matmul(grams.xx, steps[:, :, None])[:, :, 0]
    left = grams.yy - 2 * (steps * grams.xy).sum(axis=1) + (steps * fitted).sum(axis=1)
    return np.asarray(steps), np.asarray(left)


def _left(grams: Grams) -> Floats:
    """Return [n] sums of squares around each series' own level."""
    return np.asarray(grams.yy - grams.xy[:, -1] ** 2 / np.maximum(grams.weight, 1e-9))


def _variances(grams: Grams, noise: Floats) -> Floats:
    """Return [k] how much series differ in each coefficient."""
    xx, xy = grams.xx / noise[:, None, None], grams.xy / noise[:, None]
    variances = np.full(xy.shape[1], _START**2)
    variances[-1] = _FREE
    for _ in range(_ROUNDS):
        inverse = _inverse(xx + np.diag(1 / variances))
        steps = np.matmul(inverse, xy[:, :, None])[:, :, 0]
        unknown = np.diagonal(inverse, axis1=1, axis2=2)
        variances[:-1] = _spread(steps, unknown, variances)[:-1]
    return variances


def _inverse(precise: Floats) -> Floats:
    """Return inverses; scaled to a diagonal of ones, half the digits do, in half the time."""
    scale = 1 / np.sqrt(np.diagonal(precise, axis1=1, axis2=2))
    both = scale[:, :, None] * scale[:, None, :]
    return np.asarray(np.linalg.inv((precise * both).astype(np.float32)) * both)


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


def _usual_noise(square: Floats, weight: Floats) -> float:
    return max(float(square.sum() / max(weight.sum(), 1e-9)), 1e-8)


def _noise(square: Floats, weight: Floats, usual: float) -> Floats:
    """Return [n] error variances, drawn to the usual one where a series has few rows."""
    return np.asarray((np.maximum(square, 0) + 10 * usual) / (weight + 10))
