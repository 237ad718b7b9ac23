"""Fit each product's regressors next to multiplicative effects, by Poisson quasi-likelihood.

Sales of a cell are `level of series and weekday x local level x store's day x category's week
x exp(regressors . coefficients)`. Effects and coefficients are updated in turn; coefficients
by Newton steps on regressors from which the product's own effects are taken out, so that the
standard errors know what else could have moved sales. The local level of twelve weeks is left
wholly free: only comparisons within such a stretch count, and slow drifts cannot pass for a
price effect. Over-dispersed series are weighted down.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from forecasting.grouping import sum_by
from forecasting.panel import Mask, Panel
from forecasting.pricing.design import PRICE, PROMOTION
from forecasting.pricing.effects import Grouping, effect, partial_out, shrinkage
from forecasting.pricing.exposure import Exposure
from forecasting.units import Frequency

Floats = NDArray[np.float64]

_ROUNDS = 40
_CONVERGED = 2e-3
_FREE = 1e6
_OUTLIER = 6.0
_STEP = 1.0
# Rounds after which series are weighed anew, and effects taken out of the regressors anew.
_WEIGHED, _TAKEN_OUT = (1, 4), (0, 1, 4, 8)
# Prior standard deviations (log points per unit) that keep weak regressors in place.
_LOOSE, _CONTROL = 10.0, 0.5


@dataclass(frozen=True)
class Fit:
    """Coefficients of every product.

    Attributes:
        names: The k regressors.
        coefficients: [p, k].
        covariance: [p, k, k], robust to any dependence within a product's stretches.
        clusters: [p] effective number of independent stretches of history the errors rest on:
            fewer where the price moved in few of them.
    """

    names: tuple[str, ...]
    coefficients: Floats
    covariance: Floats
    clusters: Floats


@dataclass
class _State:
    """What a fit works on; matrices are [n, t], columns [k, n, t]."""

    sales: Floats
    usable: Mask
    columns: Floats
    product: NDArray[np.int64]
    penalty: Floats
    coefficients: Floats
    weight: Floats
    own: tuple[Grouping, ...]
    shared: tuple[Grouping, ...]
    effects: list[Floats]

    multiplier: Floats

    def answer(self) -> None:
        """Work out the multiplier [n, t] of the coefficients as they are now."""
        linear = np.zeros(self.sales.shape)
        for column, coefficient in zip(self.columns, self.coefficients.T, strict=True):
            linear += column * coefficient[self.product, None]
        self.multiplier = np.exp(np.clip(linear, -8, 8))

    def expected(self, leaving_out: int | None = None) -> Floats:
        """Return [n, t] what should have sold; 0 where unusable."""
        product = self.multiplier * self.usable
        for at, values in enumerate(self.effects):
            if at != leaving_out:
                product *= values
        return product


def fit(
    panel: Panel, exposure: Exposure, columns: dict[str, Floats], pinned: NDArray[np.bool_]
) -> Fit:
    """Estimate the coefficients of every product's regressors.

    Args:
        panel: Where the sales come from.
        exposure: Which sales to use.
        columns: Regressors [n, t] by name; `price` and `promotion` among them.
        pinned: [p, k] coefficients held at zero, because the data cannot tell them.
    """
    state = _start(panel, exposure, columns, pinned)
    rest = state.columns
    for number in range(_ROUNDS):
        _update_effects(state)
        if number in _WEIGHED:
            _weigh(state)
        if number in _TAKEN_OUT:
            rest = _residual_columns(state)
        if _newton(state, rest) < _CONVERGED and number > max(_TAKEN_OUT):
            break
    rest = _residual_columns(state)
    covariance, clusters = _robust(state, rest, _stretch(panel))
    return Fit(tuple(columns), state.coefficients, covariance, clusters)


def _start(
    panel: Panel, exposure: Exposure, columns: dict[str, Floats], pinned: NDArray[np.bool_]
) -> _State:
    usable = exposure.usable.copy()
    sales = np.where(usable, np.nan_to_num(panel.sales), 0.0).astype(np.float64)
    _drop_impossible(sales, usable)
    sales *= usable
    loose = [_LOOSE if name in (PRICE, PROMOTION) else _CONTROL for name in columns]
    penalty = np.where(pinned, 1e12, 1 / np.square(loose)[None, :])
    own, shared = _groupings(panel)
    mean = sales.sum(axis=1) / np.maximum(usable.sum(axis=1), 1)
    start = np.maximum(mean, 1e-3)[:, None] * np.ones_like(sales)
    ones = [np.ones_like(sales) for _ in own + shared]
    return _State(
        sales=sales,
        usable=usable,
        columns=np.stack([np.where(usable, values, 0.0) for values in columns.values()]),
        product=exposure.product,
        penalty=penalty,
        coefficients=np.zeros((len(exposure.products), len(columns))),
        weight=np.ones((len(sales), 1)),
        own=own,
        shared=shared,
        effects=[start, *ones],
        multiplier=np.ones_like(sales),
    )


def _groupings(panel: Panel) -> tuple[tuple[Grouping, ...], ...]:
    n, t = panel.n, panel.history
    series = np.arange(n)[:, None]
    when = np.arange(t)[None, :]
    turn, turns = _weekday(panel)
    stretch = _stretch(panel)[None, :]
    store = np.unique(panel.series["store"].to_numpy(dtype=str), return_inverse=True)[1]
    category = _category(panel)
    week = (when // 7 if panel.frequency is Frequency.DAY else when) + 0 * series
    weeks, stretches = int(week.max()) + 1, int(stretch.max()) + 1
    own = (
        Grouping(series * turns + turn[None, :], most=_CONTROL**-2 * 100),
        Grouping(series * stretches + stretch, least=_FREE, most=_FREE),
    )
    shared = (
        Grouping(store[:, None] * t + when, most=0.25),
        Grouping(category[:, None] * weeks + week, most=0.25),
    )
    return own, shared


def _update_effects(state: _State) -> None:
    for at, grouping in enumerate(state.own + state.shared, start=1):
        expected = state.expected(leaving_out=at)
        state.effects[at] = effect(grouping, state.weight * state.sales, state.weight * expected)


def _residual_columns(state: _State) -> Floats:
    weighted = state.weight * state.expected()
    kept = []
    for grouping in state.own:
        _, share = shrinkage(grouping, state.weight * state.sales, weighted)
        kept.append((grouping, share))
    return partial_out(state.columns, weighted, tuple(kept))


def _newton(state: _State, rest: Floats) -> float:
    """Move the coefficients one step and return the largest move.

    Slopes are taken along what is left of the regressors, so that a step is right even where
    the effects have not settled yet; along the regressors themselves it never comes to rest.
    """
    expected = state.weight * state.expected()
    short = state.weight * state.sales - expected
    slope = _by_product(state, _products(rest, short[None])[:, :, 0])
    curve = _by_product(state, _products(rest * expected, rest))
    index = np.arange(curve.shape[1])
    curve[:, index, index] += state.penalty
    slope -= state.penalty * state.coefficients
    step = np.linalg.solve(curve, slope[..., None])[..., 0]
    step /= np.maximum(1.0, np.abs(step).max(axis=1, keepdims=True) / _STEP)
    state.coefficients += step
    state.answer()
    return float(np.abs(step).max())


def _weigh(state: _State) -> None:
    """Weigh series down for over-dispersion, and drop sales nothing here can explain."""
    expected = state.expected()
    short = state.sales - expected
    count = np.maximum(state.usable.sum(axis=1), 1)
    noise = ((short**2 - expected) * state.usable).sum(axis=1) / count
    size = (expected**2).sum(axis=1) / count
    known = size > 0
    extra = float(np.clip(np.median(noise[known] / size[known]), 0.0, 5.0)) if known.any() else 0.0
    mean = (expected.sum(axis=1) / count)[:, None]
    state.weight = 1 / (1 + extra * mean)
    spread = np.sqrt(np.maximum(expected, 0.3) * (1 + extra * expected))
    odd = np.abs(short) > _OUTLIER * spread
    keep = state.usable & ~odd
    state.usable, state.sales = keep, state.sales * keep
    state.columns *= keep
    state.answer()


def _robust(state: _State, rest: Floats, stretch: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return [p, k, k] jackknifed covariances over stretches of history, and effective counts."""
    expected = state.weight * state.expected()
    short = state.weight * state.sales - expected
    parts = int(stretch.max()) + 1
    cuts = np.searchsorted(stretch, np.arange(parts))
    score = np.add.reduceat(rest * short, cuts, axis=2)
    curves = np.stack(
        [
            _products(rest[:, :, a:b] * expected[:, a:b], rest[:, :, a:b])
            for a, b in zip(cuts, [*cuts[1:], len(stretch)], strict=True)
        ],
        axis=1,
    )
    scores, curves = _by_product(state, score.transpose(1, 2, 0)), _by_product(state, curves)
    total = curves.sum(axis=1)
    index = np.arange(total.shape[1])
    total[:, index, index] += state.penalty
    left = np.linalg.solve((total[:, None] - curves), scores[..., None])[..., 0]
    share = curves[:, :, 0, 0] / np.maximum(curves[:, :, 0, 0].sum(axis=1, keepdims=True), 1e-12)
    clusters = 1 / np.maximum((share**2).sum(axis=1), 1e-12)
    wide = _student(clusters - 1) * (1 - 1 / np.maximum(clusters, 2.0))
    return np.einsum("pgk,pgj->pkj", left, left) * wide[:, None, None], clusters


