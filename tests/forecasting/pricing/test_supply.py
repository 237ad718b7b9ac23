from dataclasses import replace

import numpy as np
import pytest

from forecasting.pricing.optimiser import Limits, candidates
from forecasting.pricing.planning import plan_discounts
from forecasting.pricing.supply import Supply, supply
from tests.builders import make_panel
from tests.forecasting.pricing.shop import outlooks_in, small_shop

# Stores stock for a third more than usual, and for twice as much at 20 % off.
SUPPLY = Supply(np.array([0.0, 20.0]), np.array([[4 / 3] * 5, [2.0] * 5]))


def served(factor, discount):
    return served_by(SUPPLY, factor, discount)


def served_by(found, factor, discount):
    return float(found.served(np.array([factor]), np.array([discount]))[0])


def test_a_usual_week_is_served_as_forecast():
    assert served(1.0, 0.0) == 1.0


def test_the_more_an_offer_adds_beyond_stock_the_less_of_it_is_served():
    assert 1.0 >= served(1.5, 20.0) > served(2.5, 20.0) > served(5.0, 20.0)
    assert served(8.0, 20.0) * 8.0 == pytest.approx(2.0, rel=0.02)


def test_deeper_offers_are_stocked_for_as_past_ones_were():
    assert served(2.0, 20.0) > served(2.0, 10.0) > served(2.0, 0.0)


def past(room):
    """Return a panel of stores that can sell up to `room(factor)` of a usual week.

    Every sixth week has an offer of 20 % off that takes demand to some factor of its own.
    """
    panel = make_panel(stores=20, products=6, history=420, elasticity=0.0)
    rng = np.random.default_rng(3)
    week = np.arange(panel.history) // 7
    factor = np.linspace(1.2, 3.0, panel.n)[:, None]
    on = week % 6 == 5
    usual, demand = 140.0, rng.normal(1.0, 0.25, (panel.n, week[-1] + 1)).clip(0.2)[:, week]
    wanted = usual * demand * np.where(on, factor, 1.0)
    most = usual * room(np.where(on, factor, 1.0))
    sales, discount = panel.sales.copy(), np.zeros_like(panel.discount)
    sales[:] = np.minimum(wanted, most) / 7
    discount[:, : panel.history] = np.where(on, 20.0, 0.0)
    return replace(panel, sales=sales, discount=discount, stocked_out=wanted > most)


def expected(factor, room):
    """Return the share of demand that is met, by demand as it was drawn."""
    wanted = factor * np.random.default_rng(4).normal(1.0, 0.25, 100_000).clip(0.2)
    return float(np.minimum(wanted, room).sum() / wanted.sum())


def test_what_stores_can_serve_is_read_off_the_weeks_that_ran_out():
    found = supply(past(lambda factor: np.where(factor > 1, 2.0, 1.6)))

    for factor in (1.5, 2.0, 2.5, 3.0):
        share = served_by(found, factor, 20.0)
        assert share == pytest.approx(expected(factor, 2.0), abs=0.03)


def test_stores_that_are_delivered_what_they_sell_are_not_held_to_what_others_had():
    # As much again as is usually sold in such an offer: hardly ever is anything short.
    found = supply(past(lambda factor: 1.7 * factor))

    assert served_by(found, 2.0, 20.0) > 0.98
    assert served_by(found, 2.8, 20.0) > 0.95


def test_where_no_week_is_known_to_have_run_out_all_demand_counts():
    panel = make_panel(history=420)

    assert supply(replace(panel, stocked_out=np.zeros_like(panel.stocked_out))) is None


def test_what_stores_seldom_have_is_counted_all_the_same():
    panel, response = small_shop(neighbours=0.0, after=0.0)
    outlook = outlooks_in(panel, response, ["2"])["2"]
    short = replace(outlook, supply=Supply(np.array([0.0]), np.full((1, 5), 1.4)))

    plans = [
        plan_discounts([candidates(one, objective="profit", limits=Limits())], Limits())[0]
        for one in (outlook, short)
    ]

    free, held = plans
    assert held.best.discount_pct == free.best.discount_pct
    assert held.best.gain.mean == pytest.approx(free.best.gain.mean)
    assert "stock" in held.limits
    assert "stock" not in free.limits


def test_short_stock_is_named():
    panel, response = small_shop(neighbours=0.0, after=0.0)
    outlook = outlooks_in(panel, response, ["2"])["2"]
    short = replace(outlook, supply=Supply(np.array([0.0]), np.full((1, 5), 2.2)))

    (plan,) = plan_discounts([candidates(short, objective="units", limits=Limits())], Limits())

    assert "stock" in plan.limits
