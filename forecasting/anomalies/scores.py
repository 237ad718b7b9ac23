"""How surprising each sale is, from small counts to large, against its own recent past."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from forecasting.anomalies.baseline import Baseline
from forecasting.panel import Panel

Floats = NDArray[np.float64]

# How many days back the noise of a series and of a store is measured.
_MEMORY_DAYS = 180
_LEAST_DISPERSION = 0.01
_MOST_DISPERSION = 3.0
_PRIOR_DAYS = 60.0
_WILD = 4.0
_TINY = 1e-300
# The noise of a store's day is at least this many log points.
_STORE_NOISE = 0.04


@dataclass(frozen=True)
class Scores:
    """Surprise in standard deviations of a normal; positive: more was sold than expected.

    Attributes:
        cell: [n, t] of single sales, next to how the rest of the store did that day; NaN before
            the periods that anybody asked for.
        store: [stores, t] of a store's whole day.
        store_ratio: [stores, t] what the store sold over what was expected.
        store_of: [n] the store of each series.
        stores: Their ids.
        mean: [n, t] the expectation the cells were held against.
        dispersion: [n, t] extra variance per squared unit expected.
    """

    cell: Floats
    store: Floats
    store_ratio: Floats
    store_of: NDArray[np.int64]
    stores: NDArray[np.str_]
    mean: Floats
    dispersion: Floats


class _Scoring:
    """A panel's scores, those of single sales only as far back as anybody asked."""

    def __init__(self, panel: Panel, expected: Baseline) -> None:
        self._sales = panel.sales
        self._common, self._known = _without_cells(panel, expected)
        self._kept = self._sales.shape[1], self._common

    def since(self, first: int) -> Scores:
        """Return the scores of all periods, of single sales those from the first on."""
        start, found = self._kept  # read once: another thread may replace it meanwhile
        if first < start:
            of, cell = np.s_[:, first:start], found.cell.copy()
            sales = self._sales[of].astype(np.float64)
            surprise = _surprise(sales, found.mean[of], found.dispersion[of])
            cell[of] = np.where(self._known[of], surprise, np.nan)
            found = replace(found, cell=cell)
            self._kept = first, found
        return found


def scores(panel: Panel, expected: Baseline, first: int = 0) -> Scores:
    """Score every period of a panel's history, each from what was known by its end.

    Args:
        panel: The history.
        expected: What each period was expected to sell.
        first: The first period whose single sales are scored, which is most of the work.
    """
    return panel.once("scoring", lambda: _Scoring(panel, expected), expected).since(first)


def _without_cells(panel: Panel, expected: Baseline) -> tuple[Scores, NDArray[np.bool_]]:
    """Return the scores of stores' days, none of single sales; and [n, t] which could have one."""
    stores, store_of = np.unique(panel.series["store"].to_numpy(dtype=str), return_inverse=True)
    sales = panel.sales.astype(np.float64)
    known = np.isfinite(sales) & np.isfinite(expected.mean) & ~panel.stocked_out
    ratio, others = _store_ratio(sales, expected.mean, known, store_of)
    memory = max(8, round(_MEMORY_DAYS / panel.frequency.days))
    store = _standardised(np.log(np.clip(ratio, 0.01, 100.0)), memory)
    mean = expected.mean * others
    dispersion = _dispersion(sales, mean, known, memory)
    cell = np.full_like(sales, np.nan)
    return Scores(cell, store, ratio, store_of, stores, mean, dispersion), known


def _store_ratio(
    sales: Floats, mean: Floats, known: NDArray[np.bool_], store_of: NDArray[np.int64]
) -> tuple[Floats, Floats]:
    """Return [stores, t] sold over expected, and [n, t] the same from the other series alone.

    A series' own sale counts at most four times its expectation, so that a single wild figure
    is not taken for the store's day. The others' ratio is drawn towards one where they are few.
    """
    due = np.where(known, mean, 0.0)
    sold = np.where(known, np.minimum(sales, _WILD * mean + 10), 0.0)
    shape = (int(store_of.max(initial=0)) + 1, sales.shape[1])
    total_sold, total_due = np.zeros(shape), np.zeros(shape)
    np.add.at(total_sold, store_of, sold)
    np.add.at(total_due, store_of, due)
    ratio = np.where(total_due > 0, total_sold / np.maximum(total_due, 1e-9), 1.0)
    rest_sold, rest_due = total_sold[store_of] - sold, total_due[store_of] - due
    # As much evidence as a store's own noise is worth, before a deviation is believed.
    prior = 1 / _STORE_NOISE**2
    return ratio, (rest_sold + prior) / (rest_due + prior)


def _standardised(values: Floats, memory: int) -> Floats:
    """Return values over the spread of those before them, a robust one."""
    past = pd.DataFrame(values.T).shift(1).rolling(memory, min_periods=min(28, memory // 2))
    spread = (past.quantile(0.84) - past.quantile(0.16)).to_numpy().T / 2
    middle = past.median().to_numpy().T
    return np.asarray((values - middle) / np.maximum(spread, _STORE_NOISE), dtype=np.float64)


def _dispersion(sales: Floats, mean: Floats, known: NDArray[np.bool_], memory: int) -> Floats:
    """Return [n, t] variance beyond counting, per squared mean, from the periods before."""
    due = np.where(known, mean, 0.0)
    wild = _WILD**2 * (due + 0.1 * due * due)
    miss = np.where(known, (sales - mean) ** 2, 0.0)
    extra = _before(np.asarray(np.minimum(miss, wild) - due, dtype=np.float64), memory)
    size = _before(np.asarray(due * due, dtype=np.float64), memory)
    common = np.clip(extra.sum(axis=0) / np.maximum(size.sum(axis=0), 1e-9), 0.0, 1.0)
    days = np.maximum(_before(known.astype(np.float64), memory), 1.0)
    prior = _PRIOR_DAYS * size / days
    shrunk = (extra + prior * common) / np.maximum(size + prior, 1e-9)
    return np.asarray(np.clip(shrunk, _LEAST_DISPERSION, _MOST_DISPERSION), dtype=np.float64)


def _before(values: Floats, memory: int) -> Floats:
    """Return the sum of the last `memory` values before each."""
    summed = np.cumsum(values, axis=1)
    total = np.zeros_like(values)
    total[:, 1:] = summed[:, :-1]
    total[:, memory + 1 :] -= summed[:, : -memory - 1]
    return total


def _surprise(sales: Floats, mean: Floats, dispersion: Floats) -> Floats:
    """Return the normal score of a negative binomial's tail, the middle of the step for counts."""
    mean = np.maximum(np.nan_to_num(mean, nan=1.0), 1e-3)
    count = np.floor(np.nan_to_num(sales))
    size = 1 / dispersion
    chance = size / (size + mean)
    at = stats.nbinom.pmf(count, size, chance)
    above = stats.nbinom.sf(count, size, chance) + at / 2
    below = stats.nbinom.cdf(count, size, chance) - at / 2
    high = stats.norm.isf(np.clip(above, _TINY, 1.0))
    low = stats.norm.ppf(np.clip(below, _TINY, 1.0))
    return np.asarray(np.where(above < below, high, low), dtype=np.float64)
