"""Fit each product's regressors next to multiplicative effects, by Poisson quasi-likelihood.

Sales of a cell are `level of series and weekday x local level x shared effects x exp(regressors
. coefficients)`; the shared effects are a store's day and a category's week, or what the calendar
tells (`partitions.py`). Effects and coefficients are updated in turn; coefficients by Newton
steps on regressors from which the product's own effects are taken out (Frisch and Waugh, 1933,
as in the Poisson fits with many effects of Correia, Guimaraes and Zylkin, 2020), so that the
standard errors know what else could have moved sales. Products of a category take their steps
together with its weeks and what they take from each other (`sharing.py`). The local level of
twelve weeks is left wholly free: only comparisons within such a stretch count, and slow drifts
cannot pass for a price effect. Over-dispersed series are weighted down; where the shelf was empty,
what was wanted is filled in (`censoring.py`).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from forecasting.grouping import sum_by
from forecasting.panel import Panel
from forecasting.pricing.curvature import FAMILY, PLAIN, Bend
from forecasting.pricing.design import NEIGHBOURS, PRICE, PROMOTION
from forecasting.pricing.effects import Grouping
from forecasting.pricing.exposure import Exposure
from forecasting.pricing.partitions import stores, stretches
from forecasting.pricing.sharing import Sharing, opened
from forecasting.pricing.stores import Strength, strengths
from forecasting.pricing.uncertainty import jackknife, products
from forecasting.pricing.working import Working

Floats = NDArray[np.float64]

_ROUNDS, _ROUNDS_TOGETHER = 40, 25
_CONVERGED = 2e-3
_STEP = 1.0
# Rounds after which series are weighed anew, and effects taken out of the regressors anew: from
# nothing, and from another fit, which is near enough for what only probes it.
_WEIGHED, _TAKEN_OUT = (2, 4), (0, 1, 2, 3, 5)
_AGAIN, _ROUGHLY = (1,), 1e-2
_TRIAL_ROUNDS = 3
_KEPT = 0.5


@dataclass(frozen=True)
class Fit:
    """Coefficients of every product.

    Attributes:
        names: The k regressors.
        coefficients: [p, k]; that of neighbours per log point of their prices.
        covariance: [p, k, k], robust to any dependence within a stretch.
        moves: [p, g, k] how far a coefficient moves when one stretch is left out.
        bend: How demand bends with depth.
        stores: How strongly each store's customers answer, by its number; empty where all do alike.
    """

    names: tuple[str, ...]
    coefficients: Floats
    covariance: Floats
    moves: Floats
    bend: Bend = PLAIN
    stores: tuple[Strength, ...] = ()


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
        columns: Regressors [n, t] by name; `price`, `promotion` and `neighbours` among them.
        pinned: [p, k] coefficients held at zero, because the data cannot tell them.
        shared: Which series share an effect, next to each series' own; a category's weeks last.
        start: A fit with some of these regressors, to begin from: then each product is fitted by
            itself, whatever is shared, which is enough for what only probes it.
        cut: [n, t] log of one less the discount; given, sales say how demand bends with it.
    """
    if start is not None:
        work = Working.of(panel, exposure, columns, pinned, shared)
        return _probed(work, start, stretches(panel))
    work = Working.of(panel, exposure, columns, pinned, (*shared[:-1], opened(shared[-1])))
    sharing = Sharing.of(panel, exposure, columns)
    sharing.begin(work)
    _settle_together(work, sharing, again=False)
    bend = PLAIN
    if cut is not None and cut.any():
        rest = work.rest()
        bend = Bend.weighed(np.array([_likelihood(work, each, cut, rest) for each in FAMILY]))
        if not bend.plain:
            work, sharing = _bent(work, bend, cut), sharing.bent(bend, cut)
            _settle_together(work, sharing, again=True)
    known = sharing.jackknifed(work)
    unit = np.ones(work.coefficients.shape)
    unit[:, work.names.index(NEIGHBOURS)] = sharing.per_price(work)
    return Fit(
        work.names,
        work.coefficients * unit,
        known.covariance * unit[:, :, None] * unit[:, None, :],
        known.moves * unit[:, None, :],
        bend,
        strengths(work, sharing.added(work), stores(panel), stretches(panel)),
    )


