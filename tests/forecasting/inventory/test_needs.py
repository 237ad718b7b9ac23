"""Stock must last: what is needed follows from the forecast's own distribution."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from forecasting.inventory import Supply, needs
from forecasting.served import Served
from forecasting.spans import last_day
from forecasting.training import train
from forecasting.units import Frequency
from tenants.errors import CannotAnswer
from tests.builders import make_panel

WEEK = Supply(lead_days=7, service_pct=95)


@pytest.fixture(scope="module")
def panel():
    return make_panel(history=420, seed=9)


@pytest.fixture(scope="module")
def model(panel):
    return train(panel, budget="fast", seed=1)


@pytest.fixture
def need(panel, model):
    def of(stock, supply=WEEK, rows=(0,), world=panel, days=1):
        today = last_day(world) + timedelta(days=days)
        shelf = (np.array(rows), stock)
        found = needs(Served("m", model), world, [[shelf]], supply, today=today)
        return found.groups[0].needs[0]

    return of


def test_the_more_is_in_stock_the_less_is_lost(need):
    lost = [need(stock).lost_without_order for stock in range(0, 900, 50)]

    assert lost == sorted(lost, reverse=True)
    assert lost[0] == pytest.approx(need(0).demand.mean)
    assert lost[-1] == pytest.approx(0, abs=0.5)


def test_what_is_lost_is_less_than_what_is_missing_on_average_plus_its_spread(need):
    exact = need(0).demand

    short = need(exact.mean).lost_without_order

    # Of a stock of just the mean, about 0.4 standard deviations are lost.
    deviation = (exact.upper - exact.lower) / (2 * 1.28)
    assert short == pytest.approx(0.4 * deviation, rel=0.2)


def test_days_of_cover_divide_the_days_as_they_sell(panel, model, need):
    first = panel.history
    daily = model.predict(panel, np.array([0]), first, first + 14).mean[0]

    assert need(float(daily[:3].sum())).days_of_cover == pytest.approx(3, abs=1e-3)
    half = float(daily[:3].sum() + daily[3] / 2)
    assert need(half).days_of_cover == pytest.approx(3.5, abs=1e-3)


def test_with_no_lead_time_nothing_is_lost_before_the_delivery(need):
    found = need(0, Supply(lead_days=0, service_pct=95))

    assert (found.lost_before_delivery, found.reorder_point) == (0, 0)
    assert found.order == found.order_up_to


@pytest.fixture(scope="module")
def weekly():
    """The same kind of panel with a column a week, and its model."""
    daily = make_panel(history=150, plan=20, promotions=False)
    periods = pd.date_range("2023-01-02", periods=len(daily.periods), freq="7D")
    panel = replace(daily, periods=periods, frequency=Frequency.WEEK)
    return panel, train(panel, budget="fast", seed=1)


def test_of_weekly_data_a_part_of_a_week_counts_in_part(weekly):
    panel, model = weekly
    made = model.predict(panel, np.array([0]), panel.history, panel.history + 3).mean[0]
    shelf = (np.array([0]), float(made[0]))

    found = needs(
        *(Served("m", model), panel, [[shelf]], Supply(lead_days=10, service_pct=95)),
        today=last_day(panel) + timedelta(days=1),
    )

    (need,) = found.groups[0].needs
    assert need.demand.mean == pytest.approx(float(made[0] + made[1] + made[2] * 3 / 7))
    assert need.days_of_cover == pytest.approx(7, abs=1e-3)


def test_a_service_level_beyond_what_past_errors_can_tell_is_not_answered(panel, model):
    few = replace(model, intervals=replace(model.intervals, errors=50))
    shelf = (np.array([0]), 5.0)
    today = last_day(panel) + timedelta(days=1)

    with pytest.raises(CannotAnswer, match="past errors"):
        needs(Served("m", few), panel, [[shelf]], Supply(7, 99.9), today=today)


def test_data_of_long_ago_plan_nothing(need):
    with pytest.raises(CannotAnswer, match="load newer sales"):
        need(5, days=400)
