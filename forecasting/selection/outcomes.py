"""What every candidate forecast in the backtest windows of a training, beside what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from forecasting.intervals.calibration import Floats
from forecasting.selection.blend import combined
from forecasting.selection.segments import Segments

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Outcomes:
    """Windows laid end to end: a cell is a series in a period of a window.

    Attributes:
        segments: Kinds of series.
        starts: The panel's column at which each window starts.
        shapes: [n, h] of each window.
        actual: [cells] sales; NaN where not known.
        forecasts: [cells] the centres of each candidate, by name.
        segment: [cells] the series' segment as of the window's start.
        promoted: [cells] 1 where a promotion or the first known flag is on.
        fold: [cells] which block of days the cell belongs to; what is chosen on some blocks is
            measured on the others.
    """

    segments: Segments
    starts: tuple[int, ...]
    shapes: tuple[tuple[int, int], ...]
    actual: Floats
    forecasts: dict[str, NDArray[np.float32]]
    segment: Integers
    promoted: Integers
    fold: Integers

    @property
    def members(self) -> tuple[str, ...]:
        """Return the candidates' names."""
        return tuple(self.forecasts)

    @cached_property
    def stacked(self) -> Floats:
        """Return [members, cells] the candidates' centres."""
        return np.stack([one.astype(np.float64) for one in self.forecasts.values()])

    def combine(self, weights: Floats) -> Floats:
        """Return [cells] the blend by [segments, members] weights."""
        return combined(list(self.forecasts.values()), weights[self.segment])

    def corrected(self, factors: Floats) -> Floats:
        """Return [cells] the factor of each cell, from [segments, 2]."""
        found: Floats = factors[self.segment, self.promoted]
        return found

    def windows(self, values: Floats) -> list[Floats]:
        """Return [n, h] by window of [cells] values."""
        ends = np.cumsum([n * h for n, h in self.shapes])[:-1]
        parts = np.split(values, ends)
        return [part.reshape(shape) for part, shape in zip(parts, self.shapes, strict=True)]


def laid_out(segments: Segments, windows: Sequence["Slice"], *, folds: int) -> Outcomes:
    """Lay windows end to end.

    Args:
        segments: Kinds of series.
        windows: Oldest first.
        folds: How many blocks of days to part the cells into.
    """
    first = windows[0].start
    last = max(one.start + one.actual.shape[1] for one in windows)
    width = max(1, -(-(last - first) // folds))
    shapes = tuple((one.actual.shape[0], one.actual.shape[1]) for one in windows)

    days = [np.arange(one.start, one.start + one.actual.shape[1]) for one in windows]
    return Outcomes(
        segments=segments,
        starts=tuple(one.start for one in windows),
        shapes=shapes,
        actual=np.concatenate([one.actual.ravel() for one in windows]),
        forecasts={
            name: np.concatenate([one.forecasts[name].ravel() for one in windows])
            for name in windows[0].forecasts
        },
        segment=np.concatenate([np.repeat(one.segment, one.actual.shape[1]) for one in windows]),
        promoted=np.concatenate([one.promoted.ravel().astype(np.int64) for one in windows]),
        fold=np.concatenate(
            [
                np.tile((day - first) // width, shape[0])
                for day, shape in zip(days, shapes, strict=True)
            ]
        ),
    )


@dataclass(frozen=True)
class Slice:
    """One window.

    Attributes:
        start: The panel's column at which it starts.
        actual: [n, h] sales; NaN where not known.
        forecasts: [n, h] by candidate.
        segment: [n] segment of each series as of the start.
        promoted: [n, h] where a promotion or the first known flag is on.
    """

    start: int
    actual: Floats
    forecasts: dict[str, NDArray[np.float32]]
    segment: Integers
    promoted: NDArray[np.bool_]
