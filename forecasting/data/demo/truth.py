"""The truth of a demo world, for tests and measurements: what the engine is never told."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from forecasting.data.demo.axis import Floats, Ints
from forecasting.data.demo.outcomes import noisy
from forecasting.data.demo.scenario import Days, Scenarios
from forecasting.scope import PlanChange
from tenants.errors import InvalidArguments

# Products whose price moved less often than this cannot tell anybody how demand answers it.
ENOUGH_PRICE_CHANGES = 8
OBJECTIVES = ("profit", "revenue", "units")


@dataclass(frozen=True, slots=True)
class BestDiscount:
    """The best whole-percent discount of a period, and what it is expected to bring.

    Attributes:
        discount_pct: Percent off the regular price.
        units: Expected units over the period.
        revenue: Expected revenue, in the world's currency.
        profit: Expected revenue less cost.
        gain: Objective at this discount less objective without any discount.
    """

    discount_pct: int
    units: float
    revenue: float
    profit: float
    gain: float


@dataclass(frozen=True)
class Truth:
    """Answers what only the maker of a world can know; it depends on seed and `until` alone.

    Expected units mean demand on a full shelf: stock-outs and faults are not in them. `store=None`
    means all stores, the online shop (`online`) included. Days may lie up to 126 days after the
    history; in a weekly world a day stands for the week it starts, a Monday.

    Attributes:
        scenarios: Demand under the plan, or any other.
        faults: Labelled faults: fault, date, store, product, reported, actual, detail.
        stock_outs: date, store, product, demand, sold: days on which customers left empty-handed.
        seed: The world's seed.
    """

    scenarios: Scenarios
    faults: pd.DataFrame
    stock_outs: pd.DataFrame
    seed: int

    def expected_units(
        self,
        product: str,
        store: str | None,
        days: Days,
        *,
        discount_pct: float | None = None,
        price: float | None = None,
        promoted: bool | None = None,
    ) -> float | Floats:
        """Return expected units, a number for one day, an array for several.

        Args:
            product: Id of the product.
            store: Id of the store, None for all.
            days: One day or several.
            discount_pct: Percent off on all these days; None leaves the plan as it is.
            price: Price asked on all these days, instead of a discount.
            promoted: Whether a promotion runs; by default when the discount is 5 % or more.
        """
        rows, at = self.scenarios.rows(product, store), self.scenarios.periods(days)
        change = PlanChange(discount_pct=discount_pct, price=price, promoted=promoted)
        total = self.scenarios.mean(rows, at, change).sum(axis=0)
        return float(total[0]) if isinstance(days, date) else total

    def sample(
        self,
        product: str,
        store: str | None,
        days: Days,
        *,
        discount_pct: float | None = None,
        price: float | None = None,
        promoted: bool | None = None,
        seed: int = 0,
    ) -> int | Ints:
        """Return one outcome that could happen, noise included; the same seed gives the same."""
        rows, at = self.scenarios.rows(product, store), self.scenarios.periods(days)
        change = PlanChange(discount_pct=discount_pct, price=price, promoted=promoted)
        mean = self.scenarios.mean(rows, at, change)
        rng = np.random.default_rng([seed, self.seed, zlib.crc32(f"{product}/{store}".encode())])
        total = noisy(mean, self.scenarios.demand.dispersion[rows][:, None], rng).sum(axis=0)
        return int(total[0]) if isinstance(days, date) else total

    def curve(
        self,
        product: str,
        store: str | None,
        start: date,
        end: date,
        discounts: Iterable[float] = range(51),
    ) -> pd.DataFrame:
        """Return what each discount brings over a period, both ends inclusive.

        Columns: discount_pct, units, revenue, profit, margin_pct (the lowest of any day and
        store), beside (profit that neighbours lose meanwhile and the product itself in the two
        weeks after, against no discount; not part of `profit`).
        """
        scenarios = self.scenarios
        rows, at = scenarios.rows(product, store), scenarios.between(start, end)
        cost = float(scenarios.cost[rows[0]])
        without = scenarios.profit_beside(rows, at, 0.0)
        table = []
        for discount in discounts:
            mean = scenarios.mean(rows, at, PlanChange(discount_pct=discount))
            paid = scenarios.paid(rows, at, discount)
            units, revenue = mean.sum(), (mean * paid).sum()
            margin = 100 * float((1 - cost / paid[mean > 0]).min(initial=1.0))
            beside = scenarios.profit_beside(rows, at, discount) - without
            table.append((discount, units, revenue, revenue - cost * units, margin, beside))
        columns = ["discount_pct", "units", "revenue", "profit", "margin_pct", "beside"]
        return pd.DataFrame(table, columns=columns)

    def best_discount(
        self,
        product: str,
        store: str | None,
        start: date,
        end: date,
        *,
        objective: str = "profit",
        max_discount_pct: float = 50,
        min_margin_pct: float | None = None,
    ) -> BestDiscount:
        """Return the best whole percent; no discount is always allowed, and wins a tie.

        It looks at the product itself over the period, not at what happens beside it.
        """
        if objective not in OBJECTIVES:
            raise InvalidArguments(f"The objective is one of {OBJECTIVES}, not {objective!r}.")
        curve = self.curve(product, store, start, end, range(int(max_discount_pct) + 1))
        allowed = curve["margin_pct"] >= (-np.inf if min_margin_pct is None else min_margin_pct)
        allowed |= curve["discount_pct"] == 0
        best = curve.iloc[int(np.nanargmax(curve[objective].where(allowed)))]
        return BestDiscount(
            discount_pct=int(best["discount_pct"]),
            units=float(best["units"]),
            revenue=float(best["revenue"]),
            profit=float(best["profit"]),
            gain=float(best[objective] - curve[objective].iloc[0]),
        )

    @cached_property
    def responses(self) -> pd.DataFrame:
        """Return by product: elasticity, lift, pull_forward, price_changes, promotions, knowable.

        `lift` is in log points. `price_changes` counts chain-wide moves of the regular price,
        `promotions` the promotions that began in the history; `knowable` says whether together
        they are enough to learn the response from.
        """
        demand, plan = self.scenarios.demand, self.scenarios.plan
        of = demand.series.drop_duplicates("product").index.to_numpy()
        table = pd.DataFrame(
            {
                "elasticity": demand.elasticity[of],
                "lift": demand.lift[of],
                "pull_forward": demand.pull_forward[of],
            },
            index=pd.Index(demand.series["product"].to_numpy()[of], name="product"),
        )
        last = pd.Timestamp(self.scenarios.axis.last_known)
        prices, promotions = plan.prices, plan.promotions
        moves = prices[prices["store"].eq("") & (prices["date"] <= last)]["product"].value_counts()
        begun = promotions[promotions["start"] <= last]["product"].value_counts()
        table["price_changes"] = moves.reindex(table.index, fill_value=1) - 1
        table["promotions"] = begun.reindex(table.index, fill_value=0)
        changes = table["price_changes"] + 2 * table["promotions"]
        return table.assign(knowable=changes >= ENOUGH_PRICE_CHANGES)

    def elasticity(self, product: str) -> float:
        """Return percent more units per percent more price; negative."""
        return float(self.scenarios.demand.elasticity[self.scenarios.rows(product, None)[0]])

    def lift(self, product: str) -> float:
        """Return log points a promotion adds beside its price."""
        return float(self.scenarios.demand.lift[self.scenarios.rows(product, None)[0]])

    def drivers(self, product: str, store: str, day: date) -> dict[str, float]:
        """Return what made the planned demand of a period, in log points that sum to its log."""
        return self.scenarios.drivers(product, store, day)

    @property
    def hidden_confounder(self) -> pd.DataFrame:
        """Return date, category, effect (log points) of the driver that no file holds."""
        wide = self.scenarios.demand.confounder.T.rename_axis("date").reset_index()
        return wide.melt(id_vars="date", var_name="category", value_name="effect")

    def expected_table(self, start: date, end: date) -> pd.DataFrame:
        """Return date, store, product, units: the whole catalogue as planned, where on sale."""
        at = self.scenarios.between(start, end)
        mean = np.exp(self.scenarios.planned[:, at])
        period, row = np.nonzero((mean > 0).T)
        return pd.DataFrame(
            {
                "date": self.scenarios.axis.starts[at[period]],
                "store": self.scenarios.demand.series["store"].to_numpy()[row],
                "product": self.scenarios.demand.series["product"].to_numpy()[row],
                "units": mean[row, period],
            }
        )
