"""Means and lowest figures over groups of series, and runs along periods."""

import numpy as np
from numpy.typing import NDArray

from forecasting.grouping import least_by, sum_by
from forecasting.panel import Mask

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


def mean_by(values: Floats, group: Codes) -> Floats:
    """Return [groups, t] means of what is known; 0 where nothing is."""
    known = ~np.isnan(values)
    total, count = sum_by(np.where(known, values, 0.0), group), sum_by(known * 1.0, group)
    return np.asarray(total / np.maximum(count, 1))


def others_mean(values: Floats, group: Codes) -> Floats:
    """Return [n, t] means of the other rows of each row's group; 0 where there are none."""
    count = np.bincount(group)[group][:, None]
    return np.asarray((sum_by(values, group)[group] - values) / np.maximum(count - 1, 1))


def others_lowest(values: Floats, group: Codes) -> Floats:
    """Return [n, t] the lowest of the other rows of each row's group; NaN where there are none."""
    lowest = least_by(values, group)
    at_lowest = values == lowest[group]
    second = least_by(np.where(at_lowest, np.inf, values), group)
    ties = sum_by(at_lowest, group)
    found = np.where(at_lowest & (ties[group] == 1), second[group], lowest[group])
    return np.where(np.isfinite(found), found, np.nan)


def filled(values: Floats) -> Floats:
    """Return [n, t] with gaps filled by the last value known, or else the first; 0 if none is."""
    known = ~np.isnan(values)
    column = np.arange(values.shape[1])
    last = np.maximum.accumulate(np.where(known, column, -1), axis=1)
    first = known.argmax(axis=1)[:, None]
    source = np.where(last >= 0, last, first)
    return np.nan_to_num(np.take_along_axis(values, source, axis=1))


def run_length(on: Mask) -> Floats:
    """Return [n, t] how many periods in a row the mask has been on, this one included."""
    number = np.arange(on.shape[1])
    off = np.maximum.accumulate(np.where(on, -1, number), axis=1)
    return np.asarray(number - off, dtype=np.float64)
