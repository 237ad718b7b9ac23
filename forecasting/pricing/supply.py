"""How much of what an offer adds stores can serve, by what they had for sale in weeks like it.

No point in selling what is not there: an offer that doubles demand in stores that stock for half
as much more brings half of what it could. How much stores have is told by past weeks: what was
sold and what was left, over what they usually sell, by how deep the week's offer was.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.catalogue import Tables
from forecasting.panel import Panel
from forecasting.units import Frequency

Floats = NDArray[np.float64]

# Offers are told apart by these depths, percent; each needs so many weeks of series on record.
_EDGES = np.array([2.5, 12.5, 22.5])
_LEAST_WEEKS = 40
_YEAR, _USUAL_WEEKS, _LEAST_USUAL = 52, 8, 3
_SHARES = (0.1, 0.3, 0.5, 0.7, 0.9)
# A week's demand around its forecast: three equally likely factors of a spread of a quarter.
_DEMAND = np.array([0.7, 1.0, 1.3])


@dataclass(frozen=True)
class Supply:
    """What stores have for sale in a week, over what they usually sell.

    Attributes:
        depth: [b] percent off, rising.
        ratio: [b, q] equally likely ratios at each depth.
    """

    depth: Floats
    ratio: Floats

    def served(self, factor: Floats, discount: Floats) -> Floats:
        """Return the share of demand that can be served, against that of a week without an offer.

        Args:
            factor: [n] demand over the usual.
            discount: [n] percent off.
        """
        return np.asarray(np.minimum(self._served(factor, discount) / self._usual, 1.0))

    @cached_property
    def _usual(self) -> float:
        return float(self._served(np.ones(1), np.zeros(1))[0])

    def _served(self, factor: Floats, discount: Floats) -> Floats:
        wanted = np.maximum(factor, 1e-9)[:, None] * _DEMAND
        sold = np.minimum(wanted[:, None, :], self._ratios(discount)[:, :, None])
        return np.asarray(sold.mean(axis=(1, 2)) / wanted.mean(axis=1))

    def _ratios(self, discount: Floats) -> Floats:
        """Return [n, q] the ratios at some discounts, between and beyond those on record."""
        if len(self.depth) == 1:
            return np.broadcast_to(self.ratio[0], (len(discount), self.ratio.shape[1]))
        above = np.clip(np.searchsorted(self.depth, discount), 1, len(self.depth) - 1)
        low, high = self.depth[above - 1], self.depth[above]
        share = np.clip((discount - low) / (high - low), 0.0, 1.0)[:, None]
        return np.asarray((1 - share) * self.ratio[above - 1] + share * self.ratio[above])


def supply(tables: Tables, panel: Panel) -> Supply | None:
    """Return what stores had for sale, or None where too little stock is on record."""
    step = {Frequency.DAY: 7, Frequency.WEEK: 1}.get(panel.frequency)
    left = None if step is None else _left(tables, panel, step)
    if step is None or left is None:
        return None
    weeks = left.shape[1]
    first = panel.history - weeks * step
    block = (panel.n, weeks, step)
    sales = panel.sales[:, first : panel.history].astype(np.float64).reshape(block)
    off = np.nan_to_num(panel.discount[:, first : panel.history]).reshape(block).mean(axis=2)
    out = panel.stocked_out[:, first : panel.history].reshape(block).any(axis=2)
    sold = np.nan_to_num(sales).sum(axis=2)
    usual = _usual(np.where((off < _EDGES[0]) & ~out, sold, np.nan))
    known = np.isfinite(left) & (usual >= _LEAST_USUAL)
    return _by_depth((sold + left)[known] / usual[known], off[known])


def _by_depth(ratio: Floats, off: Floats) -> Supply | None:
    group = np.searchsorted(_EDGES, off, side="right")
    told = [one for one in range(len(_EDGES) + 1) if (group == one).sum() >= _LEAST_WEEKS]
    if not told or told[0] != 0:
        return None
    depth = np.array([float(off[group == one].mean()) for one in told])
    return Supply(depth, np.stack([np.quantile(ratio[group == one], _SHARES) for one in told]))


def _left(tables: Tables, panel: Panel, step: int) -> Floats | None:
    """Return [n, weeks] units left at the end of each of the last weeks; NaN where not counted."""
    stock = tables.read("stock")
    weeks = min(_YEAR, panel.history // step)
    if stock.empty or not weeks:
        return None
    columns = panel.history - 1 - step * np.arange(weeks)[::-1]
    last_days = panel.periods[columns]
    at = last_days.get_indexer(pd.DatetimeIndex(stock["date"]))
    stock, at = stock[at >= 0], at[at >= 0]
    pairs = pd.MultiIndex.from_arrays([stock[key].astype(str) for key in ("store", "product")])
    row = pd.MultiIndex.from_tuples(panel.ids).get_indexer(pairs)
    left = np.full((panel.n, weeks), np.nan)
    left[row[row >= 0], at[row >= 0]] = stock["on_hand"].to_numpy(dtype=np.float64)[row >= 0]
    return left if np.isfinite(left).any() else None


def _usual(plain: Floats) -> Floats:
    """Return [n, weeks] the mean of the plain weeks among the eight before; NaN where too few."""
    known = np.isfinite(plain)
    total = np.cumsum(np.pad(np.nan_to_num(plain), ((0, 0), (1, 0))), axis=1)
    count = np.cumsum(np.pad(known, ((0, 0), (1, 0))), axis=1)
    end = np.arange(plain.shape[1])
    start = np.maximum(end - _USUAL_WEEKS, 0)
    number = count[:, end] - count[:, start]
    mean = (total[:, end] - total[:, start]) / np.maximum(number, 1)
    return np.where(number >= _LEAST_USUAL, mean, np.nan)
