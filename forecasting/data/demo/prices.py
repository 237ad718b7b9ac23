"""Regular prices: a handful of changes in three years, and a few planned ones."""

from itertools import pairwise

import numpy as np
import pandas as pd

from forecasting.data.demo.axis import Axis, Floats
from forecasting.data.demo.blueprint import Blueprint
from forecasting.data.demo.demand import Demand

PLANNED_CHANGES = 3
# Share of the price changes that go up.
RAISED = 0.7
MONDAY = 0


def shelf_price(price: Floats | float, like: float) -> Floats:
    """Return the nearest price that ends as shoppers know it: in 9 cents, or in whole dollars."""
    if round(like * 100) % 10 == 9:  # noqa: PLR2004 - the catalogue's prices end in 9 cents
        return np.round(np.round((np.asarray(price) - 0.09) * 10) / 10 + 0.09, 2)
    return np.round(np.asarray(price, dtype=float))


def draw_prices(
    blueprint: Blueprint, axis: Axis, demand: Demand, rng: np.random.Generator
) -> tuple[Floats, pd.DataFrame]:
    """Return [n, T] regular prices and the table of changes: date, product, price, store.

    The price in force at the end of the history is the catalogue's list price, marked up where a
    store has a premium.
    """
    products = blueprint.products
    regular = np.zeros((len(demand.series), axis.size))
    planned = _planned(blueprint, rng)
    often = blueprint.demand["price_changes"].astype(int).to_dict()
    tables = []
    for product, category, listed in zip(
        products["product"], products["category"], products["list_price"], strict=True
    ):
        rows = np.flatnonzero(demand.series["product"] == product)
        chain = _path(axis, listed, often[product], planned=product in planned, rng=rng)
        sold = int(demand.first[rows].min()), int(demand.last[rows].max())
        tables.append(_changes(axis, chain, product, "", sold))
        regular[rows] = chain
        for store, markup in blueprint.premium.items():
            if category in markup:
                here = rows[demand.series["store"].to_numpy()[rows] == store]
                own = shelf_price(chain * markup[category], listed)
                regular[here] = own
                tables.append(_changes(axis, own, product, store, sold))
    table = pd.concat(tables, ignore_index=True)
    return regular, table.sort_values(["date", "product", "store"], ignore_index=True)


def _planned(blueprint: Blueprint, rng: np.random.Generator) -> set[str]:
    """Return the products whose price will change in the planned weeks."""
    traits = blueprint.demand
    steady = traits.index[(traits["price_changes"] > 1) & traits["delisted_before_end"].isna()]
    return {str(name) for name in rng.choice(steady.to_numpy(str), PLANNED_CHANGES, replace=False)}


def _path(
    axis: Axis, listed: float, changes: int, *, planned: bool, rng: np.random.Generator
) -> Floats:
    """Return [T] regular prices: the past mostly cheaper, the list price at the end."""
    price = np.full(axis.size, listed)
    edges = np.linspace(0.06, 0.97, changes + 1) * axis.history
    level = listed
    # Backwards from today, so that the price in force today is the listed one.
    for left, right in reversed(list(pairwise(edges))):
        at = _monday(axis, int(rng.uniform(left, right)))
        raised = rng.random() < RAISED
        level /= 1 + (rng.uniform(0.02, 0.07) if raised else -rng.uniform(0.02, 0.05))
        price[:at] = shelf_price(level, listed)
    if planned:
        at = _monday(axis, axis.history + int(rng.uniform(0.3, 0.8) * axis.plan))
        price[at:] = shelf_price(listed * rng.uniform(1.03, 1.06) + 0.04, listed)
    return price


def _monday(axis: Axis, period: int) -> int:
    """Return the first period from this one on that starts on a Monday."""
    return period + (MONDAY - axis.starts[period].weekday()) % 7 // axis.step


def _changes(
    axis: Axis, price: Floats, product: str, store: str, sold: tuple[int, int]
) -> pd.DataFrame:
    """Return the first price and each later change while the product is sold."""
    first, last = sold
    changed = np.flatnonzero(np.diff(price, prepend=-1.0))
    at = np.union1d(changed[(changed > first) & (changed < last)], [first]).astype(int)
    return pd.DataFrame(
        {"date": axis.starts[at], "product": product, "price": price[at], "store": store}
    )
