"""After sales jump by half, coverage comes back within 30 steps, and the drift is said (Q12)."""

import numpy as np
import pandas as pd
import pytest

from forecasting.intervals.adapting import adapted
from forecasting.intervals.calibrating import Window, calibrate
from forecasting.units import Frequency
from tests.honesty.effort import effort

SERIES = pd.DataFrame({"store": ["1"] * 20, "product": [str(n) for n in range(20)]})
MEAN = 100.0
JUMP, BACK_WITHIN, WATCHED = 1.5, 30, 60


def sold(rng, level, days):
    return rng.poisson(level, size=(len(SERIES), days)).astype(float)


@pytest.fixture(scope="module", params=range(effort(3, 50)))
def shifted(request):
    """Return the share inside at 80 % on each day after the jump, and the last calibration.

    The forecaster never learns of the jump: the hardest case for the intervals.
    """
    rng = np.random.default_rng(request.param)
    forecast = np.full((len(SERIES), 7), MEAN)
    past = [Window(sold(rng, MEAN, 7), forecast, 7 * number) for number in range(12)]
    before = calibrate(past, SERIES, Frequency.DAY, independent=12)
    after = sold(rng, JUMP * MEAN, BACK_WITHIN + WATCHED)
    shares = []
    for day in range(after.shape[1]):
        made = np.full((len(SERIES), 1), MEAN)
        since = [Window(after[:, [past]], made, 84 + past) for past in range(day)]
        now = adapted(before, since, SERIES)
        mean = np.full(len(SERIES), MEAN)
        spread = now.deviation(mean[:, None], np.array([1]), now.scale_of(SERIES))[:, 0]
        lower, upper = now.cells(mean, spread * now.recent, 80)
        shares.append(((after[:, day] >= lower) & (after[:, day] <= upper)).mean())
    return np.array(shares), before, now


def test_coverage_is_lost_at_first(shifted):
    shares, _, _ = shifted

    assert shares[:3].mean() < 0.3


def test_coverage_is_back_within_thirty_steps(shifted):
    shares, _, _ = shifted

    assert shares[BACK_WITHIN:].mean() == pytest.approx(0.8, abs=0.05)


def test_the_drift_is_said(shifted):
    _, before, now = shifted

    assert before.notice == ""
    assert "differed from the forecasts" in now.notices[0]


def test_without_a_shift_nothing_is_said():
    rng = np.random.default_rng(5)
    forecast = np.full((len(SERIES), 7), MEAN)
    past = [Window(sold(rng, MEAN, 7), forecast, 7 * number) for number in range(12)]
    before = calibrate(past, SERIES, Frequency.DAY, independent=12)
    since = [Window(sold(rng, MEAN, 7), forecast, 84 + 7 * number) for number in range(8)]

    now = adapted(before, since, SERIES)

    assert now.notice == ""
    assert now.recent == pytest.approx(before.recent, rel=0.25)


def test_a_training_soon_after_a_jump_widens_and_says_so():
    rng = np.random.default_rng(6)
    forecast = np.full((len(SERIES), 7), MEAN)
    levels = [MEAN] * 10 + [JUMP * MEAN] * 2
    windows = [
        Window(sold(rng, level, 7), forecast, 7 * number) for number, level in enumerate(levels)
    ]
    calm = calibrate(windows[:10], SERIES, Frequency.DAY, independent=10)

    jumped = calibrate(windows, SERIES, Frequency.DAY, independent=12)

    assert jumped.recent > 1.1 * calm.recent
    assert calm.notice == ""
    assert "differed from the forecasts" in jumped.notice
