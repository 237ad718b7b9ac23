"""Totals are the sums of their parts, moved only where a backtest says so."""

import numpy as np
import pandas as pd
import pytest

from forecasting.reconciliation import Hierarchy, Reconciliation, fitted

SERIES = pd.DataFrame(
    {
        "store": ["1", "1", "1", "2", "2", "2"],
        "product": ["a", "b", "c", "a", "b", "c"],
        "product_category": ["X", "X", "Y", "X", "X", "Y"],
    }
)
HIERARCHY = Hierarchy.of(SERIES)


def windows(rng, *, total_error, count=8, width=14):
    """Return sales that grow as a whole, parts that miss it, and totals that err by so much."""
    actual, parts, totals = [], [], []
    for _ in range(count):
        mean = np.tile(rng.uniform(20, 60, size=(6, 1)), (1, width))
        sold = rng.poisson(mean * rng.normal(1, 0.2)).astype(float)
        actual.append(sold)
        parts.append(mean)
        truth = HIERARCHY.sums @ sold
        totals.append(truth * (1 + rng.normal(0, total_error, size=truth.shape)))
    return actual, parts, totals


def test_the_hierarchy_holds_company_stores_and_categories():
    assert HIERARCHY.names == ("everything", "store 1", "store 2", "category X", "category Y")
    assert HIERARCHY.sums.sum(axis=1).tolist() == [6, 3, 3, 4, 2]


def test_one_series_has_no_totals_but_itself():
    assert Hierarchy.of(SERIES.iloc[:1]).names == ("everything",)


def test_totals_that_know_more_move_the_parts_towards_them():
    rng = np.random.default_rng(1)
    found = fitted(HIERARCHY, *windows(rng, total_error=0.02))
    actual, parts, totals = windows(rng, total_error=0.02, count=1)
    truth = HIERARCHY.sums @ actual[0]

    moved = found.apply(parts[0], totals[0])

    assert found.helps
    before = np.abs(HIERARCHY.sums @ parts[0] - truth).mean()
    assert np.abs(HIERARCHY.sums @ moved - truth).mean() < 0.6 * before


def test_totals_that_know_less_change_nothing():
    rng = np.random.default_rng(2)
    actual, parts, _ = windows(rng, total_error=0.0)
    parts = [one + rng.normal(0, 1, one.shape) for one in actual]
    totals = [HIERARCHY.sums @ one * rng.normal(1, 0.5, size=(5, 14)) for one in actual]
    found = fitted(HIERARCHY, actual, parts, totals)

    assert not found.helps
    assert found.apply(parts[0], totals[0]) is parts[0]


def test_nothing_becomes_negative_and_closed_days_stay_closed():
    rng = np.random.default_rng(3)
    found = Reconciliation(HIERARCHY, np.full((6, 5), 0.3), helps=True)
    parts = rng.uniform(0, 5, size=(6, 4))
    parts[:, 1] = 0

    moved = found.apply(parts, np.full((5, 4), 1.0))

    assert (moved >= 0).all()
    assert (moved[:, 1] == 0).all()


@pytest.mark.parametrize("lacking", [0, 3])
def test_what_is_not_known_counts_on_neither_side(lacking):
    rng = np.random.default_rng(4)
    actual, parts, totals = windows(rng, total_error=0.02)
    for one in actual:
        one[lacking, ::2] = np.nan

    assert np.isfinite(fitted(HIERARCHY, actual, parts, totals).gain).all()
