"""Fit each product's regressors next to multiplicative effects, by Poisson quasi-likelihood.

Sales of a cell are `level of series and weekday x local level x shared effects x exp(regressors
. coefficients)`; the shared effects are a store's day and a category's week, or what the calendar
tells (`partitions.py`). Effects and coefficients are updated in turn; coefficients by Newton
steps on regressors from which the product's own effects are taken out (Frisch and Waugh, 1933,
as in the Poisson fits with many effects of Correia, Guimaraes and Zylkin, 2020), so that the
standard errors know what else could have moved sales. The local level of twelve weeks is left
wholly free: only comparisons within such a stretch count, and slow drifts cannot pass for a
price effect. Over-dispersed series are weighted down; where the shelf was empty, what was wanted
is filled in (`censoring.py`).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from forecasting.grouping import sum_by
from forecasting.panel import Mask, Panel
from forecasting.pricing.censoring import wanted
from forecasting.pricing.curvature import FAMILY, PLAIN, Bend
from forecasting.pricing.design import PRICE, PROMOTION
from forecasting.pricing.effects import (
    Grouping,
    effect,
    partial_out,
    shares_within,
    shrinkage,
)
from forecasting.pricing.exposure import Exposure
from forecasting.pricing.partitions import own, stretches
from forecasting.pricing.uncertainty import jackknife, products

Floats = NDArray[np.float64]

_ROUNDS = 40
_CONVERGED = 2e-3
_OUTLIER = 6.0
_STEP = 1.0
# Rounds after which series are weighed anew, and effects taken out of the regressors anew: from
# nothing, and from another fit, which is near enough for what only probes it.
_WEIGHED, _TAKEN_OUT = (1, 4), (0, 1, 4)
_AGAIN, _ROUGHLY = (1,), 1e-2
# Prior standard deviations (log points per unit) that keep weak regressors in place.
_LOOSE, _CONTROL = 10.0, 0.5
_EXTRA = 0.03
_SWEEPS = 4
_TRIAL_ROUNDS = 3


@dataclass(frozen=True)
class Fit:
    """Coefficients of every product.

    Attributes:
        names: The k regressors.
        coefficients: [p, k].
        covariance: [p, k, k], robust to any dependence within a product's stretches.
        moves: [p, g, k] how far a coefficient moves when one stretch is left out.
        bend: How demand bends with depth.
    """

    names: tuple[str, ...]
    coefficients: Floats
    covariance: Floats
    moves: Floats
    bend: Bend = PLAIN


@dataclass
class _State:
    """What a fit works on; matrices are [n, t], columns [k, n, t]."""

    names: tuple[str, ...]
    sales: Floats
    usable: Mask
    censored: Mask
    columns: Floats
    product: NDArray[np.int64]
    penalty: Floats
    coefficients: Floats
    weight: Floats
    own: tuple[Grouping, ...]
    shared: tuple[Grouping, ...]
    effects: list[Floats]
    floor: Floats
    multiplier: Floats
    extra: float = _EXTRA

    def answer(self) -> None:
        """Work out the multiplier [n, t] of the coefficients as they are now."""
        linear = np.zeros(self.sales.shape)
        for column, coefficient in zip(self.columns, self.coefficients.T, strict=True):
            linear += column * coefficient[self.product, None]
        self.multiplier = np.exp(np.clip(linear, -8, 8))

    def expected(self) -> Floats:
        """Return [n, t] what should have sold; 0 where unusable."""
        product = self.multiplier * self.usable
        for values in self.effects:
            product *= values
        return product


def fit(
    panel: Panel,
    exposure: Exposure,
    columns: dict[str, Floats],
    pinned: NDArray[np.bool_],
    *,
    shared: tuple[Grouping, ...],
    start: Fit | None = None,
    cut: Floats | None = None,
) -> Fit:
    """Estimate the coefficients of every product's regressors.

    Args:
        panel: Where the sales come from.
        exposure: Which sales to use.
        columns: Regressors [n, t] by name; `price` and `promotion` among them.
        pinned: [p, k] coefficients held at zero, because the data cannot tell them.
        shared: Which series share an effect, next to each series' own.
        start: A fit with some of these regressors, to begin from.
        cut: [n, t] log of one less the discount; given, sales say how demand bends with it.
    """
    state = _start(panel, exposure, columns, pinned, shared)
    if start is not None:
        at = [list(columns).index(name) for name in start.names]
        state.coefficients[:, at] = start.coefficients
        state.answer()
    _settle(state, again=start is not None)
    bend = PLAIN
    if cut is not None and cut.any():
        rest = _residual_columns(state)
        bend = Bend.weighed(np.array([_likelihood(state, each, cut, rest) for each in FAMILY]))
        if not bend.plain:
            state = _bent(state, bend, cut)
            _settle(state, again=True)
    rest = _residual_columns(state, all_effects=start is None)
    expected = state.weight * state.expected()
    known = jackknife(
        rest,
        expected,
        state.weight * state.sales - expected,
        product=state.product,
        penalty=state.penalty,
        stretch=stretches(panel),
    )
    return Fit(tuple(columns), state.coefficients, known.covariance, known.moves, bend)


def _settle(state: _State, *, again: bool) -> None:
    """Update effects and coefficients in turn until they come to rest."""
    rest = state.columns
    taken_out, enough = (_AGAIN, _ROUGHLY) if again else (_TAKEN_OUT, _CONVERGED)
    for number in range(_ROUNDS):
        _update_effects(state)
        if number in (_AGAIN if again else _WEIGHED):
            _weigh(state)
        if number in taken_out or not number:
            rest = _residual_columns(state)
        if _newton(state, rest) < enough and number > max(taken_out):
            break


def _likelihood(state: _State, shape: str, cut: Floats, rest: Floats) -> float:
    """Return the log quasi-likelihood of one shape, from where the fit stands."""
    trial = _bent(state, Bend.only(shape), cut)
    changed = [state.names.index(PRICE), state.names.index(PROMOTION)]
    rest = rest.copy()
    rest[changed] = _residual_columns(trial, of=changed)
    for _ in range(_TRIAL_ROUNDS):
        _newton(trial, rest)
        _update_effects(trial)
    expected = np.maximum(trial.expected(), 1e-9)
    each = trial.weight * (state.sales * np.log(expected) - expected)
    return float((each * (trial.usable & ~trial.censored)).sum())


def _bent(state: _State, bend: Bend, cut: Floats) -> _State:
    """Return a copy whose price and promotion columns are bent."""
    price, lift = state.names.index(PRICE), state.names.index(PROMOTION)
    columns = state.columns.copy()
    bent = bend.slopes(state.columns[price], cut * state.usable, state.columns[lift])
    columns[price], columns[lift] = bent
    copied = replace(
        state,
        columns=columns,
        sales=state.sales.copy(),
        coefficients=state.coefficients.copy(),
        effects=list(state.effects),
    )
    copied.answer()
    return copied


def _start(
    panel: Panel,
    exposure: Exposure,
    columns: dict[str, Floats],
    pinned: NDArray[np.bool_],
    shared: tuple[Grouping, ...],
) -> _State:
    usable = exposure.usable | exposure.censored
    sales = np.where(usable, np.nan_to_num(panel.sales), 0.0).astype(np.float64)
    _drop_impossible(sales, usable)
    sales *= usable
    loose = [_LOOSE if name in (PRICE, PROMOTION) else _CONTROL for name in columns]
    penalty = np.where(pinned, 1e12, 1 / np.square(loose)[None, :])
    mean = sales.sum(axis=1) / np.maximum(usable.sum(axis=1), 1)
    start = np.maximum(mean, 1e-3)[:, None] * np.ones_like(sales)
    alone = own(panel)
    return _State(
        names=tuple(columns),
        sales=sales,
        usable=usable,
        censored=exposure.censored & usable,
        columns=np.stack([np.where(usable, values, 0.0) for values in columns.values()]),
        product=exposure.product,
        penalty=penalty,
        coefficients=np.zeros((len(exposure.products), len(columns))),
        weight=np.ones((len(sales), 1)),
        own=alone,
        shared=shared,
        effects=[start, *(np.ones_like(sales) for _ in alone + shared)],
        floor=sales.copy(),
        multiplier=np.ones_like(sales),
    )


def _update_effects(state: _State) -> None:
    expected = state.expected()
    if state.censored.any():
        empty = state.censored
        state.sales[empty] = wanted(state.floor[empty], expected[empty], state.extra)
    observed, expected = state.weight * state.sales, state.weight * expected
    for at, grouping in enumerate(state.own + state.shared, start=1):
        expected /= state.effects[at]
        state.effects[at] = effect(grouping, observed, expected)
        expected *= state.effects[at]


def _residual_columns(
    state: _State, *, all_effects: bool = False, of: list[int] | None = None
) -> Floats:
    """Return what a product's own effects, and its part in shared ones, leave of its columns."""
    observed, weighted = state.weight * state.sales, state.weight * state.expected()
    kept = [(each, shrinkage(each, observed, weighted)[1]) for each in state.own]
    if all_effects:
        kept += [shares_within(each, state.product, observed, weighted) for each in state.shared]
    sweeps = _SWEEPS if all_effects else _SWEEPS // 2
    columns = state.columns if of is None else state.columns[of]
    return partial_out(columns, weighted, tuple(kept), sweeps)


