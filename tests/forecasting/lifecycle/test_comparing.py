"""Two versions are held to the same days, which neither had seen."""

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from forecasting.lifecycle.comparing import Version, gain, side_by_side
from forecasting.lifecycle.gate import smaller_by_chance
from forecasting.lifecycle.window_losses import (
    KEPT,
    by_store,
    few_segments,
    from_metric,
    to_metric,
    window_errors,
)
from forecasting.selection.trial import window_actual
from forecasting.units import Frequency
from tests.builders import make_panel


@pytest.fixture(scope="module")
def panel():
    return make_panel(stores=2, products=2, history=240, plan=0)


@dataclass
class Times:
    """A model that forecasts the true sales times a factor, on and off by some."""

    panel: object
    factor: float

    def predict(self, _seen, rows, first, last):
        week = 1 + 0.02 * np.sin(first)
        return SimpleNamespace(mean=self.panel.sales[rows, first:last] * self.factor * week)


def losses(panel, start, factor):
    made = Times(panel, factor).predict(None, np.arange(panel.n), start, start + 7)
    return by_store(panel, window_actual(panel, start, 7), made.mean.astype(float))


def version(panel, factor, *, kept=(), cutoff=239):
    """Return a version whose training kept windows that start at these columns."""
    metrics = {}
    if kept:
        errors = window_errors(panel, kept, [losses(panel, start, factor) for start in kept])
        metrics = {KEPT: to_metric(few_segments(errors), Frequency.DAY)}
    record = SimpleNamespace(metrics=metrics, cutoff=panel.periods[cutoff].date())
    return Version(record, lambda: Times(panel, factor))


WEEKS = tuple(range(184, 240, 7))


def test_what_trainings_kept_of_the_same_windows_is_set_side_by_side(panel):
    found = side_by_side(panel, version(panel, 1.1, kept=WEEKS), version(panel, 1.3, kept=WEEKS))

    assert len(found.one.starts) == len(WEEKS)
    assert found.gain.pct > 50
    assert found.gain.beyond_noise
    assert found.gain.lower_pct < found.gain.pct < found.gain.upper_pct
    assert [row[0] for row in found.by_segment] == ["1", "2"]


def test_equal_models_are_not_told_apart(panel):
    found = side_by_side(panel, version(panel, 1.1, kept=WEEKS), version(panel, 1.1, kept=WEEKS))

    assert (found.gain.pct, found.gain.beyond_noise) == (0, False)


def test_a_worse_model_is_worse_beyond_noise(panel):
    found = side_by_side(panel, version(panel, 1.3, kept=WEEKS), version(panel, 1.1, kept=WEEKS))

    assert found.gain.pct < 0
    assert found.gain.beyond_noise


def test_a_model_trained_before_a_window_is_judged_as_it_is(panel):
    older = version(panel, 1.3, cutoff=191)

    found = side_by_side(panel, version(panel, 1.1, kept=WEEKS), older)

    assert found.one.starts[0] == panel.periods[198].date()
    assert len(found.one.starts) == 6
    assert found.other.wape_pct == pytest.approx(30, abs=3)


def test_days_that_one_was_trained_on_do_not_count(panel):
    assert side_by_side(panel, version(panel, 1.1, kept=WEEKS), version(panel, 1.3)) is None


def test_two_models_without_kept_windows_are_judged_on_days_after_both(panel):
    found = side_by_side(panel, version(panel, 1.1, cutoff=200), version(panel, 1.3, cutoff=210))

    assert len(found.one.starts) == 4
    assert found.one.starts[0] > panel.periods[210].date()


def test_windows_of_two_trainings_never_lie_across_each_other(panel):
    shifted = tuple(start - 3 for start in WEEKS)

    found = side_by_side(
        panel,
        version(panel, 1.1, kept=WEEKS, cutoff=150),
        version(panel, 1.3, kept=shifted, cutoff=150),
    )

    gaps = np.diff(np.array(found.one.starts, dtype="datetime64[D]")).astype(int)
    assert (gaps >= 7).all()


def test_a_window_whose_sales_were_corrected_since_is_left_out(panel):
    changed = version(panel, 1.1, kept=WEEKS)
    changed.record.metrics[KEPT]["actual"][0] = [1.0, 1.0]

    found = side_by_side(panel, changed, version(panel, 1.3, kept=WEEKS))

    assert len(found.one.starts) == len(WEEKS) - 1


def test_a_gain_is_beyond_noise_just_when_the_gate_would_say_so():
    rng = np.random.default_rng(3)
    for _ in range(200):
        theirs = rng.uniform(80, 120, 8)
        mine = theirs - rng.normal(4, 8, 8)

        found = gain(mine, theirs)

        assert (found.lower_pct > 0) == (smaller_by_chance(mine, theirs) < 0.05)


def test_few_windows_are_not_beyond_noise():
    assert gain(np.array([1.0]), np.array([9.0])).lower_pct is None
    assert not gain(np.array([1.0, 1.1, 0.9]), np.array([9.0, 9.1, 8.9])).beyond_noise


def test_what_is_kept_reads_back_the_same(panel):
    errors = window_errors(panel, WEEKS, [losses(panel, start, 1.1) for start in WEEKS])

    back = from_metric({KEPT: to_metric(errors, Frequency.DAY)}, Frequency.DAY)

    assert (back.starts, back.segments) == (errors.starts, errors.segments)
    assert back.absolute == pytest.approx(errors.absolute, abs=1e-3)
    assert from_metric({KEPT: to_metric(errors, Frequency.DAY)}, Frequency.WEEK) is None
    assert from_metric({}, Frequency.DAY) is None


def test_of_many_stores_only_the_sum_is_kept():
    wide = make_panel(stores=13, products=1, history=60, plan=0)
    errors = few_segments(window_errors(wide, (40,), [losses(wide, 40, 1.1)]))

    assert errors.segments == ("all",)
    assert errors.starts == (date(2024, 1, 1) + timedelta(days=40),)
