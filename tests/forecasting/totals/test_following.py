"""A model whose series follow their totals: totals are sums of parts, and nothing else changes."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecasting.demand import Demand
from forecasting.forecasters import base
from forecasting.lately import Lately
from forecasting.model import TrainedModel
from forecasting.totals.following import Totals
from forecasting.totals.groups import NoResponse, levels_of, totals_of, usual_sales
from forecasting.totals.reconciliation import Follow
from forecasting.training import train
from tests.forecasting.worlds import TINY, panel_of

STORES, PRODUCTS, DAYS, AHEAD = 6, 20, 500, 28
SERIES = pd.DataFrame(
    {
        "store": np.repeat([str(n) for n in range(STORES)], PRODUCTS),
        "product": np.tile([f"p{n}" for n in range(PRODUCTS)], STORES),
        "product_category": np.tile(["X", "Y"], STORES * PRODUCTS // 2),
    }
)
EVERY = np.arange(len(SERIES))


@pytest.fixture(scope="module")
def sold():
    """Return sales of slow sellers in a chain whose total is far easier to forecast.

    On payday, at the start of a month, everything sells nearly twice as well.
    """
    rng = np.random.default_rng(1)
    days = pd.date_range("2024-01-01", periods=DAYS + AHEAD)
    mean = rng.uniform(0.1, 0.5, size=(len(SERIES), 1)) * (1 + 0.8 * (days.day < 6))
    return rng.poisson(mean)


@pytest.fixture(scope="module")
def panel(sold):
    return replace(panel_of(sold[:, :DAYS]), series=SERIES)


@pytest.fixture(scope="module")
def model(panel):
    before = base.BUDGETS["fast"]
    base.BUDGETS["fast"] = TINY
    try:
        return train(panel, budget="fast")
    finally:
        base.BUDGETS["fast"] = before


@pytest.fixture(scope="module")
def following(model, panel):
    """Return the same model made to follow stores, categories and everything."""
    levels = ("store", "category", "everything")
    follows = tuple(Follow(level, "ridge", 0.5) for level in levels)
    demand = model.demand(panel)
    return replace(model, totals=Totals.fitted(follows, demand, seed=7), _served=Lately())


def predicted(model, panel, rows=EVERY, first=0, last=35):
    return model.predict(panel, rows, panel.history + first, panel.history + last)


def test_levels_are_stores_categories_and_everything():
    assert [one.name for one in levels_of(SERIES)] == ["store", "category", "everything"]
    assert levels_of(SERIES.iloc[:1]) == ()


def test_a_training_says_what_following_totals_would_change(model):
    report = model.metrics["totals"]

    assert [one["level"] for one in report] == ["store", "category", "everything"]
    assert {one["level"] for one in report if one["used"]} == {
        follow.level for follow, _member in model.totals.followed
    }
    assert all(len(one["total_WAPE"]) == len(one["parts_error"]) == 2 for one in report)


def test_where_totals_are_far_easier_to_forecast_they_gain(model, panel, sold):
    truth = sold[:, DAYS:].sum(axis=0)
    alone = predicted(replace(model, totals=Totals(), _served=Lately()), panel, last=AHEAD).mean
    moved = predicted(model, panel, last=AHEAD).mean

    missed, still = (np.abs(one.sum(axis=0) - truth).sum() for one in (alone, moved))
    assert any(one["used"] for one in model.metrics["totals"])
    assert still < 0.8 * missed


def test_a_part_is_the_same_alone_and_among_all(following, panel):
    together = predicted(following, panel).mean
    alone = np.vstack([predicted(following, panel, np.array([row])).mean for row in EVERY[:7]])
    later = predicted(following, panel, EVERY, 20, 35).mean

    np.testing.assert_allclose(alone, together[:7], rtol=1e-5)
    np.testing.assert_allclose(later, together[:, 20:], rtol=1e-5)


@pytest.mark.parametrize("column", ["store", "product_category", "product"])
def test_parts_add_up_to_their_totals_at_every_level(following, panel, column):
    """Totals are never forecast beside their parts: each is what its parts add up to."""
    mean = predicted(following, panel).mean.astype(np.float64)
    words = SERIES[column].unique()
    totals = [
        predicted(following, panel, np.flatnonzero(SERIES[column] == word)).mean.sum(axis=0)
        for word in words
    ]

    np.testing.assert_allclose(np.sum(totals, axis=0), mean.sum(axis=0), rtol=1e-5)


def test_parts_are_moved_and_never_negative(following, model, panel):
    alone = replace(model, totals=Totals(), _served=Lately())
    own, moved = predicted(alone, panel).mean, predicted(following, panel).mean

    assert np.abs(moved / own - 1).max() > 0.01
    assert (moved >= 0).all()


def test_what_is_saved_follows_the_same(following, panel, tmp_path):
    following.save(tmp_path)

    loaded = TrainedModel.load(tmp_path)

    np.testing.assert_array_equal(predicted(loaded, panel).mean, predicted(following, panel).mean)


def test_a_total_does_not_see_gaps_as_decline(panel):
    gaps = panel.sales.copy()
    gaps[: len(SERIES) // 2, -100:] = np.nan
    demand = Demand(replace(panel, sales=gaps), NoResponse())
    level = levels_of(SERIES)[-1]

    total = totals_of(demand, level, usual_sales(demand, DAYS)).sales[0]
    whole = panel.sales.sum(axis=0)

    assert np.median(total[-100:] / whole[-100:]) == pytest.approx(1, abs=0.15)
