"""Levels that moved and stayed: a week that is off, day after day, from the level before it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.anomalies.findings import Finding
from forecasting.anomalies.watch import Rows, Watch
from forecasting.units import Frequency

Floats = NDArray[np.float64]

_WEEK = 7

# So many of a week's days must lie on one side of what was expected.
_SAME_SIDE = 6
_SHIFT = 1.5
_WILD = 5.0
_QUIET = 21
# Days before the first one asked about that may matter: earlier alarms, their weeks and levels.
_BEFORE = _QUIET + 2 * _WEEK
# Levels drift a little from week to week anyway: this share is no surprise.
_DRIFT = 0.12


def shifts(watch: Watch, rows: Rows, columns: Rows) -> list[Finding]:
    """Return series whose last seven periods are off the level before them, all to one side.

    The level is frozen before the week, so that it cannot follow the shift; the store's own day
    is taken out; at least six of the seven days lie on one side and the week is half as much
    again, or less by as much. Reported on the seventh day, then not again for three weeks.
    """
    panel = watch.panel
    if panel.frequency is not Frequency.DAY or not len(columns):
        return []
    begin, end = max(0, int(columns[0]) - _BEFORE), int(columns[-1]) + 1
    of = np.ix_(rows, np.arange(begin, end))
    weeks = _weeks(watch, of)
    side = np.where(weeks.ratio > 1, 1, -1)
    off = np.abs(weeks.score) > watch.threshold + 1
    off &= (weeks.ratio > _SHIFT) | (weeks.ratio < 1 / _SHIFT)
    off &= weeks.above * side >= 2 * _SAME_SIDE - _WEEK
    announced = np.nan_to_num(panel.promoted[of]) > 0
    off = _first(off & ~(_rolling(announced.astype(np.float64)) > 0))
    return [
        Finding(
            kind="level_shift",
            start=watch.first_day(begin + when - _WEEK + 1),
            end=watch.last_day(begin + when),
            seen=watch.last_day(begin + when),
            store=watch.store(int(rows[at])),
            product=watch.product(int(rows[at])),
            actual=float(weeks.sold[at, when]),
            expected=float(weeks.due[at, when]),
            score=float(weeks.score[at, when]),
        )
        for at, when in np.argwhere(off)
        if begin + when >= columns[0]
    ]


@dataclass(frozen=True)
class _Weeks:
    """The week that ends in each period, [rows, periods]: against the level before it.

    Attributes:
        score: Surprise in standard deviations; 0 where not known.
        ratio: Sold over expected; 1 where not known.
        above: Days above what was expected, less those below.
        due: Expected sales.
        sold: Sales, each day's capped.
    """

    score: Floats
    ratio: Floats
    above: Floats
    due: Floats
    sold: Floats


def _weeks(watch: Watch, of: tuple[Rows, ...]) -> _Weeks:
    """Return the weeks of some rows and periods; the first of these lack what lies before."""
    sales, level = watch.panel.sales[of], watch.expected.level[of]
    # A single wild day is a finding of its own, not a new level.
    calm = np.abs(np.nan_to_num(watch.scores.cell[of])) < _WILD
    known = np.isfinite(sales) & ~watch.panel.stocked_out[of] & calm
    with np.errstate(invalid="ignore", divide="ignore"):
        store = np.nan_to_num(watch.scores.mean[of] / watch.expected.mean[of], nan=1.0)
    day = watch.expected.shape[of] * store
    frozen = _lagged(level, _WEEK - 1)
    due = frozen * _rolling(np.where(known, day, 0.0))
    cap = 4 * np.nan_to_num(frozen * day) + 12
    sold = _rolling(np.where(known, np.minimum(np.nan_to_num(sales), cap), 0.0))
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = sold / due
        noise = due + np.square(due) * (watch.scores.dispersion[of] / _WEEK + _DRIFT**2)
        score = (sold - due) / np.sqrt(noise)
    quiet = ~np.isfinite(score)
    above = np.zeros_like(day)
    for back in range(_WEEK):
        due_day = _lagged(level, _WEEK - 1 - back) * day
        side = np.sign(np.nan_to_num(np.where(known, sales - due_day, 0.0)))
        above[:, back:] += side[:, : side.shape[1] - back]
    return _Weeks(np.where(quiet, 0.0, score), np.where(quiet, 1.0, ratio), above, due, sold)


def _lagged(values: Floats, periods: int) -> Floats:
    moved = np.full_like(values, np.nan)
    moved[:, periods:] = values[:, : values.shape[1] - periods] if periods else values
    return moved


def _rolling(values: Floats) -> Floats:
    """Return the sum of the last seven periods; NaN in the first six."""
    summed = np.full_like(values, np.nan)
    periods = values.shape[1] - _WEEK + 1
    if periods > 0:
        summed[:, _WEEK - 1 :] = sum(values[:, day : day + periods] for day in range(_WEEK))
    return summed


def _first(off: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return only the first of alarms that lie within three weeks of each other."""
    first = off.copy()
    for row in np.flatnonzero(off.any(axis=1)):
        last = -_QUIET
        for column in np.flatnonzero(off[row]):
            first[row, column] = column - last >= _QUIET
            last = int(column)
    return first
