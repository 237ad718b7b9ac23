"""Every formula, pinned by an example worked out by hand."""

import math

import numpy as np
import pytest

from forecasting import metrics

ACTUAL = [10.0, 20.0, 0.0, 30.0]
FORECAST = [12.0, 16.0, 1.0, 30.0]


def test_wape_is_absolute_error_over_sales():
    assert metrics.wape(ACTUAL, FORECAST) == pytest.approx(7 / 60)


def test_mae_is_the_mean_absolute_error():
    assert metrics.mae(ACTUAL, FORECAST) == pytest.approx(7 / 4)


def test_rmse_is_the_root_of_the_mean_square():
    assert metrics.rmse(ACTUAL, FORECAST) == pytest.approx(math.sqrt(21 / 4))


def test_bias_is_positive_when_we_forecast_too_much():
    assert metrics.bias([10.0], [12.0]) == 2.0


def test_mape_leaves_out_what_did_not_sell():
    assert metrics.mape(ACTUAL, FORECAST) == pytest.approx((0.2 + 0.2 + 0) / 3)


def test_rmspe_squares_the_relative_error():
    assert metrics.rmspe(ACTUAL, FORECAST) == pytest.approx(math.sqrt((0.04 + 0.04) / 3))


def test_r2_is_zero_for_the_mean_and_one_for_the_truth():
    assert metrics.r2(ACTUAL, [15.0] * 4) == 0.0
    assert metrics.r2(ACTUAL, ACTUAL) == 1.0


def test_a_history_is_scaled_by_its_seasonal_differences():
    history = [[1.0, 5.0, 3.0, 4.0]]

    assert metrics.naive_scale(history, 2).tolist() == [1.5]
    assert metrics.naive_scale(history, 2, power=2).tolist() == [2.5]


def test_mase_of_the_seasonal_naive_error_is_one():
    assert metrics.mase([[4.0, 6.0]], [[6.0, 4.0]], [2.0]) == 1.0


def test_rmsse_divides_mean_squares():
    assert metrics.rmsse([[4.0, 6.0]], [[6.0, 4.0]], [16.0]) == 0.5


def test_mase_leaves_out_series_that_never_moved():
    assert metrics.mase([[4.0], [4.0]], [[6.0], [9.0]], [2.0, 0.0]) == 1.0


def test_coverage_counts_both_ends():
    assert metrics.coverage([1.0, 2.0, 3.0, 4.0], [1.0] * 4, [3.0] * 4) == 0.75


def test_pinball_costs_more_on_the_side_that_is_rarer():
    assert metrics.pinball([10.0], [8.0], 0.9) == pytest.approx(1.8)
    assert metrics.pinball([8.0], [10.0], 0.9) == pytest.approx(0.2)


def test_unknown_actuals_are_left_out():
    assert metrics.mae([np.nan, 2.0], [5.0, 3.0]) == 1.0


def test_no_pairs_give_no_figure():
    assert math.isnan(metrics.wape([np.nan], [1.0]))


def test_a_figure_that_is_not_there_is_none_in_json():
    found = metrics.accuracy(np.zeros((1, 2)), np.ones((1, 2)), np.zeros((1, 9)), 7)

    assert found.to_dict()["wape"] is None
    assert found.to_dict()["mae"] == 1.0
