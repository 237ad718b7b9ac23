"""Which forecasters serve which series: weights and factors from backtest windows.

Weights minimise squared errors (of logarithms, where single figures are judged in percent) among
convex ones: Bates and Granger (1969). Errors of a segment count beside those of all series, so
that a small segment keeps the common weights. What is reported of the choice was measured on days
that the weights and factors in question had not seen.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from forecasting.blend import Blend, Corrections
from forecasting.forecasters.naive import SeasonalNaive
from forecasting.intervals import Floats
from forecasting.metrics import mape, wape
from forecasting.outcomes import Outcomes
from forecasting.units import Aim

Integers = NDArray[np.int64]

# The whole counts like so many cells beside a segment's own, for weights and for factors.
_COMMON_CELLS = 4000.0
# Larger errors count as this, in logarithms (a factor of 2.2) or in standard deviations: a few
# accidents choose nothing.
_LARGEST_LOG, _LARGEST = 0.8, 6.0
# A weight below this in every segment is not worth the member's time.
_LEAST_WEIGHT = 0.04
# Variance of a count forecast of m, as m + this * m²: what a large series' errors are weighed by.
_RELATIVE_VARIANCE = 0.05
# Multiples of the median absolute error beyond which an error is an accident.
_ACCIDENT = 4.5
_SUM_WEIGHT = 1e3
_LEAST_ACTUAL = 1e-9
_LARGEST_FACTOR = 1.5


@dataclass(frozen=True)
class Segment:
    """How the choice did on one kind of series, on days it had not seen.

    Attributes:
        name: Which series.
        cells: Series-periods compared.
        error: Mean error in percent (aim relative) or WAPE, a fraction.
        naive: The same of seasonal naive.
        served: `ensemble`, or `seasonal_naive` where that did better.
    """

    name: str
    cells: int
    error: float
    naive: float
    served: str


@dataclass(frozen=True)
class Choice:
    """What serves.

    Attributes:
        blend: Members and their weights.
        corrections: Factors to the figures quoted.
        expected: [cells] expected sales in the windows, by weights that had not seen their days.
        relative: The same of the figures with the least error in percent.
        segments: How it did by kind of series.
    """

    blend: Blend
    corrections: Corrections
    expected: Floats
    relative: Floats
    segments: tuple[Segment, ...]


def choose(outcomes: Outcomes, aim: Aim) -> Choice:
    """Choose weights and factors.

    Args:
        outcomes: Forecasts of every candidate against what happened.
        aim: What single figures are judged by.
    """
    geometric = aim is Aim.RELATIVE
    sums = _Sums(outcomes, geometric=geometric)
    expected = np.zeros(len(outcomes.actual))
    relative = np.zeros_like(expected)
    for fold in np.unique(outcomes.fold):
        own = outcomes.fold == fold
        weights = sums.weights(without=int(fold))
        centre = outcomes.combine(weights, geometric=geometric)
        factors = _factors(outcomes, centre, used=~own)
        expected[own] = (centre * outcomes.corrected(factors[0]))[own]
        relative[own] = (centre * outcomes.corrected(factors[1]))[own]
    quoted = relative if geometric else expected
    segments, losing = _judged(outcomes, quoted, aim)
    naive = outcomes.forecasts[SeasonalNaive.name].astype(np.float64)
    beaten = np.isin(outcomes.segment, losing)
    weights = sums.weights()
    factors = _factors(outcomes, outcomes.combine(weights, geometric=geometric), used=None)
    weights[losing] = [name == SeasonalNaive.name for name in outcomes.members]
    for table in factors:
        table[losing] = 1.0
    blend = Blend(
        outcomes.members, geometric, outcomes.segments, tuple(map(tuple, weights.tolist()))
    )
    corrections = Corrections(
        outcomes.segments, *(tuple(map(tuple, table.tolist())) for table in factors)
    )
    return Choice(
        blend.without_idle(),
        corrections,
        np.where(beaten, naive, expected),
        np.where(beaten, naive, relative),
        segments,
    )


class _Sums:
    """Products of the members' errors by fold and segment: all that weights need."""

    def __init__(self, outcomes: Outcomes, *, geometric: bool) -> None:
        errors, known = _errors(outcomes, geometric=geometric)
        self._folds = np.unique(outcomes.fold)
        segments, members = len(outcomes.segments.names), len(outcomes.members)
        self._grams = np.zeros((len(self._folds), segments, members, members))
        self._counts = np.zeros((len(self._folds), segments))
        for row, fold in enumerate(self._folds):
            for segment in range(segments):
                own = errors[:, known & (outcomes.fold == fold) & (outcomes.segment == segment)]
                self._grams[row, segment] = own @ own.T
                self._counts[row, segment] = own.shape[1]

    def weights(self, without: int | None = None) -> Floats:
        """Return [segments, members] weights, from all folds or all but one."""
        used = self._folds != without
        if not self._counts[used].any():
            used[:] = True
        grams, counts = self._grams[used].sum(axis=0), self._counts[used].sum(axis=0)
        common = grams.sum(axis=0) / max(counts.sum(), 1.0)
        return np.array(
            [
                _convex((gram + _COMMON_CELLS * common) / (count + _COMMON_CELLS))
                for gram, count in zip(grams, counts, strict=True)
            ]
        )


