"""Every feature looks back from the origin, or at what is known in advance (Q4, Q5).

Each feature declares which. The declarations are then put to the test at random origins: what
counts as looked back on may not move with anything from the origin on, what counts as known may
not move with any sale at all, and figures of the target day itself move neither.
"""

from dataclasses import replace

import numpy as np
import pytest

from forecasting.demand import Demand
from forecasting.features import Lag, build, features_of
from forecasting.features.offer_table import offer_features, offer_table
from forecasting.offers.origin import OfferOrigin
from forecasting.origin import Origin
from forecasting.pricing.response import estimate_response
from tests.honesty.effort import effort
from tests.honesty.rich_panel import rich_panel, with_future

SEEDS = range(effort(3, 40))
HORIZON = 15


def plain_trees(demand, at, rows, columns):
    features = features_of(demand)
    return features, build(features, Origin(demand, at), rows, columns)[0]


def offer_trees(demand, at, rows, columns):
    features = offer_features(demand)
    return features, offer_table(features, OfferOrigin(demand, at), rows, columns)


TABLES = [plain_trees, offer_trees]


@pytest.fixture(scope="module", params=[False, True], ids=["daily", "weekly"])
def panel(request):
    return rich_panel(weekly=request.param)


@pytest.fixture(scope="module")
def response(panel):
    return estimate_response(panel.until(100))


def drawn(panel, seed):
    """Return a random origin after the response's history, and target periods after it."""
    rng = np.random.default_rng(seed)
    at = int(rng.integers(100, panel.history - HORIZON))
    ahead = np.sort(rng.choice(HORIZON, 5, replace=False))
    return rng, at, at + ahead


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_from_the_origin_on_moves_a_feature(panel, response, table, seed):
    rng, at, columns = drawn(panel, seed)
    rows = np.arange(panel.n)
    wild = with_future(panel, at, rng.permuted(panel.sales, axis=1) * 3 + 7)

    features, before = table(Demand(panel, response), at, rows, columns)
    _, after = table(Demand(wild, response), at, rows, columns)

    moved = [
        one.name
        for one, x, y in zip(features, before.T, after.T, strict=True)
        if not np.array_equal(x, y, equal_nan=True)
    ]
    assert moved == []


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_known_in_advance_moves_with_no_sale_at_all(panel, response, table, seed):
    rng, at, columns = drawn(panel, seed)
    rows = np.arange(panel.n)
    wild = with_future(panel, 0, rng.permuted(panel.sales, axis=1) * 3 + 7)

    features, before = table(Demand(panel, response), at, rows, columns)
    _, after = table(Demand(wild, response), at, rows, columns)

    moved = [
        one.name
        for one, x, y in zip(features, before.T, after.T, strict=True)
        if one.lag is Lag.KNOWN and not np.array_equal(x, y, equal_nan=True)
    ]
    assert moved == []


@pytest.mark.parametrize("table", TABLES)
def test_a_spike_on_the_target_day_is_in_none_of_its_features(panel, response, table):
    rows, at = np.arange(panel.n), 150
    spiked = panel.sales.copy()
    spiked[:, at] *= 50

    _, before = table(Demand(panel, response), at, rows, np.array([at]))
    _, after = table(Demand(replace(panel, sales=spiked), response), at, rows, np.array([at]))

    np.testing.assert_array_equal(before, after)


@pytest.mark.parametrize("table", TABLES)
def test_a_plan_does_move_features_and_a_covariate_of_the_past_is_none(panel, response, table):
    demand = Demand(panel, response)
    discount = panel.discount.copy()
    discount[:, 150:] = 35

    features, before = table(demand, 150, np.arange(panel.n), np.arange(150, 160))
    _, after = table(
        Demand(replace(panel, discount=discount), response),
        150,
        np.arange(panel.n),
        np.arange(150, 160),
    )

    assert not np.array_equal(before, after, equal_nan=True)
    assert not any("visitors" in one.name for one in features)
    assert all(isinstance(one.lag, Lag) for one in features)