def _newton(state: _State, rest: Floats) -> float:
    """Move the coefficients one step and return the largest move.

    Slopes are taken along what is left of the regressors, so that a step is right even where
    the effects have not settled yet; along the regressors themselves it never comes to rest.
    """
    expected = state.weight * state.expected()
    short = state.weight * state.sales - expected
    count = len(state.coefficients)
    slope = sum_by(products(rest, short[None])[:, :, 0], state.product, count)
    curve = sum_by(products(rest * expected, rest), state.product, count)
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
    counted = state.usable & ~state.censored
    count = np.maximum(state.usable.sum(axis=1), 1)
    noise = ((short**2 - expected) * counted).sum(axis=1) / count
    size = (expected**2 * counted).sum(axis=1) / count
    known = size > 0
    extra = float(np.clip(np.median(noise[known] / size[known]), 0.0, 5.0)) if known.any() else 0.0
    mean = (expected.sum(axis=1) / count)[:, None]
    state.extra, state.weight = extra, 1 / (1 + extra * mean)
    spread = np.sqrt(np.maximum(expected, 0.3) * (1 + extra * expected))
    odd = (np.abs(short) > _OUTLIER * spread) & ~state.censored
    keep = state.usable & ~odd
    state.usable, state.sales = keep, state.sales * keep
    state.columns *= keep
    state.answer()


def _drop_impossible(sales: Floats, usable: Mask) -> None:
    """Leave out sales far beyond anything the series shows: a wrong unit, not demand."""
    positive = np.where(usable & (sales > 0), sales, np.nan)
    known = np.isfinite(positive).any(axis=1)
    high = np.full(len(sales), np.inf)
    high[known] = 8 * np.nanquantile(positive[known], 0.9, axis=1) + 10
    usable &= sales <= high[:, None]
