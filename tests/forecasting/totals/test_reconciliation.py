"""Parts follow forecasts of their totals as far as those know more, and only then."""

import numpy as np
import pytest

from forecasting.totals.reconciliation import Compared, judged, moves

FOLDS = np.repeat(np.arange(5), 14)


def compared(rng, *, total_error, count=3):
    """Return totals that grow as a whole, parts that miss it, and forecasts that err by so much."""
    usual = np.full((count, len(FOLDS)), 200.0)
    grown = np.repeat(rng.normal(1, 0.2, size=(count, 5)), 14, axis=1)
    actual = rng.poisson(usual * grown).astype(float)
    forecast = actual * rng.normal(1, total_error, size=actual.shape)
    return Compared(actual, usual, {"one": forecast, "other": usual * 3}, FOLDS)


def test_totals_that_know_more_are_followed():
    found = judged("everything", compared(np.random.default_rng(1), total_error=0.02))

    assert found.helps
    assert found.follow.member == "one"
    assert found.follow.share > 0.7
    assert found.after < 0.5 * found.before


def test_totals_that_know_less_are_not_followed():
    found = judged("everything", compared(np.random.default_rng(2), total_error=0.9))

    assert not found.helps


def test_totals_as_good_as_their_parts_change_nothing():
    rng = np.random.default_rng(3)
    parts = np.full((1, len(FOLDS)), 200.0)
    actual = parts * rng.normal(1, 0.05, size=parts.shape)
    found = judged("everything", Compared(actual, parts, {"one": parts.copy()}, FOLDS))

    assert not found.helps
    np.testing.assert_array_equal(found.factors, 1.0)


def test_what_is_judged_was_chosen_on_other_days():
    rng = np.random.default_rng(4)
    seen = compared(rng, total_error=0.02)
    changed = seen.actual.copy()
    changed[:, FOLDS == 2] *= 3
    other = Compared(changed, seen.parts, seen.forecasts, FOLDS)

    before, after = (judged("everything", one).factors[:, FOLDS == 2] for one in (seen, other))

    np.testing.assert_array_equal(before, after)


def test_one_block_of_days_is_too_little_to_judge_by():
    seen = compared(np.random.default_rng(5), total_error=0.02)
    alone = Compared(seen.actual, seen.parts, seen.forecasts, np.zeros(len(FOLDS), dtype=int))

    assert not judged("everything", alone).helps


@pytest.mark.parametrize("nothing", [0.0, np.nan])
def test_nothing_moves_where_a_forecast_is_lacking_or_zero(nothing):
    parts, totals = np.array([[0.0, 10.0]]), np.array([[5.0, nothing]])

    assert moves(0.8, totals, parts).tolist() == [[1.0, 1.0]]


def test_a_total_cannot_move_its_parts_without_bounds():
    moved = moves(1.0, np.array([[1e6, 1e-6]]), np.array([[1.0, 1.0]]))

    assert moved.tolist() == [[2.0, 0.5]]
