"""Expected demand under the plan as it is, or changed for some series and periods."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from forecasting.data.demo.axis import Axis, Bools, Floats, Ints
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

    def paid(self, rows: Ints, at: Ints, discount_pct: float) -> Floats:
        """Return [rows, at] the price asked at a discount."""
        return price_paid(self.plan.regular[np.ix_(rows, at)], discount_pct)

    def mean(self, rows: Ints, at: Ints, change: PlanChange) -> Floats:
        """Return [rows, at] expected units with the plan changed on all these periods."""
        effect, runs = self.effect(rows, at, change)
        shelf = np.log(self.plan.regular[rows] / self.plan.reference[rows][:, None])
        total = self.demand.base[rows] + self.demand.elasticity[rows][:, None] * shelf + effect
        total += pull_forward(self.demand.pull_forward[rows], effect, runs, self.axis.step)
        total -= self.taken[rows]
        return np.where(self.demand.on_sale[rows], np.exp(total), 0.0)[:, at]

    def effect(self, rows: Ints, at: Ints, change: PlanChange) -> tuple[Floats, Bools]:
        """Return [rows, T] the promotions' own effect under a change, and when they run."""
        regular, discount = self.plan.regular[rows], self.plan.discount[rows].copy()
        runs = discount > 0
        if change.price is not None:
            discount[:, at] = 100 * (1 - change.price / regular[:, at])
        elif change.discount_pct is not None:
            discount[:, at] = change.discount_pct
        if change.price is not None or change.discount_pct is not None:
            runs[:, at] = discount[:, at] >= SMALLEST_PROMOTION_PCT
        if change.promoted is not None:
            runs[:, at] = change.promoted
        paid = price_paid(regular, discount)
        effect = own_effect(
            self.demand.elasticity[rows], self.demand.lift[rows], regular, paid, runs
        )
        return np.where(self.demand.on_sale[rows], effect, 0.0), runs

    def profit_beside(self, rows: Ints, at: Ints, discount_pct: float) -> float:
        """Return profit of the neighbours meanwhile and of the product in the two weeks after."""
        change = PlanChange(discount_pct=discount_pct)
        more = self.effect(rows, at, change)[0] - self.planned_effect[rows]
        others = np.exp(self.planned[:, at] - self.demand.cross[:, rows] @ more[:, at])
        others[rows] = 0.0
        unit_profit = price_paid(self.plan.regular, self.plan.discount) - self.cost[:, None]
        last = int(at[-1]) + 1
        after = np.arange(last, min(last + PULL_FORWARD_DAYS // self.axis.step, self.axis.size))
        effect, runs = self.effect(rows, at, change)
        dip = pull_forward(self.demand.pull_forward[rows], effect, runs, self.axis.step)
        own = self.mean(rows, np.concatenate([at, after]), PlanChange())[:, len(at) :]
        plain, plain_runs = self.planned_effect[rows], self.plan.discount[rows] > 0
        dip -= pull_forward(self.demand.pull_forward[rows], plain, plain_runs, self.axis.step)
        own = own * np.exp(dip[:, after])
        return float(
            (others * unit_profit[:, at]).sum() + (own * unit_profit[rows][:, after]).sum()
        )

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
