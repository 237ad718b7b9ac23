"""How much of what an offer sells stores usually have stock for, by how often they ran out.

An offer that doubles demand in stores that stock for half as much more empties shelves, unless
somebody orders for it. So it is told beside what the offer would sell, and not taken off: in
retail worlds of another make, advice held to past stock missed 17 % of the best gain instead of 13.
How much stores can serve is told by past weeks: a week that ran out had no more than was sold, any
other had more than that, by how deep its offer was. What is left on the shelf says little, because
stores that sell more are delivered more. The product-limit estimate of Kaplan and Meier (1958)
makes one distribution of both kinds of weeks.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from forecasting.panel import Mask, Panel
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
    """What stores can sell in a week, over what they usually do.

    Attributes:
        depth: [b] percent off, rising.
        ratio: [b, q] equally likely ratios at each depth.
    """

    depth: Floats
    ratio: Floats

    def served(self, factor: Floats, discount: Floats) -> Floats:
        """Return [n] the share of demand that can be served, against a week without an offer.

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


def supply(panel: Panel) -> Supply | None:
    """Return what stores can serve, or None where nothing tells when they ran out."""
    return panel.once("supply", lambda: _read_off(panel))


def _read_off(panel: Panel) -> Supply | None:
    """Work it out from the last year's weeks."""
    step = {Frequency.DAY: 7, Frequency.WEEK: 1}.get(panel.frequency)
    if step is None or not panel.stocked_out.any():
        return None
    weeks = min(_YEAR, panel.history // step)
    past = slice(panel.history - weeks * step, panel.history)
    block = (panel.n, weeks, step)
    sales = panel.sales[:, past].astype(np.float64).reshape(block)
    off = np.nan_to_num(panel.discount[:, past]).reshape(block).mean(axis=2)
    out = np.asarray(panel.stocked_out[:, past].reshape(block).any(axis=2))
    sold = np.nan_to_num(sales).sum(axis=2)
    usual = _usual(np.where((off < _EDGES[0]) & ~out, sold, np.nan))
    known = ~np.isnan(sales.sum(axis=2)) & (usual >= _LEAST_USUAL)
    return _by_depth(sold[known] / usual[known], out[known], off[known])


def _by_depth(ratio: Floats, out: Mask, off: Floats) -> Supply | None:
    group = np.searchsorted(_EDGES, off, side="right")
    told = [one for one in range(len(_EDGES) + 1) if (group == one).sum() >= _LEAST_WEEKS]
    if not told or told[0] != 0:
        return None
    depth = np.array([float(off[group == one].mean()) for one in told])
    limits = [_limits(ratio[group == one], out[group == one]) for one in told]
    return Supply(depth, np.stack(limits))


def _limits(sold: Floats, out: Mask) -> Floats:
    """Return [q] quantiles of what can be sold; the most ever sold where they lie beyond it.

    Args:
        sold: [weeks] what was, over the usual.
        out: [weeks] whether it ran out.
    """
    order = np.lexsort((~out, sold))
    sold, out = sold[order], out[order]
    at_risk = np.arange(len(sold), 0, -1)
    enough = np.cumprod(1 - out / at_risk)
    place = np.searchsorted(-enough, -(1 - np.array(_SHARES)))
    return np.asarray(sold[np.minimum(place, len(sold) - 1)])


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
