"""Who serves which series, and what that rests on."""

from dataclasses import replace

import numpy as np
import pytest

from forecasting.selection.blend import Blend, Corrections
from forecasting.selection.choice import choose
from forecasting.selection.outcomes import Slice, laid_out
from forecasting.selection.segments import Segments
from forecasting.units import Aim

N, H = 60, 20
GROUPS = Segments((50.0,))


def outcomes(rng, *, good=0.1, naive=0.4, windows=4, actual=None):
    """Return windows in which `trees` errs by `good` and `seasonal_naive` by `naive` (log sd)."""
    slices = []
    for number in range(windows):
        level = np.where(np.arange(N) < N // 2, 20.0, 200.0)[:, None]
        truth = level * np.exp(rng.normal(0, 0.05, (N, H)))
        forecasts = {
            name: (level * np.exp(rng.normal(0, error, (N, H)))).astype(np.float32)
            for name, error in (("trees", good), ("other", 1.25 * good), ("seasonal_naive", naive))
        }
        segment = (np.arange(N) >= N // 2).astype(np.int64)
        slices.append(Slice(100 + 7 * number, truth, forecasts, segment, np.zeros((N, H), bool)))
    return laid_out(GROUPS, slices, folds=5)


def weights_of(choice, segment=0):
    return dict(zip(choice.blend.members, choice.blend.weights[segment], strict=True))


@pytest.mark.parametrize("aim", Aim)
def test_the_better_a_forecaster_the_more_it_counts(aim):
    choice = choose(outcomes(np.random.default_rng(1)), aim)
    weights = weights_of(choice)

    assert weights["trees"] > 0.5
    assert weights["trees"] > weights["other"] > weights.get("seasonal_naive", 0.0)


@pytest.mark.parametrize("aim", Aim)
def test_weights_are_shares(aim):
    weights = np.array(choose(outcomes(np.random.default_rng(2)), aim).blend.weights)

    assert (weights >= 0).all()
    np.testing.assert_allclose(weights.sum(axis=1), 1.0)


def test_seasonal_naive_serves_the_series_on_which_nothing_beats_it():
    found = outcomes(np.random.default_rng(3))
    exact = found.forecasts["seasonal_naive"].copy()
    exact[found.segment == 0] = found.actual[found.segment == 0]
    found = replace(found, forecasts=found.forecasts | {"seasonal_naive": exact})

    choice = choose(found, Aim.EXPECTED)

    assert weights_of(choice, 0)["seasonal_naive"] == 1.0
    assert choice.corrections.expected[0] == (1.0, 1.0)
    assert [one.served for one in choice.segments] == ["seasonal_naive", "ensemble"]


@pytest.mark.parametrize("aim", Aim)
def test_what_is_reported_of_a_day_was_chosen_without_it(aim):
    found = outcomes(np.random.default_rng(4))
    wild = np.where(found.fold == 2, found.actual * 1.2, found.actual)

    before = choose(found, aim)
    after = choose(replace(found, actual=wild), aim)

    own = found.fold == 2
    np.testing.assert_allclose(before.expected[own], after.expected[own])
    np.testing.assert_allclose(before.relative[own], after.relative[own])
    assert not np.allclose(before.expected[~own], after.expected[~own])


def test_figures_for_percent_errors_lie_below_the_mean_where_sales_vary():
    rng = np.random.default_rng(5)
    found = outcomes(rng, good=0.01)
    found = replace(found, actual=found.actual * np.exp(rng.normal(0, 0.5, found.actual.shape)))

    factors = choose(found, Aim.RELATIVE).corrections

    # Of a lognormal ratio of spread s: exp(s²/2) to the mean, exp(-s²) to the least MAPE.
    assert 1.03 < factors.expected[0][0] < np.exp(0.125) + 0.03
    assert np.exp(-0.25) - 0.03 < factors.relative[0][0] < 0.9


def test_a_level_that_differs_from_week_to_week_is_not_taken_for_a_bias():
    found = outcomes(np.random.default_rng(6))
    shocks = np.array([1.2, 0.85, 1.1, 0.9, 1.0])[found.fold]

    factors = choose(replace(found, actual=found.actual * shocks), Aim.EXPECTED).corrections

    np.testing.assert_allclose(factors.expected, 1.0, atol=0.02)


def test_most_of_a_steady_bias_is_taken_out():
    found = outcomes(np.random.default_rng(7))

    factors = choose(replace(found, actual=found.actual * 1.1), Aim.EXPECTED).corrections

    np.testing.assert_allclose(np.array(factors.expected)[:2], 1.08, atol=0.02)


def test_a_forecaster_far_worse_than_the_best_takes_no_part():
    choice = choose(outcomes(np.random.default_rng(9), naive=1.0), Aim.RELATIVE)

    assert "seasonal_naive" not in choice.blend.members


def test_what_is_chosen_survives_being_written_down():
    choice = choose(outcomes(np.random.default_rng(8)), Aim.RELATIVE)

    assert Blend.from_json(choice.blend.to_json()) == choice.blend
    assert Corrections.from_json(choice.corrections.to_json()) == choice.corrections
