"""Forecasts of series with too little history, borrowed from series like them.

The level comes from what the store and items like the product sell (`likeness.py`), corrected by
the sales there are so far; the course over time from the forecasts of the most similar series.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecasting.demand import Demand
from forecasting.likeness import Likely, likely_levels
from forecasting.on_sale import lenders
from forecasting.origin import QUARTER, Floats, Rows
from forecasting.panel import Mask, Panel
from forecasting.units import LEAST_PERIODS, Frequency

# So many of the most similar series lend their course.
_LENDERS = 8
# What being of the same product, category or store, or dearer by a factor of e, says of likeness.
_SAME_PRODUCT, _SAME_CATEGORY, _SAME_STORE, _PRICE_GAP = 3.0, 2.0, 2.0, 1.0
_WIDEST_GAP = 1.5
# Cells of the table of likeness in memory at once.
_BLOCK = 4_000_000
# Relative variance of single sales where too few are on record to tell.
_USUAL_VARIANCE = 0.3
# How far the surprises of a series' first periods go together: more of them tell ever less.
_TOGETHER = 0.1
_LEAST_VARIANCE, _WIDEST_VARIANCE = 0.02, 4.0
# What one lender sells beyond this many times its level says nothing of others.
_MOST_TIMES = 10.0
_HALF_A_SALE = 0.5


@dataclass(frozen=True)
class Borrowed:
    """Forecasts of new series.

    Attributes:
        mean: [rows, periods] expected sales; NaN where no series is like it.
        spread: [rows] standard deviation of the level relative to it.
    """

    mean: Floats
    spread: Floats


def with_borrowed(
    demand: Demand, rows: Rows, columns: Rows, mean: Floats, forecast: Callable[[Rows], Floats]
) -> tuple[Floats, Floats]:
    """Return forecasts in which those of new series are borrowed.

    Args:
        demand: What is known.
        rows: Series.
        columns: Periods after the history.
        mean: [rows, columns] forecasts of their own.
        forecast: Returns [series, columns] forecasts of other series.

    Returns:
        [rows, columns] forecasts, and [rows] the standard deviation of a new series' level
        relative to it, 0 for the others.
    """
    new = np.flatnonzero(too_new(demand.panel, rows))
    doubt = np.zeros(len(rows))
    if not len(new):
        return mean, doubt
    borrowed = borrow(demand, rows[new], columns, forecast)
    found = np.isfinite(borrowed.mean)
    mean = mean.copy()
    mean[new] = np.where(found, borrowed.mean, mean[new])
    doubt[new] = np.nan_to_num(borrowed.spread)
    return mean, doubt


def too_new(panel: Panel, rows: Rows) -> Mask:
    """Return [rows] which series have fewer records than a forecast of their own needs."""
    return np.asarray(panel.times_known[rows] < LEAST_PERIODS)


def borrow(
    demand: Demand, rows: Rows, columns: Rows, forecast: Callable[[Rows], Floats]
) -> Borrowed:
    """Forecast new series.

    Args:
        demand: What is known.
        rows: Series that are too new.
        columns: Periods after the history.
        forecast: Returns [series, columns] mean sales of series that are not new.
    """
    none = Borrowed(np.full((len(rows), len(columns)), np.nan), np.full(len(rows), np.nan))
    if not len(rows):
        return none
    panel, level = demand.panel, _levels(demand)
    known = lenders(panel)
    known = np.setdiff1d(known[level[known] > 0], rows)
    if not len(known):
        return none
    price = _last_price(panel)
    likely = likely_levels(panel.series, price, level, known, rows)
    chosen = _most_alike(panel.series, price, known, rows)
    used, place = np.unique(chosen, return_inverse=True)
    place = place.reshape(chosen.shape)
    past = np.minimum(demand.adjusted[used].astype(np.float64) / level[used][:, None], _MOST_TIMES)
    noise = _mean(_variance(past)[:, None], place)[:, 0]
    course = _mean(past, place)
    then, variance = _corrected(demand, rows, course, noise, likely)
    usual = np.maximum(demand.factor[np.ix_(used, columns)], 1e-6)
    ahead = forecast(used).astype(np.float64) / usual / level[used][:, None]
    course = _mean(np.minimum(ahead, _MOST_TIMES), place)
    own = demand.factor[np.ix_(rows, columns)]
    return Borrowed((likely.level * then)[:, None] * course * own, np.sqrt(variance))


def _levels(demand: Demand) -> Floats:
    """Return [n] mean demand of the last quarter; 0 where nothing is known."""
    last = demand.adjusted[:, -QUARTER[demand.panel.frequency] :].astype(np.float64)
    count = (~np.isnan(last)).sum(axis=1)
    return np.asarray(np.nansum(last, axis=1) / np.maximum(count, 1))


def _last_price(panel: Panel) -> Floats:
    """Return [n] the newest regular price on record, NaN where there is none."""
    known = ~np.isnan(panel.price)
    newest = known.shape[1] - 1 - known[:, ::-1].argmax(axis=1)
    price = panel.price[np.arange(panel.n), newest].astype(np.float64)
    return np.where(known.any(axis=1), price, np.nan)


def _most_alike(series: pd.DataFrame, price: Floats, known: Rows, rows: Rows) -> Rows:
    """Return [rows, lenders] the series most like each, best first."""
    store, _ = pd.factorize(series["store"])
    product, _ = pd.factorize(series["product"])
    kind = series.get("product_category", pd.Series("", index=series.index))
    category, _ = pd.factorize(kind)
    count = min(_LENDERS, len(known))
    result = np.empty((len(rows), count), dtype=np.int64)
    step = max(1, _BLOCK // len(known))
    for start in range(0, len(rows), step):
        part = rows[start : start + step]
        score = _SAME_PRODUCT * (product[part][:, None] == product[known])
        score += _SAME_CATEGORY * (category[part][:, None] == category[known])
        score += _SAME_STORE * (store[part][:, None] == store[known])
        with np.errstate(invalid="ignore", divide="ignore"):
            gap = np.abs(np.log(price[part][:, None] / price[known]))
        score -= _PRICE_GAP * np.minimum(np.nan_to_num(gap, nan=_WIDEST_GAP), _WIDEST_GAP)
        best = np.argsort(-score, axis=1, kind="stable")[:, :count]
        result[start : start + step] = known[best]
    return result


def _mean(values: Floats, place: Rows) -> Floats:
    """Return [rows, periods] the mean over the lenders of each row; NaN where none is known."""
    total = np.zeros((len(place), values.shape[1]))
    count = np.zeros_like(total)
    for lender in place.T:
        total += np.nan_to_num(values[lender])
        count += ~np.isnan(values[lender])
    return np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0)


def _variance(past: Floats) -> Floats:
    """Return [series] the relative variance of single sales in the last quarter."""
    last = past[:, -QUARTER[Frequency.DAY] :]
    known = ~np.isnan(last)
    count = known.sum(axis=1)
    mean = np.where(known, last, 0).sum(axis=1) / np.maximum(count, 1)
    square = np.where(known, last - mean[:, None], 0) ** 2
    enough = (count > 1) & (mean > 0)
    found = square.sum(axis=1) / np.maximum(count - 1, 1) / np.maximum(mean, 1e-6) ** 2
    return np.where(enough, np.minimum(found, _WIDEST_VARIANCE), _USUAL_VARIANCE)


def _corrected(
    demand: Demand, rows: Rows, course: Floats, noise: Floats, likely: Likely
) -> tuple[Floats, Floats]:
    """Return what the sales so far multiply the level by, and the relative variance left.

    A geometric mean of two estimates weighed by how sure they are: the level expected (1), and
    own sales over what series like it sold in the same periods.

    Args:
        demand: What is known.
        rows: The new series.
        course: [rows, t] sales of series like them, relative to their level.
        noise: [rows] relative variance of single sales.
        likely: [rows] the level expected.
    """
    own = demand.adjusted[rows].astype(np.float64)
    both = ~np.isnan(own) & (course > 0)
    count = both.sum(axis=1)
    expected = np.where(both, course, 0.0).sum(axis=1) * likely.level
    sold = np.where(both, own, 0.0).sum(axis=1)
    doubt = np.maximum(noise, _LEAST_VARIANCE) * (1 + _TOGETHER * np.maximum(count - 1, 0))
    sure = np.where(expected > 0, count / doubt, 0.0)
    # Half a sale more on either side, so that a start without any is not taken for the end.
    half = _HALF_A_SALE * np.minimum(likely.level, 1.0)
    ratio = np.log((sold + half) / (expected + half))
    prior = 1 / likely.spread**2
    return np.exp(sure * ratio / (prior + sure)), 1 / (prior + sure)
