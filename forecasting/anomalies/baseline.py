"""What each series was expected to sell, from what was known the day before.

The expectation of a period is its recent level, times its weekday's share, times what its own
price and promotion do to demand. Level and shares are means of capped sales, so that one wild
day does not move them, and never look at the period itself or at anything later.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.panel import Matrix, Panel
from forecasting.pricing.exposure import price_ratio
from forecasting.pricing.response import PriceResponse
from forecasting.units import Frequency

Floats = NDArray[np.float64]

# Sales above this many times the recent median (and some) do not count in full, and those
# beyond all reason not at all.
_CAP = 2.5
_CAP_UNITS = 8.0
_ABSURD = 6.0
_WEEKS = 8
# How many units of sales a store's weekday shape is worth against a series' own.
_SHAPE_UNITS = 200.0
_HALF_LIFE_DAYS = 10.0
_LEAST_HALF_LIFE = 4.0
_LEAST = 28


@dataclass(frozen=True)
class Baseline:
    """Expectations of a panel's history, [n, t] each; NaN where too little was known.

    Attributes:
        mean: Expected sales.
        level: Expected sales of an average day at the usual price.
        shape: What `mean` is to `level`: the weekday, price and promotion.
    """

    mean: Floats
    level: Floats
    shape: Floats


def baseline(panel: Panel, response: PriceResponse | None) -> Baseline:
    """Return the expectation of every period, made from the periods before it alone."""
    return panel.once("baseline", lambda: _made(panel, response), response)


def _made(panel: Panel, response: PriceResponse | None) -> Baseline:
    factor = _factor(panel, response)
    adjusted = np.where(panel.stocked_out, np.nan, panel.sales / factor).astype(np.float64)
    cap = _cap(adjusted)
    capped = np.where(adjusted > _ABSURD * cap, np.nan, np.minimum(adjusted, cap))
    shape = _weekday_shape(panel, capped)
    flat = pd.DataFrame((capped / shape).T)
    periods = max(_LEAST_HALF_LIFE, _HALF_LIFE_DAYS / panel.frequency.days)
    level = flat.ewm(halflife=periods, ignore_na=True).mean().shift(1).to_numpy().T
    least = max(4, round(_LEAST / panel.frequency.days))
    seen = np.cumsum(np.isfinite(capped), axis=1) - np.isfinite(capped)
    level = np.where(seen >= least, level, np.nan)
    whole = shape * factor
    made = Baseline(mean=level * whole, level=level, shape=whole)
    for values in (made.mean, made.level, made.shape):
        values.setflags(write=False)
    return made


def _factor(panel: Panel, response: PriceResponse | None) -> Matrix:
    if response is None:
        return np.ones((panel.n, panel.history), dtype=np.float32)
    history = slice(panel.history)
    ratio, promoted = price_ratio(panel)[:, history], panel.promoted[:, history]
    return response.factor(panel.series, ratio, promoted, panel.discount[:, history])


def _cap(values: Floats) -> Floats:
    recent = pd.DataFrame(values.T).rolling(28, min_periods=2).median().shift(1).to_numpy().T
    return np.asarray(_CAP * np.nan_to_num(recent, nan=np.inf) + _CAP_UNITS, dtype=np.float64)


def _weekday_shape(panel: Panel, capped: Floats) -> Floats:
    """Return [n, t] each day's share of an average day, its store's shape steadying its own."""
    if panel.frequency is not Frequency.DAY:
        return np.ones_like(capped)
    known = np.isfinite(capped)
    sold = np.where(known, capped, 0.0)
    store = np.unique(panel.series["store"].to_numpy(dtype=str), return_inverse=True)[1]
    same, any_day = _same_weekday(sold), _any_day(sold)
    same_days, days = _same_weekday(known * 1.0), _any_day(known * 1.0)
    due = any_day / np.maximum(days, 1) * same_days
    store_same, store_due = _by(store, same), _by(store, due)
    common = np.where(store_due > 0, store_same / np.maximum(store_due, 1e-9), 1.0)[store]
    shape = (same + _SHAPE_UNITS * common) / (due + _SHAPE_UNITS)
    return np.asarray(np.clip(shape, 0.05, 20.0), dtype=np.float64)


def _same_weekday(values: Floats) -> Floats:
    """Return the sum over the same weekday of the weeks before."""
    total = np.zeros_like(values)
    for week in range(1, _WEEKS + 1):
        total[:, 7 * week :] += values[:, : -7 * week]
    return total


def _any_day(values: Floats) -> Floats:
    """Return the sum over all days of the weeks before."""
    summed = np.cumsum(values, axis=1)
    before = np.zeros_like(values)
    before[:, 1:] = summed[:, :-1]
    start = np.zeros_like(values)
    span = 7 * _WEEKS
    start[:, span + 1 :] = summed[:, : -span - 1]
    return before - start


def _by(group: NDArray[np.int64], values: Floats) -> Floats:
    total = np.zeros((int(group.max(initial=0)) + 1, values.shape[1]))
    np.add.at(total, group, values)
    return total
