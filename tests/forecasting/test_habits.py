"""Usual sales, shocks and rests come apart again when sales were made of them."""

import numpy as np
import pytest

from forecasting.habits import Habits, Seen

N, DAYS, CELLS = 40, 280, 14


@pytest.fixture(scope="module")
def world():
    """Sales made of a mean, a weekday, a promotion that doubles, and one shock for all."""
    rng = np.random.default_rng(3)
    day = np.arange(DAYS)
    promoted = (day[None, :] // 7 + np.arange(N)[:, None]) % 2
    weekday = np.array([1.5, 1, 1, 1, 1, 1, 0.5])[day % 7]
    mean = rng.uniform(1000, 9000, N)[:, None]
    shock = np.where(day == 200, 3.0, 1.0)
    sales = mean * weekday * (1 + promoted) * shock
    return Seen(
        value=sales,
        known=np.ones((N, DAYS), dtype=bool),
        cell=day % 7 + 7 * promoted,
        cells=CELLS,
        group=np.zeros(N, dtype=np.int64),
        first=0,
    )


def test_a_promotion_is_told_from_a_good_week(world):
    habits = Habits(world)
    monday, promoted_monday = habits.usual[:, 0], habits.usual[:, 7]

    np.testing.assert_allclose(promoted_monday / monday, 2.0, rtol=0.1)


def test_a_shock_of_all_is_the_chains_not_a_series_own(world):
    habits, rows = Habits(world), np.arange(N)
    day, after = np.array([200]), np.array([201])

    assert habits.chain(rows, day, after)[0, 0] == pytest.approx(3.0, rel=0.1)
    np.testing.assert_allclose(habits.own(rows, day, after), 1.0, rtol=0.05)


def test_a_series_that_sells_more_of_late_shows_it(world):
    value = world.value.copy()
    value[0, -28:] *= 1.5
    changed = Seen(value, world.known, world.cell, CELLS, world.group, 0)

    recent = Habits(changed).recent

    assert recent[0] > 1.2
    np.testing.assert_allclose(recent[1:], 1.0, rtol=0.05)


def test_a_cell_never_seen_is_taken_from_the_chain(world):
    known = world.known.copy()
    known[0, world.cell[0] == 7] = False
    value = np.where(known, world.value, 0.0)
    habits = Habits(Seen(value, known, world.cell, CELLS, world.group, 0))

    assert habits.usual[0, 7] / habits.usual[0, 0] == pytest.approx(2.0, rel=0.25)


def test_a_series_without_a_record_is_no_trouble(world):
    known = world.known.copy()
    known[0] = False
    habits = Habits(
        Seen(np.where(known, world.value, 0.0), known, world.cell, CELLS, world.group, 0)
    )

    assert np.isfinite(habits.usual).all()
    assert habits.recent[0] == pytest.approx(1.0)
