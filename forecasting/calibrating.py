"""From backtest errors to the widths of prediction intervals."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from forecasting.demand import Demand
from forecasting.intervals import PROBABILITIES, Calibration, Floats, kind
from forecasting.units import Frequency

LEVELS = (50, 80, 95)
"""Percent; at these the achieved coverage is reported."""

# Ends of the horizon buckets, in periods ahead.
_BUCKETS = {
    Frequency.DAY: (7, 14, 28, 56, 112, 366),
    Frequency.WEEK: (1, 2, 4, 8, 16, 53),
    Frequency.MONTH: (1, 2, 3, 6, 12),
}
# A series' own scale counts from about this many errors on.
_OWN_ERRORS = 30.0
# So many sums stand for "the formula is right" when widths are fitted to sums.
_PRIOR_SUMS = 10.0
_LEAST_IN_GROUP = 400
# Below about this many errors, quantiles lean on a heavy-tailed law instead.
_FEW_ERRORS = 50.0
_LARGEST_SQUARE = 50.0
# Sums that widths are fitted to: so many series and stores of each window, by the week too.
_MOST_PARTS = 50
_WEEK = 7
_MEDIAN = 0.5


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
    def ahead(self) -> NDArray[np.int64]:
        """Return [h] periods ahead, 1 for the next."""
        return np.arange(1, self.mean.shape[1] + 1)


def calibrate(
    windows: Sequence[Window],
    series: pd.DataFrame,
    frequency: Frequency,
    *,
    independent: float,
    demand: Demand | None = None,
) -> Calibration:
    """Fit interval widths to backtest errors, and measure them on windows left out.

    Args:
        windows: Oldest first, each [n, h] with the same n.
        series: [n] with columns `store` and `product`.
        frequency: How long a period is.
        independent: How many windows do not overlap.
        demand: The whole history; with it and the windows' `start`, intervals are wider where
            the plan and the calendar make sales harder to forecast.
    """
    del demand
    half = (len(windows) + 1) // 2
    covered = {}
    if len(windows) > 1:
        earlier = _fit(windows[:half], series, frequency, independent / 2)
        covered = measure(earlier, windows[half:], series)
    return replace(_fit(windows, series, frequency, independent), covered=covered)


def measure(
    calibration: Calibration, windows: Sequence[Window], series: pd.DataFrame
) -> dict[str, dict[str, float]]:
    """Return by level the share of single periods and of sums that fell inside."""
    scale = calibration.scale_of(series)
    found: dict[str, dict[str, float]] = {}
    for level in LEVELS:
        inside, sums = [], []
        for window in windows:
            deviation = calibration.deviation(window.mean, window.ahead, scale)
            lower, upper = calibration.cells(window.mean, deviation, level)
            known = ~np.isnan(window.actual)
            inside.append(((window.actual >= lower) & (window.actual <= upper))[known])
            for actual, mean, spread in _sums(window, deviation, series):
                total = calibration.total(mean, spread, level)
                sums.append(total.lower <= actual.sum() <= total.upper)
        found[str(level)] = {
            "cells": float(np.concatenate(inside).mean()) if inside else float("nan"),
            "sums": float(np.mean(sums)) if sums else float("nan"),
        }
    return found


def _fit(
    windows: Sequence[Window], series: pd.DataFrame, frequency: Frequency, independent: float
) -> Calibration:
    plain = _plain(windows, frequency, independent)
    errors = [_standardised(plain, window, np.ones(len(series))) for window in windows]
    scale = _own_scales(errors)
    pairs = zip(series["store"], series["product"], scale, strict=True)
    scaled = replace(plain, scales=tuple((s, p, round(float(x), 4)) for s, p, x in pairs))
    errors = [error / scale[:, None] for error in errors]
    sizes, quantiles = _quantiles(windows, errors)
    same_series, same_day, others = _correlations(errors)
    related = replace(
        scaled,
        sizes=sizes,
        quantiles=quantiles,
        same_series=same_series,
        same_day=same_day,
        others=others,
    )
    return replace(related, widths=_widths(related, windows, series))


def _plain(windows: Sequence[Window], frequency: Frequency, independent: float) -> Calibration:
    """Return variances by size and horizon, all else neutral."""
    mean = np.concatenate([window.mean.ravel() for window in windows])
    square = np.concatenate([((w.actual - w.mean) ** 2).ravel() for w in windows])
    ahead = np.concatenate([np.tile(w.ahead, len(w.mean)) for w in windows])
    known = ~np.isnan(square) & (mean > 0)
    mean, square, ahead = mean[known], square[known], ahead[known]
    rough = mean + 0.05 * mean**2
    square = np.minimum(square, _LARGEST_SQUARE * rough * max(1.0, _median(square / rough)))
    counting, overall = _two_parts(mean, square, rough)
    ends = [end for end in _BUCKETS[frequency] if end < ahead.max(initial=1)]
    ends.append(int(ahead.max(initial=1)))
    relative, worst = [], 0.0
    for first, end in zip([0, *ends[:-1]], ends, strict=True):
        inside = (ahead > first) & (ahead <= end)
        value = _relative_part(mean[inside], square[inside], rough[inside], counting, overall)
        # A forecast further ahead is never surer.
        worst = max(worst, value)
        relative.append(worst)
    normal = tuple(ndtri(PROBABILITIES))
    return Calibration(
        counting=counting,
        relative=tuple(relative),
        horizons=tuple(ends),
        sizes=(),
        quantiles=(normal,),
        same_series=0.0,
        same_day=0.0,
        others=0.0,
        widths={},
        windows=max(1.0, independent),
        scales=(),
        covered={},
    )


def _two_parts(mean: Floats, square: Floats, rough: Floats) -> tuple[float, float]:
    """Return a, b >= 0 of square = a mean + b mean², by weighted least squares."""
    if not len(mean):
        return 1.0, 0.1
    x = np.column_stack([mean, mean**2]) / rough[:, None]
    y = square / rough
    both = np.linalg.lstsq(x, y, rcond=None)[0]
    if (both >= 0).all():
        return float(both[0]), float(both[1])
    alone = (x * y[:, None]).sum(axis=0) / (x**2).sum(axis=0)
    better = int(((y - x[:, 1] * alone[1]) ** 2).sum() < ((y - x[:, 0] * alone[0]) ** 2).sum())
    return (0.0, float(alone[1])) if better else (float(alone[0]), 0.0)


def _relative_part(
    mean: Floats, square: Floats, rough: Floats, counting: float, otherwise: float
) -> float:
    if not len(mean):
        return otherwise
    x, y = mean**2 / rough, (square - counting * mean) / rough
    return max(0.0, float((x * y).sum() / (x * x).sum()))


def _standardised(calibration: Calibration, window: Window, scale: Floats) -> Floats:
    deviation = calibration.deviation(window.mean, window.ahead, scale)
    error = window.actual - window.mean
    return np.divide(error, deviation, out=np.full_like(error, np.nan), where=deviation > 0)


def _own_scales(errors: Sequence[Floats]) -> Floats:
    both = np.hstack(errors)
    known = ~np.isnan(both)
    square = np.minimum(np.where(known, both, 0) ** 2, _LARGEST_SQUARE).sum(axis=1)
    scale: Floats = np.sqrt((_OWN_ERRORS + square) / (_OWN_ERRORS + known.sum(axis=1)))
    return scale


def _quantiles(
    windows: Sequence[Window], errors: Sequence[Floats]
) -> tuple[tuple[float, ...], tuple[tuple[float, ...], ...]]:
    """Return quantiles of standardised errors, apart for small and large forecasts."""
    error = np.concatenate([one.ravel() for one in errors])
    mean = np.concatenate([window.mean.ravel() for window in windows])
    known = ~np.isnan(error)
    error, mean = error[known], mean[known]
    groups = int(np.clip(len(error) // _LEAST_IN_GROUP, 1, 5))
    parts = np.arange(1, groups) / groups
    sizes: Floats = np.unique(np.quantile(mean, parts)) if groups > 1 else parts
    group = np.searchsorted(sizes, mean)
    rows = [_grid(error[group == number]) for number in range(len(sizes) + 1)]
    return tuple(float(size) for size in sizes), tuple(rows)


def _grid(error: Floats) -> tuple[float, ...]:
    # As if one more error had been seen on either side: quantiles promise for the next one.
    heavy = stdtrit(4, PROBABILITIES)
    if not len(error):
        return tuple(float(value) for value in heavy)
    rank = PROBABILITIES - _MEDIAN
    probability = np.clip(_MEDIAN + rank * (len(error) + 1) / len(error), 0, 1)
    share = len(error) / (len(error) + _FEW_ERRORS)
    mixed = share * np.quantile(error, probability) + (1 - share) * heavy
    return tuple(round(float(value), 4) for value in mixed)


def _correlations(errors: Sequence[Floats]) -> tuple[float, float, float]:
    """Return mean products of standardised errors: same series, same day, neither; none below 0."""
    above, pairs = np.zeros(3), np.zeros(3)
    for error in errors:
        z = np.clip(np.nan_to_num(error), -5, 5)
        known = (~np.isnan(error)).astype(np.float64)
        above += _pair_sums(z)
        pairs += _pair_sums(known)
    found = np.divide(above, pairs, out=np.zeros(3), where=pairs > 0)
    series, day, rest = np.clip(found, 0.0, 0.95)
    return float(series), float(max(day, rest)), float(rest)


def _pair_sums(z: Floats) -> Floats:
    alone = (z**2).sum()
    rows = (z.sum(axis=1) ** 2).sum() - alone
    columns = (z.sum(axis=0) ** 2).sum() - alone
    return np.array([rows, columns, z.sum() ** 2 - alone - rows - columns])


def _widths(
    calibration: Calibration, windows: Sequence[Window], series: pd.DataFrame
) -> dict[str, float]:
    """Return by kind of sum the factor that makes its standardised errors have unit variance."""
    squares: dict[str, list[float]] = {}
    scale = calibration.scale_of(series)
    for window in windows:
        deviation = calibration.deviation(window.mean, window.ahead, scale)
        for actual, mean, spread in _sums(window, deviation, series):
            variance = sum(calibration.variance(spread))
            if variance > 0:
                error = (actual - mean).sum()
                squares.setdefault(kind(spread.shape), []).append(error**2 / variance)
    return {
        name: float(
            np.clip(np.sqrt((_PRIOR_SUMS + sum(found)) / (_PRIOR_SUMS + len(found))), 0.7, 3.0)
        )
        for name, found in squares.items()
    }


def _sums(
    window: Window, deviation: Floats, series: pd.DataFrame
) -> Iterator[tuple[Floats, Floats, Floats]]:
    """Yield actual, mean and deviation of parts to add up: series, stores, all; week, whole.

    What is not known counts nothing on either side.
    """
    known = ~np.isnan(window.actual)
    whole = [np.where(known, one, 0.0) for one in (window.actual, window.mean, deviation)]
    width = window.actual.shape[1]
    spans = [np.arange(min(_WEEK, width)), np.arange(width)]
    stores = series["store"].to_numpy()
    every = np.flatnonzero(known.any(axis=1))
    groups = [np.array([row]) for row in every[:: max(1, len(every) // _MOST_PARTS)]]
    groups += [every[stores[every] == store] for store in np.unique(stores)[:_MOST_PARTS]]
    parts = [(rows, days) for days in spans for rows in [*groups, every]]
    parts += [(every, np.array([day])) for day in range(0, width, 3)]
    for rows, days in parts:
        if len(rows) * len(days) > 1:
            actual, mean, spread = (one[np.ix_(rows, days)] for one in whole)
            yield actual, mean, spread


def _median(values: Floats) -> float:
    return float(np.median(values)) if len(values) else 1.0
