"""A retail world with known price response, whose promotions are not planned at random."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecasting.panel import Panel
from forecasting.units import Frequency, Target

WEEKLY = np.array([[0.85, 0.85, 0.9, 1, 1.2, 1.3, 0.95], [1.1, 1.1, 1.1, 1.1, 1.1, 0.7, 0.7]])


@dataclass(frozen=True)
class ConfoundedWorld:
    """Promotions fall in weeks of high demand, deeper ones in higher; cuts have aftermaths.

    `hidden`: what makes a week's demand high or low is in no table: of a `category`, or of a
    `product`, in all stores. `empties`: shelves hold so many times the usual sales, and no more.
    `strength`: how strongly the customers of each store answer to prices and offers.
    """

    panel: Panel
    elasticity: np.ndarray
    lift: np.ndarray

    @classmethod
    def make(
        cls,
        seed,
        *,
        stores=5,
        categories=6,
        per_category=4,
        days=1095,
        depths=(10, 15, 20, 25, 30),
        hidden="",
        empties=np.inf,
        strength=1.0,
    ):
        rng = np.random.default_rng(seed)
        products = categories * per_category
        category = np.arange(products) // per_category
        elasticity = rng.uniform(-3.5, -0.6, products)
        lift = rng.uniform(0.05, 0.35, products)
        periods = pd.date_range("2023-01-01", periods=days, freq="D")
        base = _base(rng, periods, category, stores)
        base = base * np.exp(_unlisted(seed, hidden, category, days))
        price = _prices(rng, products, days)
        discount = _discounts(rng, base.sum(axis=0), depths)
        promoted = (discount > 0).astype(float)
        log_ratio = np.log(price / np.median(price, axis=1, keepdims=True) * (1 - discount / 100))
        same = (category[:, None] == category) & ~np.eye(products, dtype=bool)
        log_response = elasticity[:, None] * log_ratio + lift[:, None] * promoted
        by_store = np.broadcast_to(strength, stores)[:, None, None] * log_response
        by_store = by_store + 0.1 * same @ log_ratio - 0.6 * _aftermath(log_ratio, promoted)
        mean = (base * np.exp(by_store)).reshape(-1, days)
        sales = rng.negative_binomial(12, 12 / (12 + mean)).astype(np.float32)
        out = rng.random(sales.shape) < 0.01
        sales = np.where(out, np.floor(sales * 0.3), sales).astype(np.float32)
        shelf = np.floor(empties * base.reshape(-1, days))
        out |= sales >= shelf
        sales = np.minimum(sales, shelf).astype(np.float32)
        sales[3, 500] *= 1000
        series = pd.DataFrame(
            [
                {
                    "store": str(s + 1),
                    "product": f"{p + 1:02}",
                    "product_category": f"c{category[p]}",
                }
                for s in range(stores)
                for p in range(products)
            ]
        )

        def spread(values):
            return np.tile(values, (stores, 1)).astype(np.float32)

        panel = Panel(
            series=series,
            periods=periods,
            history=days,
            frequency=Frequency.DAY,
            target=Target.UNITS,
            unit="units",
            sales=sales,
            price=spread(price),
            discount=spread(discount),
            promoted=spread(promoted),
            stocked_out=out,
            version="confounded@1",
            country="US",
        )
        return cls(panel, elasticity, lift)


def naive_elasticity(panel):
    """Regress log sales on log price of each product: what a newcomer would do."""
    log_price = np.log(panel.price * (1 - panel.discount / 100))[:, : panel.history]
    slopes = []
    for product in sorted(panel.series["product"].unique()):
        rows = panel.rows(products=(product,))
        x, y = log_price[rows], np.log1p(np.minimum(panel.sales[rows], 1e4))
        x, y = x - x.mean(axis=1, keepdims=True), y - y.mean(axis=1, keepdims=True)
        slopes.append(float((x * y).sum() / (x * x).sum()))
    return np.array(slopes)


def _base(rng, periods, category, stores):
    days, products = len(periods), len(category)
    day = np.arange(days)
    phase = rng.uniform(size=category.max() + 1)
    swing = rng.uniform(0.1, 0.35, category.max() + 1)
    yearly = 1 + swing[:, None] * np.sin(2 * np.pi * (day / 365.25 + phase[:, None]))
    trend = np.exp(rng.normal(0, 0.15, (products, 1)) * day / days)
    special = np.where(rng.random((stores, 1, days)) < 0.01, 1.5, 1.0)
    level = np.exp(rng.normal(3, 0.7, products) + rng.normal(0, 0.3, (stores, products)))
    weekly = WEEKLY[np.arange(stores) % 2][:, periods.day_of_week]
    return level[..., None] * weekly[:, None] * (yearly[category] * trend)[None] * special


def _unlisted(seed, hidden, category, days):
    rng = np.random.default_rng([seed, 1])
    of = category if hidden == "category" else np.arange(len(category))
    shock = rng.normal(0, 0.25 if hidden else 0.0, (int(of.max()) + 1, days // 7 + 1))
    for week in range(1, shock.shape[1]):
        shock[:, week] = 0.6 * shock[:, week - 1] + 0.8 * shock[:, week]
    return shock[of][:, np.arange(days) // 7]


def _prices(rng, products, days):
    price = np.tile(rng.uniform(1, 10, (products, 1)), days)
    for product in range(products):
        for start in rng.integers(60, days, 3):
            price[product, start:] *= 1 + rng.choice([-0.05, 0.03, 0.05, 0.08])
    return price


def _discounts(rng, demand, depths):
    discount = np.zeros_like(demand)
    week = np.arange(demand.shape[1]) // 7
    for product, expected in enumerate(demand):
        weekly = pd.Series(np.bincount(week, expected))
        usual = weekly.rolling(20, center=True, min_periods=1).mean()
        busy = (weekly / usual - 1).to_numpy()
        last = -9
        for number in range(len(weekly)):
            eager = rng.random() < 1 / (1 + np.exp(2.2 - 8 * busy[number]))
            if number - last > 2 and eager:
                choice = depths[len(depths) // 2 :] if busy[number] > 0.1 else depths
                discount[product, week == number] = rng.choice(choice)
                last = number
    return discount


def _aftermath(log_ratio, promoted):
    past = np.zeros_like(log_ratio)
    for lag in range(1, 11):
        depth = (promoted * -log_ratio)[:, :-lag] * (1 - lag / 11)
        past[:, lag:] = np.maximum(past[:, lag:], depth)
    return past * (1 - promoted)
