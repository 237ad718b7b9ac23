"""Forecasts worked out beforehand."""

from dataclasses import fields, replace

import numpy as np
import pytest

from forecasting.forecast_store import AHEAD, ForecastStore
from forecasting.model import Prediction
from forecasting.units import Frequency
from tenants.errors import Unavailable
from tests.forecasting.worlds import panel_of

WIDTH = AHEAD[Frequency.DAY]


class Counting:
    """A model whose forecasts are the number of their series and period; it counts its work."""

    def __init__(self):
        self.calls = 0

    def predict(self, panel, rows, first, last):
        self.calls += 1
        ahead = np.arange(first, last) - panel.history
        mean = (1000 * rows[:, None] + ahead).astype(np.float32)
        return Prediction(**{field.name: mean for field in fields(Prediction)})


@pytest.fixture
def panel():
    return panel_of(np.ones((5, 100)), plan=200)


@pytest.fixture
def store(tmp_path):
    return ForecastStore(tmp_path / "forecasts")


def test_nothing_is_stored_before_it_is_worked_out(store, panel):
    assert store.open("model-1", panel) is None


def test_what_is_read_is_what_the_model_says(store, panel):
    stored = store.fill("model-1", Counting(), panel)
    rows = np.array([4, 1])

    found = stored.prediction(panel, rows, 103, 110)

    expected = Counting().predict(panel, rows, 103, 110)
    assert np.array_equal(found.mean, expected.mean)
    assert np.array_equal(found.sd, expected.sd)


@pytest.mark.parametrize("rows", [np.array([2]), np.arange(5), np.array([], dtype=np.int64)])
def test_any_choice_of_series_can_be_read(store, panel, rows):
    stored = store.fill("model-1", Counting(), panel)

    found = stored.prediction(panel, rows, 100, 107)

    assert found.mean.tolist() == Counting().predict(panel, rows, 100, 107).mean.tolist()


def test_the_work_is_done_once(store, panel):
    model = Counting()
    store.fill("model-1", model, panel)
    done = model.calls

    store.fill("model-1", model, panel)

    assert model.calls == done


def test_another_model_or_newer_data_have_nothing_stored(store, panel):
    store.fill("model-1", Counting(), panel)

    assert store.open("model-2", panel) is None
    assert store.open("model-1", replace(panel, version="test@2")) is None


def test_a_panel_with_another_plan_is_not_answered_from_the_store(store, panel):
    stored = store.fill("model-1", Counting(), panel)

    assert stored.prediction(replace(panel), np.array([0]), 100, 107) is None


@pytest.mark.parametrize(("first", "last"), [(99, 101), (100, 100 + WIDTH + 1)])
def test_periods_that_are_not_stored_are_left_to_the_model(store, panel, first, last):
    stored = store.fill("model-1", Counting(), panel)

    assert stored.prediction(panel, np.array([0]), first, last) is None


def test_stored_forecasts_cannot_be_changed(store, panel):
    stored = store.fill("model-1", Counting(), panel)
    found = stored.prediction(panel, np.array([0]), 100, 107)

    with pytest.raises(ValueError, match="read-only"):
        found.mean[0, 0] = 1


def test_old_forecasts_and_drafts_do_not_pile_up(store, panel, tmp_path):
    for number in range(5):
        store.fill("model-1", Counting(), replace(panel, version=f"test@{number}"))

    left = list((tmp_path / "forecasts").iterdir())
    assert len(left) == 2
    assert store.open("model-1", replace(panel, version="test@4")) is not None


def test_a_model_that_fails_leaves_nothing_behind(store, panel, tmp_path):
    class Failing:
        def predict(self, *_arguments):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        store.fill("model-1", Failing(), panel)

    assert store.open("model-1", panel) is None
    assert list((tmp_path / "forecasts").iterdir()) == []


def test_a_disk_that_cannot_be_written_to_is_told_in_words(panel, tmp_path):
    (tmp_path / "forecasts").write_text("a file where the folder should be")

    with pytest.raises(Unavailable, match="disk space"):
        ForecastStore(tmp_path / "forecasts").fill("model-1", Counting(), panel)
