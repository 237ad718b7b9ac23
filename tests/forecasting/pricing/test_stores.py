from dataclasses import replace

import numpy as np
import pytest

from forecasting.pricing.response import PriceResponse, estimate_response
from forecasting.pricing.stores import Strength
from forecasting.scope import PlanChange
from tests.builders import series_of
from tests.forecasting.pricing.confounded import ConfoundedWorld
from tests.forecasting.pricing.shop import outlooks_in, small_shop

TRUE = np.array([1.3, 1.0, 0.75, 0.95])
OFFER = PlanChange(discount_pct=20)


@pytest.fixture(scope="module")
def differing():
    world = ConfoundedWorld.make(5, stores=4, categories=4, days=735, strength=TRUE)
    return estimate_response(world.panel)


def test_stores_whose_customers_answer_more_strongly_are_told_apart(differing):
    found = np.array([one.factor for one in differing.stores.values()])
    errors = np.array([one.error for one in differing.stores.values()])
    away = np.log(found / found.mean()) - np.log(TRUE / TRUE.mean())

    assert list(differing.stores) == ["1", "2", "3", "4"]
    assert np.abs(away).max() < 0.06
    assert (errors < 0.06).all()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_stores_that_answer_alike_are_not_told_apart(seed):
    world = ConfoundedWorld.make(seed, stores=4, categories=4, days=735)

    assert estimate_response(world.panel).stores == {}


def test_customers_who_buy_less_at_an_offer_are_taken_to_take_no_notice():
    strength = np.array([1.6, 1.3, 1.1, -0.2])
    world = ConfoundedWorld.make(5, stores=4, categories=4, days=735, strength=strength)

    assert estimate_response(world.panel).stores["4"].factor == 0


@pytest.mark.parametrize("factor", [0.5, 1.5])
def test_the_error_of_a_store_is_of_its_strength_whatever_that_is(two_stores, factor):
    panel, response = two_stores
    table = response.table.assign(elasticity_se=0.0, promotion_lift_se=0.0, covariance=0.0)
    stores = {name: Strength(factor, 0.1) for name in response.stores}
    outlook = outlooks_in(panel, replace(response, table=table, stores=stores), ["2"])["2"]
    one = replace(outlook, rows=outlook.rows[:1], mean=outlook.mean[:1], market=None)

    found = one.elasticity(80)

    # Half of an 80 % range is 1.28 standard errors.
    error = (found.upper - found.lower) / 2 / 1.2816 / abs(one.known.elasticity)
    assert error == pytest.approx(0.1, rel=0.15)


def test_an_offer_counts_by_the_strength_of_its_store(differing):
    off, promoted = np.array([[20.0]]), np.ones((1, 1))

    def added(store):
        factor = differing.factor(series_of("01", store=store), 1 - off / 100, promoted, off)
        return float(np.log(factor[0, 0]))

    assert added("1") / added("3") == pytest.approx(TRUE[0] / TRUE[2], rel=0.08)
    assert added("opened yesterday") == pytest.approx(added("1") / differing.stores["1"].factor)


def test_strengths_survive_being_written_and_read_and_old_answers_have_none(differing):
    text = differing.to_json()

    assert PriceResponse.from_json(text).stores == differing.stores
    assert PriceResponse.from_json(text.replace('"stores"', '"else"')).stores == {}


@pytest.fixture
def two_stores():
    panel, response = small_shop(neighbours=0.4)
    return panel, replace(response, stores={"1": Strength(1.5, 0.1), "2": Strength(0.5, 0.1)})


def test_the_stronger_store_sells_more_of_an_offer_and_takes_more_from_neighbours(two_stores):
    outlook = outlooks_in(*two_stores, ["2"])["2"]
    asked = outlook.asked(OFFER)

    strong, weak = outlook.added(asked).mean(axis=1)
    alone = outlooks_in(two_stores[0], replace(two_stores[1], stores={}), ["2"])["2"]

    assert strong / weak == pytest.approx(3.0)
    assert alone.added(asked).mean() == pytest.approx((strong + weak) / 2)
    assert outlook.under(asked).elsewhere.mean("units", "neighbours") < 0


def test_what_is_not_known_of_a_store_widens_its_range(two_stores):
    panel, response = two_stores
    sure = replace(
        response, stores={name: replace(one, error=0.0) for name, one in response.stores.items()}
    )

    def width(known):
        outlook = outlooks_in(panel, known, ["2"], error=0.0)["2"]
        return np.ptp(outlook.under(outlook.asked(OFFER)).units_draws)

    assert width(response) > 1.2 * width(sure)
