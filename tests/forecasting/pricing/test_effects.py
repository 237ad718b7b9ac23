import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.pricing.effects import (
    Grouping,
    effect,
    explained,
    partial_out,
    precision,
    shares_within,
    shrinkage,
)

SERIES, DAYS = 6, 56
WEEKDAYS = Grouping(np.broadcast_to(np.arange(DAYS) % 7, (SERIES, DAYS)).copy(), most=10.0)
RHYTHM = np.array([0.6, 0.7, 0.8, 1.0, 1.2, 1.5, 1.2])


def sold(expected, factor, seed=1):
    return np.random.default_rng(seed).poisson(expected * factor).astype(np.float64)


def test_an_effect_seen_often_is_told_as_it_is():
    expected = np.full((SERIES, DAYS), 500.0)
    found = effect(WEEKDAYS, sold(expected, RHYTHM[WEEKDAYS.cell]), expected)

    assert found[0, :7] == pytest.approx(RHYTHM, rel=0.02)


def test_noise_alone_is_hardly_any_effect():
    expected = np.full((SERIES, DAYS), 0.5)
    days = Grouping(np.arange(SERIES * DAYS).reshape(SERIES, DAYS) // 2)
    found = effect(days, sold(expected, 1.0), expected)
    raw = sold(expected, 1.0).reshape(-1, 2).sum(axis=1)

    assert found.std() < 0.1 * raw.std()


def test_a_group_of_which_nothing_is_known_has_no_effect():
    expected = np.full((SERIES, DAYS), 20.0)
    seen = sold(expected, 1.5)
    closed = WEEKDAYS.cell == 6
    expected[closed], seen[closed] = 0.0, 0.0

    assert effect(WEEKDAYS, seen, expected)[closed] == pytest.approx(1.0)


def test_effects_that_differ_more_are_held_less():
    expected = np.full((SERIES, DAYS), 100.0)
    calm = sold(expected, 1.0)
    lively = sold(expected, RHYTHM[WEEKDAYS.cell])

    assert precision(WEEKDAYS, calm, expected) > 20 * precision(WEEKDAYS, lively, expected)


def test_a_column_that_only_follows_the_groups_is_taken_out_whole():
    weight = np.random.default_rng(2).uniform(1, 5, (SERIES, DAYS))
    column = RHYTHM[WEEKDAYS.cell][None]

    rest = partial_out(column, weight, ((WEEKDAYS, np.ones(7)),), sweeps=1)

    assert rest == pytest.approx(0.0, abs=1e-9)
    assert column[0, 0, 0] == RHYTHM[0], "the column itself stays"


def test_what_groups_explain_and_what_they_leave_make_the_column():
    rng = np.random.default_rng(4)
    column, weight = rng.normal(size=(1, SERIES, DAYS)), rng.uniform(1, 5, (SERIES, DAYS))
    levels = Grouping(np.repeat(np.arange(SERIES)[:, None], DAYS, axis=1))
    groups = ((WEEKDAYS, np.full(7, 0.8)), (levels, np.ones(SERIES)))

    rest = partial_out(column, weight, groups, sweeps=3)
    parts = explained(column[0], weight, groups, sweeps=3)

    assert rest[0] + sum(parts) == pytest.approx(column[0])


@given(st.integers(1, SERIES - 1))
def test_a_product_has_the_part_of_a_shared_effect_that_its_sales_have(split):
    rng = np.random.default_rng(5)
    expected = rng.uniform(50, 150, (SERIES, DAYS))
    seen = sold(expected, RHYTHM[WEEKDAYS.cell])
    product = (np.arange(SERIES) >= split).astype(np.int64)

    parts, share = shares_within(WEEKDAYS, product, seen, expected)
    _, kept = shrinkage(WEEKDAYS, seen, expected)

    day = np.array([parts.cell[0, :7], parts.cell[-1, :7]])
    assert share[day].sum(axis=0) == pytest.approx(kept)
    assert (share[day] > 0).all()


def test_a_product_that_is_alone_has_the_whole_of_a_shared_effect():
    expected = np.full((SERIES, DAYS), 80.0)
    seen = sold(expected, RHYTHM[WEEKDAYS.cell])

    parts, share = shares_within(WEEKDAYS, np.zeros(SERIES, dtype=np.int64), seen, expected)

    assert share[parts.cell] == pytest.approx(shrinkage(WEEKDAYS, seen, expected)[1][WEEKDAYS.cell])