def _errors(outcomes: Outcomes, *, geometric: bool) -> tuple[Floats, NDArray[np.bool_]]:
    """Return [members, cells] comparable errors, and which cells count."""
    actual = outcomes.actual
    if geometric:
        known = actual > _LEAST_ACTUAL
        log = np.log(np.where(known, actual, 1.0))
        errors = outcomes.logs - log
    else:
        known = ~np.isnan(actual)
        size = np.maximum(np.mean(outcomes.stacked, axis=0), _LEAST_ACTUAL)
        scale = np.sqrt(size + _RELATIVE_VARIANCE * size**2)
        errors = (outcomes.stacked - actual) / scale
    most = _LARGEST_LOG if geometric else _LARGEST
    return np.where(known, np.clip(errors, -most, most), 0.0), known


def _convex(gram: Floats) -> Floats:
    """Return weights w >= 0 of sum 1 with the least w' gram w; small ones are dropped."""
    members = len(gram)
    size = max(float(np.trace(gram)) / members, _LEAST_ACTUAL)
    root = np.linalg.cholesky(gram / size + 1e-6 * np.eye(members)).T
    both = np.vstack([root, np.full((1, members), _SUM_WEIGHT)])
    found, _ = nnls(both, np.append(np.zeros(members), _SUM_WEIGHT))
    found = np.where(found < _LEAST_WEIGHT * found.sum(), 0.0, found)
    return np.asarray(found / found.sum())


def _factors(
    outcomes: Outcomes, centre: Floats, used: NDArray[np.bool_] | None
) -> tuple[Floats, Floats]:
    """Return [segments, 2] factors to expected sales and to the least error in percent."""
    known = (outcomes.actual > _LEAST_ACTUAL) & (centre > _LEAST_ACTUAL)
    every = ~np.isnan(outcomes.actual)
    if used is not None and (used & known).any():
        known, every = known & used, every & used
    shape = (len(outcomes.segments.names), 2)
    if not known.any():
        return np.ones(shape), np.ones(shape)
    ratio = np.log(np.where(known, outcomes.actual, 1.0) / np.where(known, centre, 1.0))
    level = _steady(ratio[known], outcomes.fold[known])
    group = outcomes.segment * 2 + outcomes.promoted
    tables = []
    for factor, cells in ((_to_expected, every), (_to_relative, known)):
        whole = factor(outcomes.actual[cells], centre[cells])
        # What the windows' level happened to be is trusted only as far as it was steady.
        whole = whole * np.exp(level - ratio[known].mean())
        table = np.full(shape, whole)
        for number in np.unique(group[cells]):
            own = cells & (group == number)
            mine = factor(outcomes.actual[own], centre[own]) * np.exp(level - ratio[known].mean())
            share = own.sum() / (own.sum() + _COMMON_CELLS)
            table[number // 2, number % 2] = whole ** (1 - share) * mine**share
        tables.append(np.clip(table, 1 / _LARGEST_FACTOR, _LARGEST_FACTOR))
    return tables[0], tables[1]


def _steady(ratio: Floats, fold: Integers) -> float:
    """Return the mean log ratio, drawn to 0 as far as it differs between folds (James-Stein)."""
    means = np.array([ratio[fold == one].mean() for one in np.unique(fold)])
    mean = float(means.mean())
    if len(means) == 1:
        return mean / 2
    error = float(means.var(ddof=1)) / len(means)
    return mean * max(0.0, 1 - error / mean**2) if mean else 0.0


def _to_expected(actual: Floats, centre: Floats) -> float:
    total = float(centre.sum())
    return float(actual.sum()) / total if total > 0 and actual.sum() > 0 else 1.0


def _to_relative(actual: Floats, centre: Floats) -> float:
    """Return the factor with the least absolute error in percent.

    It is the median of actual / forecast, each counting forecast / actual. Accidents count as
    large errors, not as what they are: a day on which a shop sold nearly nothing says little of
    how others should be forecast.
    """
    log = np.log(centre / actual)
    middle = float(np.median(log))
    typical = max(float(np.median(np.abs(log - middle))), _LEAST_ACTUAL)
    over = np.exp(np.clip(log, middle - _ACCIDENT * typical, middle + _ACCIDENT * typical))
    order = np.argsort(-over)
    half = np.searchsorted(np.cumsum(over[order]), over.sum() / 2)
    return float(1 / over[order][min(half, len(over) - 1)])


def _judged(outcomes: Outcomes, quoted: Floats, aim: Aim) -> tuple[tuple[Segment, ...], list[int]]:
    """Return how each segment did beside seasonal naive, and which ones naive serves."""
    naive = outcomes.forecasts[SeasonalNaive.name].astype(np.float64)
    everything = _error(outcomes.actual, quoted, aim), _error(outcomes.actual, naive, aim)
    found, losing = [], []
    for number, name in enumerate(outcomes.segments.names):
        own = outcomes.segment == number
        actual = outcomes.actual[own]
        pair = _error(actual, quoted[own], aim), _error(actual, naive[own], aim)
        own_error, naive_error = pair if np.isfinite(pair).all() else everything
        if not own_error < naive_error:
            losing.append(number)
        cells = int((~np.isnan(actual)).sum())
        if cells:
            served = SeasonalNaive.name if number in losing else "ensemble"
            found.append(Segment(name, cells, *pair, served))
    return tuple(found), losing


def _error(actual: Floats, forecast: Floats, aim: Aim) -> float:
    return mape(actual, forecast) if aim is Aim.RELATIVE else wape(actual, forecast)
