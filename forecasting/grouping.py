"""Rows of a matrix folded together by group, without `ufunc.at`, which takes a row at a time."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Groups = NDArray[np.int64]


def sum_by(values: NDArray[np.generic], group: Groups, groups: int | None = None) -> Floats:
    """Return [groups, ...] the sums of the rows of each group; 0 for one without rows.

    Args:
        values: [n, ...].
        group: [n] the group of each row, counted from 0.
        groups: How many there are; as many as the largest number says when left out.
    """
    return _folded(np.add, values, group, groups, 0.0)


def least_by(values: NDArray[np.generic], group: Groups, groups: int | None = None) -> Floats:
    """Return [groups, ...] the least of the rows of each group; infinity for one without rows."""
    return _folded(np.minimum, values, group, groups, np.inf)


def _folded(
    fold: np.ufunc, values: NDArray[np.generic], group: Groups, groups: int | None, nothing: float
) -> Floats:
    count = int(group.max(initial=-1)) + 1 if groups is None else groups
    result = np.full((count, *values.shape[1:]), nothing)
    if len(group):
        order = np.argsort(group, kind="stable")
        ordered = group[order]
        starts = np.flatnonzero(np.diff(ordered, prepend=-1))
        result[ordered[starts]] = fold.reduceat(values[order], starts, axis=0, dtype=np.float64)
    return result
