"""Backtest windows: forecasts of one origin against what happened, and many of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.intervals.occasions import kinds_of
from forecasting.intervals.unrest import turmoil, unrest

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Window:
    """Forecasts of one origin against what happened.

    Attributes:
        actual: [n, h] sales; NaN where not known.
        mean: [n, h] forecasts, period 1 ahead first.
        start: The panel's column that period 1 ahead is; None: it is not known, so that nothing
            is known of its calendar and plan.
    """

    actual: Floats
    mean: Floats
    start: int | None = None

    @property
    def ahead(self) -> Codes:
        """Return [h] periods ahead, 1 for the next."""
        return np.arange(1, self.mean.shape[1] + 1)


@dataclass(frozen=True)
class Errors:
    """All windows side by side, oldest first, padded with NaN to the longest.

    Attributes:
        actual: [w, n, h] sales.
        mean: [w, n, h] forecasts.
        kind: [w, n, h] what the plan holds, as `kinds_of` codes it.
        unrest: [w, h] logarithm of the variance by the time of the year.
        columns: [w, h] which period each is.
    """

    actual: Floats
    mean: Floats
    kind: Codes
    unrest: Floats
    columns: Codes

    @property
    def ahead(self) -> Codes:
        """Return [h] periods ahead, 1 for the next."""
        return np.arange(1, self.mean.shape[2] + 1)

    def of(self, rows: Codes) -> "Errors":
        """Return some of the series."""
        return replace(
            self, actual=self.actual[:, rows], mean=self.mean[:, rows], kind=self.kind[:, rows]
        )

    def part(self, which: slice) -> "Errors":
        """Return some of the windows."""
        return replace(
            self,
            actual=self.actual[which],
            mean=self.mean[which],
            kind=self.kind[which],
            unrest=self.unrest[which],
            columns=self.columns[which],
        )


def side_by_side(
    windows: Sequence[Window], demand: Demand | None, flags: tuple[str, ...]
) -> Errors:
    """Return the errors of windows, each with the plan and the time of the year it is for.

    Args:
        windows: Oldest first, each [n, h] with the same n.
        demand: The whole history; None: nothing is known of plan and calendar.
        flags: Of the plan, that kinds of periods are told apart by.
    """
    width = max(window.mean.shape[1] for window in windows)
    shape = (len(windows), len(windows[0].mean), width)
    actual, mean = np.full(shape, np.nan), np.full(shape, np.nan)
    kind, season = np.zeros(shape, dtype=np.int64), np.zeros((len(windows), width))
    # Without starts, windows are taken to follow each other.
    starts = [number * width if w.start is None else w.start for number, w in enumerate(windows)]
    columns = np.array(starts)[:, None] + np.arange(width)
    seen = None if demand is None else turmoil(demand)
    for number, window in enumerate(windows):
        length = window.mean.shape[1]
        actual[number, :, :length], mean[number, :, :length] = window.actual, window.mean
        if demand is None or seen is None or window.start is None:
            continue
        panel = demand.panel
        own = columns[number, :length]
        kind[number, :, :length] = kinds_of(demand, flags, np.arange(panel.n), own)
        # As it was known when the forecasts were made.
        before = slice(0, window.start)
        known = unrest(seen[before], panel.periods[before], panel.frequency, 1.0)
        season[number, :length] = known.logarithm(panel.periods[own], panel.frequency)
    return Errors(actual, mean, kind, season, columns)
