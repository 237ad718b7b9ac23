"""Sums of backtest forecasts: which are looked at, and how wide their intervals must be."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri

from forecasting.intervals.calibration import LEVELS, Calibration, kind
from forecasting.intervals.dependence import codes
from forecasting.intervals.windows import Errors

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

# Of each kind of group so many are summed in each window.
_MOST_PARTS = 25
_SCATTERED, _IN_SCATTERED = 8, 10
_WEEK = 7
_LEAST_IN_SUM = 2
# So many sums stand for "the formula is right" when widths are fitted to sums.
_PRIOR_SUMS = 12.0
_WIDTH_LIMITS = (0.7, 2.5)
# A window's period on every so manieth day is summed over series.
_EVERY_PERIODS = 11


@dataclass(frozen=True)
class Sum:
    """One sum of a window.

    Attributes:
        window: Which one.
        rows: The series.
        columns: The periods ahead, 0 for the next.
        what: `series`, `store`, `product`, `some` or `all`.
    """

    window: int
    rows: Rows
    columns: Rows
    what: str


def sums_of(errors: Errors, series: pd.DataFrame) -> Iterator[Sum]:
    """Yield sums over days, products, stores and all, of every window.

    Args:
        errors: The windows.
        series: [n] with columns `store` and `product`.
    """
    known = ~np.isnan(errors.actual)
    groups = _groups(series, np.flatnonzero(known.any(axis=(0, 2))))
    for window in range(len(known)):
        width = int(known[window].any(axis=0).nonzero()[0].max(initial=-1)) + 1
        if not width:
            continue
        spans = {min(_WEEK, width), width}
        for what, members in groups:
            for rows in members:
                for span in sorted(spans):
                    yield Sum(window, rows, np.arange(span), what)
                if len(rows) > 1:
                    for day in range(window % _EVERY_PERIODS, width, _EVERY_PERIODS):
                        yield Sum(window, rows, np.array([day]), what)


def _groups(series: pd.DataFrame, every: Rows) -> list[tuple[str, list[Rows]]]:
    rng = np.random.default_rng(0)
    groups = [("series", [np.array([row]) for row in _some(every, rng)])]
    for name in ("store", "product"):
        values = series[name].to_numpy()[every]
        words, code = np.unique(values.astype(str), return_inverse=True)
        if 1 < len(words) < len(every):
            chosen = _some(np.arange(len(words)), rng)
            groups.append((name, [every[code == one] for one in chosen]))
    if len(every) > _IN_SCATTERED:
        scattered = [
            np.sort(rng.choice(every, _IN_SCATTERED, replace=False)) for _ in range(_SCATTERED)
        ]
        groups.append(("some", scattered))
    return [*groups, ("all", [every])]


def _some(values: Rows, rng: np.random.Generator) -> Rows:
    return values if len(values) <= _MOST_PARTS else rng.choice(values, _MOST_PARTS, replace=False)


def summed(one: Sum, errors: Errors, deviation: Floats) -> tuple[float, Floats, Floats] | None:
    """Return actual, means and deviations of a sum, less what is not known; None for nothing.

    Args:
        one: Which.
        errors: The windows.
        deviation: [w, n, h] standard deviations.
    """
    at = (one.window, one.rows[:, None], one.columns[None, :])
    actual = errors.actual[at]
    known = ~np.isnan(actual)
    if known.sum() < _LEAST_IN_SUM:
        return None
    mean, spread = (np.where(known, values[at], 0.0) for values in (errors.mean, deviation))
    return float(actual[known].sum()), mean, spread


def widths_of(
    calibration: Calibration, errors: Errors, deviation: Floats, series: pd.DataFrame
) -> dict[str, tuple[float, ...]]:
    """Return, by kind of sum, the factors that make intervals hold what they promise.

    Args:
        calibration: All but the widths.
        errors: The windows.
        deviation: [w, n, h] standard deviations.
        series: [n] with columns `store` and `product`.
    """
    stores, products = codes(series)
    usual = ndtri(0.5 + np.array(LEVELS) / 200)
    found: dict[str, list[Floats]] = {}
    for one in sums_of(errors, series):
        parts = summed(one, errors, deviation)
        if parts is None:
            continue
        actual, mean, spread = parts
        own, common = calibration.dependence.variance(spread, stores[one.rows], products[one.rows])
        if own + common > 0:
            missed = abs(actual - mean.sum()) / np.sqrt(own + common)
            found.setdefault(kind(mean.shape), []).append(missed / usual)
    # Overlapping windows see the same days again.
    again = max(1.0, len(errors.actual) / calibration.windows)
    return {name: _factors(np.array(needed), again) for name, needed in found.items()}


def _factors(needed: Floats, again: float) -> tuple[float, ...]:
    """Return the factor at each level, from the [sums, levels] that would just have held each."""
    shares = np.array(LEVELS) / 100
    seen = np.array([np.quantile(needed[:, n], share) for n, share in enumerate(shares)])
    count = len(needed) / again
    factor = np.clip((count * seen + _PRIOR_SUMS) / (count + _PRIOR_SUMS), *_WIDTH_LIMITS)
    # A higher level is never narrower.
    usual = ndtri(0.5 + shares / 2)
    rising = np.maximum.accumulate(factor * usual) / usual
    return tuple(round(float(one), 4) for one in rising)
