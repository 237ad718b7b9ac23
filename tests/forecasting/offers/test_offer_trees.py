"""Trees that see offers: what they learn of prices, and what they may not do."""

from dataclasses import replace

import numpy as np
import pytest

from forecasting.demand import Demand
from forecasting.features.offer_table import offer_features, offer_table
from forecasting.forecasters.base import Budget, silent
from forecasting.forecasters.offer_trees import OfferTrees
from forecasting.forecasters.ridge import Ridge
from forecasting.offers.changed import right_way
from forecasting.offers.origin import OfferOrigin
from forecasting.pricing.response import estimate_response
from forecasting.scope import PlanChange
from forecasting.units import Aim
from tests.builders import make_panel
from tests.forecasting.offers.weekly import weekly
from tests.forecasting.worlds import with_sales

BUDGET = Budget(rows=12_000, trees=60, leaves=31)
H = 4


def demand_of(panel):
    return Demand(panel, estimate_response(panel))


def fitted(demand):
    trees = OfferTrees()
    trees.fit(demand, budget=BUDGET, seed=1, progress=silent)
    return trees


@pytest.fixture(scope="module")
def world():
    panel, sales = weekly()
    demand = demand_of(panel)
    return demand, fitted(demand), sales[:, panel.history : panel.history + H]


def ahead(trees, demand, rows=None):
    at = demand.panel.history
    return trees.predict(demand, np.arange(demand.panel.n) if rows is None else rows, at, at + H)


def test_planned_offers_explain_most_of_what_moves(world):
    demand, trees, actual = world

    error = np.abs(ahead(trees, demand) / actual - 1).mean()

    assert error < 0.2  # noise alone is 0.12; not seeing the offers 0.5


def test_means_are_learned_where_means_are_asked_for():
    panel, sales = weekly(aim=Aim.EXPECTED, noise=0.5)
    demand = demand_of(panel)
    actual = sales[:, panel.history : panel.history + H]

    forecast = ahead(fitted(demand), demand)

    assert forecast.sum() == pytest.approx(actual.sum(), rel=0.12)


def test_a_deeper_discount_sells_more(world):
    demand, trees, _ = world
    at, rows = demand.panel.history, np.arange(demand.panel.n)

    totals = [
        ahead(trees, demand.under(PlanChange(discount_pct=off), rows, at, at + H)).sum()
        for off in (0.0, 10.0, 20.0, 30.0)
    ]

    assert totals == sorted(totals)
    assert totals[-1] > 1.4 * totals[0]


def test_a_price_never_tried_is_taken_at_the_nearest_that_was(world):
    demand, trees, _ = world
    at, rows = demand.panel.history, np.arange(demand.panel.n)

    deep, absurd = (
        ahead(trees, demand.under(PlanChange(discount_pct=off, promoted=True), rows, at, at + H))
        for off in (35.0, 90.0)
    )

    np.testing.assert_allclose(absurd, deep, rtol=1e-5)


def test_a_changed_plan_leaves_the_plan_as_it_was(world):
    demand, trees, _ = world
    before = ahead(trees, demand)

    changed = demand.under(PlanChange(discount_pct=30.0), np.array([0]), 90, 94)
    ahead(trees, changed)

    np.testing.assert_array_equal(ahead(trees, demand), before)
    assert (changed.panel.discount[:, :90] == demand.panel.discount[:, :90]).all()


def test_state_shared_with_the_plan_is_the_state_of_the_change_alone(world):
    demand, trees, _ = world
    changed = demand.under(PlanChange(discount_pct=30.0), np.array([0, 5]), 90, 94)

    ahead(trees, demand)
    shared = ahead(trees, changed)

    np.testing.assert_array_equal(ahead(trees, replace(changed, original=None)), shared)


def test_the_response_to_a_change_is_that_of_the_change_alone(world):
    demand, _, _ = world
    changed = demand.under(PlanChange(discount_pct=30.0), np.array([0, 5]), 90, 94)

    alone = replace(changed, original=None)

    np.testing.assert_array_equal(changed.factor, alone.factor)
    assert (changed.factor != demand.factor).any()


def test_a_linear_model_sees_the_change_as_if_it_were_the_plan(world):
    demand, _, _ = world
    ridge, rows = Ridge(), np.array([0, 5])
    ridge.fit(demand, budget=BUDGET, seed=1, progress=silent)
    changed = demand.under(PlanChange(discount_pct=30.0), rows, 90, 94)

    shared = ahead(ridge, changed, rows)

    np.testing.assert_array_equal(ahead(ridge, replace(changed, original=None), rows), shared)
    assert (shared != ahead(ridge, demand, rows)).any()


def test_a_better_offer_never_counts_as_worse(world):
    demand, _, _ = world
    rows = np.arange(3)
    cells = np.ix_(rows, np.arange(90, 94))
    better = demand.under(PlanChange(discount_pct=60.0), rows, 90, 94).own_offers
    before, after = np.full((3, 4), 10.0), np.full((3, 4), 7.0)

    risen = right_way(before, after, demand.own_offers, better, cells)
    fallen = right_way(after, before, better, demand.own_offers, cells)

    assert (risen == 10.0).all()
    assert (fallen == 7.0).all()


def test_no_feature_sees_sales_from_the_origin_on(world):
    demand, trees, _ = world
    panel = demand.panel
    wild = panel.sales.copy()
    wild[:, 70:] = np.random.default_rng(5).permuted(wild[:, 70:] * 3 + 50, axis=1)
    other = Demand(with_sales(panel, wild), demand.response)
    rows, columns = np.arange(panel.n), np.arange(70, 78)

    tables = [
        offer_table(trees.features, OfferOrigin(one, 70), rows, columns) for one in (demand, other)
    ]

    np.testing.assert_array_equal(*tables)


def test_reasons_add_up_to_the_forecast(world):
    demand, trees, _ = world
    rows, columns = np.arange(5), np.arange(90, 94)

    start, parts = trees.reasons(demand, rows, columns)

    total = np.exp(start + sum(parts.values()))
    np.testing.assert_allclose(total, trees.predict(demand, rows, 90, 94), rtol=1e-4)


def test_flags_without_prices_are_enough():
    panel, sales = weekly()
    bare = replace(
        panel,
        price=np.full_like(panel.price, np.nan),
        discount=np.zeros_like(panel.discount),
    )
    demand = demand_of(bare)
    on = panel.known["advertised"][:, 90:94] > 0

    forecast = ahead(fitted(demand), demand)

    assert OfferTrees.suits(demand)
    assert "own_advertised" in {one.name for one in offer_features(demand)}
    level = np.exp(np.log(sales[:, :90]).mean(axis=1, keepdims=True))
    assert (forecast / level)[on].mean() > 1.5 * (forecast / level)[~on].mean()


def test_what_never_sold_is_forecast_as_nothing():
    panel, _ = weekly()
    nothing = panel.sales.copy()
    nothing[:5] = 0
    demand = demand_of(with_sales(panel, nothing))

    forecast = ahead(fitted(demand), demand)

    assert forecast[:5] == pytest.approx(0.0, abs=0.05)
    assert (forecast[5:] > 10).all()


def test_few_sales_say_nothing_of_offers():
    panel, _ = weekly(stores=1, products=3, history=60)

    assert not OfferTrees.suits(demand_of(panel))


def test_days_keep_the_response_of_each_product():
    assert not OfferTrees.suits(demand_of(make_panel(history=120, plan=30)))
