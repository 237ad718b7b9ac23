"""What the linear model promises beyond what every forecaster does."""

from dataclasses import replace

import numpy as np
import pytest

from forecasting.demand import Demand
from forecasting.forecasters.base import silent
from forecasting.forecasters.ridge import Ridge
from forecasting.linear.design import Design
from forecasting.linear.mixed import own, products, shared, spread
from forecasting.pricing.response import estimate_response
from forecasting.units import Frequency
from tests.forecasting.offers.weekly import weekly
from tests.forecasting.worlds import TINY, panel_of


def fitted(panel):
    demand = Demand(panel, estimate_response(panel))
    ridge = Ridge()
    ridge.fit(demand, budget=TINY, seed=1, progress=silent)
    return ridge, demand


def grams_of(table, target):
    return products([(table.astype(np.float32), target)], np.ones(target.shape[1]))


def test_shared_coefficients_are_those_behind_the_sales_whatever_the_levels():
    rng = np.random.default_rng(1)
    table = np.concatenate([rng.normal(size=(50, 80, 2)), np.ones((50, 80, 1))], axis=2)
    target = table @ [0.5, -1.0, 0.0] + rng.normal(size=(50, 1)) * 5

    found = shared(grams_of(table, target), periods=80, prior=0.01)

    assert found == pytest.approx([0.5, -1.0, 0.0], abs=0.01)


def test_a_series_keeps_its_own_way_only_as_far_as_its_data_tell():
    rng = np.random.default_rng(2)
    table = np.concatenate([rng.normal(size=(200, 60, 1)), np.ones((200, 60, 1))], axis=2)
    slope = rng.normal(size=200)
    target = table[:, :, 0] * slope[:, None] + rng.normal(size=(200, 60))
    target[0, 2:] = np.nan

    grams = grams_of(table, target)
    found = own(grams, spread(grams))[:, 0]

    assert np.corrcoef(found[1:], slope[1:])[0, 1] > 0.95
    assert abs(found[0]) < np.abs(found[1:]).max()


def test_a_weekday_that_only_some_series_sell_on_is_learned():
    week = np.where(np.arange(280) % 7 == 5, 30.0, 10.0)
    sales = np.vstack([np.tile(week, (5, 1)), np.full((5, 280), 10.0)])
    ridge, demand = fitted(panel_of(sales))

    found = ridge.predict(demand, np.arange(10), 280, 287)

    assert found[:5, 5] == pytest.approx(30.0, rel=0.05)
    assert found[5:, 5] == pytest.approx(10.0, rel=0.05)


def test_a_new_level_is_followed_without_fitting_again():
    rng = np.random.default_rng(3)
    panel = panel_of(rng.normal(100, 3, size=(4, 300)), plan=30)
    ridge, _ = fitted(panel.until(200))
    risen = panel.sales.copy()
    risen[:, 200:] *= 2

    later = Demand(replace(panel, sales=risen), estimate_response(panel))

    assert ridge.predict(later, np.arange(4), 300, 310).mean() == pytest.approx(200, rel=0.15)


def test_a_series_that_training_did_not_see_is_forecast_at_its_own_level():
    rng = np.random.default_rng(4)
    both = panel_of(np.array([[100.0], [7.0]]) * rng.uniform(0.95, 1.05, size=(2, 120)))
    known = panel_of(both.sales[:1])
    ridge, _ = fitted(known)

    found = ridge.predict(Demand(both, estimate_response(both)), np.array([1]), 120, 127)

    assert found.mean() == pytest.approx(7.0, rel=0.05)


def test_a_discount_never_lowers_its_own_period_even_where_it_seemed_to():
    rng = np.random.default_rng(5)
    discount = np.where(rng.random((6, 110)) < 0.3, 20.0, 0.0).astype(np.float32)
    sales = 50 * np.where(discount[:, :90] > 0, 0.5, 1.0) * rng.uniform(0.9, 1.1, (6, 90))
    price = np.full((6, 110), 4.0, dtype=np.float32)
    panel = panel_of(sales, plan=20, frequency=Frequency.WEEK, discount=discount, price=price)
    ridge, _ = fitted(panel)
    means = []
    for depth in (0.0, 20.0):
        plan = discount.copy()
        plan[:, 90:] = depth
        demand = Demand(replace(panel, discount=plan), estimate_response(panel))
        means.append(ridge.predict(demand, np.arange(6), 90, 91))

    assert ridge.sees_offers
    assert (means[1] >= means[0] * 0.999).all()


def test_the_time_of_year_is_told_only_after_a_year_and_a_half():
    short, long = panel_of(np.ones((2, 500))), panel_of(np.ones((2, 600)))

    names = [Design.of(Demand(one, estimate_response(one))).names for one in (short, long)]

    assert "year_sin_1" not in names[0]
    assert "year_sin_1" in names[1]


def test_reasons_add_up_to_the_forecast_where_sales_have_zeros_too():
    rng = np.random.default_rng(6)
    week = np.where(np.arange(280) % 7 == 5, 30.0, 10.0)
    sales = rng.poisson(np.array([[1.0], [1.0], [0.1]]) * week)
    ridge, demand = fitted(panel_of(sales))
    rows, columns = np.arange(3), np.arange(280, 301)

    usual, parts = ridge.reasons(demand, rows, columns)

    total = np.exp(usual + sum(parts.values()))
    np.testing.assert_allclose(total, ridge.predict(demand, rows, 280, 301), rtol=1e-4)


def test_what_moves_a_forecast_is_named():
    week = np.where(np.arange(300) % 7 == 5, 30.0, 10.0)
    flag = (np.random.default_rng(7).uniform(size=(6, 360)) < 0.3).astype(np.float32)
    sales = week * np.where(flag[:, :300] > 0, 2.0, 1.0)
    ridge, demand = fitted(panel_of(sales, plan=60, known={"leaflet": flag}))
    rows, columns = np.arange(6), np.arange(300, 321)

    _, parts = ridge.reasons(demand, rows, columns)

    peak = columns % 7 == 5
    weekday = parts["day of the week"]
    assert weekday[:, peak].min() > 0.7
    assert weekday[:, ~peak].max() < 0
    on = flag[:, columns] > 0
    assert parts["known plans"][on].min() > 0.3 > parts["known plans"][~on].max()


def test_a_planned_discount_is_a_reason_of_its_own():
    panel, _ = weekly()
    ridge, demand = fitted(panel)
    rows, columns = np.arange(panel.n), np.arange(90, 94)

    _, parts = ridge.reasons(demand, rows, columns)

    cut = panel.discount[:, 90:94]
    own_price = parts["own price and promotion"]
    assert own_price[cut >= 20].mean() > own_price[cut == 0].mean() + 0.4
    assert "known plans" not in parts
