"""Simple forecasters against other implementations and by hand."""

import numpy as np
import pytest
from statsmodels.tsa.holtwinters import SimpleExpSmoothing

from forecasting.forecasters.intermittent import CHANCE_WEIGHT, SIZE_WEIGHT, expected_sales
from forecasting.forecasters.theta import ALPHAS, smoothed


def test_smoothing_ends_where_statsmodels_does():
    values = np.random.default_rng(1).normal(50, 5, 80).cumsum() / 10 + 20
    by_weight = []
    for alpha in ALPHAS:
        model = SimpleExpSmoothing(values, "known", initial_level=values.mean())
        by_weight.append(model.fit(smoothing_level=alpha, optimized=False).level[-1])

    assert smoothed(values[None, :])[0] == pytest.approx(by_weight[-1])


def test_smoothing_leaves_the_level_where_nothing_is_known():
    values = np.array([[10.0, 12.0, np.nan, np.nan]])

    np.testing.assert_array_equal(smoothed(values[:, :2]), smoothed(values[:, :2]))
    assert smoothed(values)[0] == pytest.approx(11.0, abs=1.0)


def test_expected_sales_fall_while_nothing_sells():
    still = np.array([[4.0, 0.0, 4.0, 0.0]])
    longer = np.array([[4.0, 0.0, 4.0, 0.0, 0.0, 0.0, 0.0]])

    assert expected_sales(longer)[0] < expected_sales(still)[0]


def test_expected_sales_by_hand():
    chance, size = 0.5, 4.0
    for sold in (6.0, 0.0):
        chance += CHANCE_WEIGHT * ((sold > 0) - chance)
        size += SIZE_WEIGHT * (sold - size) * (sold > 0)

    # Started from the mean of both: half the periods sell, six a time.
    assert expected_sales(np.array([[6.0, 0.0]]))[0] == pytest.approx(chance * 6.0)
