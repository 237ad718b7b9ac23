"""Ranges are no wider than need be, ordered, never negative, and refused when unfounded (Q11)."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from forecasting.intervals.calibrating import Window, calibrate
from forecasting.intervals.calibration import least_errors
from forecasting.metrics import pinball
from forecasting.units import Frequency
from tenants.errors import CannotAnswer
from tests.honesty.effort import effort

LEVELS = (50, 80, 95)
SERIES, CALIBRATED, NEW, SEASON = effort(300, 10_000), 6, 2, 7
A_TIME = 100
LAWS = (
    lambda rng, mean, size: rng.poisson(mean, size),
    lambda rng, mean, size: rng.negative_binomial(2, 2 / (2 + mean), size),
    lambda rng, mean, size: rng.poisson(mean, size) * rng.binomial(1, 0.3, size),
    lambda rng, mean, size: mean * rng.lognormal(0, 0.6, size),
    lambda _rng, mean, size: np.full(size, np.round(mean)),
)


def batch(seed):
    """Return windows of random series: of a fair forecast, and of seasonal naive."""
    rng = np.random.default_rng(seed)
    weeks = CALIBRATED + NEW
    mean = rng.lognormal(2, 1.5, size=(A_TIME, 1)) * rng.uniform(0.5, 1.5, size=(1, SEASON))
    law = rng.integers(0, len(LAWS), size=A_TIME)
    sold = np.stack(
        [LAWS[law[row]](rng, mean[row], (weeks + 1, SEASON)) for row in range(A_TIME)], axis=1
    ).astype(float)
    expected = mean * np.where(law == 2, 0.3, 1.0)[:, None]
    fair = [Window(one, expected) for one in sold[1:]]
    naive = [Window(one, before) for before, one in pairwise(sold)]
    return fair, naive


def losses(windows, *, conformal=False):
    """Return the mean pinball loss of bounds on new weeks, and the bounds by level."""
    names = [str(row) for row in range(A_TIME)]
    series = pd.DataFrame({"store": "1", "product": names})
    past, new = windows[:CALIBRATED], windows[CALIBRATED:]
    found = calibrate(past, series, Frequency.DAY, independent=CALIBRATED)
    error = np.concatenate([(one.actual - one.mean).ravel() for one in past])
    actual = np.concatenate([one.actual for one in new])
    mean = np.concatenate([one.mean for one in new])
    spread = np.concatenate(
        [found.deviation(one.mean, one.ahead, found.scale_of(series)) for one in new]
    )
    bounds = {}
    for level in LEVELS:
        tails = 0.5 - level / 200, 0.5 + level / 200
        bounds[level] = (
            [np.maximum(mean + np.quantile(error, tail), 0) for tail in tails]
            if conformal
            else found.cells(mean, spread, level)
        )
    loss = [
        pinball(actual, side, tail)
        for level, pair in bounds.items()
        for side, tail in zip(pair, (0.5 - level / 200, 0.5 + level / 200), strict=True)
    ]
    return float(np.mean(loss)), bounds, mean


@pytest.fixture(scope="module")
def batches():
    return [batch(seed) for seed in range(SERIES // A_TIME)]


def test_bounds_cost_less_than_those_of_seasonal_naive_with_conformal_widths(batches):
    ours = np.mean([losses(fair)[0] for fair, _ in batches])
    naive = np.mean([losses(naive, conformal=True)[0] for _, naive in batches])

    assert ours < naive


def test_around_the_same_forecast_they_cost_less_than_one_width_for_all(batches):
    ours = np.mean([losses(fair)[0] for fair, _ in batches])
    flat = np.mean([losses(fair, conformal=True)[0] for fair, _ in batches])

    assert ours < flat


def test_bounds_are_ordered_and_never_negative(batches):
    for fair, naive in batches:
        for windows in (fair, naive):
            _, bounds, mean = losses(windows)
            below, above = np.zeros_like(mean), np.full_like(mean, np.inf)
            for level in sorted(LEVELS, reverse=True):
                lower, upper = bounds[level]

                assert (below <= lower).all()
                assert (lower <= mean).all()
                assert (mean <= upper).all()
                assert (upper <= above).all()
                below, above = lower, upper


@pytest.mark.parametrize(("level", "needed"), [(50, 3), (80, 9), (95, 39), (99, 199)])
def test_a_level_that_too_few_errors_speak_for_is_refused_with_the_number(level, needed):
    series = pd.DataFrame({"store": ["1"], "product": ["1"]})
    enough, short = (
        calibrate([Window(np.ones((1, n)), np.ones((1, n)))], series, Frequency.DAY, independent=1)
        for n in (needed, needed - 1)
    )

    assert least_errors(level) == needed
    enough.require(level)
    with pytest.raises(CannotAnswer, match=f"at least {needed} past errors"):
        short.require(level)
