"""Prices and promotions of a world, for the past and for the weeks already planned."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecasting.data.demo.axis import Axis, Floats, stream
from forecasting.data.demo.blueprint import Blueprint
from forecasting.data.demo.demand import Demand
from forecasting.data.demo.prices import draw_prices
from forecasting.data.demo.promotions import draw_promotions


@dataclass(frozen=True)
class Plan:
    """What was asked for each product, and what is planned for the weeks to come.

    Attributes:
        regular: [n, T] price before any discount.
        discount: [n, T] percent off; 0 where there is no promotion.
        reference: [n] regular price at the end of the history, at which demand was drawn.
        prices: date, product, price, store ("" = every store): from that date on.
        promotions: start, end, product, store ("" = every store), discount_pct, kind.
    """

    regular: Floats
    discount: Floats
    reference: Floats
    prices: pd.DataFrame
    promotions: pd.DataFrame


def draw_plan(blueprint: Blueprint, axis: Axis, demand: Demand, seed: int) -> Plan:
    """Return prices and promotions of one world, up to the end of the planned weeks."""
    regular, prices = draw_prices(blueprint, axis, demand, stream(seed, blueprint.name, "prices"))
    promotions = draw_promotions(
        blueprint, axis, demand, stream(seed, blueprint.name, "promotions")
    )
    discount = np.zeros_like(regular)
    product = demand.series["product"].to_numpy(str)
    store = demand.series["store"].to_numpy(str)
    columns = ("first", "last", "product", "store", "discount_pct")
    for first, last, item, place, depth in zip(*(promotions[c] for c in columns), strict=True):
        rows = (product == item) & ((store == place) | (place == ""))
        discount[rows, first : last + 1] = depth
    discount[~demand.on_sale] = 0.0
    return Plan(
        regular=regular,
        discount=discount,
        reference=regular[:, axis.history - 1].copy(),
        prices=prices,
        promotions=promotions.drop(columns=["first", "last"]),
    )
