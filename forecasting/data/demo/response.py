"""How demand answers a plan of prices and promotions."""

import numpy as np

from forecasting.data.demo.axis import Bools, Floats
from forecasting.data.demo.demand import Demand

PULL_FORWARD_DAYS = 14
HALF_LIFE_DAYS = 4.0
FULL_EFFECT_DAYS = 7


def price_paid(regular: Floats, discount: Floats | float) -> Floats:
    """Return the price asked at the till, in whole cents."""
    return np.round(regular * (1 - discount / 100), 2)


def own_effect(
    elasticity: Floats, lift: Floats, regular: Floats, paid: Floats, promoted: Bools
) -> Floats:
    """Return log points that a discount and its promotion add to the product's own demand."""
    return elasticity[:, None] * np.log(paid / regular) + lift[:, None] * promoted


def pull_forward(share: Floats, effect: Floats, promoted: Bools, step: int) -> Floats:
    """Return log points missing after promotions, most on the first day, gone in two weeks.

    `share` of the effect of a week-long promotion is missing on the first day after it.
    """
    lags = np.arange(1, PULL_FORWARD_DAYS // step + 1)
    weight = 0.5 ** (lags * step / HALF_LIFE_DAYS)
    weight /= weight[: max(1, FULL_EFFECT_DAYS // step)].sum()
    missing = np.zeros_like(effect)
    for lag, part in zip(lags, weight, strict=True):
        missing[:, lag:] -= part * effect[:, :-lag]
    return np.where(promoted, 0.0, share[:, None] * missing)


def log_demand(
    demand: Demand, reference: Floats, regular: Floats, discount: Floats, step: int
) -> Floats:
    """Return [n, T] log of expected units under a plan; -inf where not on sale.

    Args:
        demand: The truth that no plan moves.
        reference: [n] list price, at which the level was drawn.
        regular: [n, T] price before any discount.
        discount: [n, T] percent off.
        step: Days in a period.
    """
    promoted = discount > 0
    paid = price_paid(regular, discount)
    effect = own_effect(demand.elasticity, demand.lift, regular, paid, promoted)
    effect[~demand.on_sale] = 0.0
    shelf = demand.elasticity[:, None] * np.log(regular / reference[:, None])
    after = pull_forward(demand.pull_forward, effect, promoted, step)
    total = demand.base + shelf + effect + after - demand.cross @ effect
    return np.where(demand.on_sale, total, -np.inf)
