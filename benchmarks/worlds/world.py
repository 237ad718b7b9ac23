"""A retail world: its history as tables that a retailer would export, and its truth to replay."""

import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.worlds.kinds import KINDS, Floats
from benchmarks.worlds.market import WEEK, Market, Size, draw_market
from benchmarks.worlds.plan import Plan, draw_plan, product_id, store_id
from benchmarks.worlds.replay import REMEMBERED, Shelf, believed, delivered, effects

# Weeks that are asked about, and weeks after them that count too.
ASKED, AFTER = 4, 2
# Variance of a period's sales beyond Poisson noise, as a share of the mean squared.
DISPERSION = 0.03


@dataclass(frozen=True)
class World:
    """One retailer.

    Attributes:
        name: The kind of world.
        market: Its truth.
        plan: What the retailer plans.
        sold: [s, p, history weeks, d] units.
        held: The same: units left when the period closed.
        shelf: What stores hold at the end of the history.
    """

    name: str
    market: Market
    plan: Plan
    sold: Floats
    held: Floats
    shelf: Shelf

    @property
    def asked(self) -> slice:
        """Return the weeks that advice is asked for."""
        return slice(self.market.history, self.market.history + ASKED)

    @property
    def counted(self) -> slice:
        """Return the weeks whose profit counts."""
        return slice(self.market.history, self.market.history + ASKED + AFTER)

    @cached_property
    def products(self) -> list[str]:
        """Return the ids of the products."""
        return [product_id(one) for one in range(len(self.market.listed))]

    def category(self, number: int) -> str:
        """Return the name of a category."""
        return ("Beverages", "Household", "Snacks", "Dairy")[number]

    def write(self, folder: Path) -> None:
        """Write what the retailer's systems would export, as CSV files."""
        folder.mkdir(parents=True, exist_ok=True)
        tables = {
            "sales": self._by_day(units=self.sold),
            "stock": self._by_day(on_hand=self.held),
            "products": self._products(),
            "stores": pd.DataFrame({"store": [store_id(s) for s in range(self.sold.shape[0])]}),
            "prices": self.plan.prices,
            "promotions": self.plan.promotions,
            "events": self.market.events,
        }
        for name, table in tables.items():
            table.to_csv(folder / f"{name}.csv", index=False, date_format="%Y-%m-%d")

    def _products(self) -> pd.DataFrame:
        market = self.market
        return pd.DataFrame(
            {
                "product": self.products,
                "name": [f"Article {one}" for one in self.products],
                "category": [self.category(int(one)) for one in market.category],
                "cost": market.cost,
                "list_price": market.listed,
            }
        )

    def _by_day(self, **figures: Floats) -> pd.DataFrame:
        stores, goods, weeks, days = self.sold.shape
        step = WEEK // days
        dates = self.market.mondays[0] + pd.to_timedelta(np.arange(weeks * days) * step, unit="D")
        shape = (stores, goods, weeks * days)
        store, product, at = (one.ravel() for one in np.indices(shape))
        table = pd.DataFrame(
            {
                "date": dates[at],
                "store": np.array([store_id(one) for one in range(stores)])[store],
                "product": np.array(self.products)[product],
            }
        )
        for name, values in figures.items():
            table[name] = values.reshape(shape).ravel().astype(np.int64)
        if "units" in figures:
            paid = np.repeat(self.plan.paid()[:, :, :weeks], days, axis=2)
            table["price"] = paid.ravel()
            table["revenue"] = np.round(table["units"] * table["price"], 2)
        return table


def make_retailer(name: str, *, seed: int, size: Size | None = None) -> World:
    """Return a world of a kind; the same arguments give the same world."""
    rng = np.random.default_rng([seed, zlib.crc32(name.encode())])
    market = draw_market(KINDS[name], size or Size(), rng)
    plan = draw_plan(market, rng)
    sold, held, shelf = _history(market, plan, rng)
    return World(name, market, plan, sold, held, shelf)


def _history(market: Market, plan: Plan, rng: np.random.Generator) -> tuple[Floats, Floats, Shelf]:
    """Let customers come: demand that the shelf cannot meet is lost."""
    weeks = slice(0, market.history)
    added = effects(market, plan.regular, plan.discount)[:, :, weeks]
    mean = np.exp(market.base[:, :, weeks] + added[..., None])
    demand = rng.poisson(mean * rng.gamma(1 / DISPERSION, DISPERSION, mean.shape))
    sold, held = np.zeros_like(mean), np.zeros_like(mean)
    usual = np.exp(market.base).sum(axis=3).mean(axis=2)
    left = usual
    for week in range(market.history):
        off = plan.discount[:, :, week]
        left = delivered(market, left, usual, off)
        for day in range(mean.shape[3]):
            sold[:, :, week, day] = np.minimum(demand[:, :, week, day], left)
            left = left - sold[:, :, week, day]
            held[:, :, week, day] = left
        bought = sold[:, :, week].sum(axis=2)
        usual = REMEMBERED * usual + (1 - REMEMBERED) * bought / believed(off)
    return sold, held, Shelf(left, usual)
