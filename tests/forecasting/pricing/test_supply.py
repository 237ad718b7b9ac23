from dataclasses import replace

import numpy as np
import pytest

from forecasting.pricing.optimiser import Limits, candidates
from forecasting.pricing.planning import plan_discounts
from forecasting.pricing.supply import Supply, supply
from tests.builders import make_panel
from tests.forecasting.fake_store import FakeStore
from tests.forecasting.pricing.shop import outlooks_in, small_shop

# Stores stock for a third more than usual, and for twice as much at 20 % off.
SUPPLY = Supply(np.array([0.0, 20.0]), np.array([[4 / 3] * 5, [2.0] * 5]))


def served(factor, discount):
    return float(SUPPLY.served(np.array([factor]), np.array([discount]))[0])


def test_a_usual_week_is_served_as_forecast():
    assert served(1.0, 0.0) == 1.0


def test_the_more_an_offer_adds_beyond_stock_the_less_of_it_is_served():
    assert 1.0 >= served(1.5, 20.0) > served(2.5, 20.0) > served(5.0, 20.0)
    assert served(8.0, 20.0) * 8.0 == pytest.approx(2.0, rel=0.02)


def test_deeper_offers_are_stocked_for_as_past_ones_were():
    assert served(2.0, 20.0) > served(2.0, 10.0) > served(2.0, 0.0)


def test_what_stores_had_is_read_off_sales_and_what_was_left():
    panel = make_panel(stores=4, products=6, history=420, elasticity=-2.0)
    ends = panel.periods[panel.history - 1 - 7 * np.arange(52)]
    rows = [
        {"date": day, "store": store, "product": product, "on_hand": 100.0}
        for store, product in panel.ids
        for day in ends
    ]

    found = supply(FakeStore({"stock": rows}), panel)

    week = panel.sales[:, -7:].sum(axis=1).mean()
    assert found.depth[0] < 1
    # Sold and left over what is usually sold: by hand one and a hundred over a usual week.
    assert found.ratio[0].mean() == pytest.approx(1 + 100 / week, rel=0.2)
    assert found.ratio[-1].mean() > found.ratio[0].mean()


def test_without_stock_on_record_all_demand_counts():
    assert supply(FakeStore({}), make_panel(history=420)) is None


def test_an_offer_is_no_deeper_than_stores_can_serve():
    panel, response = small_shop(neighbours=0.0, after=0.0)
    outlook = outlooks_in(panel, response, ["2"])["2"]
    short = replace(outlook, supply=Supply(np.array([0.0]), np.full((1, 5), 1.4)))

    plans = [
        plan_discounts([candidates(one, objective="profit", limits=Limits())], Limits())[0]
        for one in (outlook, short)
    ]

    free, held = (plan.best for plan in plans)
    assert (held.discount_pct or 0) < free.discount_pct
    assert held.gain.mean < free.gain.mean
    assert held.planned.units == pytest.approx(free.planned.units)


def test_short_stock_is_named():
    panel, response = small_shop(neighbours=0.0, after=0.0)
    outlook = outlooks_in(panel, response, ["2"])["2"]
    short = replace(outlook, supply=Supply(np.array([0.0]), np.full((1, 5), 2.2)))

    (plan,) = plan_discounts([candidates(short, objective="units", limits=Limits())], Limits())

    assert "stock" in plan.limits
