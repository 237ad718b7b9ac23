"""How much each forecaster counts, by kind of series: convex weights from backtest windows.

Weights are those that minimise squared errors (Bates and Granger, 1969), or absolute ones in
percent where single figures are judged by them. Errors of a segment count beside those of all
series, so that a small segment keeps the common weights.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from forecasting.forecasters.naive import SeasonalNaive
from forecasting.intervals.calibration import Floats
from forecasting.selection.correcting import to_relative
from forecasting.selection.outcomes import Outcomes
from forecasting.units import Aim

Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]

# The whole counts like so many cells beside a segment's own, for weights and for factors.
_COMMON_CELLS = 4000.0
# Larger errors count as this, in multiples of what sold or in standard deviations: a few accidents
# choose nothing.
_LARGEST_RATIO, _LARGEST = 3.0, 6.0
# Members that err so much more than the best take no part.
_WORST = 1.25
# What is added to each member's own squared error, as a share of the best one's: it draws weights
# together, as much as backtests of a few weeks deserve.
_EVEN = 0.15
_ROUNDS, _LEAST_MISS = 5, 0.02
# So many cells say all there is to know about a handful of weights.
_MOST_CELLS = 150_000
# A weight below this in every segment is not worth the member's time.
_LEAST_WEIGHT = 0.05
# Variance of a count forecast of m, as m + this * m²: what a large series' errors are weighed by.
_RELATIVE_VARIANCE = 0.05
_SUM_WEIGHT = 1e3
_NOTHING = 1e-9


def weights_of(outcomes: Outcomes, aim: Aim, used: Mask) -> Floats:
    """Return [segments, members] weights from the cells used.

    Under the aim `relative` the mean absolute error in percent is made small, by squares that
    count less the larger the error was the round before (iteratively reweighted least squares).
    """
    relative = aim is Aim.RELATIVE
    known = outcomes.actual > _NOTHING if relative else ~np.isnan(outcomes.actual)
    cells = _some(known & used if (known & used).any() else known)
    if not len(cells):
        naive = [float(one == SeasonalNaive.name) for one in outcomes.members]
        return np.tile(naive, (len(outcomes.segments.names), 1))
    errors, factors = (_percent_errors if relative else _scaled_errors)(outcomes, cells)
    segment, count = outcomes.segment[cells], len(outcomes.segments.names)
    able = _able(errors, aim)
    counts = np.ones(len(cells))
    for _ in range(_ROUNDS if relative else 1):
        weights = np.zeros((count, len(able)))
        weights[:, able] = _convex_by(errors[able], segment, counts, count)
        missed = np.abs(np.einsum("ck,kc->c", weights[segment], errors))
        counts = 1 / np.maximum(missed, _LEAST_MISS)
    scaled = weights * factors
    return np.asarray(scaled / scaled.sum(axis=1, keepdims=True))


def _some(used: Mask) -> Integers:
    cells = np.flatnonzero(used)
    return cells[:: 1 + len(cells) // _MOST_CELLS]


def _percent_errors(outcomes: Outcomes, cells: Integers) -> tuple[Floats, Floats]:
    """Return [members, cells] errors in percent, and [members] factors that make them small."""
    actual, forecast = outcomes.actual[cells], outcomes.stacked[:, cells]
    factors = np.array([to_relative(actual, one) for one in forecast])
    ratio = forecast * factors[:, None] / actual
    return np.minimum(ratio, _LARGEST_RATIO) - 1, factors


def _scaled_errors(outcomes: Outcomes, cells: Integers) -> tuple[Floats, Floats]:
    """Return [members, cells] errors in standard deviations of a count, and factors of 1."""
    actual, forecast = outcomes.actual[cells], outcomes.stacked[:, cells]
    size = np.maximum(forecast.mean(axis=0), _NOTHING)
    errors = (forecast - actual) / np.sqrt(size + _RELATIVE_VARIANCE * size**2)
    return np.clip(errors, -_LARGEST, _LARGEST), np.ones(len(forecast))


def _able(errors: Floats, aim: Aim) -> Mask:
    """Return [members] who is good enough: a bad one adds luck, not knowledge.

    Means are judged by squared errors: of what seldom sells, nothing at all has the least absolute
    error.
    """
    relative = aim is Aim.RELATIVE
    mean = np.abs(errors).mean(axis=1) if relative else np.sqrt((errors**2).mean(axis=1))
    return np.asarray(mean <= _WORST * mean.min())


def _convex_by(errors: Floats, segment: Integers, counts: Floats, segments: int) -> Floats:
    """Return [segments, members] convex weights, those of small segments drawn to the common."""
    grams, sizes = [], []
    for number in range(segments):
        own = segment == number
        grams.append(
            (errors[:, own] * counts[own]) @ errors[:, own].T / max(counts[own].sum(), 1e-9)
        )
        sizes.append(own.sum())
    shares = np.array(sizes) / max(sum(sizes), 1)
    common = sum((share * gram for share, gram in zip(shares, grams, strict=True)), 0 * grams[0])
    return np.array(
        [
            _convex((size * gram + _COMMON_CELLS * common) / (size + _COMMON_CELLS))
            for gram, size in zip(grams, sizes, strict=True)
        ]
    )


def _convex(gram: Floats) -> Floats:
    """Return weights w >= 0 of sum 1 with the least w' gram w; small ones are dropped."""
    members = len(gram)
    size = max(float(np.diag(gram).min()), _NOTHING)
    root = np.linalg.cholesky(gram / size + _EVEN * np.eye(members)).T
    both = np.vstack([root, np.full((1, members), _SUM_WEIGHT)])
    found, _ = nnls(both, np.append(np.zeros(members), _SUM_WEIGHT))
    found = np.where(found < _LEAST_WEIGHT * found.sum(), 0.0, found)
    return np.asarray(found / found.sum())
