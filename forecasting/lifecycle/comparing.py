"""Two model versions on the same stretches of the past that neither had seen.

A version is judged on a stretch by what its training kept of it, which copies trained before it
forecast, or as it is, where the stretch lies after its data. A stretch counts only when both can
be judged on it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from forecasting.lifecycle.gate import MIN_WINDOWS, SIGNIFICANCE, Losses, WindowErrors
from forecasting.lifecycle.records import ModelRecord
from forecasting.lifecycle.window_losses import (
    EVERYTHING,
    PERIODS,
    by_store,
    few_segments,
    from_metric,
    window_errors,
)
from forecasting.model import TrainedModel
from forecasting.panel import Panel
from forecasting.periods import lengths
from forecasting.selection.trial import window_actual

LEVEL = round(100 * (1 - 2 * SIGNIFICANCE))
"""Percent of the interval of a gain: it leaves out zero where a one-sided test says better."""

# Of the newest weeks so many are forecast where need be: that takes a moment each.
_NEWEST = 8
# Sales of a stretch that differ by more are not the same sales: corrected since, or a sample.
_SAME = 0.001


@dataclass(frozen=True)
class Gain:
    """By how much one model's errors are smaller than another's.

    Attributes:
        pct: In percent of the other's; negative: larger.
        lower_pct: Lower bound of its interval; None with a single window.
        upper_pct: Upper bound.
        beyond_noise: The interval leaves out zero, and there are windows enough.
    """

    pct: float
    lower_pct: float | None
    upper_pct: float | None
    beyond_noise: bool


@dataclass(frozen=True)
class SideBySide:
    """Two models' errors on the same windows.

    Attributes:
        days: Of each window.
    """

    one: WindowErrors
    other: WindowErrors
    days: int

    @cached_property
    def gain(self) -> Gain:
        """Return by how much the one's error is smaller than the other's."""
        return gain(self.one.absolute.sum(axis=1), self.other.absolute.sum(axis=1))

    @property
    def by_segment(self) -> list[tuple[str, float, float, float]]:
        """Return by store both sums of errors and of sales; nothing where not told apart."""
        names = self.one.segments
        if names == (EVERYTHING,):
            return []
        sums = (one.sum(axis=0) for one in (self.one.absolute, self.other.absolute))
        columns = (*(one.tolist() for one in sums), self.one.actual.sum(axis=0).tolist())
        return [row for row in zip(names, *columns, strict=True) if row[3] > 0]


@dataclass(frozen=True)
class Version:
    """One of the two: its record, and how to load it, which takes a moment."""

    record: ModelRecord
    load: Callable[[], TrainedModel]


def side_by_side(panel: Panel, one: Version, other: Version) -> SideBySide | None:
    """Return both models' errors on the windows that both can be judged on; None without any.

    Args:
        panel: The whole history.
        one: A version.
        other: The version it is held against.
    """
    first, second = _Judge(panel, one), _Judge(panel, other)
    length, after = PERIODS[panel.frequency], panel.history
    starts, mine, theirs = list[int](), list[Losses](), list[Losses]()
    for start in sorted({*first.places, *second.places, *_newest(panel)}, reverse=True):
        # Windows of two trainings may lie across each other: the newer is taken.
        if start + length > after or not (first.can(start) and second.can(start)):
            continue
        pair = first.losses(start), second.losses(start)
        if _same_sales(*pair):
            starts, mine, theirs = [start, *starts], [pair[0], *mine], [pair[1], *theirs]
            after = start
    if not starts:
        return None
    days = tuple(panel.periods[start].date() for start in starts)
    names = _segments(panel, (*mine, *theirs))
    last = int(lengths(panel.periods[starts[-1] : starts[-1] + length], panel.frequency).sum())
    return SideBySide(_errors(days, names, mine), _errors(days, names, theirs), last)


def gain(mine: Losses, theirs: Losses) -> Gain:
    """Return by how much losses are smaller, window by window, with an interval.

    The statistic is that of `gate.smaller_by_chance`, turned round into an interval.

    Args:
        mine: [k] losses.
        theirs: [k] losses on the same windows, none of which overlap.
    """
    k, each = len(mine), theirs - mine
    scale = 100 / theirs.mean() if theirs.sum() > 0 else 0.0
    middle = float(scale * each.mean())
    if k == 1:
        return Gain(middle, None, None, beyond_noise=False)
    error = float(each.std()) / np.sqrt(k - 1)
    reach = scale * error * float(stdtrit(k - 1, 1 - SIGNIFICANCE))
    lower, upper = middle - reach, middle + reach
    return Gain(middle, lower, upper, beyond_noise=k >= MIN_WINDOWS and (lower > 0 or upper < 0))


class _Judge:
    """What one model got wrong, by the column at which a window starts."""

    def __init__(self, panel: Panel, version: Version) -> None:
        self._panel, self._version = panel, version
        self._kept = from_metric(version.record.metrics, panel.frequency)

    @cached_property
    def places(self) -> dict[int, int]:
        """Return the place of each window that its training kept."""
        days = self._panel.periods[: self._panel.history]
        kept = self._kept.starts if self._kept is not None else ()
        columns = days.get_indexer(pd.DatetimeIndex(kept)).tolist()
        return {column: place for place, column in enumerate(columns) if column >= 0}

    def can(self, start: int) -> bool:
        """Tell whether it can be judged in a window."""
        cutoff, day = self._version.record.cutoff, self._panel.periods[start].date()
        return start in self.places or (cutoff is not None and cutoff < day)

    def losses(self, start: int) -> Losses:
        """Return [3, segments] losses in a window."""
        if self._kept is None or start not in self.places:
            return self._forecast(start)
        place, kept = self.places[start], self._kept
        return np.stack([kept.absolute[place], kept.signed[place], kept.actual[place]])

    def _forecast(self, start: int) -> Losses:
        panel, length = self._panel, PERIODS[self._panel.frequency]
        rows, seen = np.arange(panel.n), panel.until(start)
        mean = self._model.predict(seen, rows, start, start + length).mean
        losses = by_store(panel, window_actual(panel, start, length), mean.astype(np.float64))
        errors = few_segments(window_errors(panel, (start,), [losses]))
        return np.stack([errors.absolute[0], errors.signed[0], errors.actual[0]])

    @cached_property
    def _model(self) -> TrainedModel:
        return self._version.load()


def _newest(panel: Panel) -> Iterable[int]:
    """Return where windows would start that fill the newest part of a history."""
    length = PERIODS[panel.frequency]
    starts = range(panel.history - length, 0, -length)
    return starts[:_NEWEST]


def _same_sales(mine: Losses, theirs: Losses) -> bool:
    one, other = float(mine[2].sum()), float(theirs[2].sum())
    return one > 0 and abs(one - other) <= _SAME * one


def _segments(panel: Panel, losses: Sequence[Losses]) -> tuple[str, ...]:
    """Return what losses are told apart by: stores, where all of them have them."""
    stores = panel.series["store"].astype("category").cat.categories
    by_one = all(one.shape[1] == len(stores) for one in losses)
    return tuple(str(store) for store in stores) if by_one else (EVERYTHING,)


def _errors(
    days: tuple[date, ...], names: tuple[str, ...], losses: Sequence[Losses]
) -> WindowErrors:
    if names == (EVERYTHING,):
        losses = [one.sum(axis=1, keepdims=True) for one in losses]
    absolute, signed, actual = np.stack(losses, axis=1)
    return WindowErrors(days, names, absolute, signed, actual)
