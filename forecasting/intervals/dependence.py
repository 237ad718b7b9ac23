"""How errors go together, and the variance of their sums that follows from it.

Four kinds of pairs are told apart: two periods of one series, two products of one store, one
product in two stores, and all others. Each has a correlation that depends on how many periods lie
between. The variance of any sum follows by adding up all pairs; done with totals by store, by
product and over all, it costs no more than a few matrix products.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

# How fast a correlation may fade from one period to the next.
_FADES = (0.0, 0.5, 0.8, 0.9, 0.97)
_HIGHEST = 0.95
# Errors beyond this many standard deviations would decide a correlation alone.
_LARGEST = 5.0
# Of a sum's variance at least this share is what single periods have to themselves.
_LEAST_OWN = 0.02


@dataclass(frozen=True)
class Curve:
    """A correlation by the number of periods between: `now`, then `far` + `near` · fade ** lag."""

    now: float = 0.0
    near: float = 0.0
    fade: float = 0.0
    far: float = 0.0

    @lru_cache(maxsize=256)  # noqa: B019 - curves are small, and the same few are asked
    def matrix(self, width: int) -> Floats:
        """Return [width, width] correlations of periods."""
        lag = np.arange(width)
        values = self.far + self.near * self.fade**lag
        values[:1] = self.now
        return np.asarray(values[np.abs(lag[:, None] - lag[None, :])])


@dataclass(frozen=True)
class Dependence:
    """How standardised errors are correlated.

    Attributes:
        series: Two periods of one series; `now` is 1.
        store: Two series of one store.
        product: Two series of one product.
        others: Any other two series.
    """

    series: Curve = Curve(now=1.0)
    store: Curve = Curve()
    product: Curve = Curve()
    others: Curve = Curve()

    def variance(self, deviation: Floats, stores: Codes, products: Codes) -> tuple[float, float]:
        """Return the variance of a sum: what series have to themselves, and what they share.

        Args:
            deviation: [n, h] standard deviations of single periods.
            stores: [n] codes.
            products: [n] codes.
        """
        width = deviation.shape[1]
        series, store, product, others = (
            curve.matrix(width) for curve in (self.series, self.store, self.product, self.others)
        )
        if len(deviation) == 1:
            return float(self.alone(deviation)[0]), 0.0
        alone = float((deviation**2).sum())
        own = _quadratic(deviation, series - store - product + others)
        shared = (
            _quadratic(_grouped(deviation, stores), store - others)
            + _quadratic(_grouped(deviation, products), product - others)
            + _quadratic(deviation.sum(axis=0, keepdims=True), others)
        )
        return max(own, _LEAST_OWN * alone), max(shared, 0.0)

    def alone(self, deviation: Floats) -> Floats:
        """Return [n] the variance of the sum of each series by itself.

        Args:
            deviation: [n, h] standard deviations of single periods.
        """
        matrix = self.series.matrix(deviation.shape[1])
        summed = ((deviation @ matrix) * deviation).sum(axis=1)
        return np.asarray(np.maximum(summed, _LEAST_OWN * (deviation**2).sum(axis=1)))


def codes(series: pd.DataFrame) -> tuple[Codes, Codes]:
    """Return [n] codes of the stores and of the products of series."""
    store, product = (pd.factorize(series[name])[0] for name in ("store", "product"))
    return store.astype(np.int64), product.astype(np.int64)


def dependence(errors: Sequence[Floats], stores: Codes, products: Codes) -> Dependence:
    """Estimate correlations from standardised errors.

    Args:
        errors: By window, [n, h] standardised errors; NaN where not known.
        stores: [n] codes.
        products: [n] codes.
    """
    width = max(error.shape[1] for error in errors)
    above, pairs = np.zeros((4, width)), np.zeros((4, width))
    for error in errors:
        known = ~np.isnan(error)
        z = np.clip(np.where(known, error, 0.0), -_LARGEST, _LARGEST)
        above[:, : error.shape[1]] += _by_lag(z, stores, products)
        pairs[:, : error.shape[1]] += _by_lag(known.astype(np.float64), stores, products)
    series, store, product, others = (_curve(*pair) for pair in zip(above, pairs, strict=True))
    # Where there is but one store, or one product, its pairs are all pairs.
    seen = pairs.sum(axis=1) > 0
    others = others if seen[3] else product if seen[2] else store
    return Dependence(
        series=Curve(1.0, series.near, series.fade, series.far),
        store=store if seen[1] else others,
        product=product if seen[2] else others,
        others=others,
    )


def _by_lag(z: Floats, stores: Codes, products: Codes) -> Floats:
    """Return [4, h] sums of products by lag: one series, one store, one product, neither."""
    series = _lagged(z)
    store, product = (_lagged(_grouped(z, code)) for code in (stores, products))
    every = _lagged(z.sum(axis=0, keepdims=True))
    return np.stack([series, store - series, product - series, every - store - product + series])


def _lagged(groups: Floats) -> Floats:
    gram = groups.T @ groups
    return np.array([np.trace(gram, offset=lag) for lag in range(len(gram))])


def _grouped(values: Floats, code: Codes) -> Floats:
    """Return [groups, h] sums over the rows of each group."""
    order = np.argsort(code, kind="stable")
    first = np.flatnonzero(np.diff(code[order], prepend=-1))
    return values if len(first) == len(code) else np.add.reduceat(values[order], first, axis=0)


def _quadratic(rows: Floats, matrix: Floats) -> float:
    return float(((rows @ matrix) * rows).sum())


def _curve(above: Floats, pairs: Floats) -> Curve:
    """Fit now, far + near · fade ** lag, none below 0, weighted by the number of pairs."""
    now = float(np.clip(above[0] / pairs[0], 0, _HIGHEST)) if pairs[0] > 0 else 0.0
    lag = np.flatnonzero(pairs[1:] > 0) + 1
    if not len(lag):
        return Curve(now=now)
    found, weight = above[lag] / pairs[lag], np.sqrt(pairs[lag] / pairs[lag].sum())
    best, least = Curve(now=now), np.inf
    for fade in _FADES:
        x = np.column_stack([fade**lag, np.ones(len(lag))]) if fade else np.ones((len(lag), 1))
        near, far = _fitted(x * weight[:, None], found * weight)
        loss = float((((far + near * fade**lag - found) * weight) ** 2).sum())
        if loss < least:
            best, least = Curve(now, near, fade, far), loss
    return best


def _fitted(x: Floats, y: Floats) -> tuple[float, float]:
    """Return near and far of a least squares fit with neither below 0 nor their sum too high."""
    every = np.linalg.lstsq(x, y, rcond=None)[0]
    if (every < 0).any():
        alone = np.maximum((x * y[:, None]).sum(axis=0) / (x**2).sum(axis=0), 0)
        loss = ((x * alone - y[:, None]) ** 2).sum(axis=0)
        every = np.where(np.arange(len(alone)) == loss.argmin(), alone, 0.0)
    every = every * min(1.0, _HIGHEST / max(float(every.sum()), 1e-9))
    return (0.0, float(every[0])) if len(every) == 1 else (float(every[0]), float(every[1]))
