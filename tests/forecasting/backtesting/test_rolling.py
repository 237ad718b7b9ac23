"""Backtests look back as if nothing later were known."""

from dataclasses import replace

import numpy as np
import pytest

from forecasting.backtesting.rolling import backtest
from forecasting.forecasters import base
from tenants.errors import CannotAnswer, OutOfRange
from tests.builders import make_panel
from tests.forecasting.worlds import TINY, panel_of


@pytest.fixture(scope="module")
def panel():
    return make_panel(history=300, plan=10)


@pytest.fixture(scope="module")
def found(panel):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(base.BUDGETS, "fast", TINY)
        yield backtest(panel, horizon=14, windows=2)


def test_the_model_is_set_beside_seasonal_naive(found):
    assert found.overall.skill > 0.2
    assert found.overall.model.wape < found.overall.naive.wape


def test_windows_do_not_overlap_and_end_with_the_history(found, panel):
    assert [one.name for one in found.windows] == [
        str(panel.periods[272].date()),
        str(panel.periods[286].date()),
    ]


def test_every_known_sale_is_in_each_table_once(found, panel):
    pairs = found.overall.model.pairs

    assert pairs == panel.n * 28
    for table in (found.windows, found.by_horizon, found.by_store, found.by_promotion):
        assert sum(one.model.pairs for one in table) == pairs


def test_coverage_is_reported_at_three_levels(found):
    assert set(found.overall.coverage) == {"50", "80", "95"}
    assert 0.6 < found.overall.coverage["80"] < 0.95


def test_ranges_promised_are_set_against_ranges_held(found):
    promises = {one.what: one for one in found.promises}

    assert {"single periods", "all sums", "days of one series", "everything"} <= set(promises)
    assert promises["single periods"].held == found.overall.coverage
    assert all(set(one.held) == {"50", "80", "95"} for one in found.promises)


def test_the_bounds_of_a_better_forecast_have_a_lower_pinball_loss(found):
    assert 0 < found.overall.pinball < found.overall.model.mae


def test_parts_in_which_seasonal_naive_was_better_are_named(found):
    worse = replace(found.overall, name="7", model=found.overall.naive, naive=found.overall.model)
    told = replace(found, by_store=(worse, found.overall))

    assert told.naive_won == (*found.naive_won, "store 7")


def test_it_reads_as_json_without_nan(found):
    def figures(value):
        if isinstance(value, dict):
            return [one for part in value.values() for one in figures(part)]
        if isinstance(value, list):
            return [one for part in value for one in figures(part)]
        return [value]

    assert not any(isinstance(one, float) and np.isnan(one) for one in figures(found.to_dict()))


def test_a_window_does_not_see_the_windows_after_it(found, panel, monkeypatch):
    monkeypatch.setitem(base.BUDGETS, "fast", TINY)
    sales = panel.sales.copy()
    sales[:, 286:] = 500.0
    altered = replace(panel, sales=sales)

    assert backtest(altered, horizon=14, windows=2).windows[0] == found.windows[0]


@pytest.mark.parametrize(("horizon", "windows"), [(0, 1), (367, 1), (7, 0), (7, 101)])
def test_senseless_arguments_are_refused_with_the_range(panel, horizon, windows):
    with pytest.raises(OutOfRange, match="must be 1 to"):
        backtest(panel, horizon=horizon, windows=windows)


def test_a_history_too_short_for_the_windows_is_said():
    with pytest.raises(CannotAnswer, match="too short"):
        backtest(panel_of(np.ones((1, 60))), horizon=28, windows=2)
