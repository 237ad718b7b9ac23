"""What products and their neighbours are planned to sell, and what an offer of one moves elsewhere.

A cut takes sales from the other products of its category in the store, and some of what it
sells was only bought ahead, so the product sells less in the two weeks after (van Heerde, Leeflang
and Wittink, 2000). Both are learned with the price response (`PriceResponse.spillovers`) per log
point of price, on average over a category's products where sales tell categories apart, else over
all; an offer that adds more to its own sales takes more from elsewhere, so they are counted here in
proportion to what each offer adds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from forecasting.panel import Panel
from forecasting.pricing.answers import PriceResponse, ProductResponse, Share, Spillover
from forecasting.pricing.design import AFTER, LATER, NEIGHBOURS, Beside, aftermath
from forecasting.pricing.partitions import categories, category_names
from forecasting.pricing.plan import Asked, Rows, asked
from forecasting.scope import Estimate
from forecasting.units import Frequency

Floats = NDArray[np.float64]

ROUTES = (NEIGHBOURS, AFTER, LATER)
# Customers who bought ahead do not buy again at once, though an offer brings others: with all of
# the dip taken as won back, advice promised 5 % too much in demo worlds, with none 4 % too little.
_WON_BACK = 0.5
MEASURES = ("units", "revenue", "profit")
DRAWS = 600
_SEED = 20261123
_NOTHING = 1e-9
# The depth at which products are compared where none is on record, and the least counted.
_USUAL_PCT, _LEAST_PCT = 15.0, 5.0


def weeks_after(panel: Panel) -> int:
    """Return how many periods after a cut still feel it: two weeks, or two longer periods."""
    return 14 if panel.frequency is Frequency.DAY else 2


@dataclass(frozen=True)
class Elsewhere:
    """What a plan brings elsewhere than in the product's own sales of its days, beyond plan.

    Attributes:
        exposure: [measures, routes] what would be moved per unit of the answer.
        answer: [routes] how sales elsewhere answer.
        draws: [draws, routes] how they may answer.
    """

    exposure: Floats
    answer: Floats
    draws: Floats

    def mean(self, measure: str, *routes: str) -> float:
        """Return what is expected in one measure, by some routes; all by default."""
        at = [ROUTES.index(route) for route in routes or ROUTES]
        return float(self.exposure[MEASURES.index(measure), at] @ self.answer[at])

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
        paid: [m, h + a] price asked; where none is known the mean of those that are, or 0.
        cost: [m] cost of a unit; NaN where it is not known.
        response: How demand answers.
        beside: Who stands beside whom.
        category: [m] the number of each series' category.
    """

    panel: Panel
    rows: Rows
    columns: tuple[int, int]
    mean: Floats
    paid: Floats
    cost: Floats
    response: PriceResponse
    beside: Beside
    category: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        panel: Panel,
        rows: Rows,
        columns: tuple[int, int],
        mean: Floats,
        *,
        cost: Floats,
        response: PriceResponse,
    ) -> Self:
        """Return the market of some series under the plan on record; see the attributes."""
        until = columns[0] + mean.shape[1]
        paid = asked(panel, rows, (columns[0], until)).paid.astype(np.float64)
        known = np.isfinite(paid)
        usual = float(paid[known].mean()) if known.any() else 0.0
        return cls(
            panel=panel,
            rows=rows,
            columns=columns,
            mean=mean,
            paid=np.where(known, paid, usual),
            cost=cost,
            response=response,
            beside=Beside.of(panel, rows),
            category=categories(panel)[rows],
        )

    @property
    def width(self) -> int:
        """Return how many periods are asked about."""
        return self.columns[1] - self.columns[0]

    def at(self, own: Rows) -> Rows:
        """Return where some series stand among the rows."""
        return np.searchsorted(self.rows, own)

    def pressed(self, added: Floats) -> Floats:
        """Return [m, h] log points that offers of neighbours take from each series (below zero).

        Args:
            added: [m, h] log points that changed offers add to the demand of each series.
        """
        return -self._taken[:, None] * self.beside.mean(added)

    def answers_of(self, category: str) -> tuple[Floats, Floats]:
        """Return [routes] how sales elsewhere answer on average, [draws, routes] how they may.

        Per log point that an offer of the category adds to its own demand; as over all of them
        where it is not told apart. A cut is not believed to help its neighbours, nor later sales.
        """
        return self.panel.once(
            f"answers of {category}", lambda: self._worked_out(category), self.response
        )

    def _worked_out(self, category: str) -> tuple[Floats, Floats]:
        found = [self.response.spillovers.get(route, Spillover(0.0, 0.0)) for route in ROUTES]
        parts = [one.shares.get(category, Share(one.value, 0.0, one.error)) for one in found]
        value = np.array([one.value for one in parts])
        error = np.array([(one.common, one.own) for one in parts])
        least, most = np.array([0.0, -np.inf, -np.inf]), np.array([np.inf, 0.0, 0.0])
        shape = (DRAWS // 2, len(ROUTES))
        common = np.random.default_rng(_SEED).standard_normal(shape)
        own = np.random.default_rng([_SEED, crc32(category.encode())]).standard_normal(shape)
        away = common * error[:, 0] + own * error[:, 1]
        draws = np.clip(value + np.vstack([away, -away]), least, most)
        told = any(category in one.shares for one in found)
        usual = _usual_slope(self.response, self._products_of(category) if told else None)
        return np.clip(value, least, most) / usual, np.asarray(draws / usual)

    def _products_of(self, category: str) -> set[str]:
        series = self.panel.series
        mine = series["product_category"].astype(str) == category
        return set(series["product"][mine].astype(str))

    @cached_property
    def stakes(self) -> Floats:
        """Return [measures, m, h] what neighbours bring that a log point of each series moves.

        Each neighbour answers to the mean of what others add, weighed by their size, so a series
        counts with it by its share of all that is not that neighbour.
        """
        beside = self.beside
        brought = values(self.paid[:, : self.width], self.filled_cost) * self.mean[:, : self.width]
        answering = (brought * beside.per_others[None, :, None]).swapaxes(0, 1)
        return beside.total(answering).swapaxes(0, 1) * beside.size[None, :, None]

    @cached_property
    def _taken(self) -> Floats:
        """Return [m] the share of what the others add that each series loses."""
        lost = [self.answers_of(name)[0][0] for name in category_names(self.panel)]
        return np.array(lost)[self.category]

    @cached_property
    def filled_cost(self) -> Floats:
        """Return [m] costs, one not known taken at the mean share of the price of the others."""
        price = self.paid.mean(axis=1)
        known = np.isfinite(self.cost) & (price > 0)
        share = float((self.cost[known] / price[known]).mean()) if known.any() else np.nan
        return np.where(np.isfinite(self.cost), self.cost, share * price)


@dataclass(frozen=True)
class Seat:
    """One product among its neighbours and between the weeks before and after.

    Attributes:
        market: All of them.
        own: The product's series.
        known: How it answers to price.
    """

    market: Market
    own: Rows
    known: ProductResponse

    def elsewhere(
        self, plans: Asked, added: Floats, offers: Floats, sold: Floats
    ) -> Iterator[Elsewhere]:
        """Yield what each of several other plans of the product moves elsewhere.

        Args:
            plans: What they would ask, [k, rows, h].
            added: [k, rows, h] log points they add to the product's demand, beyond the plan.
            offers: [k, rows, h] log points that their offers add at the regular price.
            sold: [k, rows, h] units it would sell in the periods asked about.
        """
        market = self.market
        beside = -np.einsum("mnh,knh->km", market.stakes[:, self._at], added)
        left = self._moved(offers)
        name = category_names(market.panel)[market.category[self._at[0]]]
        answer, draws = market.answers_of(name)
        moved = sum(rate * one for rate, one in zip(answer[1:], left, strict=True))
        bend = np.divide(np.expm1(moved), moved, out=np.ones_like(moved), where=moved != 0)
        shape = (len(offers), *market.mean[self._at].shape)
        units, paid = (
            np.broadcast_to(x[self._at], shape).copy() for x in (market.mean, market.paid)
        )
        inside = (..., slice(market.width))
        units[inside] = sold
        paid[inside] = np.where(np.isfinite(plans.paid), plans.paid, paid[inside])
        value = values(paid, market.filled_cost[self._at]) * (units * bend)
        after = [np.einsum("mknt,knt->km", value, one) for one in left]
        for exposure in np.stack([beside, *after], axis=2):
            yield Elsewhere(exposure, answer, draws)

    @cached_property
    def _at(self) -> Rows:
        return self.market.at(self.own)

    @cached_property
    def _before(self) -> int:
        return min(weeks_after(self.market.panel), self.market.columns[0])

    @cached_property
    def _offers(self) -> Floats:
        """Return [rows, before + h + a] log points that planned offers add, two weeks before on."""
        first = self.market.columns[0]
        columns = first - self._before, first + self.market.mean.shape[1]
        return self.added_by(asked(self.market.panel, self.own, columns))

    @cached_property
    def _planned(self) -> tuple[Floats, Floats]:
        return aftermath(-self._offers, self.market.panel.frequency)

    def added_by(self, plan: Asked) -> Floats:
        """Return [..., rows, h] log points that offers add to demand at the regular price."""
        kept = np.maximum(1 - plan.discount / 100, _NOTHING).astype(np.float32)
        none = np.zeros_like(plan.promoted)
        offered = self.known.slopes(plan.ratio, plan.promoted, plan.discount)
        regular = self.known.slopes(plan.ratio / kept, none, none)
        step = [one - other for one, other in zip(offered, regular, strict=True)]
        added = step[0] * self.known.elasticity + step[1] * self.known.promotion_lift
        return np.asarray(self._strength * added)

    @cached_property
    def _strength(self) -> Floats:
        """Return [rows, 1] how strongly each store answers."""
        stores = self.market.panel.series["store"].iloc[self.own]
        return self.market.response.strength(stores)[:, None]

    def _moved(self, changed: Floats) -> tuple[Floats, Floats]:
        """Return [k, rows, h + a] twice: how much more offers just ended had added, than planned.

        Of what a new offer wins back that had been bought ahead, a part is believed.
        """
        offers = np.broadcast_to(self._offers, (len(changed), *self._offers.shape)).copy()
        offers[..., self._before : self._before + self.market.width] = changed
        left = aftermath(-offers.reshape(-1, offers.shape[2]), self.market.panel.frequency)
        near, far = (
            (one.reshape(offers.shape) - other)[..., self._before :]
            for one, other in zip(left, self._planned, strict=True)
        )
        inside = (..., slice(self.market.width))
        for one in (near, far):
            one[inside] = np.maximum(one[inside], _WON_BACK * one[inside])
        return near, far


def values(paid: Floats, cost: Floats) -> Floats:
    """Return [measures, ..., n, t] what a unit brings in units, revenue and profit."""
    return np.stack([np.ones_like(paid), paid, paid - cost[:, None]])


def _usual_slope(response: PriceResponse, among: set[str] | None = None) -> float:
    """Return what an offer adds per log point of price, on average over (some) products."""
    usable = response.table.index[response.table["usable"].to_numpy(dtype=bool)].astype(str)
    slopes = [
        _slope(known)
        for product in usable
        if (among is None or product in among) and (known := response.of(product)) is not None
    ]
    return max(float(np.mean(slopes)), _NOTHING) if slopes else 1.0


def _slope(known: ProductResponse) -> float:
    depth = (known.min_discount + known.max_discount) / 2 or _USUAL_PCT
    ratio = np.array([[1 - max(depth, _LEAST_PCT) / 100]], dtype=np.float32)
    price, lift = known.slopes(ratio, np.ones_like(ratio), 100 * (1 - ratio))
    added = price * known.elasticity + lift * known.promotion_lift
    return float((-added / np.log(ratio))[0, 0])
