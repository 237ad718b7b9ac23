"""What happened in the shops: demand drawn with its noise, cut short where the shelf was empty."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.data.demo.axis import Axis, Bools, Floats, Ints, stream
from forecasting.data.demo.blueprint import Blueprint
from forecasting.data.demo.demand import Demand
from forecasting.data.demo.plan import Plan
from forecasting.data.demo.response import price_paid

REVIEW_DAYS = 3
LEAD_DAYS = 2
FAILED_DELIVERIES = 0.03
SAFETY = 1.65
RETURN_RATE = {"Household": 0.012, "Apparel": 0.07, "Footwear": 0.06}
USUAL_RETURN_RATE = 0.004
MARKDOWN_CHANCE = 0.035
MARKDOWN_DEPTHS = np.array([30.0, 40.0, 50.0])
CLEARANCE_DAYS = 21


@dataclass(frozen=True)
class Outcome:
    """What the retailer's books would hold if nobody made a mistake; t periods of history.

    Attributes:
        demand: [n, t] units customers wanted.
        sold: [n, t] units sold at the till.
        on_hand: [n, t] units on the shelf at closing; -1 for the online shop, which has none.
        returns: [n, t] units brought back.
        paid: [n, t] price asked.
        markdowns: date, store, product, units, price, normal_price.
    """

    demand: Ints
    sold: Ints
    on_hand: Ints
    returns: Ints
    paid: Floats
    markdowns: pd.DataFrame

    @property
    def stocked_out(self) -> Bools:
        """Return [n, t] where customers left without what they wanted."""
        return self.demand > self.sold


def noisy(mean: Floats, dispersion: Floats, rng: np.random.Generator) -> Ints:
    """Return negative binomial counts: variance = mean + dispersion * mean²."""
    shape = 1 / dispersion
    return rng.poisson(mean * rng.gamma(shape, 1 / shape, size=mean.shape)).astype(np.int64)


def draw_outcome(
    blueprint: Blueprint, axis: Axis, demand: Demand, plan: Plan, *, log_mean: Floats, seed: int
) -> Outcome:
    """Return what happened in the history of one world."""

    def rng(purpose: str) -> np.random.Generator:
        return stream(seed, blueprint.name, purpose)

    mean = np.exp(log_mean[:, : axis.history])
    wanted = noisy(mean, demand.dispersion[:, None], rng("sales"))
    on_sale = demand.on_sale[:, : axis.history]
    shops = demand.series["store"].ne("online").to_numpy()
    sold, on_hand = _shelves(
        axis, np.exp(demand.base[:, : axis.history]), mean, wanted, rng("stock")
    )
    sold = np.where(shops[:, None], sold, wanted)
    rate = demand.series["category"].map(RETURN_RATE).fillna(USUAL_RETURN_RATE).to_numpy()
    paid = price_paid(plan.regular, plan.discount)[:, : axis.history]
    return Outcome(
        demand=np.where(on_sale, wanted, 0),
        sold=np.where(on_sale, sold, 0),
        on_hand=np.where(shops[:, None], on_hand, -1),
        returns=rng("returns").binomial(np.where(on_sale, sold, 0), rate[:, None]),
        paid=paid,
        markdowns=_markdowns(
            blueprint, axis, demand, mean, regular=plan.regular, rng=rng("markdowns")
        ),
    )


def _shelves(
    axis: Axis, usual: Floats, mean: Floats, wanted: Ints, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Return units sold and left, under an order-up-to rule that sees promotions only in part.

    Deliveries follow the usual demand and half of what a promotion adds, so a strong week empties
    the shelf; a few deliveries never come.
    """
    n, periods = wanted.shape
    review, lead = max(1, REVIEW_DAYS // axis.step), max(1, LEAD_DAYS // axis.step)
    expected = np.sqrt(usual * np.maximum(mean, 1e-9))
    ahead = np.cumsum(np.pad(expected, ((0, 0), (1, review + lead)), mode="edge"), axis=1)
    cover = ahead[:, review + lead :] - ahead[:, : -(review + lead)]
    target = np.ceil(cover + SAFETY * np.sqrt(cover + 0.06 * cover**2))
    comes = rng.random((n, periods)) > FAILED_DELIVERIES
    arriving = np.zeros((n, periods + lead + 1))
    shelf = target[:, 0].copy()
    sold, on_hand = np.zeros((n, periods)), np.zeros((n, periods))
    for period in range(periods):
        shelf += arriving[:, period]
        sold[:, period] = np.minimum(wanted[:, period], shelf)
        shelf -= sold[:, period]
        on_hand[:, period] = shelf
        if period % review == 0:
            under_way = arriving[:, period + 1 : period + lead + 1].sum(axis=1)
            order = np.maximum(target[:, period] - shelf - under_way, 0.0)
            arriving[:, period + lead] += order * comes[:, period]
    return sold.astype(np.int64), on_hand.astype(np.int64)


def _markdowns(
    blueprint: Blueprint,
    axis: Axis,
    demand: Demand,
    mean: Floats,
    *,
    regular: Floats,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return what was sold at clearance prices: fresh goods at closing, and delisted products."""
    traits = blueprint.demand.loc[demand.series["product"]]
    fresh = traits["perishable"].eq(1).to_numpy() | demand.series["category"].eq("Apparel")
    fresh &= demand.series["store"].ne("online")
    chance = np.where(fresh, MARKDOWN_CHANCE, 0.0)[:, None] * np.ones(axis.history)
    left = demand.last[:, None] - np.arange(axis.history)
    ending = (left <= CLEARANCE_DAYS // axis.step) & (demand.last < axis.history)[:, None]
    chance[ending & demand.series["store"].ne("online").to_numpy()[:, None]] = 0.8
    units = rng.poisson(0.08 * mean)
    depth = rng.choice(MARKDOWN_DEPTHS, size=mean.shape)
    happens = (rng.random(mean.shape) < chance) & (units > 0)
    happens &= demand.on_sale[:, : axis.history]
    row, period = _in_time(happens)
    normal = regular[row, period]
    return pd.DataFrame(
        {
            "date": axis.starts[period],
            "store": demand.series["store"].to_numpy()[row],
            "product": demand.series["product"].to_numpy()[row],
            "units": units[row, period],
            "price": np.round(normal * (1 - depth[row, period] / 100), 2),
            "normal_price": normal,
        }
    )


def _in_time(mask: Bools) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return rows and periods of the true cells, ordered by period, then row."""
    period, row = np.nonzero(mask.T)
    return row, period
