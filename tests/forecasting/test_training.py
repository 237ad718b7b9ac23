"""What training leaves behind."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from forecasting.forecasters import base
from forecasting.forecasters.registry import BY_NAME
from forecasting.model import TrainedModel
from forecasting.scope import PlanChange
from forecasting.training import train
from forecasting.units import Aim, Frequency
from tenants.errors import BadInput, CannotAnswer
from tests.builders import make_panel
from tests.forecasting.worlds import TINY, panel_of


@pytest.fixture(autouse=True)
def tiny_budget(monkeypatch):
    monkeypatch.setitem(base.BUDGETS, "normal", TINY)


@pytest.fixture(scope="module")
def panel():
    return make_panel(history=400, plan=60)


@pytest.fixture(scope="module")
def model(panel):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(base.BUDGETS, "normal", TINY)
        return train(panel)


def predicted(model, panel, change=None, days=14):
    rows = np.arange(panel.n)
    return model.predict(panel, rows, panel.history, panel.history + days, change)


def test_the_model_is_measured_against_seasonal_naive(model):
    metrics = model.metrics

    assert metrics["WAPE"] < metrics["seasonal_naive_WAPE"]
    assert metrics["served"] == "ensemble"
    assert {"boosted_trees", "theta", "seasonal_naive"} <= set(metrics["members"]) <= set(BY_NAME)
    assert all(one["error"] < one["naive"] for one in metrics["segments"])
    assert metrics["unit"] == "units"


def test_it_says_what_it_was_trained_on(model, panel):
    assert model.cutoff == panel.cutoff.date()
    assert model.data_version == "test@1"
    assert model.family == "GradientBoosting"
    assert all(set(one) >= {"name", "lag", "driver"} for one in model.schema)


def test_when_nothing_beats_seasonal_naive_it_serves():
    rng = np.random.default_rng(8)
    weekly = np.tile(rng.permuted(np.arange(7) * 1000.0)[:, None], (40, 4)).T
    model = train(panel_of(weekly))

    assert model.metrics["served"] == "seasonal_naive"
    assert model.family == "SeasonalNaive"
    assert model.schema == []


def test_a_model_says_which_series_seasonal_naive_serves():
    rng = np.random.default_rng(8)
    repeating = np.tile(rng.permuted(np.arange(7) * 1000.0)[:, None], (40, 4)).T
    model = train(panel_of(repeating))

    assert [one["served"] for one in model.metrics["segments"]] == ["seasonal_naive"]
    assert "Seasonal naive serves" in model.metrics["notes"][-1]


def test_a_figure_for_percent_errors_is_not_the_mean(panel):
    model = train(replace(panel, aim=Aim.RELATIVE))

    found = predicted(model, replace(panel, aim=Aim.RELATIVE))

    assert found.point.sum() < found.mean.sum()
    assert model.metrics["MAPE"] > 0


def test_a_thorough_training_tries_sizes_of_trees(panel, monkeypatch):
    monkeypatch.setitem(base.BUDGETS, "thorough", TINY)
    told = []
    model = train(panel, budget="thorough", progress=lambda _done, words: told.append(words))

    assert model.metrics["budget"] == "thorough"
    assert "trying sizes of trees" in told


def test_what_is_saved_predicts_the_same(model, panel, tmp_path):
    model.save(tmp_path)

    loaded = TrainedModel.load(tmp_path)

    np.testing.assert_array_equal(predicted(model, panel).mean, predicted(loaded, panel).mean)
    np.testing.assert_array_equal(predicted(model, panel).sd, predicted(loaded, panel).sd)
    assert loaded.metrics == model.metrics
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} <= {".json", ".txt", ".npz"}


def test_the_same_data_and_seed_give_the_same_forecast(model, panel):
    again = train(panel)

    np.testing.assert_array_equal(predicted(model, panel).mean, predicted(again, panel).mean)


def test_a_discount_raises_and_a_higher_price_lowers_the_forecast(model, panel):
    planned = predicted(model, panel, PlanChange(discount_pct=0.0, promoted=False)).mean.sum()
    cheaper = predicted(model, panel, PlanChange(discount_pct=20.0, promoted=False)).mean.sum()
    dearer = predicted(model, panel, PlanChange(price=5.2, promoted=False)).mean.sum()

    assert dearer < planned < cheaper


def test_a_price_beyond_what_was_tried_does_no_more_than_the_edge(model, panel):
    deep = predicted(model, panel, PlanChange(discount_pct=60.0)).mean.sum()
    deeper = predicted(model, panel, PlanChange(discount_pct=90.0)).mean.sum()

    assert deeper == pytest.approx(deep, rel=1e-5)


def test_an_unknown_budget_is_refused(panel):
    with pytest.raises(BadInput, match="fast, normal, thorough"):
        train(panel, budget="endless")


def test_a_history_too_short_is_refused():
    with pytest.raises(CannotAnswer, match="at least 14"):
        train(panel_of(np.ones((2, 10))))


def test_progress_goes_from_nothing_to_all(panel):
    told = []
    train(panel, progress=lambda done, _words: told.append(done))

    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)


def test_a_closed_day_of_the_plan_sells_nothing():
    rng = np.random.default_rng(1)
    sales = rng.poisson(20, size=(4, 200)).astype(float)
    sales[:, 6::7] = np.nan
    opened = np.hstack([~np.isnan(sales), np.tile([1, 1, 0, 1, 1, 1, 0], (4, 2))[:, :14]])
    panel = panel_of(sales, plan=14, open=opened.astype(np.float32), closed_when_missing=True)

    mean = predicted(train(panel), panel).mean

    assert (mean[:, 2] == 0).all()
    assert (mean[:, 3] > 10).all()


def test_without_a_plan_a_weekday_that_was_closed_stays_closed():
    sales = np.random.default_rng(1).poisson(20, size=(4, 203)).astype(float)
    sales[:, 6::7] = np.nan
    past = (~np.isnan(sales)).astype(np.float32)
    opened = np.hstack([past, np.full((4, 14), np.nan, dtype=np.float32)])
    panel = panel_of(sales, plan=14, open=opened, closed_when_missing=True)

    mean = predicted(train(panel), panel).mean

    assert (mean[:, [6, 13]] == 0).all()
    assert (mean[:, :6] > 10).all()


odd = st.one_of(
    st.just(np.nan), st.just(0.0), st.floats(0, 5), st.floats(0, 1e7), st.sampled_from([1.0, 3.0])
)


@given(
    sales=arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(1, 70)), elements=odd),
    frequency=st.sampled_from(list(Frequency)),
)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_odd_series_never_give_nan_negative_or_a_crash(sales, frequency):
    panel = panel_of(sales, plan=20, frequency=frequency)
    try:
        model = train(panel)
    except CannotAnswer:
        return
    found = predicted(model, panel)
    lower, upper = model.intervals.cells(found.mean.astype(float), found.sd.astype(float), 95)

    for values in (found.mean, found.sd, lower, upper):
        assert np.isfinite(values).all()
        assert (values >= 0).all()
    assert (lower <= found.mean).all()
    assert (found.mean <= upper + 1e-6).all()
