from dataclasses import replace

import numpy as np
import pytest

from forecasting.pricing.curvature import Bend
from forecasting.pricing.experiment import ENOUGH, experiment
from forecasting.pricing.response import estimate_response
from forecasting.pricing.rules import Rules
from tests.builders import make_panel


@pytest.fixture(scope="module")
def panel():
    return make_panel(stores=4, products=3, history=730, elasticity=-2.0, seed=5)


@pytest.fixture(scope="module")
def response(panel):
    return estimate_response(panel)


def test_each_store_is_either_discounted_or_left_as_planned(panel, response):
    found = experiment(panel, panel.rows(products=("1",)), response)

    assert sorted(found.stores + found.control) == ["1", "2", "3", "4"]
    assert len(found.stores) == len(found.control) == 2
    assert found.power >= ENOUGH


def test_both_halves_are_of_nearly_one_size(panel, response):
    uneven = replace(panel, sales=panel.sales * np.repeat([8, 4, 2, 6], 3)[:, None])

    found = experiment(uneven, uneven.rows(products=("1",)), response)

    sold = uneven.sales[uneven.rows(products=("1",))].sum(axis=1)
    size = dict(zip(["1", "2", "3", "4"], sold, strict=True))
    share = sum(size[store] for store in found.stores) / sum(size.values())
    assert 0.4 < share < 0.6


def test_one_store_takes_turns_with_itself(panel, response):
    found = experiment(panel, panel.rows(products=("1",), stores=("2",)), response)

    assert (found.stores, found.control) == (("2",), ())


def test_a_noisier_product_needs_a_longer_or_deeper_test(panel, response):
    rng = np.random.default_rng(1)
    weeks = np.exp(rng.normal(0, 0.5, (panel.n, panel.history // 7 + 1))).repeat(7, axis=1)
    noisy = replace(panel, sales=panel.sales * weeks[:, : panel.history].astype(np.float32))
    rows = panel.rows(products=("1",))

    calm, wild = (experiment(one, rows, response) for one in (panel, noisy))

    assert wild.weeks * wild.discount_pct > calm.weeks * calm.discount_pct
    assert wild.power < 0.99


def test_the_power_said_is_how_often_the_answer_shows(panel, response):
    rows, rng = panel.rows(products=("1",)), np.random.default_rng(2)
    weeks = np.exp(rng.normal(0, 0.25, (panel.n, panel.history // 7 + 1))).repeat(7, axis=1)
    noisy = replace(panel, sales=panel.sales * weeks[:, : panel.history].astype(np.float32))
    found = experiment(noisy, rows, response)
    effect = 2.0 * -np.log(1 - found.discount_pct / 100) + 0.2

    # Two stores of each half, with weekly shocks of 0.25 each, before and during.
    error = 0.25 / np.sqrt(2) * np.sqrt(2) * np.sqrt(1 / found.weeks + 1 / 8)
    shows = np.mean(rng.normal(effect, error, 20_000) > 1.96 * error)
    assert found.power == pytest.approx(shows, abs=0.12)


def test_no_test_sells_below_cost_or_goes_beyond_a_limit(panel, response):
    rows = panel.rows(products=("1",))

    assert experiment(panel, rows, response, unit_cost=4.4).discount_pct == 10
    assert experiment(panel, rows, response, unit_cost=4.7) is None
    assert experiment(panel, rows, response, most_pct=5) is None


def test_no_test_discounts_what_must_not_be(panel, response):
    rows = panel.rows(products=("1",))

    assert experiment(panel, rows, response, ruled=Rules(no_discount=True)) is None


def test_where_shallow_cuts_go_unnoticed_no_power_is_seen_in_them(panel, response):
    rows = panel.rows(products=("1",))
    blind = replace(response, bend=Bend.only("kinked_11"))

    found = experiment(panel, rows, blind, most_pct=10)

    assert found.power < 0.05
    assert experiment(panel, rows, response, most_pct=10).power >= ENOUGH


def test_too_short_a_history_plans_no_test(panel, response):
    short = make_panel(history=100)

    assert experiment(short, short.rows(products=("1",)), response) is None