def _probed(work: Working, start: Fit, stretch: NDArray[np.int64]) -> Fit:
    """Fit each product by itself, from another fit."""
    at = [work.names.index(name) for name in start.names]
    work.coefficients[:, at] = start.coefficients
    work.answer()
    rest = work.columns
    for number in range(_ROUNDS):
        work.update_effects()
        if number in _AGAIN:
            work.weigh()
        if number in _AGAIN or not number:
            rest = work.rest()
        if _step(work, rest, slice(None)) < _ROUGHLY and number > max(_AGAIN):
            break
    expected = work.weight * work.expected()
    known = jackknife(
        work.rest(),
        expected,
        work.weight * work.sales - expected,
        product=work.product,
        penalty=work.penalty,
        stretch=stretch,
    )
    return Fit(work.names, work.coefficients, known.covariance, known.moves)


def _settle_together(work: Working, sharing: Sharing, *, again: bool) -> None:
    """Update effects, and coefficients with weeks and shares, until they come to rest."""
    weighed, taken_out = (_AGAIN, (0, *_AGAIN)) if again else (_WEIGHED, _TAKEN_OUT)
    rest = arrow = None
    moved = last = np.inf
    for number in range(_ROUNDS_TOGETHER):
        work.update_effects()
        if number in weighed:
            work.weigh()
        sharing.press(work, kept=0.0 if number <= max(taken_out) else _KEPT)
        if rest is None or arrow is None or number in taken_out or moved > last:
            rest = sharing.rest(work)
            arrow = sharing.arrow(work, rest)
        else:
            rest[-1:] = work.rest([work.names.index(NEIGHBOURS)])
        last, moved = moved, sharing.step(work, arrow, rest)
        if moved < (_ROUGHLY if again else _CONVERGED) and number > max(taken_out):
            break


def _likelihood(work: Working, shape: str, cut: Floats, rest: Floats) -> float:
    """Return the log quasi-likelihood of one shape, from where the fit stands."""
    trial = _bent(work, Bend.only(shape), cut)
    changed = [work.names.index(PRICE), work.names.index(PROMOTION)]
    rest = rest.copy()
    rest[changed] = trial.rest(changed)
    own = [at for at, name in enumerate(work.names) if name != NEIGHBOURS]
    for _ in range(_TRIAL_ROUNDS):
        _step(trial, rest, own)
        trial.update_effects()
    expected = np.maximum(trial.expected(), 1e-9)
    each = trial.weight * (work.sales * np.log(expected) - expected)
    return float((each * (trial.usable & ~trial.censored)).sum())


def _bent(work: Working, bend: Bend, cut: Floats) -> Working:
    """Return a copy whose price and promotion columns are bent."""
    price, lift = work.names.index(PRICE), work.names.index(PROMOTION)
    columns = work.columns.copy()
    bent = bend.slopes(work.columns[price], cut * work.usable, work.columns[lift])
    columns[price], columns[lift] = bent
    copied = replace(
        work,
        columns=columns,
        sales=work.sales.copy(),
        coefficients=work.coefficients.copy(),
        effects=list(work.effects),
    )
    copied.answer()
    return copied


def _step(work: Working, rest: Floats, of: list[int] | slice) -> float:
    """Move each product's coefficients one Newton step and return the largest move.

    Slopes are taken along what is left of the regressors, so that a step is right even where
    the effects have not settled yet; along the regressors themselves it never comes to rest.

    Args:
        work: Where the fit stands.
        rest: [k, n, t] what own effects leave of the regressors.
        of: The regressors whose coefficients move.
    """
    rest, penalty = rest[of], work.penalty[:, of]
    expected = work.weight * work.expected()
    short = work.weight * work.sales - expected
    count = len(work.coefficients)
    slope = sum_by(products(rest, short[None])[:, :, 0], work.product, count)
    curve = sum_by(products(rest * expected, rest), work.product, count)
    index = np.arange(curve.shape[1])
    curve[:, index, index] += penalty
    slope -= penalty * work.coefficients[:, of]
    step = np.linalg.solve(curve, slope[..., None])[..., 0]
    step /= np.maximum(1.0, np.abs(step).max(axis=1, keepdims=True) / _STEP)
    work.coefficients[:, of] += step
    work.answer()
    return float(np.abs(step).max())
