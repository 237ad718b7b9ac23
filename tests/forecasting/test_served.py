"""A model that is tried out forecasts its own series, and no others."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from forecasting import serving
from forecasting.forecast_store import ForecastStore
from forecasting.scope import PlanChange, Scope
from forecasting.served import Served, Tried
from forecasting.training import train
from tests.builders import make_panel


@pytest.fixture(scope="module")
def panel():
    return make_panel(history=420, seed=9)


@pytest.fixture(scope="module")
def models(panel):
    one = train(panel, budget="fast", seed=1)
    # Another model, and quickly so: it forecasts half as much again.
    factors = {
        name: tuple((1.5 * plain, 1.5 * promoted) for plain, promoted in pairs)
        for name in ("expected", "relative")
        for pairs in [getattr(one.corrections, name)]
    }
    corrections = replace(one.corrections, **factors)
    return one, replace(one, corrections=corrections)


@pytest.fixture(scope="module")
def served(panel, models):
    taken = np.arange(panel.n) == 2
    tried = Tried(Served("new", models[1]), taken, "a canary rollout")
    return Served("old", models[0], tried=tried)


def forecast(served, panel, *, products=None, stores=None, **changes):
    start = serving.last_day(panel) + timedelta(days=1)
    question = serving.Question(
        Scope(products, stores), start, start + timedelta(days=6), None, "units", 80, "total"
    )
    question = replace(question, **changes)
    return serving.forecast(served, panel, question, today=start, currency="USD")


def alone(model, panel, row, change=None):
    first = panel.history
    return model.predict(panel, np.array([row]), first, first + 7, change).mean.sum()


def test_what_reaches_beyond_what_is_stored_is_read_as_far_as_it_goes(panel, models, tmp_path):
    rows, model = np.array([1, 4]), models[0]
    stored = ForecastStore(tmp_path).fill("old", model, panel)
    short = replace(stored, figures={name: at[:, :9] for name, at in stored.figures.items()})

    read = Served("old", model, stored=short)

    for span in ((421, 425), (421, 440), (431, 440)):
        found, made = read.predict(panel, rows, *span), model.predict(panel, rows, *span)
        np.testing.assert_allclose(found.mean, made.mean, rtol=1e-5)
        np.testing.assert_allclose(found.sd, made.sd, rtol=1e-5)


def test_an_assigned_series_is_forecast_by_the_tried_model_under_its_name(served, panel, models):
    found = forecast(served, panel, products=("3",), stores=("1",))

    assert found.model == "new"
    assert found.total.mean == pytest.approx(alone(models[1], panel, 2), rel=1e-5)
    assert "This comes from new, which a canary rollout tries out." in found.notes


def test_other_series_are_forecast_as_before(served, panel):
    found = forecast(served, panel, products=("1",), stores=("1",))

    assert found == forecast(replace(served, tried=None), panel, products=("1",), stores=("1",))
    assert found.model == "old"


def test_a_sum_takes_each_series_from_its_own_model_and_says_so(served, panel, models):
    found = forecast(served, panel)

    expected = sum(alone(models[row == 2], panel, row) for row in range(panel.n))
    assert found.total.mean == pytest.approx(expected, rel=1e-5)
    assert found.total.lower < found.total.mean < found.total.upper
    assert found.model == "old"
    assert "1 of 6 series come from new, which a canary rollout tries out." in found.notes


def test_a_forecast_at_a_discount_comes_from_the_same_model(served, panel, models):
    change = PlanChange(discount_pct=20)

    found = forecast(served, panel, products=("3",), stores=("1",), change=change)

    assert found.total.mean == pytest.approx(alone(models[1], panel, 2, change), rel=1e-5)


def test_the_table_of_the_catalogue_holds_each_series_once_in_its_place(served, panel):
    day = serving.last_day(panel) + timedelta(days=1)
    span, _notes = serving.span_of(panel, day, day + timedelta(days=2), day)
    rows = np.arange(panel.n)

    found = serving.table(served, panel, rows, span, 80)

    before = serving.table(replace(served, tried=None), panel, rows, span, 80)
    new = serving.table(served.tried.served, panel, rows, span, 80)
    assert found[["date", "store", "product"]].equals(before[["date", "store", "product"]])
    of_tried = (found["store"] == "1") & (found["product"] == "3")
    assert found[of_tried].equals(new[of_tried])
    assert found[~of_tried].equals(before[~of_tried])
