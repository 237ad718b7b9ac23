"""What a retail world is made of: shops, goods, their demand, and what planners look at."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.worlds.kinds import Floats, Kind

Ints = NDArray[np.int64]

WEEK = 7
PLANNED_WEEKS = 8
WEEKS = {1: 112, 7: 144}
DEPTHS = np.array([5.0, 10.0, 15.0, 20.0, 25.0, 30.0])
ENDINGS = (0.49, 0.99)
EVENTS = ("Street festival", "School fair", "Home match")
# How strongly the driver of promotions moves demand (log points) and plans (log odds).
DRIVE, EAGER = 0.4, 1.3
FIRST = pd.Timestamp("2024-01-01")  # a Monday


@dataclass(frozen=True)
class Market:
    """Everything but prices: c categories, p products, s stores, w weeks, d days a week.

    Attributes:
        kind: What the world is like.
        category: [p] number of each product's category.
        elasticity: [p] at 20 % off.
        lift: [p] log points of being promoted, beyond the price.
        listed: [p] list price.
        cost: [p] what a unit costs.
        cannibalised: Share of a product's added log points that its category loses.
        pulled: Share of them missing in the week after.
        base: [s, p, w, d] log of expected units at list price without promotion.
        driver: [s, p, w] what planners look at, standardised.
        events: `date`, `name`: events on record.
        history: Weeks of history; the rest is planned.
    """

    kind: Kind
    category: Ints
    elasticity: Floats
    lift: Floats
    listed: Floats
    cost: Floats
    cannibalised: float
    pulled: float
    base: Floats
    driver: Floats
    events: pd.DataFrame
    history: int

    @property
    def cutoff(self) -> pd.Timestamp:
        """Return the last day of the history."""
        return FIRST + pd.Timedelta(days=self.history * WEEK - 1)

    @property
    def mondays(self) -> pd.DatetimeIndex:
        """Return the first day of each week."""
        return pd.date_range(FIRST, periods=self.base.shape[2], freq="7D")


@dataclass(frozen=True)
class Size:
    """How large a world is."""

    categories: int = 2
    products: int = 6
    stores: int = 5


def draw_market(kind: Kind, size: Size, rng: np.random.Generator) -> Market:
    """Return a market: the same kind, size and state of `rng` give the same one."""
    goods, weeks = size.categories * size.products, WEEKS[kind.step] + PLANNED_WEEKS
    category = np.repeat(np.arange(size.categories), size.products)
    listed = np.floor(rng.uniform(2, 15, goods)) + rng.choice(ENDINGS, goods)
    calendar, events = _calendar(category, weeks, rng)
    hidden = _hidden(kind, (size.stores, goods, weeks), category, rng)
    shape = (size.stores, goods, weeks, WEEK // kind.step)
    base = _levels(shape, kind.level * kind.step, rng)[..., None, None] + _shocks(
        shape, category, rng
    )
    base = base + (calendar + hidden)[..., None] + _weekdays(category, kind.step, rng)
    seen = hidden if kind.hidden else np.broadcast_to(calendar, hidden.shape)
    seen = seen - seen.mean(axis=2, keepdims=True)
    return Market(
        kind=kind,
        category=category,
        elasticity=-rng.uniform(1.2, 4.2, goods),
        lift=rng.uniform(0.0, 0.25, goods),
        listed=listed,
        cost=np.round(listed * rng.uniform(0.45, 0.68, goods), 2),
        cannibalised=float(rng.uniform(0.1, 0.3)),
        pulled=float(rng.uniform(0.05, 0.2)),
        base=base,
        driver=seen / np.maximum(seen.std(axis=2, keepdims=True), 1e-9),
        events=events,
        history=WEEKS[kind.step],
    )


def _levels(shape: tuple[int, ...], usual: float, rng: np.random.Generator) -> Floats:
    stores, goods = shape[:2]
    own = rng.normal(np.log(usual), 0.6, goods)[None, :] + rng.normal(0, 0.35, (stores, 1))
    return np.asarray(own + rng.normal(0, 0.2, (stores, goods)))


def _calendar(category: Ints, weeks: int, rng: np.random.Generator) -> tuple[Floats, pd.DataFrame]:
    """Return [p, w] season and events in log points, and the events on record."""
    kinds = int(category.max()) + 1
    angle = 2 * np.pi * np.arange(weeks) / 52.18
    phase, swing = rng.uniform(0, 2 * np.pi, (kinds, 1)), rng.uniform(0.25, 0.5, (kinds, 1))
    season = swing * np.sin(angle - phase) + 0.3 * swing * np.sin(2 * angle + phase)
    held = rng.random((len(EVENTS), weeks)) < 0.09  # noqa: PLR2004 - about five a year each
    effect = rng.uniform(0.2, 0.6, (kinds, len(EVENTS)))
    number, day = np.nonzero(np.repeat(held, WEEK, axis=1))
    dates = FIRST + pd.to_timedelta(day, unit="D")
    table = pd.DataFrame({"date": dates, "name": np.array(EVENTS)[number]})
    return (season + effect @ held)[category], table


def _hidden(
    kind: Kind, shape: tuple[int, int, int], category: Ints, rng: np.random.Generator
) -> Floats:
    """Return [s, p, w] a driver in log points that no table holds; zero where all is listed."""
    stores, goods, weeks = shape
    kinds = int(category.max()) + 1
    if not kind.hidden:
        return np.zeros(shape)
    if kind.driver == "category":
        return np.broadcast_to(_lasting((kinds, weeks), rng)[category], shape)
    if kind.driver == "product":
        return np.broadcast_to(_lasting((goods, weeks), rng), shape)
    return np.asarray(_lasting((stores, kinds, weeks), rng)[:, category])


def _lasting(shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """Return shocks that fade over a few weeks."""
    fresh = rng.normal(0, DRIVE, shape)
    keep = 0.6
    for week in range(1, shape[-1]):
        fresh[..., week] = keep * fresh[..., week - 1] + np.sqrt(1 - keep**2) * fresh[..., week]
    return fresh


def _shocks(shape: tuple[int, ...], category: Ints, rng: np.random.Generator) -> Floats:
    """Return what moves demand and nobody plans by: category weeks, product weeks, store days."""
    stores, goods, weeks, days = shape
    kinds = int(category.max()) + 1
    drift = np.cumsum(rng.normal(0, 0.02, (stores, goods, weeks)), axis=2)
    common = rng.normal(0, 0.06, (kinds, weeks))[category] + rng.normal(0, 0.05, (goods, weeks))
    own = rng.normal(0, 0.07, (stores, 1, weeks, days))
    return np.asarray((drift - drift.mean(axis=2, keepdims=True) + common)[..., None] + own)


def _weekdays(category: Ints, step: int, rng: np.random.Generator) -> Floats:
    """Return [p, 1, d] log points of weekdays."""
    if step == WEEK:
        return np.zeros((len(category), 1, 1))
    shape = np.log([0.85, 0.85, 0.9, 1.0, 1.2, 1.3, 0.95])
    own = rng.normal(0, 0.08, (int(category.max()) + 1, WEEK))
    return np.asarray((shape + own)[category][:, None, :])
