"""What each series usually sells on such a day, and how sales went against it.

As of one origin, sales are taken apart into three factors, after the chain-wide and own effects of
Jacobusse's winning solution of the Rossmann competition:

    sales = usual in the cell (weekday × flags) × shock of the day, shared by the group × own rest

Shocks and rests of past days average well over any span, whatever promotions ran in it.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

_WEEK = 7
# Records half a year older count half in what is usual.
_HALF_LIFE = 182.0
# The chain's ratio between cells counts as many of a series' own records in a cell; as more where
# counting makes records noisy (see `_noise`).
_PRIOR = 4.0
# No cell is thought to sell less than this share of the series' mean.
_LEAST_SHARE = 0.02
# Recent sales against the usual, by this half-life in days; the usual counts as so many records.
_RECENT, _RECENT_PRIOR = 14.0, 3.0
# Weekdays' own drift: over so many days, drawn to the mean drift by so many records.
_WEEKDAY_SPAN, _WEEKDAY_PRIOR = 56, 2.0
# A day's shock is known when this share of the series has a record.
_LEAST_KNOWN = 0.02
# Noise of a series of mean m, as in the weights of training rows.
_RELATIVE_VARIANCE = 0.05
_TINY = 1e-9


@dataclass(frozen=True)
class Seen:
    """What is known of sales as of an origin.

    n series, w periods before the origin.

    Attributes:
        value: [n, w] sales at the usual price; 0 where not known.
        known: [n, w] where they are known.
        cell: [n, w] weekday + 7 × which flags are on.
        cells: How many cells there can be.
        group: [n] series of one number share the shocks of days.
        first: The first period's panel column.
    """

    value: Floats
    known: NDArray[np.bool_]
    cell: Rows
    cells: int
    group: Rows
    first: int


class Habits:
    """Usual sales by cell, day shocks of groups, and rests, as of one origin."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self.long_run, self.chain_ratio, self.usual = self._usual()
        expected = np.take_along_axis(self.usual, seen.cell, axis=1)
        self._expected = np.where(seen.known, expected, 0.0)

    def expected(self, rows: Rows, cell: Rows) -> Floats:
        """Return [rows, columns] the usual sales of each cell, at the level of late."""
        return np.asarray(self.usual[rows[:, None], cell] * self.recent[rows][:, None])

    @cached_property
    def recent(self) -> Floats:
        """Return [n] sales of the last weeks against the usual; 1 where nothing is known."""
        age = np.arange(self._expected.shape[1] - 1, -1, -1)
        weight = 0.5 ** (age / _RECENT)
        prior = _RECENT_PRIOR * self.long_run * self._noise(self.long_run) + _TINY
        value = self._seen.value @ weight
        return np.asarray((value + prior) / (self._expected @ weight + prior))

    @cached_property
    def weekdays(self) -> Floats:
        """Return [n, 7] sales of the last eight weeks against the usual, by weekday."""
        seen, n = self._seen, len(self.usual)
        last = slice(max(0, self._expected.shape[1] - _WEEKDAY_SPAN), None)
        phase = seen.cell[:, last] % _WEEK
        flat = (np.arange(n)[:, None] * _WEEK + phase).ravel()
        sold, expected = (
            np.bincount(flat, matrix[:, last].ravel(), n * _WEEK).reshape(n, _WEEK)
            for matrix in (seen.value, self._expected)
        )
        prior = (_WEEKDAY_PRIOR * self.long_run * self._noise(self.long_run))[:, None] + _TINY
        mean = (sold.sum(axis=1)[:, None] + prior) / (expected.sum(axis=1)[:, None] + prior)
        return np.asarray((sold + prior * mean) / (expected + prior))

    def own(self, rows: Rows, start: Rows, end: Rows) -> Floats:
        """Return sales over a span against the usual times the group's shocks.

        Args:
            rows: Series.
            start: [columns] or [1] first panel column of each span.
            end: Column after its last.

        Returns:
            [rows, len(start)]; NaN where nothing is known.
        """
        return self._over(self._sums, rows, start, end)

    def chain(self, rows: Rows, start: Rows, end: Rows) -> Floats:
        """Return the mean shock of a span in each series' group, as `own` does."""
        return self._over(self._group_sums, self._seen.group[rows], start, end)

    def _over(self, sums: tuple[Floats, Floats], rows: Rows, start: Rows, end: Rows) -> Floats:
        width, first = self._expected.shape[1], self._seen.first
        start, end = np.clip(start - first, 0, width), np.clip(end - first, 0, width)
        row = rows[:, None]
        above, below = (total[row, end] - total[row, start] for total in sums)
        unknown = np.full(above.shape, np.nan)
        return np.asarray(np.divide(above, below, out=unknown, where=below > _TINY))

    def _usual(self) -> tuple[Floats, Floats, Floats]:
        """Return [n] means, [cells] the chain's ratios to them, [n, cells] usual sales."""
        seen, cells = self._seen, self._seen.cells
        n, width = seen.value.shape
        age = np.arange(width - 1, -1, -1)
        weight = np.where(seen.known, 0.5 ** (age / _HALF_LIFE), 0.0)
        flat = (np.arange(n)[:, None] * cells + seen.cell).ravel()
        count = np.bincount(flat, weight.ravel(), n * cells).reshape(n, cells)
        total = np.bincount(flat, (weight * seen.value).ravel(), n * cells).reshape(n, cells)
        mean = _quotient(total.sum(axis=1), count.sum(axis=1), 0.0)
        even = self._evenness(mean)
        sold, expected = even @ total, (even * mean) @ count
        weekday = np.arange(cells) % _WEEK
        by_weekday = _quotient(
            np.bincount(weekday, sold, _WEEK), np.bincount(weekday, expected, _WEEK), 1.0
        )
        ratio = np.where(expected > 0, _quotient(sold, expected, 1.0), by_weekday[weekday])
        prior = _PRIOR * self._noise(mean)[:, None]
        usual = (total + prior * mean[:, None] * ratio) / (count + prior)
        return mean, ratio, np.maximum(usual, _LEAST_SHARE * mean[:, None])

    @staticmethod
    def _evenness(mean: Floats) -> Floats:
        """Return [n] weights that count large series alike and small ones by their size."""
        return np.asarray(1.0 / (1.0 + _RELATIVE_VARIANCE * mean))

    @staticmethod
    def _noise(mean: Floats) -> Floats:
        """Return [n] by how much noisier a record is than that of a large series."""
        return np.asarray(1.0 + 1.0 / (_RELATIVE_VARIANCE * np.maximum(mean, _TINY)))

    @cached_property
    def _shocks(self) -> tuple[Floats, Floats]:
        """Return [groups, width] weighted sales of each day, and what was usual for it."""
        even = self._evenness(self.long_run)[:, None]
        groups = int(self._seen.group.max(initial=0)) + 1
        sums = np.zeros((3, groups, self._expected.shape[1]))
        parts = (even * self._seen.value, even * self._expected, self._seen.known)
        for group in range(groups):
            inside = slice(None) if groups == 1 else self._seen.group == group
            for total, part in zip(sums, parts, strict=True):
                total[group] = part[inside].sum(axis=0)
        size = np.bincount(self._seen.group, minlength=groups)[:, None]
        seldom = sums[2] <= _LEAST_KNOWN * size
        return np.where(seldom, 0.0, sums[0]), np.where(seldom, 0.0, sums[1])

    @cached_property
    def _group_sums(self) -> tuple[Floats, Floats]:
        sold, expected = self._shocks
        return cumulated(sold), cumulated(expected)

    @cached_property
    def _sums(self) -> tuple[Floats, Floats]:
        shock = _quotient(*self._shocks, 1.0)
        return (
            cumulated(self._seen.value),
            cumulated(self._expected * shock[self._seen.group]),
        )


def cumulated(matrix: NDArray[np.generic]) -> Floats:
    """Return [n, w + 1] running sums along each row, from 0."""
    total = np.zeros((matrix.shape[0], matrix.shape[1] + 1))
    np.cumsum(matrix, axis=1, out=total[:, 1:])
    return total


def _quotient(above: NDArray[np.number], below: NDArray[np.number], otherwise: float) -> Floats:
    result = np.full(below.shape, otherwise)
    return np.asarray(np.divide(above, below, out=result, where=below > 0))
