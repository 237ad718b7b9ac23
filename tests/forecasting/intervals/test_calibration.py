"""Intervals hold what they promise, for single periods and for sums."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecasting.intervals.calibrating import Window, calibrate, measure
from forecasting.intervals.calibration import Calibration
from forecasting.units import Frequency

SERIES = pd.DataFrame({"store": ["1", "2"] * 10, "product": [str(n) for n in range(20)]})


def windows_of(rng, count, *, shared=0.0, days=14, mean=40.0):
    """Return windows whose errors share a day's shock with this relative deviation."""
    made = []
    for _ in range(count):
        means = rng.uniform(0.5, 1.5, size=(20, 1)) * np.full((20, days), mean)
        shock = rng.normal(1, shared, size=(1, days)) if shared else 1.0
        made.append(Window(rng.poisson(np.maximum(means * shock, 0)).astype(float), means))
    return made


@pytest.fixture(scope="module")
def independent():
    rng = np.random.default_rng(1)
    return calibrate(windows_of(rng, 12), SERIES, Frequency.DAY, independent=12)


@pytest.mark.parametrize("level", [50, 80, 95])
def test_new_errors_fall_inside_as_often_as_promised(independent, level):
    found = measure(independent, windows_of(np.random.default_rng(9), 10), SERIES)[str(level)]

    assert found["cells"] == pytest.approx(level / 100, abs=0.03)
    assert found["sums"] == pytest.approx(level / 100, abs=0.06)


def test_sums_of_errors_that_share_a_shock_are_covered_too():
    rng = np.random.default_rng(2)
    shared = calibrate(windows_of(rng, 12, shared=0.2), SERIES, Frequency.DAY, independent=12)

    found = measure(shared, windows_of(rng, 40, shared=0.2), SERIES)["80"]

    assert shared.dependence.others.now > 0.3
    assert found["sums"] == pytest.approx(0.8, abs=0.08)


def test_a_sum_is_surer_than_the_sum_of_its_bounds(independent):
    mean, deviation = np.full((1, 7), 40.0), np.full((1, 7), 6.5)
    _, upper = independent.cells(mean, deviation, 80)

    total = independent.total(mean, deviation, 80)

    assert total.mean < total.upper < upper.sum()


def test_bounds_hold_the_mean_and_are_never_negative(independent):
    mean = np.array([[0.0, 0.01, 0.5, 3.0, 500.0]])
    deviation = independent.deviation(mean, np.arange(1, 6), np.ones(1))
    for level in (50, 80, 99):
        lower, upper = independent.cells(mean, deviation, level)
        total = independent.total(mean, deviation, level)

        assert (lower >= 0).all()
        assert (lower <= mean).all()
        assert (mean <= upper).all()
        assert 0 <= total.lower <= total.mean <= total.upper


def test_a_higher_level_is_wider(independent):
    mean, deviation = np.full((3, 5), 20.0), np.full((3, 5), 5.0)

    widths = [
        independent.total(mean, deviation, level).upper
        - independent.total(mean, deviation, level).lower
        for level in (50, 80, 95, 99)
    ]

    assert widths == sorted(widths)


def test_a_forecast_further_ahead_is_never_surer(independent):
    mean = np.full((1, 366), 30.0)
    deviation = independent.deviation(mean, np.arange(1, 367), np.ones(1))[0]

    assert (np.diff(deviation) >= 0).all()


def test_few_windows_make_intervals_wider():
    rng = np.random.default_rng(4)
    windows = windows_of(rng, 6, shared=0.2)
    few, many = (calibrate(windows, SERIES, Frequency.DAY, independent=count) for count in (1, 6))
    mean, deviation = np.full((20, 7), 40.0), np.full((20, 7), 10.0)

    assert few.total(mean, deviation, 95).upper > many.total(mean, deviation, 95).upper
    assert few.cells(mean, deviation, 95)[1][0, 0] > many.cells(mean, deviation, 95)[1][0, 0]


@pytest.mark.parametrize("whole", [False, True])
def test_bounds_hold_the_figure_quoted_as_well_as_the_mean(independent, whole):
    mean = np.array([[3.2, 40.0, 500.0, 500.0]])
    quoted = np.array([[0.4, 12.5, 371.5, 700.25]])

    lower, upper = replace(independent, whole=whole).bounds(mean, 0.1 * mean, 50, quoted=quoted)

    assert (lower <= np.minimum(mean, quoted)).all()
    assert (upper >= np.maximum(mean, quoted)).all()
    assert not whole or (lower == np.rint(lower)).all()


def test_a_series_that_errs_more_gets_wider_bounds():
    rng = np.random.default_rng(6)
    windows = windows_of(rng, 8)
    for window in windows:
        window.actual[0] = np.maximum(0, 3 * (window.actual[0] - window.mean[0]) + window.mean[0])

    scale = calibrate(windows, SERIES, Frequency.DAY, independent=8).scale_of(SERIES)

    assert scale[0] > 2 * np.median(scale[1:])


def test_what_is_saved_is_what_was_calibrated(independent):
    assert Calibration.from_json(independent.to_json()) == independent


def test_coverage_is_measured_on_windows_left_out(independent):
    assert independent.covered["80"]["cells"] == pytest.approx(0.8, abs=0.04)


def test_a_series_misjudged_for_a_whole_window_makes_its_sums_unsure(independent):
    rng = np.random.default_rng(7)
    windows = windows_of(rng, 10)
    for window in windows:
        window.actual[:] = np.round(window.actual * rng.normal(1, 0.3, size=(20, 1)).clip(0.1))
    misjudged = calibrate(windows, SERIES, Frequency.DAY, independent=10)
    deviation = np.full((1, 14), 10.0)

    own, _ = misjudged.variance(deviation)

    assert misjudged.dependence.series.far > 0.3
    assert own > 3 * independent.variance(deviation)[0]
    assert measure(misjudged, windows, SERIES)["80"]["sums"] == pytest.approx(0.8, abs=0.1)
