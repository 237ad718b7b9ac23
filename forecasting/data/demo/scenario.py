"""Expected demand under the plan as it is, or changed for some series and periods."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from forecasting.data.demo.axis import Axis, Floats, Ints
from forecasting.data.demo.blueprint import Blueprint
from forecasting.data.demo.demand import Demand
from forecasting.data.demo.plan import Plan
from forecasting.data.demo.response import (
    PULL_FORWARD_DAYS,
    log_demand,
    own_effect,
    price_paid,
    pull_forward,
)
from forecasting.scope import PlanChange
from tenants.errors import OutOfRange, UnknownItem

# The shallowest discount the retailers announce; less is a quieter price, without the extra lift.
SMALLEST_PROMOTION_PCT = 5.0

Days = date | Iterable[date] | pd.DatetimeIndex


@dataclass(frozen=True)
class Scenarios:
    """The demand of a world under any plan; n series, T periods of history and future."""

    blueprint: Blueprint
    axis: Axis
    demand: Demand
    plan: Plan

    def rows(self, product: str, store: str | None) -> Ints:
        """Return the series of a product, in one store or in all that ever sold it."""
        of = self.demand.series["product"].eq(product)
        if not of.any():
            raise UnknownItem(f"{self.blueprint.title} has no product {product!r}.")
        if store is not None:
            of &= self.demand.series["store"].eq(store)
            if not of.any():
                raise UnknownItem(f"{self.blueprint.title} sells no {product!r} at {store!r}.")
        return np.flatnonzero(of)

    def periods(self, days: Days) -> Ints:
        """Return the place of each day; in a weekly world, of the week it starts."""
        wanted = pd.DatetimeIndex([days] if isinstance(days, date) else list(days))
        at = np.asarray(self.axis.starts.get_indexer(wanted), dtype=np.int64)
        if (at < 0).any():
            first, last = self.axis.starts[[0, -1]].date
            raise OutOfRange(
                f"The truth knows periods of {self.axis.step} day(s) from {first} to {last}, "
                f"not {wanted[at < 0][0].date()}."
            )
        return at

    def between(self, start: date, end: date) -> Ints:
        """Return the periods that start within these days, both inclusive."""
        starts = self.axis.starts
        at = np.flatnonzero((starts >= pd.Timestamp(start)) & (starts <= pd.Timestamp(end)))
        if not len(at):
            raise OutOfRange(f"No period of this world starts between {start} and {end}.")
        return at

    @cached_property
    def planned(self) -> Floats:
        """Return [n, T] log of expected units as planned; -inf where not on sale."""
        plan = self.plan
        return log_demand(self.demand, plan.reference, plan.regular, plan.discount, self.axis.step)

    @cached_property
    def planned_effect(self) -> Floats:
        """Return [n, T] log points that the planned promotions add to their own products."""
        effect = own_effect(
            self.demand.elasticity,
            self.demand.lift,
            self.plan.regular,
            price_paid(self.plan.regular, self.plan.discount),
            self.plan.discount > 0,
        )
        return np.where(self.demand.on_sale, effect, 0.0)

    @cached_property
    def taken(self) -> Floats:
        """Return [n, T] log points lost to the planned promotions of neighbours."""
        return np.asarray(self.demand.cross @ self.planned_effect, dtype=np.float64)

    @cached_property
    def cost(self) -> Floats:
        """Return [n] what a unit costs."""
        cost = self.blueprint.products.set_index("product")["cost"]
        return cost.loc[self.demand.series["product"]].to_numpy(dtype=np.float64)

    @cached_property
    def unit_profit(self) -> Floats:
        """Return [n, T] what a unit earns at the planned price."""
        return price_paid(self.plan.regular, self.plan.discount) - self.cost[:, None]

    def paid(self, rows: Ints, at: Ints, discount_pct: float) -> Floats:
        """Return [rows, at] the price asked at a discount."""
        return price_paid(self.plan.regular[np.ix_(rows, at)], discount_pct)

    def mean(self, rows: Ints, at: Ints, change: PlanChange) -> Floats:
        """Return [rows, at] expected units with the plan changed on all these periods."""
        near = self._near(at)
        effect, after = self.effect(rows, at, change)
        shelf = np.log(self.plan.regular[rows, near] / self.plan.reference[rows][:, None])
        total = self.demand.base[rows, near] + self.demand.elasticity[rows][:, None] * shelf
        total += effect + after - self.taken[rows, near]
        units = np.where(self.demand.on_sale[rows, near], np.exp(total), 0.0)
        return np.asarray(units[:, at - near.start], dtype=np.float64)

    def effect(self, rows: Ints, at: Ints, change: PlanChange) -> tuple[Floats, Floats]:
        """Return [rows, near] log points of own promotions, and of the dip after them.

        `near` are the periods from two weeks before the change to two weeks after it.
        """
        near = self._near(at)
        changed = at - near.start
        regular, discount = self.plan.regular[rows, near], self.plan.discount[rows, near].copy()
        runs = discount > 0
        if change.price is not None:
            discount[:, changed] = 100 * (1 - change.price / regular[:, changed])
        elif change.discount_pct is not None:
            discount[:, changed] = change.discount_pct
        if change.price is not None or change.discount_pct is not None:
            runs[:, changed] = discount[:, changed] >= SMALLEST_PROMOTION_PCT
        if change.promoted is not None:
            runs[:, changed] = change.promoted
        elasticity, lift = self.demand.elasticity[rows], self.demand.lift[rows]
        effect = own_effect(elasticity, lift, regular, price_paid(regular, discount), runs)
        effect[~self.demand.on_sale[rows, near]] = 0.0
        return effect, pull_forward(self.demand.pull_forward[rows], effect, runs, self.axis.step)

    def profit_beside(self, rows: Ints, at: Ints, discount_pct: float) -> float:
        """Return profit of the neighbours meanwhile and of the product in the two weeks after."""
        near = self._near(at)
        own, dip = self.effect(rows, at, PlanChange(discount_pct=discount_pct))
        planned, planned_dip = self.effect(rows, at, PlanChange())
        more = (own - planned)[:, at - near.start]
        others = np.exp(self.planned[:, at] - self.demand.cross[:, rows] @ more)
        others[rows] = 0.0
        later = slice(int(at[-1]) + 1, near.stop)
        shift = (dip - planned_dip)[:, later.start - near.start :]
        after = np.exp(self.planned[rows, later] + shift)
        return float(
            (others * self.unit_profit[:, at]).sum() + (after * self.unit_profit[rows, later]).sum()
        )

    def _near(self, at: Ints) -> slice:
        """Return the periods that a change in some periods can touch, or be touched by."""
        reach = PULL_FORWARD_DAYS // self.axis.step
        return slice(max(0, int(at.min()) - reach), min(self.axis.size, int(at.max()) + 1 + reach))

    def drivers(self, product: str, store: str, day: date) -> dict[str, float]:
        """Return what made the planned demand of a period, in log points that sum to its log."""
        row, period = self.rows(product, store)[0], self.periods(day)[0]
        regular, discount = self.plan.regular[row, period], self.plan.discount[row, period]
        elasticity = float(self.demand.elasticity[row])
        promotion = float(self.demand.lift[row] * (discount > 0))
        found = {name: float(part[row, period]) for name, part in self.demand.parts.items()}
        found["regular_price"] = elasticity * float(np.log(regular / self.plan.reference[row]))
        found["discount"] = float(self.planned_effect[row, period]) - promotion
        found["promotion"] = promotion
        found["cannibalisation"] = -float(self.taken[row, period])
        return found | {
            "pull_forward": float(self.planned[row, period]) - sum(found.values()),
        }
