"""Challenger, production and naive are held to the same windows."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from forecasting.lifecycle.contest import (
    choose_windows,
    enough,
    forecast_alike,
    hold,
    measure_decay,
    notes,
)
from tests.builders import make_panel


class Always:
    """A model that forecasts the true sales times a factor."""

    def __init__(self, panel, factor, cutoff=None, horizon=28):
        self.panel, self.factor = panel, factor
        self.cutoff = cutoff or panel.cutoff.date()
        self.metrics = {"horizon": horizon}
        self.seen = []

    def predict(self, panel, rows, first, last, change=None):
        del change
        self.seen.append((panel.history, first))
        return SimpleNamespace(mean=self.panel.sales[rows, first:last] * self.factor)


@pytest.fixture(scope="module")
def panel():
    return make_panel(stores=2, products=1, history=240, plan=0)


def of_all(panel):
    return choose_windows(panel, panel.cutoff.date())


def days_before_the_end(panel, days):
    return (panel.cutoff - timedelta(days=days)).date()


@pytest.mark.parametrize(
    ("fresh", "horizon", "count"), [(7, 1, 7), (14, 2, 7), (28, 4, 7), (56, 7, 8), (90, 7, 8)]
)
def test_with_new_days_enough_only_days_after_productions_cutoff_judge(
    panel, fresh, horizon, count
):
    windows = choose_windows(panel, days_before_the_end(panel, fresh))

    assert (windows.horizon, len(windows.starts)) == (horizon, count)
    assert windows.starts[0] >= 240 - fresh
    assert windows.starts[-1] + windows.horizon == 240
    assert windows.seen == 0


def test_with_few_new_days_it_is_counted_what_production_was_trained_on(panel):
    windows = choose_windows(panel, days_before_the_end(panel, 3))

    assert windows.horizon == 7
    assert windows.starts == tuple(range(240 - 56, 240, 7))
    assert windows.seen == 8


def test_a_history_too_short_gives_no_verdict():
    assert not enough(of_all(make_panel(history=40, plan=0)))
    assert of_all(make_panel(history=10, plan=0)) is None


def test_all_are_held_to_the_same_sales_known_at_the_start_of_each_window(panel):
    windows = replace(of_all(panel), starts=(226, 233))
    production = Always(panel, 1.5)

    contest = hold(panel, windows, production, budget="fast", seed=1)

    actual = contest.challenger.actual
    np.testing.assert_array_equal(actual, contest.naive.actual)
    np.testing.assert_array_equal(actual, contest.production.actual)
    assert contest.production.wape_pct == pytest.approx(50)
    assert contest.production.bias_pct == pytest.approx(50)
    assert production.seen == [(226, 226), (233, 233)]
    assert contest.challenger.segments == ("1", "2")
    assert contest.challenger.starts[0] == panel.periods[226].date()


def test_what_favours_production_is_said(panel):
    windows = replace(of_all(panel), starts=(226, 233), seen=2)
    contest = hold(panel, windows, Always(panel, 1.1), budget="fast", seed=1)

    assert notes(contest, budget="fast")[-1].startswith(
        "The production model was trained on 2 of the 2 windows, which favours it"
    )


def test_decay_is_the_error_since_the_cutoff_against_the_error_then(panel):
    model = Always(panel, 1.3, cutoff=days_before_the_end(panel, 28))

    decay = measure_decay(panel, model, 0.25)

    assert decay.now_pct == pytest.approx(30, rel=1e-4)
    assert decay.worse_pct == pytest.approx(20, rel=1e-4)
    assert (decay.periods, decay.word) == (28, "day")
    assert model.seen == [(212, 212), (219, 219), (226, 226), (233, 233)]


@pytest.mark.parametrize(("days", "then"), [(7, 0.25), (28, None), (28, 0.0)])
def test_decay_is_not_guessed_from_too_little(panel, days, then):
    model = Always(panel, 1.3, cutoff=days_before_the_end(panel, days))

    assert measure_decay(panel, model, then) is None


def test_models_that_forecast_the_same_are_alike():
    panel = make_panel(stores=1, products=1, history=60, plan=14)
    longer = make_panel(stores=1, products=1, history=74, plan=0)

    assert forecast_alike(panel, Always(longer, 1.0), Always(longer, 1.0))
    assert not forecast_alike(panel, Always(longer, 1.0), Always(longer, 1.01))


def test_the_challenger_that_is_judged_has_not_seen_the_windows(panel):
    windows = replace(of_all(panel), starts=(226,))
    sales = panel.sales.copy()
    sales[:, 226:] *= 5  # all that comes after the start of the window
    later = replace(panel, sales=sales)

    first, second = (
        hold(each, windows, Always(panel, 1.0), budget="fast", seed=1).challenger
        for each in (panel, later)
    )

    np.testing.assert_allclose(first.actual + first.signed, 5 * first.actual + second.signed)
