"""Discounts of those who know everything, those who know nothing, and those who regress plainly."""

from dataclasses import replace

import numpy as np

from benchmarks.worlds.kinds import Floats
from benchmarks.worlds.plan import Plan
from benchmarks.worlds.replay import profit
from benchmarks.worlds.world import World

# Percent off that the best plan chooses among; nobody here ever went deeper than 30.
GRID = np.arange(0.0, 35.1, 2.5)
SWEEPS = 6
# A plain regression believes in what it found up to here, and that deeper cuts go on alike.
_STEEPEST, _DEEPEST_PCT = 8.0, 50.0


def earned(world: World, plan: Plan) -> float:
    """Return the profit of all products over the weeks that count."""
    return float(
        profit(world.market, plan.regular, plan.discount, world.shelf, world.counted).sum()
    )


def best(world: World) -> Plan:
    """Return the plan that earns most, one discount a product and week for all stores.

    From the plan, from nothing and from the best uniform depth, each product and week is set to
    its best in turn until nothing changes.
    """
    plan, found = world.plan, []
    for start in (None, 0.0):
        discount = plan.discount.copy()
        if start is not None:
            discount[:, :, world.asked] = start
        found.append(_climbed(world, replace(plan, discount=discount)))
    return max(found, key=lambda one: earned(world, one))


def _climbed(world: World, plan: Plan) -> Plan:
    discount = plan.discount.copy()
    for _ in range(SWEEPS):
        before = discount.copy()
        for week in range(world.asked.start, world.asked.stop):
            for product in range(discount.shape[1]):
                options = np.repeat(discount[None], len(GRID) + 1, axis=0)
                options[:-1, :, product, week] = GRID[:, None]
                total = profit(world.market, plan.regular, options, world.shelf, world.counted).sum(
                    axis=1
                )
                discount = options[int(total.argmax())]
        if np.array_equal(before, discount):
            break
    return replace(plan, discount=discount)


def nothing(world: World) -> Plan:
    """Return the plan without any discount in the weeks asked about."""
    return _with(world, np.zeros(world.market.driver.shape[1:]))


def at_random(world: World, rng: np.random.Generator) -> Plan:
    """Return discounts drawn by lot, none to 30 %, a third of them none."""
    shape = world.market.driver.shape[1:]
    depth = 5.0 * rng.integers(1, 7, shape) * (rng.random(shape) < 2 / 3)
    return _with(world, np.asarray(depth, dtype=np.float64))


def regressed(world: World) -> Plan:
    """Return the best discounts for who regresses log sales on log price and promotion, by product.

    One intercept a store and nothing else: what moved promotions and sales together counts as
    the discount's doing.
    """
    weeks = world.market.history
    sold = np.log1p(world.sold.sum(axis=3))
    off = world.plan.discount[:, :, :weeks] / 100
    price = np.log(world.plan.regular[:, :weeks] / world.market.listed[:, None]) + np.log(1 - off)
    percent = np.arange(0.0, _DEEPEST_PCT + 1, GRID[1])
    depth = percent / 100
    _stores, goods, planned = world.market.driver.shape
    chosen = np.zeros((goods, planned))
    for product in range(goods):
        columns = [price[:, product], (off[:, product] > 0).astype(float)]
        centred = [one - one.mean(axis=1, keepdims=True) for one in (*columns, sold[:, product])]
        x = np.stack([one.ravel() for one in centred[:2]], axis=1)
        slope, lift = np.linalg.lstsq(x, centred[2].ravel(), rcond=None)[0]
        slope = float(np.clip(slope, -_STEEPEST, _STEEPEST))
        listed, cost = world.market.listed[product], world.market.cost[product]
        units = np.exp(slope * np.log(1 - depth) + lift * (depth > 0))
        chosen[product] = percent[int((units * (listed * (1 - depth) - cost)).argmax())]
    return _with(world, chosen)


def _with(world: World, depth: Floats) -> Plan:
    discount = world.plan.discount.copy()
    discount[:, :, world.asked] = depth[:, world.asked]
    return replace(world.plan, discount=discount)
