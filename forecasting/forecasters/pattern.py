"""The pattern that sales repeat: how each cell (weekday and flags) stands to the series' mean.

What the simple forecasters share: they follow the level of a series and leave the rest to this.
"""

import weakref

import numpy as np

from forecasting.demand import Demand
from forecasting.features.contract import PLAN, RECENT, WEEKDAY
from forecasting.origin import Floats, Rows, without_faults
from forecasting.units import Frequency

# Periods looked back on: half a year of days, where patterns change; years of longer periods.
_WINDOW = {Frequency.DAY: 182, Frequency.WEEK: 104, Frequency.MONTH: 36}
# A cell's own mean counts from about this many records on; before, that of all series does.
_PRIOR = 2.0
# What is divided by a cell that hardly ever sells is noise.
_LEAST = 0.05
_NOTHING = 1e-9


class Pattern:
    """Recent sales at the usual price, taken apart into cells and what is left.

    Attributes:
        seen: [n, w] the last w periods; NaN where not known, faulty or out of stock.
        plain: [n, w] the same without the pattern: divided by the cell's index.
    """

    def __init__(self, demand: Demand) -> None:
        history = demand.panel.history
        first = max(0, history - _WINDOW[demand.panel.frequency])
        self._cell, self._phase = demand.cell, demand.phase
        self.seen: Floats = without_faults(demand.adjusted[:, first:].astype(np.float64))
        self._index = _indices(self.seen, demand.cell[:, first:history], demand.cells)
        past = np.take_along_axis(self._index, demand.cell[:, first:history], axis=1)
        self.plain: Floats = self.seen / past

    def index(self, rows: Rows, columns: Rows) -> Floats:
        """Return [rows, columns] what each period's cell does to the level."""
        found: Floats = self._index[rows[:, None], self._cell[np.ix_(rows, columns)]]
        return found

    def reasons(self, level: Floats, rows: Rows, columns: Rows) -> tuple[Floats, dict[str, Floats]]:
        """Return why a level [n] with this pattern comes out as it does, on the log scale.

        Returns:
            [rows, columns] log of the mean of all that was seen, and what recent sales, the
            weekday and plans add to it.
        """
        known = ~np.isnan(self.plain)
        total = np.where(known, self.plain, 0.0).sum(axis=1)
        usual = np.maximum(total / np.maximum(known.sum(axis=1), 1), _NOTHING)[rows][:, None]
        plain = self._index[rows[:, None], self._phase[columns][None, :]]
        shape = np.zeros((len(rows), len(columns)))
        return np.log(usual) + shape, {
            RECENT: np.log(np.maximum(level[rows], _NOTHING)[:, None] / usual) + shape,
            WEEKDAY: np.log(plain),
            PLAN: np.log(self.index(rows, columns) / plain),
        }


_latest: list[tuple[weakref.ref[Demand], Pattern]] = []


def pattern_of(demand: Demand) -> Pattern:
    """Return the pattern of a demand, kept for the one asked for last: several members share it."""
    held = _latest[0] if _latest else None  # read once: another thread may replace it meanwhile
    if held is not None and held[0]() is demand:
        return held[1]
    found = Pattern(demand)
    _latest[:] = [(weakref.ref(demand), found)]
    return found


def _indices(seen: Floats, cell: Rows, cells: int) -> Floats:
    """Return [n, cells] the mean of each cell over that of the series, drawn to that of all."""
    n = len(seen)
    known = ~np.isnan(seen)
    count = known.sum(axis=1)
    value = np.where(known, seen, 0.0)
    mean = value.sum(axis=1) / np.maximum(count, 1)
    relative = value / np.where(mean > 0, mean, 1.0)[:, None]
    flat = (np.arange(n)[:, None] * cells + cell).ravel()
    total = np.bincount(flat, relative.ravel(), n * cells).reshape(n, cells)
    number = np.bincount(flat, known.ravel(), n * cells).reshape(n, cells)
    common = (total.sum(axis=0) + _PRIOR) / (number.sum(axis=0) + _PRIOR)
    return np.asarray(np.maximum((total + _PRIOR * common) / (number + _PRIOR), _LEAST))
