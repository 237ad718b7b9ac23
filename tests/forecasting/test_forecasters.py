"""What must hold for every forecaster."""

import numpy as np
import pytest

from forecasting.demand import Demand
from forecasting.forecasters.base import silent
from forecasting.forecasters.boosted import BoostedTrees
from forecasting.forecasters.ensemble import Ensemble
from forecasting.forecasters.naive import SeasonalNaive
from forecasting.forecasters.registry import BY_NAME, MEMBERS
from forecasting.pricing.response import estimate_response
from forecasting.selection.blend import Blend
from forecasting.selection.segments import Segments
from forecasting.units import Frequency
from tests.builders import make_panel
from tests.forecasting.worlds import TINY, panel_of, with_sales


def ensemble():
    """Return an ensemble of them all, each with the same weight."""
    names = tuple(BY_NAME)
    even = (tuple(1 / len(names) for _ in names),) * 2
    members = tuple(kind() for kind in MEMBERS)
    return Ensemble(members, Blend(names, Segments(()), even))


FORECASTERS = [*MEMBERS, ensemble]
H = 28


def forecast(kind, panel, *, seed=1, horizon=H):
    demand = Demand(panel, estimate_response(panel))
    forecaster = kind()
    forecaster.fit(demand, budget=TINY, seed=seed, progress=silent)
    rows = np.arange(panel.n)
    return forecaster.predict(demand, rows, panel.history, panel.history + horizon)


@pytest.fixture(scope="module")
def panel():
    return make_panel(history=300, plan=60)


@pytest.mark.parametrize("kind", FORECASTERS)
def test_every_series_and_period_asked_for_gets_a_mean(kind, panel):
    mean = forecast(kind, panel)

    assert mean.shape == (panel.n, H)
    assert np.isfinite(mean).all()
    assert (mean >= 0).all()


@pytest.mark.parametrize("kind", FORECASTERS)
@pytest.mark.parametrize("frequency", Frequency)
def test_a_constant_series_is_forecast_as_constant(kind, frequency):
    constant = panel_of(np.full((3, 120), 10.0), plan=30, frequency=frequency)

    assert forecast(kind, constant, horizon=12) == pytest.approx(10.0, rel=0.01)


@pytest.mark.parametrize("kind", FORECASTERS)
def test_sales_after_the_cutoff_change_nothing(kind, panel):
    wild = panel.sales.copy()
    wild[:, 250:] = np.random.default_rng(3).permuted(wild[:, 250:] * 7 + 100, axis=1)

    before = forecast(kind, panel.until(250))
    after = forecast(kind, with_sales(panel, wild).until(250))

    np.testing.assert_array_equal(before, after)


@pytest.mark.parametrize("kind", FORECASTERS)
def test_the_same_seed_gives_the_same_forecast(kind, panel):
    np.testing.assert_array_equal(forecast(kind, panel), forecast(kind, panel))


@pytest.mark.parametrize("kind", FORECASTERS)
def test_what_is_saved_forecasts_the_same(kind, panel, tmp_path):
    demand = Demand(panel, estimate_response(panel))
    forecaster = kind()
    forecaster.fit(demand, budget=TINY, seed=1, progress=silent)
    rows, last = np.arange(panel.n), panel.history + H
    forecaster.to_files(tmp_path)

    loaded = type(forecaster).from_files(tmp_path).predict(demand, rows, panel.history, last)

    np.testing.assert_array_equal(forecaster.predict(demand, rows, panel.history, last), loaded)


@pytest.mark.parametrize("kind", FORECASTERS)
def test_one_series_alone_gets_the_forecast_it_gets_among_all(kind, panel):
    demand = Demand(panel, estimate_response(panel))
    forecaster = kind()
    forecaster.fit(demand, budget=TINY, seed=1, progress=silent)
    first = panel.history

    alone = forecaster.predict(demand, np.array([2]), first + 3, first + 5)

    every = forecaster.predict(demand, np.arange(panel.n), first, first + H)
    np.testing.assert_array_equal(every[2:3, 3:5], alone)


@pytest.mark.parametrize("kind", FORECASTERS)
def test_a_day_in_the_wrong_unit_does_not_move_the_level(kind, panel):
    wrong = panel.sales.copy()
    wrong[:, -3] *= 1000

    mean = forecast(kind, with_sales(panel, wrong))

    assert mean.sum() == pytest.approx(forecast(kind, panel).sum(), rel=0.1)


@pytest.mark.parametrize("kind", FORECASTERS)
def test_days_without_stock_do_not_lower_the_forecast(kind, panel):
    sales = panel.sales.copy()
    sales[:, -10:-7] = 0
    out = np.zeros_like(panel.stocked_out)
    out[:, -10:-7] = True
    masked = with_sales(panel, sales)
    object.__setattr__(masked, "stocked_out", out)

    mean = forecast(kind, masked)

    assert mean.sum() == pytest.approx(forecast(kind, panel).sum(), rel=0.05)


def test_the_mean_of_the_trees_is_not_biased():
    worlds = [np.random.default_rng(seed).poisson(0.7, size=(600, 200)) for seed in range(3)]

    means = [forecast(BoostedTrees, panel_of(sales)).mean() for sales in worlds]

    assert np.mean(means) == pytest.approx(0.7, rel=0.04)


def test_permuted_sales_give_no_skill():
    rng = np.random.default_rng(5)
    noise = panel_of(rng.poisson(20, size=(12, 300)), plan=H)
    actual = rng.poisson(20, size=(12, H))

    mean = forecast(BoostedTrees, noise)

    best_possible = np.abs(actual - 20).sum()
    assert np.abs(actual - mean).sum() >= 0.97 * best_possible


def test_a_planned_discount_raises_the_forecast_by_the_response(panel):
    cheaper = panel.discount.copy()
    cheaper[:, panel.history :] = 20.0
    plain = np.where(np.arange(len(panel.periods)) < panel.history, panel.discount, 0)
    promoted = np.where(np.arange(len(panel.periods)) < panel.history, panel.promoted, 0)
    low, high = make_panel(history=300, plan=60), make_panel(history=300, plan=60)
    for one, discount in ((low, plain), (high, cheaper)):
        object.__setattr__(one, "discount", discount.astype(np.float32))
        object.__setattr__(one, "promoted", promoted.astype(np.float32))

    ratio = forecast(BoostedTrees, high).sum() / forecast(BoostedTrees, low).sum()

    assert 1.2 < ratio < 0.8**-2.5


def test_seasonal_naive_repeats_the_last_season():
    week = np.arange(7.0)

    mean = forecast(SeasonalNaive, panel_of(np.tile(week, (1, 3))), horizon=10)

    np.testing.assert_array_equal([[0, 1, 2, 3, 4, 5, 6, 0, 1, 2]], mean)


def test_seasonal_naive_reaches_further_back_over_a_gap():
    sales = np.tile(np.arange(1.0, 8.0), (1, 3))
    sales[0, 15] = np.nan

    assert forecast(SeasonalNaive, panel_of(sales), horizon=7)[0, 1] == 2.0