def _student(freedom: Floats) -> Floats:
    """Return how much wider a variance must be for a normal interval to cover like Student's t."""
    freedom = np.clip(freedom, 3.0, None)
    return np.asarray(np.square(stdtrit(freedom, 0.975) / ndtri(0.975)))


def _products(left: Floats, right: Floats) -> Floats:
    """Return [n, k, j] the sums over time of columns [k, n, t] times columns [j, n, t]."""
    return np.asarray(left.transpose(1, 0, 2) @ right.transpose(1, 2, 0))


def _by_product(state: _State, per_series: Floats) -> Floats:
    return sum_by(per_series, state.product, len(state.coefficients))


def _drop_impossible(sales: Floats, usable: Mask) -> None:
    """Leave out sales far beyond anything the series shows: a wrong unit, not demand."""
    positive = np.where(usable & (sales > 0), sales, np.nan)
    known = np.isfinite(positive).any(axis=1)
    high = np.full(len(sales), np.inf)
    high[known] = 8 * np.nanquantile(positive[known], 0.9, axis=1) + 10
    usable &= sales <= high[:, None]


def _weekday(panel: Panel) -> tuple[NDArray[np.int64], int]:
    periods = panel.periods[: panel.history]
    if panel.frequency is Frequency.DAY:
        return periods.day_of_week.to_numpy(dtype=np.int64), 7
    return np.zeros(panel.history, dtype=np.int64), 1


def _stretch(panel: Panel) -> NDArray[np.int64]:
    """Return [t] the stretch of twelve weeks (or months) that each period is in."""
    length = 84 if panel.frequency is Frequency.DAY else 12
    return np.arange(panel.history) // length


def _category(panel: Panel) -> NDArray[np.int64]:
    if "product_category" not in panel.series:
        return np.zeros(panel.n, dtype=np.int64)
    words = panel.series["product_category"].astype(str).to_numpy(dtype=str)
    return np.unique(words, return_inverse=True)[1].astype(np.int64)
