from dataclasses import replace

import numpy as np
import pytest

from forecasting.pricing.design import Beside
from forecasting.pricing.response import estimate_response
from tests.builders import make_panel

TAKEN, STEEP, LIFT = 0.25, -2.5, 0.15
STORES, PRODUCTS, DAYS = 4, 6, 728


def shop(seed, *, specials, busy=0.0):
    """Return a panel of two categories whose offers take a quarter of what they add.

    `specials`: how often a store has an offer of its own in a week; `busy`: how much more sells in
    the weeks of many flyers, which no table tells.
    """
    rng = np.random.default_rng(seed)
    panel = make_panel(stores=STORES, products=PRODUCTS, history=DAYS, plan=0, seed=seed)
    weeks = DAYS // 7
    product = panel.series["product"].astype(int).to_numpy() - 1
    eager = rng.normal(size=weeks)
    flyer = rng.random((PRODUCTS, weeks)) < 0.12 * np.exp(0.8 * eager)
    special = rng.random((len(product), weeks)) < specials
    of_flyer, of_special = (rng.choice([10, 15, 20, 25, 30], one.shape) for one in (flyer, special))
    depth = np.where(flyer[product], of_flyer[product], np.where(special, of_special, 0))
    discount = np.repeat(depth, 7, axis=1).astype(float)
    gain = STEEP * np.log(1 - discount / 100) + LIFT * (discount > 0)
    even = replace(panel, sales=np.ones_like(panel.sales))
    lost = TAKEN * Beside.of(even).mean(gain)
    mean = 40 * np.exp(gain - lost + np.repeat(busy * eager, 7))
    sales = rng.poisson(mean * rng.gamma(50, 1 / 50, mean.shape)).astype(np.float32)
    promoted = (discount > 0).astype(np.float32)
    return replace(panel, sales=sales, discount=discount.astype(np.float32), promoted=promoted)


def taken(response):
    """Return the share that neighbours lose of what an offer adds."""
    rows = response.table
    slope = -rows["elasticity"].mean() + rows["promotion_lift"].mean() / -np.log(0.8)
    return response.spillovers["neighbours"].value / slope


@pytest.mark.parametrize("busy", [-0.15, 0.0, 0.15])
def test_what_offers_take_is_told_apart_from_weeks_of_many_offers_being_busy_or_slow(busy):
    response = estimate_response(shop(1, specials=0.06, busy=busy))

    assert taken(response) == pytest.approx(TAKEN, abs=0.08)
    assert response.table["elasticity"].mean() == pytest.approx(STEEP, rel=0.05)


def test_where_all_stores_always_offer_the_same_what_is_usual_is_taken(shop_of_flyers):
    assert taken(shop_of_flyers) == pytest.approx(0.3, abs=0.1)


@pytest.fixture(scope="module")
def shop_of_flyers():
    return estimate_response(shop(2, specials=0.0, busy=0.15))


def test_then_the_error_of_what_is_taken_says_that_it_is_hardly_known(shop_of_flyers):
    known = estimate_response(shop(2, specials=0.06, busy=0.15)).spillovers["neighbours"]

    assert shop_of_flyers.spillovers["neighbours"].error > 1.5 * known.error


def test_a_product_is_no_neighbour_of_its_own():
    beside = Beside(np.array([0, 0, 1]), np.array([1.0, 3.0, 2.0]))

    mean = beside.mean(np.array([[1.0], [5.0], [7.0]]))

    assert mean.ravel() == pytest.approx([5.0, 1.0, 0.0])
