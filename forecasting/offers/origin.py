"""What is known of every series' sales under offers as of one origin."""

from collections.abc import Callable
from copy import copy
from functools import cached_property

import numpy as np

from forecasting.demand import Demand
from forecasting.grouping import sum_by
from forecasting.offers.asked import Offers
from forecasting.offers.groups import mean_by
from forecasting.offers.straight import slopes
from forecasting.origin import QUARTER, Floats, Origin, Rows, without_faults
from forecasting.panel import Mask

# Half-lives in months (4 weeks): of the level, of the last few periods, of the long run.
_LEVEL, _FAST, _LONG = 1.5, 0.4, 7.5
# Half-life of what answers to offers, in quarters.
_MEMORY = 2.0
# Share of a series' usual sale that is added where it has zeros, so that logs stay finite.
_SHIFT = 0.3
# Steps of depth that past periods are told apart by, in logs, and how many there are.
_STEP, _STEPS = 0.06, 10
# A mean of past periods is drawn to the straight line as if that were so many periods.
_CELL_PRIOR = 2.0
_NOTHING = 1e-9


class OfferOrigin(Origin):
    """The state of all series after `at` periods, with what offers did taken into account."""

    def __init__(self, demand: Demand, at: int) -> None:
        super().__init__(demand, at)
        panel = demand.panel
        sold = np.where(panel.stocked_out[:, :at], np.nan, panel.sales[:, :at])
        sales = without_faults(sold.astype(np.float64))
        known = ~np.isnan(sales)
        mean = np.where(known, sales, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
        zeros = (known & (sales <= 0)).any(axis=1)
        self.shift = np.where(zeros, _SHIFT * np.where(mean > 0, mean, 1.0), 0.0)
        total = sales + self.shift[:, None]
        self.logs = np.log(np.where(total > 0, total, np.nan))
        self.known_logs = ~np.isnan(self.logs)
        self._ages = np.arange(at - 1, -1, -1)
        self._kept: dict[str, dict[str, Floats]] = {}

    def once(self, name: str, work: Callable[[], dict[str, Floats]]) -> dict[str, Floats]:
        """Return what a family works out from the history alone: done once, whatever the plan."""
        if name not in self._kept:
            self._kept[name] = work()
        return self._kept[name]

    def under(self, demand: Demand) -> "OfferOrigin":
        """Return the same state beside another plan: what was sold before is still so."""
        other = copy(self)
        other.demand = demand
        return other

    @property
    def offers(self) -> Offers:
        """Return what is asked in every period."""
        return self.demand.own_offers

    def fading(self, half_life: float) -> Floats:
        """Return [at] weights of the periods seen, halved every so many periods."""
        return np.asarray(0.5 ** (self._ages / half_life))

    @property
    def memory(self) -> Floats:
        """Return [at] how much each period says of how sales answer to offers."""
        return self.fading(_MEMORY * QUARTER[self.demand.panel.frequency])

    @cached_property
    def slopes(self) -> Floats:
        """Return [n, k] log points of sales per unit of each of the offers' terms."""
        terms = self.offers.terms[:, :, : self.at]
        return slopes(terms, self.logs, self.memory, self.offers.product)

    def straight(self, rows: Rows, columns: Rows) -> Floats:
        """Return [rows, columns] what offers do to log sales by the straight line."""
        near = self.offers.near(rows, columns)
        terms = near.offers.terms[:, near.rows][:, :, near.columns]
        return np.asarray(np.einsum("knc,nk->nc", terms, self.slopes[rows]))

    @cached_property
    def rest(self) -> Floats:
        """Return [n, at] log sales less what offers did."""
        terms = self.offers.terms[:, :, : self.at]
        return np.asarray(self.logs - np.einsum("knt,nk->nt", terms, self.slopes))

    def faded(
        self, values: Floats, half_life: float, prior: Floats | float = 0.0, weight: float = 0.0
    ) -> Floats:
        """Return [n] means of what is known, newer periods counting more."""
        fading, known = self.fading(half_life), ~np.isnan(values)
        total = np.where(known, values, 0.0) @ fading + weight * prior
        return np.asarray(total / np.maximum(known @ fading + weight, _NOTHING))

    @cached_property
    def long_log(self) -> Floats:
        """Return [n] the log level in the long run."""
        return self.faded(self.rest, _LONG * self.month)

    @cached_property
    def log_level(self) -> Floats:
        """Return [n] the recent log level that every forecast is relative to."""
        return self.faded(self.rest, _LEVEL * self.month, self.long_log, 1.0)

    @cached_property
    def fast_log(self) -> Floats:
        """Return [n] the log level of the last few periods."""
        return self.faded(self.rest, _FAST * self.month, self.log_level, 1.0)

    @property
    def has_level(self) -> Mask:
        """Return [n] whether anything is known to forecast from."""
        return np.asarray(self.known_logs.any(axis=1))

    @cached_property
    def relative(self) -> Floats:
        """Return [n, at] log sales relative to the level; 0 where not known."""
        return np.where(self.known_logs, self.logs - self.log_level[:, None], 0.0)

    @cached_property
    def relative_rest(self) -> Floats:
        """Return [n, at] the same less what offers did; NaN where not known."""
        return np.asarray(self.rest - self.log_level[:, None])

    @cached_property
    def product_weeks(self) -> tuple[Floats, Floats, list[Floats]]:
        """Return [products, at] mean relative log sales, mean depth, and share of each flag."""
        product = self.offers.product
        relative = np.where(self.known_logs, self.relative, np.nan)
        flags = [mean_by(flag[:, : self.at], product) for flag in self.offers.flags.values()]
        depth = mean_by(self.offers.depth[:, : self.at], product)
        return mean_by(relative, product), depth, flags

    @cached_property
    def _cells(self) -> tuple[Floats, Floats]:
        """Return [products * cells] sums of relative log sales under like offers, and counts."""
        weight = self.known_logs * self.memory
        cell = self._cell(np.arange(len(self.logs)), np.arange(self.at)).ravel()
        size = (int(self.offers.product.max(initial=0)) + 1) * self._width
        total = np.bincount(cell, (weight * self.relative).ravel(), size)
        count = np.bincount(cell, weight.ravel(), size)
        return total.astype(np.float64), count.astype(np.float64)

    @property
    def _width(self) -> int:
        return _STEPS << len(self.offers.flags)

    def _cell(self, rows: Rows, columns: Rows) -> Rows:
        offers, at = self.offers, np.ix_(rows, columns)
        cell = np.clip(np.round(-offers.depth[at] / _STEP), 0, _STEPS - 1).astype(np.int64)
        for flag in offers.flags.values():
            cell = 2 * cell + (flag[at] > 0)
        return np.asarray(cell + (offers.product[rows] * self._width)[:, None])

    def like_offers(self, rows: Rows, columns: Rows) -> Floats:
        """Return [rows, columns] what the product sold under such offers in any store."""
        total, count = self._cells
        cell = self._cell(rows, columns)
        prior = self.straight(rows, columns)
        return np.asarray((total[cell] + _CELL_PRIOR * prior) / (count[cell] + _CELL_PRIOR))

    def late(self, group: Rows, periods: int) -> Floats:
        """Return [n] what offers do not explain of a group's last periods."""
        last = self.relative_rest[:, -periods:]
        known = ~np.isnan(last)
        total = sum_by(np.where(known, last, 0).sum(axis=1), group)
        return np.asarray(total / np.maximum(sum_by(known.sum(axis=1) * 1.0, group), 1.0))[group]
