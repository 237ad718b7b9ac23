from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from forecasting.decisions.realised import realise
from forecasting.scope import Estimate
from tests.builders import make_panel
from tests.forecasting.decisions.advice import advice

DAYS = slice(290, 297)


@pytest.fixture
def panel():
    """Return two stores with ten units of each product a day, at a price of 5."""
    panel = make_panel(promotions=False, history=300)
    panel.sales[:] = 10
    panel.revenue[:] = 50
    return panel


def carried_out(panel, discount=15.0, rows=(0, 3)):
    """Write a discount for product 1 into the days of the advice, with 14 units a day."""
    for row in rows:
        panel.discount[row, DAYS] = discount
        panel.sales[row, DAYS] = 14
        panel.revenue[row, DAYS] = 14 * 5 * (1 - discount / 100)
    return panel


def given(panel, **changes):
    """Return advice for the week of those days, planned at 10 units a day."""
    days = {"start": panel.periods[290].date(), "end": panel.periods[296].date()}
    units = {"objective": "units", "unit": "units", "planned": Estimate(140.0, 120.0, 165.0)}
    return advice(**days | units | changes)


def test_units_that_came_are_held_against_what_was_forecast_without_the_advice(panel):
    came = realise(carried_out(panel), given(panel))

    assert came.outcome == "realised"
    assert came.actual == 2 * 7 * 14
    assert came.gain == Estimate(196.0 - 140.0, 196.0 - 165.0, 196.0 - 120.0)
    assert came.asked_discount_pct == 15


def test_profit_is_what_was_taken_less_the_cost_of_what_was_sold(panel):
    came = realise(carried_out(panel), given(panel, objective="profit", unit="USD"))

    # By hand: 196 units at 4.25, which cost 2 each.
    assert came.actual == pytest.approx(196 * 4.25 - 196 * 2, rel=1e-5)


def test_revenue_is_what_was_taken(panel):
    came = realise(carried_out(panel), given(panel, objective="revenue", unit="USD"))

    assert came.actual == pytest.approx(196 * 4.25, rel=1e-5)


def test_only_the_stores_and_the_product_of_the_advice_count(panel):
    came = realise(carried_out(panel), given(panel, stores=("1",), store="1"))

    assert came.actual == 7 * 14


def test_before_all_days_have_sales_nothing_is_said_of_them(panel):
    late = given(panel, end=panel.periods[299].date() + timedelta(days=1))

    assert realise(carried_out(panel), late).outcome == "not_yet"


def test_another_discount_is_advice_not_carried_out(panel):
    came = realise(carried_out(panel, discount=5.0), given(panel))

    assert (came.outcome, came.asked_discount_pct) == ("not_carried_out", 5)
    assert came.actual is came.gain is None


def test_a_discount_in_one_of_two_stores_is_not_carried_out(panel):
    came = realise(carried_out(panel, rows=(0,)), given(panel))

    assert (came.outcome, came.asked_discount_pct) == ("not_carried_out", 7.5)


def test_a_planned_discount_that_was_dropped_is_carried_out(panel):
    dropped = given(panel, action="drop", discount_pct=0.0, planned_discount_pct=20.0)

    assert realise(panel, dropped).outcome == "realised"


def test_without_recorded_discounts_the_price_asked_tells_them(panel):
    panel = carried_out(panel)
    price = np.where(panel.discount > 0, 5 * 0.85, 5.0).astype(np.float32)
    bare = replace(panel, price=price, discount=np.zeros_like(price))

    came = realise(bare, given(bare))

    assert came.outcome == "realised"
    assert came.asked_discount_pct == pytest.approx(15, abs=0.01)


def test_days_without_records_leave_it_not_known(panel):
    panel = carried_out(panel)
    panel.sales[0, 290:294] = np.nan

    assert realise(panel, given(panel)).outcome == "not_known"


def test_profit_without_a_cost_or_without_prices_is_not_known(panel):
    panel = carried_out(panel)
    without_prices = replace(panel, revenue=None)

    assert realise(panel, given(panel, objective="profit", unit_cost=None)).outcome == "not_known"
    assert realise(without_prices, given(panel, objective="revenue")).outcome == "not_known"


def test_a_product_that_is_no_longer_on_record_is_not_known(panel):
    assert realise(panel, given(panel, product="99")).outcome == "not_known"


def test_what_moves_elsewhere_counts_as_expected_as_it_did_in_the_promise(panel):
    panel = carried_out(panel)
    alone = realise(panel, given(panel)).gain

    whole = realise(panel, given(panel, elsewhere=Estimate(-30.0, -50.0, -10.0))).gain

    assert whole.mean == pytest.approx(alone.mean - 30.0)
    assert whole.upper - whole.lower > alone.upper - alone.lower
