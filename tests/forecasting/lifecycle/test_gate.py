"""The gate: better beyond noise, or not promoted."""

from datetime import date, timedelta

import numpy as np
import pytest
from scipy import stats

from forecasting.lifecycle.gate import (
    WindowErrors,
    compare,
    decide,
    smaller_by_chance,
)

STORES = ("lake", "mall")


def errors(absolute, *, bias_pct=0.0, actual=100.0, first=date(2026, 5, 1), overlap=1):
    absolute = np.asarray(absolute, dtype=float)
    if absolute.ndim == 1:
        absolute = np.column_stack([absolute / 2, absolute / 2])
    sold = np.full(absolute.shape, actual / 2)
    starts = tuple(first + timedelta(days=7 * i) for i in range(len(absolute)))
    return WindowErrors(starts, STORES, absolute, sold * bias_pct / 100, sold, overlap)


def noisy(level, seed, windows=8, spread=1.0):
    return errors(level + spread * np.random.default_rng(seed).normal(size=windows))


def simulated(rng, *, gain=0.0, series=40, windows=8, days=7):
    """Window losses of two models whose errors are correlated in time and across series."""
    total = windows * days
    shock = rng.normal(size=(2, total, 1))
    own = rng.normal(size=(2, total, series))
    for day in range(1, total):
        shock[:, day] += 0.4 * shock[:, day - 1]
        own[:, day] += 0.4 * own[:, day - 1]
    common = rng.normal(size=(total, series))
    absolute = np.abs(common + 0.35 * own + 0.2 * shock)
    absolute[0] *= 1 - gain
    by_window = absolute.reshape(2, windows, days * series).sum(axis=2)
    return by_window[0], by_window[1]


def test_wape_and_bias_by_hand():
    found = WindowErrors(
        (date(2026, 5, 1),),
        STORES,
        absolute=np.array([[2.0, 4.0]]),
        signed=np.array([[2.0, -1.0]]),
        actual=np.array([[10.0, 10.0]]),
    )

    assert found.wape_pct == 30.0
    assert found.bias_pct == 5.0  # positive: forecast too high


def test_without_overlap_the_test_is_the_paired_t_test():
    rng = np.random.default_rng(3)
    mine, theirs = rng.normal(10, 1, 8), rng.normal(11, 1, 8)

    expected = stats.ttest_rel(mine, theirs, alternative="less").pvalue

    assert smaller_by_chance(mine, theirs) == pytest.approx(expected)


def test_overlapping_windows_are_corrected_as_harvey_leybourne_and_newbold_say():
    gains = np.array([1.0, 0.5, 0.8, 1.4, 0.9, 1.1])
    k, h = 6, 2
    centred = gains - gains.mean()
    variance = (centred @ centred + 2 * 0.5 * centred[1:] @ centred[:-1]) / k
    factor = np.sqrt((k + 1 - 2 * h + h * (h - 1) / k) / k)

    expected = stats.t.sf(factor * gains.mean() / np.sqrt(variance / k), k - 1)

    assert smaller_by_chance(np.zeros(6), gains, overlap=2) == pytest.approx(expected)


def test_equally_good_models_are_confused_in_at_most_one_of_twenty():
    rng = np.random.default_rng(11)

    false = sum(smaller_by_chance(*simulated(rng)) < 0.05 for _ in range(2_000))

    assert false / 2_000 <= 0.06


def test_a_true_gain_of_five_percent_is_seen_four_times_of_five():
    rng = np.random.default_rng(12)

    seen = sum(smaller_by_chance(*simulated(rng, gain=0.05)) < 0.05 for _ in range(300))

    assert seen / 300 >= 0.8


def test_a_challenger_better_than_both_is_promoted_with_its_figures():
    verdict = decide(noisy(20, 1), noisy(30, 2), noisy(25, 3))

    assert verdict.promote
    assert len(verdict.reasons) == 2
    assert "the seasonal naive forecast" in verdict.reasons[0]
    assert "beyond noise (p = 0.000)" in verdict.reasons[1]
    assert verdict.against_production.gain_pct == pytest.approx(20, abs=3)


def test_a_challenger_better_only_by_luck_is_not_promoted():
    verdict = decide(noisy(24.8, 1), noisy(30, 2), noisy(25, 3))

    assert not verdict.promote
    assert "not shown to be better" in verdict.reasons[1]


def test_a_challenger_equal_to_production_is_not_promoted():
    same = noisy(25, 3)

    verdict = decide(same, noisy(30, 2), same)

    assert not verdict.promote
    assert verdict.reasons[1].endswith("they are equal.")


def test_a_challenger_worse_than_naive_is_not_promoted():
    verdict = decide(noisy(31, 1), noisy(30, 2), noisy(40, 3))

    assert not verdict.promote
    assert "% larger, not shown to be better" in verdict.reasons[0]


def test_a_more_biased_challenger_is_not_promoted():
    challenger = errors(np.linspace(19, 21, 8), bias_pct=6.0)

    verdict = decide(challenger, noisy(30, 2), noisy(25, 3))

    assert not verdict.promote
    assert verdict.reasons[-1] == (
        "Its bias is +6.0 % against +0.0 %: more than 2 points further from zero."
    )


def test_a_challenger_that_ruins_one_store_is_not_promoted():
    rng = np.random.default_rng(4)
    production = rng.normal([12, 12], 0.3, size=(8, 2))
    challenger = rng.normal([5, 14], 0.3, size=(8, 2))

    verdict = decide(errors(challenger), noisy(30, 2), errors(production))

    assert not verdict.promote
    assert verdict.reasons[-1] == "It is more than 5 % worse, beyond noise, for 'mall'."


def test_three_windows_are_too_few():
    verdict = decide(noisy(10, 1, 3), noisy(30, 2, 3), noisy(25, 3, 3))

    assert not verdict.promote
    assert verdict.reasons[-1] == ("3 windows are too few to tell better from lucky; 4 are needed.")


def test_different_windows_are_never_compared():
    with pytest.raises(ValueError, match="different windows"):
        compare(noisy(20, 1), errors(np.ones(8), first=date(2026, 5, 2)))


@pytest.mark.parametrize("losses", [[1.0], [2.0, 2.0, 2.0, 2.0]])
def test_no_difference_is_no_evidence(losses):
    assert smaller_by_chance(np.array(losses), np.array(losses)) == 1.0


def test_among_many_stores_one_that_is_worse_by_luck_does_not_block():
    rng = np.random.default_rng(5)
    stores = tuple(f"store {i}" for i in range(30))

    def judged(level):
        absolute = rng.normal(level, 1.0, size=(8, 30))
        sold = np.full((8, 30), 50.0)
        starts = tuple(date(2026, 5, 1) + timedelta(days=7 * i) for i in range(8))
        return WindowErrors(starts, stores, absolute, 0 * sold, sold)

    blocked = 0
    for _ in range(100):
        reasons = decide(judged(10.5), judged(20), judged(10)).reasons
        blocked += any("% worse, beyond noise" in reason for reason in reasons)

    assert blocked <= 10  # without correction it would be about 80
