"""What is known of every series as of one origin: levels, cells, last year.

An origin is the number of periods seen. Everything is worked out from the periods before it, so
no feature built on it can see the future.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.grouping import sum_by
from forecasting.habits import Habits, Seen, cumulated
from forecasting.units import Frequency

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

# Periods in a year, a month and a quarter such that weekdays match.
YEAR = {Frequency.DAY: 364, Frequency.WEEK: 52, Frequency.MONTH: 12}
MONTH = {Frequency.DAY: 28, Frequency.WEEK: 4, Frequency.MONTH: 3}
QUARTER = {Frequency.DAY: 91, Frequency.WEEK: 13, Frequency.MONTH: 6}

# A sale is taken for a fault when it is beyond both multiples: of the median of what sold, and of
# its 95th percentile. Real promotions stay far below.
_FAULT_MEDIANS, _FAULT_HIGHS = 30.0, 5.0
_HIGH = 0.05
_LEAST_TO_JUDGE = 5

# Weight of the long-run mean in the recent level, in half-lives of records.
_LONG_RUN = 0.15
# The recent level is not let fall below this share of the long-run mean.
_FLOOR = 0.05
# What is usual on a day is not below this share of the level.
_LEAST_BASE = 0.03
# Weight of the weekday's mean in the mean of a cell, in records.
_CELL_PRIOR = 2.0
# Series of a group that did not change with the season, assumed beside those seen.
_SEASON_PRIOR = 5.0


class Origin:
    """The state of all series after `at` periods."""

    def __init__(self, demand: Demand, at: int) -> None:
        self.demand = demand
        self.at = at
        frequency = demand.panel.frequency
        self.year, self.month, self.quarter = YEAR[frequency], MONTH[frequency], QUARTER[frequency]
        self.first = max(0, at - self.year - self.quarter)
        self.seen = without_faults(demand.adjusted[:, self.first : at].astype(np.float64))
        self.known = ~np.isnan(self.seen)
        self.value = np.where(self.known, self.seen, 0.0)

    @cached_property
    def long_run(self) -> Floats:
        """Return [n] the mean over the window seen; 0 where nothing is known."""
        return _ratio(self.value.sum(axis=1), self.known.sum(axis=1))

    @cached_property
    def level(self) -> Floats:
        """Return [n] the recent level that every forecast is relative to; 0 if none is known."""
        return self._weighted(self.month)

    @cached_property
    def fast_level(self) -> Floats:
        """Return [n] the level of the last few periods."""
        return self._weighted(max(1, self.month // 4))

    def _weighted(self, half_life: int) -> Floats:
        age = np.arange(self.seen.shape[1] - 1, -1, -1)
        weight = 0.5 ** (age / half_life)
        prior = _LONG_RUN * half_life
        total = self.value @ weight + prior * self.long_run
        level = total / (self.known @ weight + prior)
        return np.asarray(np.maximum(level, _FLOOR * self.long_run))

    @cached_property
    def habits(self) -> Habits:
        """Return what each series usually sells, and how sales went against it."""
        demand = self.demand
        cell = demand.cell[:, self.first : self.at]
        return Habits(Seen(self.value, self.known, cell, demand.cells, self.group, self.first))

    def base(self, rows: Rows, columns: Rows) -> Floats:
        """Return [rows, columns] what the model's target is relative to; 0 if nothing is known.

        Of daily data what the series usually sells on such a day, at the level of late; of weeks
        the level moved as the group moved last year; else the level itself.
        """
        level = self.level[rows][:, None]
        if self.seasonal:
            return np.asarray(level * np.exp(self.season(rows, columns)))
        if not self.demand.phase.any():
            return np.repeat(level, len(columns), axis=1)
        usual = self.habits.expected(rows, self.demand.cell[np.ix_(rows, columns)])
        return np.asarray(np.maximum(usual, _LEAST_BASE * level))

    @cached_property
    def _sums(self) -> tuple[Floats, Floats]:
        return cumulated(self.value), cumulated(self.known)

    def mean(self, rows: Rows, start: Rows, end: Rows) -> Floats:
        """Return [rows, len(start)] means over panel columns start to end - 1.

        Columns outside what is seen count as unknown; NaN where nothing is known.
        """
        return _range_mean(self._sums, rows, *self._inside(start, end))

    def recent(self, periods: int) -> Floats:
        """Return [n] the mean of the last periods; NaN where nothing is known."""
        rows = np.arange(len(self.seen))
        return self.mean(rows, np.array([self.at - periods]), np.array([self.at]))[:, 0]

    @cached_property
    def zero_share(self) -> Floats:
        """Return [n] the share of zeros in the last quarter."""
        last = slice(-self.quarter, None)
        zeros = (self.known & (self.value == 0))[:, last].sum(axis=1)
        return _ratio(zeros, self.known[:, last].sum(axis=1))

    @cached_property
    def spread(self) -> Floats:
        """Return [n] the standard deviation of the last quarter relative to its mean."""
        value, known = self.value[:, -self.quarter :], self.known[:, -self.quarter :]
        count = known.sum(axis=1)
        mean = _ratio(value.sum(axis=1), count)
        square = _ratio((value**2).sum(axis=1), count)
        return _ratio(np.sqrt(np.maximum(square - mean**2, 0)), mean)

    @cached_property
    def age(self) -> Floats:
        """Return [n] periods since the first record."""
        age = np.maximum(self.at - self.demand.panel.first_seen, 0)
        return np.asarray(age, dtype=np.float64)

    @cached_property
    def silence(self) -> Floats:
        """Return [n] periods since the last record, at most the window seen."""
        back = self.known[:, ::-1].argmax(axis=1)
        silent = np.where(self.known.any(axis=1), back, self.seen.shape[1])
        return np.asarray(silent, dtype=np.float64)

    @cached_property
    def weekdays(self) -> Floats:
        """Return [n, 7] recent means by weekday, drawn to the overall mean where records lack."""
        return self._by(self._phases, 7, 8 * 7 if self.demand.phase.any() else self.year, None)

    @cached_property
    def cell_means(self) -> Floats:
        """Return [n, cells] means by weekday and flags, drawn to the weekday's mean."""
        weekday = self.weekdays[:, np.arange(self.demand.cells) % 7]
        cells = self.demand.cell[:, self.first : self.at]
        return self._by(cells, self.demand.cells, self.seen.shape[1], weekday)

    @property
    def _phases(self) -> NDArray[np.int64]:
        phase = self.demand.phase[self.first : self.at]
        return np.broadcast_to(phase, self.seen.shape)

    def _by(self, cell: NDArray[np.int64], cells: int, window: int, prior: Floats | None) -> Floats:
        n, width = self.seen.shape
        last = slice(max(0, width - window), None)
        age = np.arange(width - 1, -1, -1)[last]
        weight = np.where(self.known[:, last], 0.5 ** (age / self.quarter / 2), 0.0)
        flat = (np.arange(n)[:, None] * cells + cell[:, last]).ravel()
        total = np.bincount(flat, (weight * self.value[:, last]).ravel(), n * cells)
        count = np.bincount(flat, weight.ravel(), n * cells)
        centre = self.level[:, None] if prior is None else prior
        total, count = total.reshape(n, cells), count.reshape(n, cells)
        return np.asarray((total + _CELL_PRIOR * centre) / (count + _CELL_PRIOR))

    def last_year(self, rows: Rows, columns: Rows, reach: int) -> Floats:
        """Return [rows, columns] how the same time last year stood to the level then.

        Args:
            rows: Series.
            columns: Target periods.
            reach: Periods on either side that are averaged.
        """
        then = columns - self.year
        around = self.mean(rows, then - reach, then + reach + 1)
        base = self._level_last_year[rows][:, None]
        return log_to(around, base)

    def chain_last_year(self, rows: Rows, columns: Rows, reach: int) -> Floats:
        """Return the same for the series' group, where single series are too noisy."""
        then = columns - self.year
        group = self.group[rows]
        start, end = self._inside(then - reach, then + reach + 1)
        around = _range_mean(self._group_sums, group, start, end)
        start, end = self._inside(*self._month_last_year)
        base = _range_mean(self._group_sums, group, start, end)
        return log_to(around, base)

    @property
    def seasonal(self) -> bool:
        """Return whether the base moves with the season: in weeks, where no offers change."""
        return self.demand.weekly_season

    def season(self, rows: Rows, columns: Rows) -> Floats:
        """Return [rows, columns] how the group moved last year from the month before the origin.

        The logarithm is drawn to 0, the more the fewer series tell of it; 0 where none does.
        """
        count = self._season_count(rows, columns)
        moved = np.nan_to_num(self.chain_last_year(rows, columns, 0))
        return np.asarray(moved * count / (count + _SEASON_PRIOR))

    def season_known(self, rows: Rows, columns: Rows) -> NDArray[np.bool_]:
        """Return [rows, columns] whether the group's sales of last year's same time are known."""
        return ~np.isnan(self.chain_last_year(rows, columns, 0))

    def _season_count(self, rows: Rows, columns: Rows) -> Floats:
        start, end = self._inside(columns - self.year, columns - self.year + 1)
        known = self._group_sums[1][self.group[rows]]
        return np.asarray(known[:, end] - known[:, start])

    @property
    def _month_last_year(self) -> tuple[Rows, Rows]:
        end = self.at - self.year
        return np.array([end - self.month]), np.array([end])

    @cached_property
    def _level_last_year(self) -> Floats:
        rows = np.arange(len(self.seen))
        return self.mean(rows, *self._month_last_year)[:, 0]

    @cached_property
    def group(self) -> NDArray[np.int64]:
        """Return [n] the number of the product category; one for all where there are none."""
        series = self.demand.panel.series
        if "product_category" not in series:
            return np.zeros(len(series), dtype=np.int64)
        group = series.groupby("product_category", dropna=False).ngroup()
        return np.asarray(group, dtype=np.int64)

    @cached_property
    def _group_sums(self) -> tuple[Floats, Floats]:
        # Relative to each series' own mean, so that a series that was not on sale or closed
        # changes the group's noise, not its level.
        relative = self.value / np.where(self.long_run > 0, self.long_run, 1.0)[:, None]
        total, count = sum_by(relative, self.group), sum_by(self.known, self.group)
        before = np.zeros((len(total), 1))
        return (
            np.hstack([before, np.cumsum(total, axis=1)]),
            np.hstack([before, np.cumsum(count, axis=1)]),
        )

    def _inside(self, start: Rows, end: Rows) -> tuple[Rows, Rows]:
        width = self.seen.shape[1]
        return np.clip(start - self.first, 0, width), np.clip(end - self.first, 0, width)


