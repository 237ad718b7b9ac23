from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecasting.pricing.response import PriceResponse, estimate_response, reference_price
from forecasting.units import Target
from tests.builders import make_panel, series_of
from tests.forecasting.pricing.confounded import ConfoundedWorld, naive_elasticity

SEEDS = (11, 12, 13)


@pytest.fixture(scope="module")
def worlds():
    made = [ConfoundedWorld.make(seed) for seed in SEEDS]
    return [(world, estimate_response(world.panel)) for world in made]


@pytest.fixture(scope="module")
def panel():
    return make_panel(stores=3, products=4, history=730, seed=4)


@pytest.fixture(scope="module")
def response(panel):
    return estimate_response(panel)


def gaps(worlds, column, truth):
    parts = [(r.table[column] - getattr(w, truth))[r.table["usable"]] for w, r in worlds]
    return np.concatenate([part.to_numpy() for part in parts])


def test_the_elasticity_is_found_though_promotions_fall_in_busy_weeks(worlds):
    gap = gaps(worlds, "elasticity", "elasticity")

    assert np.median(np.abs(gap)) < 0.2
    assert abs(gap.mean()) < 0.1


def test_a_plain_regression_is_misled_in_the_same_world(worlds):
    naive = np.concatenate([naive_elasticity(w.panel) - w.elasticity for w, _ in worlds])
    ours = gaps(worlds, "elasticity", "elasticity")

    assert np.median(np.abs(naive)) > 3 * np.median(np.abs(ours))


def test_intervals_hold_the_true_elasticity_about_as_often_as_they_say(worlds):
    errors = np.concatenate([r.table["elasticity_se"][r.table["usable"]] for _, r in worlds])
    covered = np.abs(gaps(worlds, "elasticity", "elasticity")) < 1.96 * errors

    assert 0.85 <= covered.mean() <= 1.0


def test_the_lift_of_being_promoted_is_told_apart_from_the_price(worlds):
    gap = gaps(worlds, "promotion_lift", "lift")

    assert np.median(np.abs(gap)) < 0.06
    assert abs(gap.mean()) < 0.03


def test_sales_pulled_forward_and_taken_from_neighbours_are_seen(worlds):
    for _, response in worlds:
        assert response.spillovers["after"].value < -0.1
        assert response.spillovers["neighbours"].value > 0


def test_a_product_with_few_price_changes_is_not_answered_for():
    panel = make_panel(stores=1, history=120)

    table = estimate_response(panel).table

    assert not table["usable"].any()
    assert table["why_not"].str.startswith("Not enough price changes").all()


def test_a_young_product_is_not_answered_for():
    panel = make_panel(history=730)
    panel.sales[panel.rows(products=("1",)), :640] = np.nan
    panel.discount[panel.rows(products=("1",)), 640:730] = np.tile(np.repeat([20, 0], 5), 9)

    why = estimate_response(panel).table.loc["1", "why_not"]

    assert why.startswith("Too new: 13 weeks")


def test_without_prices_and_discounts_nothing_is_usable():
    panel = make_panel(promotions=False)
    bare = replace(panel, price=np.full_like(panel.price, np.nan))

    table = estimate_response(bare).table

    assert list(table["why_not"].unique()) == ["No prices and no discounts are recorded."]


def test_money_as_target_is_not_mistaken_for_units(panel):
    money = replace(panel, target=Target.REVENUE, unit="USD")

    assert "recorded as money" in estimate_response(money).table["why_not"].iloc[0]


def test_promotions_of_one_depth_give_one_combined_effect(panel):
    discount = np.where(panel.discount > 0, 20, 0).astype(np.float32)
    rng = np.random.default_rng(1)
    mean = 30 * (1 - discount / 100) ** -2.0 * np.exp(0.2 * panel.promoted)
    sales = rng.poisson(mean[:, : panel.history]).astype(np.float32)

    response = estimate_response(replace(panel, discount=discount, sales=sales))

    row = response.table.loc["1"]
    assert row["combined"]
    assert row["promotion_lift"] == 0
    ask, off = np.array([[0.8]], dtype=np.float32), np.array([[20]], dtype=np.float32)
    factor = response.factor(series_of("1"), ask, np.ones((1, 1), dtype=np.float32), off)
    assert factor[0, 0] == pytest.approx(0.8**-2.0 * np.exp(0.2), rel=0.08)


def test_the_factor_is_one_at_the_usual_price(response):
    nothing = np.zeros((2, 3))
    factor = response.factor(series_of("1", "2"), np.ones((2, 3)), nothing, nothing)

    assert factor == pytest.approx(np.ones((2, 3)))


def test_the_factor_stops_one_step_beyond_what_was_tried(response):
    def at(ratio, off):
        ask, discount = np.array([[ratio]]), np.array([[off]])
        return response.factor(series_of("1"), ask, np.ones((1, 1)), discount)[0, 0]

    assert at(0.70, 30) < at(0.66, 34)
    assert at(0.65, 35) == pytest.approx(at(0.2, 80))
    # A regular price that moved counts by itself: the discount is no deeper for it.
    assert at(0.60, 0) == pytest.approx(at(0.2, 0))


def test_a_product_never_seen_is_left_alone(response):
    off = np.full((1, 2), 20.0)
    factor = response.factor(series_of("new"), 1 - off / 100, np.ones((1, 2)), off)

    assert factor == pytest.approx(np.ones((1, 2)))


def test_a_missing_price_counts_as_the_usual_one(response):
    nothing = np.zeros((1, 1))
    factor = response.factor(series_of("1"), np.array([[np.nan]]), nothing, nothing)

    assert factor[0, 0] == pytest.approx(1.0)


def test_the_response_survives_being_written_and_read(response):
    again = PriceResponse.from_json(response.to_json())

    pd.testing.assert_frame_equal(again.table, response.table, check_dtype=False)
    assert again.spillovers == response.spillovers


def test_what_happens_after_the_cutoff_changes_nothing(panel, response):
    later = replace(panel, price=panel.price.copy(), discount=panel.discount.copy())
    later.price[:, panel.history :] *= 3
    later.discount[:, panel.history :] = 90

    pd.testing.assert_frame_equal(estimate_response(later).table, response.table)


def test_the_usual_price_is_the_median_of_history():
    panel = make_panel(history=10, plan=5)
    panel.price[0, :4] = 7.0
    panel.price[1, :] = np.nan

    usual = reference_price(panel)

    assert usual[0] == 5.0
    assert np.isnan(usual[1])


@pytest.mark.parametrize("sales", [0.0, 5.0, np.nan])
def test_dull_series_do_not_break_the_estimate(sales):
    panel = make_panel(history=400)
    panel.sales[0] = sales

    table = estimate_response(panel).table

    assert np.isfinite(table[["elasticity", "elasticity_se"]].to_numpy()).all()
