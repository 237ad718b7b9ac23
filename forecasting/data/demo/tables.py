"""The world as source tables with canonical columns, before it is cut into files."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecasting.data.demo.axis import Axis, Bools, Ints
from forecasting.data.demo.blueprint import Blueprint
from forecasting.data.demo.demand import Demand
from forecasting.data.demo.faults import Reported
from forecasting.data.demo.outcomes import Outcome
from forecasting.data.demo.plan import Plan

DAILY_STOCK_DAYS = 28
MONDAY = 0


@dataclass(frozen=True)
class Tables:
    """Source tables; ids are text, dates are timestamps at midnight.

    Attributes:
        sales: date, store, product, units, returns, revenue, price: as reported at first.
        corrections: The same columns: rows stated anew.
        online: date, product, units, revenue.
        markdowns: date, store, product, units, price, normal_price.
        stores: The catalogue of stores.
        products: The catalogue of products.
        prices: date, product, price, store.
        promotions: start, end, product, store, discount_pct, kind.
        stock: date, store, product, on_hand at closing.
        events: date, name, store.
    """

    sales: pd.DataFrame
    corrections: pd.DataFrame
    online: pd.DataFrame
    markdowns: pd.DataFrame
    stores: pd.DataFrame
    products: pd.DataFrame
    prices: pd.DataFrame
    promotions: pd.DataFrame
    stock: pd.DataFrame
    events: pd.DataFrame


def source_tables(
    blueprint: Blueprint,
    axis: Axis,
    demand: Demand,
    plan: Plan,
    *,
    outcome: Outcome,
    reported: Reported,
) -> Tables:
    """Return the world as the retailer's systems would export it."""
    shops = demand.series["store"].ne("online").to_numpy()[:, None]
    sold = outcome.sold
    sales = _sales(
        axis,
        demand,
        outcome,
        units=reported.units,
        billed=reported.billed,
        keep=shops & reported.present,
    )
    late = _sales(axis, demand, outcome, units=sold, billed=sold, keep=reported.corrected)
    web = _sales(axis, demand, outcome, units=sold, billed=sold, keep=~shops & reported.present)
    return Tables(
        sales=sales,
        corrections=late,
        online=web[["date", "product", "units", "revenue"]],
        markdowns=outcome.markdowns,
        stores=blueprint.stores,
        products=blueprint.products,
        prices=plan.prices,
        promotions=plan.promotions,
        stock=_stock(axis, demand, outcome),
        events=_events(axis, demand),
    )


def _sales(
    axis: Axis, demand: Demand, outcome: Outcome, *, units: Ints, billed: Ints, keep: Bools
) -> pd.DataFrame:
    period, row = np.nonzero(keep.T)
    price = outcome.paid[row, period]
    return pd.DataFrame(
        {
            "date": axis.starts[period],
            "store": demand.series["store"].to_numpy()[row],
            "product": demand.series["product"].to_numpy()[row],
            "units": units[row, period],
            "returns": outcome.returns[row, period],
            "revenue": np.round(billed[row, period] * price, 2),
            "price": price,
        }
    )


def _stock(axis: Axis, demand: Demand, outcome: Outcome) -> pd.DataFrame:
    """Return a count each Monday, each day of the last four weeks, and each empty shelf."""
    period = np.arange(axis.history)
    counted = axis.starts[: axis.history].day_of_week.to_numpy() == MONDAY
    counted |= period >= axis.back(DAILY_STOCK_DAYS)
    shops = demand.series["store"].ne("online").to_numpy()[:, None]
    keep = (counted | (outcome.on_hand == 0)) & shops & demand.on_sale[:, : axis.history]
    at, row = np.nonzero(keep.T)
    return pd.DataFrame(
        {
            "date": axis.starts[at],
            "store": demand.series["store"].to_numpy()[row],
            "product": demand.series["product"].to_numpy()[row],
            "on_hand": outcome.on_hand[row, at],
        }
    )


def _events(axis: Axis, demand: Demand) -> pd.DataFrame:
    """Return the events of the history and the planned weeks, by the period they fall in."""
    period = demand.events["day"].to_numpy() // axis.step
    events = demand.events[["name", "store"]].copy()
    events.insert(0, "date", axis.starts[period])
    known = events[period < axis.history + axis.plan]
    return known.drop_duplicates(ignore_index=True)
