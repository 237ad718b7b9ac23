"""Profit of a demo world when the discounts of several products change together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from forecasting.data.demo.axis import Floats, Ints
from forecasting.data.demo.response import PULL_FORWARD_DAYS, own_effect, price_paid, pull_forward
from forecasting.data.demo.scenario import SMALLEST_PROMOTION_PCT, Scenarios

DEEPEST_PCT, COARSE_PCT = 50.0, 5.0
_SWEEPS = 5

Discounts = Mapping[str, float]


@dataclass(frozen=True)
class Joint:
    """A period of a world, with the two weeks before and after it.

    Attributes:
        scenarios: The truth.
        start: First day of the period.
        end: Last day.
    """

    scenarios: Scenarios
    start: date
    end: date

    @cached_property
    def at(self) -> Ints:
        """Return the periods asked about."""
        return self.scenarios.between(self.start, self.end)

    @cached_property
    def near(self) -> slice:
        """Return the periods that matter: what ran before, and what comes after."""
        reach = PULL_FORWARD_DAYS // self.scenarios.axis.step
        return slice(max(0, int(self.at[0]) - reach), int(self.at[-1]) + 1 + reach)

    def profit(self, discounts: Discounts) -> float:
        """Return expected profit of everything over the period and the two weeks after.

        Args:
            discounts: Percent off in all stores by product; the others keep their plan.
        """
        return float((self._units(discounts) * self._margin(discounts)).sum())

    def profit_of_period(self) -> float:
        """Return what the period alone brings as planned."""
        width = len(self.at)
        return float((self._units({}) * self._margin({}))[:, :width].sum())

    def best(self, products: list[str]) -> dict[str, float]:
        """Return the discounts of these products that earn most together.

        Each product is set to its best in turn, in steps of 5 points until nothing changes, then
        to the whole percent; keeping the plan is always a candidate. Begun from the plan and
        from no discount at all.
        """
        starts: list[dict[str, float]] = [{}, dict.fromkeys(products, 0.0)]
        found = [self._climbed(products, start) for start in starts]
        return max(found, key=self.profit)

    def _climbed(self, products: list[str], start: dict[str, float]) -> dict[str, float]:
        chosen = dict(start)
        coarse = np.arange(0.0, DEEPEST_PCT + 1, COARSE_PCT).tolist()
        for _ in range(_SWEEPS):
            before = dict(chosen)
            for product in products:
                self._set_best(chosen, product, coarse)
            if before == chosen:
                break
        for product in products:
            if product in chosen:
                near = chosen[product] + np.arange(-COARSE_PCT + 1, COARSE_PCT)
                self._set_best(chosen, product, near[(near >= 0) & (near <= DEEPEST_PCT)].tolist())
        return chosen

    def _set_best(self, chosen: dict[str, float], product: str, depths: list[float]) -> None:
        rest = {name: depth for name, depth in chosen.items() if name != product}
        options = [rest, *(rest | {product: depth} for depth in depths)]
        best = max(options, key=self.profit)
        chosen.clear()
        chosen.update(best)

    def _units(self, discounts: Discounts) -> Floats:
        """Return [n, periods] expected units from the period on."""
        demand, plan, near = self.scenarios.demand, self.scenarios.plan, self.near
        discount = self._discount(discounts)
        regular, runs = plan.regular[:, near], discount >= SMALLEST_PROMOTION_PCT
        own = own_effect(
            demand.elasticity, demand.lift, regular, price_paid(regular, discount), runs
        )
        own[~demand.on_sale[:, near]] = 0.0
        after = pull_forward(demand.pull_forward, own, runs, self.scenarios.axis.step)
        total = self._still + own + after - demand.cross @ own
        units = np.where(demand.on_sale[:, near], np.exp(total), 0.0)
        return np.asarray(units[:, int(self.at[0]) - near.start :], dtype=np.float64)

    def _margin(self, discounts: Discounts) -> Floats:
        regular = self.scenarios.plan.regular[:, self.near]
        paid = price_paid(regular, self._discount(discounts))[
            :, int(self.at[0]) - self.near.start :
        ]
        return np.asarray(paid - self.scenarios.cost[:, None], dtype=np.float64)

    def _discount(self, discounts: Discounts) -> Floats:
        discount = self.scenarios.plan.discount[:, self.near].copy()
        changed = slice(int(self.at[0]) - self.near.start, int(self.at[-1]) + 1 - self.near.start)
        for product, percent in discounts.items():
            discount[self._rows[product], changed] = percent
        return discount

    @cached_property
    def _still(self) -> Floats:
        """Return [n, near] log demand without any promotion."""
        demand, plan = self.scenarios.demand, self.scenarios.plan
        level = np.log(plan.regular[:, self.near] / plan.reference[:, None])
        return np.asarray(demand.base[:, self.near] + demand.elasticity[:, None] * level)

    @cached_property
    def _rows(self) -> dict[str, Ints]:
        product = self.scenarios.demand.series["product"].to_numpy(dtype=str)
        return {str(one): np.flatnonzero(product == one) for one in np.unique(product)}
