"""Which records came late: after later periods of the same series had already been loaded.

A backtest must not use what was loaded only after the day it pretends to be. The moment of
loading alone does not tell: a history of years is loaded in one go. So a record counts as late
when an earlier load had already brought a later period of its series; corrections do as well.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.periods import Columns, PeriodGrid

Arrivals = NDArray[np.int32]

_NONE = np.int32(-1)


def arrivals(
    known_at: pd.Series, row: Columns, column: Columns, shape: tuple[int, int], grid: PeriodGrid
) -> Arrivals | None:
    """Return [n, t] from which period on a late record is known; 0 for one in good time.

    Args:
        known_at: The moment each record was loaded.
        row: [records] their series.
        column: [records] their period.
        shape: n, t.
        grid: Numbers the periods.

    Returns:
        The number of the first period that begins after the record was loaded, or None where
        no record is late.
    """
    if known_at.min() == known_at.max():  # one load brought everything
        return None
    moments, load = np.unique(known_at.to_numpy(dtype="datetime64[us]"), return_inverse=True)
    newest = np.full(shape, _NONE, dtype=np.int32)
    np.maximum.at(newest, (row, column), load.astype(np.int32))
    later = np.where(newest == _NONE, np.int32(len(moments)), newest)
    soonest = np.minimum.accumulate(later[:, ::-1], axis=1)[:, ::-1]
    late = np.zeros(shape, dtype=bool)
    late[:, :-1] = newest[:, :-1] > soonest[:, 1:]
    if not late.any():
        return None
    known_from = np.maximum(grid.columns(pd.DatetimeIndex(moments)) + 1, 0).astype(np.int32)
    return np.where(late, known_from[np.maximum(newest, 0)], np.int32(0))
