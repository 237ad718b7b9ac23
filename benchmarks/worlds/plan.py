"""What a retailer plans: regular prices, chain-wide flyers and specials of single stores."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.worlds.kinds import Floats
from benchmarks.worlds.market import DEPTHS, EAGER, ENDINGS, PLANNED_WEEKS, WEEK, Market

FLYERS, SPECIALS = 0.12, 0.03
PRICE_CHANGES = 5
# No price changes in the first and last weeks of the history.
QUIET_WEEKS = 6


@dataclass(frozen=True)
class Plan:
    """Prices and promotions of the whole history and the planned weeks.

    Attributes:
        regular: [p, w] price before any discount.
        discount: [s, p, w] percent off, all week.
        promotions: `start`, `end`, `store` ("" for all), `product`, `discount_pct`.
        prices: `date`, `product`, `price`: the first price and every later one.
    """

    regular: Floats
    discount: Floats
    promotions: pd.DataFrame
    prices: pd.DataFrame

    def paid(self) -> Floats:
        """Return [s, p, w] the price at the till, in whole cents."""
        return np.asarray(np.round(self.regular * (1 - self.discount / 100), 2))

    def with_discount(self, product: int, week: int, percent: float) -> "Plan":
        """Return the plan with another discount of one product in one week, in all stores."""
        discount = self.discount.copy()
        discount[:, product, week] = percent
        return replace(self, discount=discount)


def draw_plan(market: Market, rng: np.random.Generator) -> Plan:
    """Return what a retailer plans who looks at the market's driver."""
    _stores, goods, weeks = market.driver.shape
    eager = market.kind.towards * market.driver
    chain = eager.mean(axis=0)
    flyer = rng.random((goods, weeks)) < FLYERS * np.exp(EAGER * chain - EAGER**2 / 2)
    special = rng.random(eager.shape) < SPECIALS * np.exp(EAGER * eager - EAGER**2 / 2)
    special &= ~flyer[None]
    depth = np.where(flyer, _depths(chain, rng), 0.0)[None] + special * _depths(eager, rng)
    regular = _regular(market, weeks, rng)
    return Plan(regular, depth, _promotions(market, depth, flyer), _prices(market, regular))


def product_id(number: int) -> str:
    """Return the id of a product."""
    return f"P{number + 1:02d}"


def store_id(number: int) -> str:
    """Return the id of a store."""
    return f"S{number + 1}"


def _depths(eager: Floats, rng: np.random.Generator) -> Floats:
    place = 2.3 + 0.9 * eager + rng.normal(0, 1.2, eager.shape)
    return np.asarray(DEPTHS[np.clip(np.round(place), 0, len(DEPTHS) - 1).astype(np.int64)])


def _regular(market: Market, weeks: int, rng: np.random.Generator) -> Floats:
    """Return [p, w] prices that change a few times, end as usual, and are listed at the end."""
    ratio = np.ones((len(market.listed), weeks))
    last = weeks - PLANNED_WEEKS - QUIET_WEEKS
    for number in range(len(ratio)):
        for at in rng.choice(np.arange(QUIET_WEEKS, last), PRICE_CHANGES, replace=False):
            ratio[number, :at] *= 1 - rng.choice([-0.03, 0.03, 0.05, 0.07])
    raw = market.listed[:, None] * ratio
    choices = np.stack([np.floor(raw) + end + off for end in ENDINGS for off in (-1, 0, 1)])
    nearest = np.abs(choices - raw).argmin(axis=0)
    return np.asarray(np.round(np.take_along_axis(choices, nearest[None], axis=0)[0], 2))


def _promotions(market: Market, depth: Floats, flyer: NDArray[np.bool_]) -> pd.DataFrame:
    rows = []
    for product, week in np.argwhere(flyer):
        rows.append((week, "", product_id(product), depth[0, product, week]))
    for store, product, week in np.argwhere((depth > 0) & ~flyer[None]):
        rows.append((week, store_id(store), product_id(product), depth[store, product, week]))
    table = pd.DataFrame(rows, columns=["week", "store", "product", "discount_pct"])
    start = market.mondays[table.pop("week").to_numpy(dtype=np.int64)]
    table.insert(0, "start", start)
    table.insert(1, "end", start + pd.Timedelta(days=WEEK - 1))
    return table.sort_values(["start", "store", "product"], ignore_index=True)


def _prices(market: Market, regular: Floats) -> pd.DataFrame:
    product, week = np.nonzero(np.diff(regular, axis=1, prepend=-1.0))
    return pd.DataFrame(
        {
            "date": market.mondays[week],
            "product": [product_id(int(one)) for one in product],
            "price": regular[product, week],
        }
    )
