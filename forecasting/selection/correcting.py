"""From the centre that a blend forecasts to expected sales, and to the least error in percent."""

import numpy as np
from numpy.typing import NDArray

from forecasting.intervals.calibration import Floats
from forecasting.selection.outcomes import Outcomes

Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]

# The whole counts like so many cells beside a segment's own.
_COMMON_CELLS = 4000.0
# Multiples of the median absolute error beyond which an error is an accident.
_ACCIDENT = 4.5
_LARGEST_FACTOR = 2.0
# Factors grow with the variance of errors, and the model that serves has seen more than the one
# in the windows: of the factor's logarithm, this much is kept.
_KEPT = 0.8
_NOTHING = 1e-9


def factors_of(outcomes: Outcomes, centre: Floats, used: Mask) -> tuple[Floats, Floats]:
    """Return [segments, 2] factors to expected sales and to the least error in percent.

    Args:
        outcomes: What happened in the windows.
        centre: [cells] the blend of the forecasts.
        used: [cells] those to learn from.
    """
    known = (outcomes.actual > _NOTHING) & (centre > _NOTHING)
    every = ~np.isnan(outcomes.actual)
    if (used & known).any():
        known, every = known & used, every & used
    shape = (len(outcomes.segments.names), 2)
    if not known.any():
        return np.ones(shape), np.ones(shape)
    ratio = np.log(np.where(known, outcomes.actual, 1.0) / np.where(known, centre, 1.0))
    level = _steady(ratio[known], outcomes.fold[known])
    group = outcomes.segment * 2 + outcomes.promoted
    tables = []
    for factor, cells in ((_to_expected, every), (to_relative, known)):
        whole = factor(outcomes.actual[cells], centre[cells])
        # What the windows' level happened to be is trusted only as far as it was steady.
        whole = whole * np.exp(level - ratio[known].mean())
        table = np.full(shape, whole)
        for number in np.unique(group[cells]):
            own = cells & (group == number)
            mine = factor(outcomes.actual[own], centre[own]) * np.exp(level - ratio[known].mean())
            share = own.sum() / (own.sum() + _COMMON_CELLS)
            table[number // 2, number % 2] = whole ** (1 - share) * mine**share
        tables.append(np.clip(table, 1 / _LARGEST_FACTOR, _LARGEST_FACTOR) ** _KEPT)
    # Least errors in percent never ask for more than was forecast; what the windows say there is
    # that the trial's forecasters, which had seen less, were late to grow.
    return tables[0], np.minimum(tables[1], 1.0)


def _steady(ratio: Floats, fold: Integers) -> float:
    """Return the mean log ratio, drawn to 0 as far as it differs between folds (James-Stein)."""
    means = np.array([ratio[fold == one].mean() for one in np.unique(fold)])
    mean = float(means.mean())
    if len(means) == 1:
        return mean / 2
    error = float(means.var(ddof=1)) / len(means)
    return mean * max(0.0, 1 - error / mean**2) if mean else 0.0


def _to_expected(actual: Floats, centre: Floats) -> float:
    """Return the factor to the mean; accidents count by half, in logarithms."""
    total = float(centre.sum())
    if not (total > 0 and actual.sum() > 0):
        return 1.0
    sold = (actual > _NOTHING) & (centre > _NOTHING)
    usual = actual.copy()
    usual[sold] = centre[sold] * np.exp(_without_accidents(np.log(actual[sold] / centre[sold])))
    return float(np.sqrt(actual.sum() * usual.sum()) / total)


def to_relative(actual: Floats, centre: Floats) -> float:
    """Return the factor with the least absolute error in percent.

    It is the median of actual / forecast, each counting forecast / actual. Accidents count as
    large errors, not as what they are: a day on which a shop sold nearly nothing says little of
    how others should be forecast.
    """
    able = centre > _NOTHING
    if not able.any():
        return 1.0
    over = np.exp(_without_accidents(np.log(centre[able] / actual[able])))
    order = np.argsort(-over)
    half = np.searchsorted(np.cumsum(over[order]), over.sum() / 2)
    return float(1 / over[order][min(half, len(over) - 1)])


def _without_accidents(log: Floats) -> Floats:
    """Return log ratios, none further from the middle than an accident is."""
    if not len(log):
        return log
    middle = float(np.median(log))
    most = _ACCIDENT * float(np.median(np.abs(log - middle)))
    return np.clip(log, middle - most, middle + most)