def without_faults(sales: Floats) -> Floats:
    """Return sales with what cannot be true set to NaN, judged by these periods alone."""
    cap = _fault_cap(sales)[:, None]
    with np.errstate(invalid="ignore"):
        return np.where(sales > cap, np.nan, sales)


def _fault_cap(sales: Floats) -> Floats:
    cap = np.full(len(sales), np.inf)
    sold = np.where(sales > 0, sales, 0.0)
    count = (sold > 0).sum(axis=1)
    most = sold.max(axis=1, initial=0.0)
    # The mean is at most 0.95 of the 95th percentile and 0.05 of the most: a series that passes
    # with the least percentile this allows needs no sorting.
    least_high = (sold.sum(axis=1) - (_HIGH * count + 1) * most) / np.maximum(count, 1)
    row = np.flatnonzero((count >= _LEAST_TO_JUDGE) & (most > _FAULT_HIGHS * least_high))
    if len(row):
        cap[row] = _sorted_cap(sales[row], count[row])
    return cap


def _sorted_cap(sales: Floats, count: Rows) -> Floats:
    positive = np.sort(np.where(sales > 0, sales, np.nan), axis=1)
    row = np.arange(len(sales))
    middle = positive[row, np.maximum(count - 1, 0) // 2]
    high = positive[row, np.maximum(np.ceil((1 - _HIGH) * count).astype(np.int64) - 1, 0)]
    return np.asarray(np.maximum(_FAULT_MEDIANS * middle, _FAULT_HIGHS * high))


def _range_mean(sums: tuple[Floats, Floats], rows: Rows, start: Rows, end: Rows) -> Floats:
    total, count = sums
    row = rows[:, None]
    known = count[row, end] - count[row, start]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(known > 0, (total[row, end] - total[row, start]) / known, np.nan)


def _ratio(above: NDArray[np.generic], below: NDArray[np.generic]) -> Floats:
    """Return a quotient that is 0 where there is nothing to divide by."""
    whole = np.asarray(below, dtype=np.float64)
    return np.asarray(np.divide(above, whole, out=np.zeros_like(whole), where=whole > 0))


def log_to(value: Floats, base: Floats) -> Floats:
    """Return log(value / base), kept within a factor of 50; NaN where the base is not known."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.log(np.clip(value / np.where(base > 0, base, np.nan), 0.02, 50.0))
