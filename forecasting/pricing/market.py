"""What a change of one product's price moves elsewhere: its neighbours, and its own later sales.

A cut takes sales from the other products of its category in the store, and some of what it
sells was only bought ahead, so the product sells less in the two weeks after. Both are learned
with the price response (`PriceResponse.spillovers`) and counted here in units and in money.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from forecasting.panel import Panel
from forecasting.pricing.design import AFTER, LATER, NEIGHBOURS, aftermath
from forecasting.pricing.plan import Asked, Rows, asked
from forecasting.pricing.response import PriceResponse
from forecasting.scope import Estimate
from forecasting.units import Frequency

Floats = NDArray[np.float64]

ROUTES = (NEIGHBOURS, AFTER, LATER)
MEASURES = ("units", "revenue", "profit")
DRAWS = 600
_SEED = 20261123
_LOWEST, _HIGHEST = 0.02, 10.0
_NOTHING = 1e-9


def weeks_after(panel: Panel) -> int:
    """Return how many periods after a cut still feel it: two weeks, or two longer periods."""
    return 14 if panel.frequency is Frequency.DAY else 2


@dataclass(frozen=True)
class Elsewhere:
    """What a plan brings elsewhere than in the product's own sales of its days, beyond plan.

    Attributes:
        exposure: [measures, routes] what would be moved per unit of the response.
        response: [routes] the response.
        draws: [draws, routes] what it may be.
    """

    exposure: Floats
    response: Floats
    draws: Floats

    def mean(self, measure: str, *routes: str) -> float:
        """Return what is expected in one measure, by some routes; all by default."""
        at = [ROUTES.index(route) for route in routes or ROUTES]
        return float(self.exposure[MEASURES.index(measure), at] @ self.response[at])

    def estimate(self, measure: str, *routes: str, level: float = 80) -> Estimate:
        """Return the same with the interval that holds `level` percent of what it may be."""
        mean, tail = self.mean(measure, *routes), (100 - level) / 200
        lower, upper = np.quantile(self.possible(measure, *routes), [tail, 1 - tail])
        return Estimate(mean, float(min(lower, mean)), float(max(upper, mean)))

    def possible(self, measure: str, *routes: str) -> Floats:
        """Return [draws] what it may be."""
        at = [ROUTES.index(route) for route in routes or ROUTES]
        return np.asarray(self.draws[:, at] @ self.exposure[MEASURES.index(measure), at])


@dataclass(frozen=True)
class Market:
    """What the products asked about and their neighbours are planned to sell, and for how much.

    Attributes:
        panel: Where plan and history come from.
        rows: [m] the series, sorted.
        columns: First period column asked about, and the one after the last.
        mean: [m, h + a] units expected under the plan: h periods asked about, each cut to the
            share of it that is meant, and up to two weeks after.
        paid: [m, h + a] price asked; 0 where none is known.
        cost: [m] cost of a unit; NaN where it is not known.
    """

    panel: Panel
    rows: Rows
    columns: tuple[int, int]
    mean: Floats
    paid: Floats
    cost: Floats

    @classmethod
    def of(
        cls, panel: Panel, rows: Rows, columns: tuple[int, int], mean: Floats, cost: Floats
    ) -> Self:
        """Return the market of some series under the plan on record; see the attributes."""
        until = columns[0] + mean.shape[1]
        paid = asked(panel, rows, (columns[0], until)).paid.astype(np.float64)
        known = np.isfinite(paid)
        usual = float(paid[known].mean()) if known.any() else 0.0
        return cls(panel, rows, columns, mean, np.where(known, paid, usual), cost)

    def elsewhere(self, own: Rows, plan: Asked, sold: Floats, response: PriceResponse) -> Elsewhere:
        """Return what another plan of one product moves elsewhere.

        Args:
            own: The product's series.
            plan: What it would ask, [rows, h].
            sold: [rows, h] units it would sell in the periods asked about.
            response: How demand answers.
        """
        at = np.searchsorted(self.rows, own)
        step = _log(plan.ratio) - self._log_ratio(own)[:, self._inside]
        beside = np.einsum("mnh,nh->m", self._stakes[:, at], step)
        near, far = self._aftermath_moved(own, plan)
        answer, draws = _answers(response)
        moved = answer[1] * near + answer[2] * far
        bend = np.divide(np.expm1(moved), moved, out=np.ones_like(moved), where=moved != 0)
        units, paid = self.mean[at].copy(), self.paid[at].copy()
        width = sold.shape[1]
        units[:, :width] = sold
        paid[:, :width] = np.where(np.isfinite(plan.paid), plan.paid, paid[:, :width])
        value = _values(paid, self._filled_cost[at]) * (units * bend)
        after = [np.einsum("mnh,nh->m", value, one) for one in (near, far)]
        return Elsewhere(np.stack([beside, *after], axis=1), answer, draws)

    def log_step(self, own: Rows, plan: Asked) -> Floats:
        """Return [rows, h] how far a plan moves the log price of some series from this one's."""
        return np.asarray(_log(plan.ratio) - self._log_ratio(own)[:, self._inside])

    def pressed(self, steps: Floats, response: PriceResponse) -> Floats:
        """Return [m, h] log points that the price steps of neighbours take from each series.

        Args:
            steps: [m, h] log price steps of every series.
            response: How demand answers.
        """
        group, size, others = self._sizes
        total = np.zeros((int(group.max()) + 1, steps.shape[1]))
        np.add.at(total, group, size[:, None] * steps)
        mean = (total[group] - size[:, None] * steps) * others[:, None]
        return np.asarray(_answers(response)[0][0] * mean)

    def under(self, own: Rows, sold: Floats, paid: Floats) -> "Market":
        """Return the market in which some series sell and ask something else, [rows, h]."""
        at = np.searchsorted(self.rows, own)
        units, prices = self.mean.copy(), self.paid.copy()
        units[at, : sold.shape[1]] = sold
        prices[at, : sold.shape[1]] = np.where(np.isfinite(paid), paid, prices[at, : sold.shape[1]])
        return replace(self, mean=units, paid=prices)

    @property
    def _inside(self) -> slice:
        """Return the periods asked about, among those since two weeks before."""
        before = min(weeks_after(self.panel), self.columns[0])
        return slice(before, before + self.columns[1] - self.columns[0])

    def _log_ratio(self, own: Rows) -> Floats:
        """Return [rows, before + h + a] the planned log price ratio, from two weeks before on."""
        start = self.columns[0] - min(weeks_after(self.panel), self.columns[0])
        return _log(asked(self.panel, own, (start, self.columns[0] + self.mean.shape[1])).ratio)

    def _aftermath_moved(self, own: Rows, plan: Asked) -> tuple[Floats, Floats]:
        """Return [rows, h + a] twice: how the depth of cuts just ended moves with the plan."""
        before = self._log_ratio(own)
        after = before.copy()
        after[:, self._inside] = _log(plan.ratio)
        both = aftermath(np.concatenate([before, after]), self.panel.frequency)
        first = self._inside.start
        near, far = (one[len(own) :, first:] - one[: len(own), first:] for one in both)
        return near, far

    @cached_property
    def _stakes(self) -> Floats:
        """Return [measures, m, h] what each series' neighbours bring, per log point of its price.

        The response is one to the mean of the others' log prices weighed by size, so a series
        counts with each neighbour by its share of what is not that neighbour.
        """
        group, size, others = self._sizes
        width = self.columns[1] - self.columns[0]
        brought = _values(self.paid[:, :width], self._filled_cost) * self.mean[:, :width]
        brought *= others[None, :, None]
        total = np.zeros((len(MEASURES), int(group.max()) + 1, width))
        for number in range(len(MEASURES)):
            np.add.at(total[number], group, brought[number])
        return np.asarray((total[:, group] - brought) * size[None, :, None])

    @cached_property
    def _sizes(self) -> tuple[NDArray[np.int64], Floats, Floats]:
        """Return [m] the group of each series, its size, and one over the size of the others."""
        series = self.panel.series.iloc[self.rows]
        key = series["store"].astype(str)
        if "product_category" in series:
            key = key + "\n" + series["product_category"].astype(str)
        group = np.unique(key.to_numpy(dtype=str), return_inverse=True)[1].astype(np.int64)
        sold = self.panel.sales[self.rows]
        size = np.nan_to_num(sold).mean(axis=1).astype(np.float64)
        others = np.bincount(group, weights=size)[group] - size
        return group, size, np.where(others > _NOTHING, 1 / np.maximum(others, _NOTHING), 0.0)

    @cached_property
    def _filled_cost(self) -> Floats:
        """Return [m] costs, one not known taken at the mean share of the price of the others."""
        price = self.paid.mean(axis=1)
        known = np.isfinite(self.cost) & (price > 0)
        share = float((self.cost[known] / price[known]).mean()) if known.any() else np.nan
        return np.where(np.isfinite(self.cost), self.cost, share * price)


def _values(paid: Floats, cost: Floats) -> Floats:
    """Return [measures, n, t] what a unit brings in units, revenue and profit."""
    return np.stack([np.ones_like(paid), paid, paid - cost[:, None]])


def _log(ratio: NDArray[np.float32]) -> Floats:
    known = np.nan_to_num(ratio.astype(np.float64), nan=1.0)
    return np.asarray(np.log(np.clip(known, _LOWEST, _HIGHEST)))


def _answers(response: PriceResponse) -> tuple[Floats, Floats]:
    """Return [routes] the response to a cut elsewhere, and [draws, routes] what it may be.

    A cut is not believed to help its neighbours, nor later sales.
    """
    found = [response.spillovers.get(route) for route in ROUTES]
    value = np.array([0.0 if one is None else one.value for one in found])
    error = np.array([0.0 if one is None else one.error for one in found])
    least, most = np.array([0.0, -np.inf, -np.inf]), np.array([np.inf, 0.0, 0.0])
    normal = np.random.default_rng(_SEED).standard_normal((DRAWS // 2, len(ROUTES)))
    draws = value + np.vstack([normal, -normal]) * error
    return np.clip(value, least, most), np.asarray(np.clip(draws, least, most))
