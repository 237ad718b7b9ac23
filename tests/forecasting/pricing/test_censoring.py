import numpy as np
import pytest

from forecasting.pricing.censoring import told, wanted
from forecasting.pricing.response import estimate_response
from tests.forecasting.pricing.confounded import ConfoundedWorld


def test_an_empty_shelf_hides_as_much_as_a_simulation_says():
    rng = np.random.default_rng(1)
    demand = rng.negative_binomial(1 / 0.05, 1 / (1 + 0.05 * 40), 200_000)
    expected = demand[demand >= 45].mean()

    filled = wanted(np.array([45.0]), np.array([40.0]), 0.05)

    assert filled[0] == pytest.approx(expected, rel=0.03)


def test_a_shelf_that_held_far_less_than_wanted_says_nothing():
    assert wanted(np.array([1.0]), np.array([50.0]), 0.03)[0] == pytest.approx(50.0, rel=0.01)


def test_offers_do_not_look_weak_because_shelves_run_empty_in_them():
    world = ConfoundedWorld.make(42, stores=4, categories=3, days=735, empties=2.0)
    table = estimate_response(world.panel).table

    gap = (table["elasticity"] - world.elasticity) * np.log(0.8) + table["promotion_lift"]
    gap = (gap - world.lift)[table["usable"]]

    assert world.panel.stocked_out.mean() > 0.05
    assert abs(gap.mean()) < 0.03


def test_an_empty_shelf_tells_less_the_earlier_it_was_empty():
    expected = np.full(4, 50.0)

    tells = told(np.array([1.0, 30.0, 50.0, 90.0]), expected, 0.03)

    assert (np.diff(tells) > 0).all()
    assert tells[0] < 0.02
    assert 0.5 < tells[2] < 0.75
