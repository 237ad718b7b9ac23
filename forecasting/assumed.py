"""Known covariates: words as the codes a model has learned, and repeats where no plan is given."""

import numpy as np
import pandas as pd

from forecasting.panel import Matrix
from forecasting.units import Frequency

# After how many periods a planned covariate may repeat, by frequency.
_REPEATS = {
    Frequency.DAY: (7, 14, 28, 364),
    Frequency.WEEK: (1, 2, 4, 52),
    Frequency.MONTH: (1, 12),
}


def assumed(matrix: Matrix, history: int, frequency: Frequency) -> Matrix:
    """Fill a covariate's unknown periods: the past from other series, the future by repeating.

    It repeats after the number of periods at which it has agreed best with itself so far.
    """
    if not np.isnan(matrix).any():
        return matrix
    known = ~np.isnan(matrix)
    count = known.sum(axis=0)
    usual = np.where(known, matrix, 0).sum(axis=0) / np.maximum(count, 1)
    if set(np.unique(matrix[known])) <= {0, 1}:
        usual = np.round(usual)
    filled = np.where(known | (count == 0), matrix, usual).astype(np.float32)
    if not np.isnan(filled).any():
        return filled
    lag = _best_repeat(filled[:, :history], frequency)
    for column in np.flatnonzero(np.isnan(filled).any(axis=0)):
        source = filled[:, column - lag] if column >= lag else np.float32(0)
        filled[:, column] = np.where(np.isnan(filled[:, column]), source, filled[:, column])
    return np.nan_to_num(filled)


def _best_repeat(past: Matrix, frequency: Frequency) -> int:
    misses = {}
    for lag in _REPEATS[frequency]:
        if past.shape[1] > lag:
            miss = np.abs(past[:, lag:] - past[:, :-lag])
            misses[lag] = float(np.nanmean(miss)) if not np.isnan(miss).all() else np.inf
    return min(misses, key=lambda lag: misses[lag]) if misses else _REPEATS[frequency][0]


def recoded(matrix: Matrix, old: tuple[str, ...], new: tuple[str, ...]) -> Matrix:
    """Return codes of one list of words as codes of another; NaN for a word that is not in it."""
    if old[: len(new)] == new and len(old) == len(new):
        return matrix
    place = pd.Index(new).get_indexer(pd.Index(old)).astype(np.float32)
    place[place < 0] = np.nan
    known = ~np.isnan(matrix)
    result = np.full_like(matrix, np.nan)
    result[known] = place[matrix[known].astype(np.int64)]
    return result
