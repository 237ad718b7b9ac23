"""Rows folded together by group."""

import numpy as np
import pytest

from forecasting.grouping import least_by, sum_by

GROUP = np.array([2, 0, 2, 0])
VALUES = np.array([[1.0, 2], [3, 4], [5, -6], [7, 8]])


def test_sums_are_those_of_each_groups_rows_and_zero_where_there_are_none():
    found = sum_by(VALUES, GROUP, 4)

    assert found.tolist() == [[10, 12], [0, 0], [6, -4], [0, 0]]


def test_the_least_of_a_group_without_rows_is_infinite():
    found = least_by(VALUES, GROUP)

    assert found.tolist() == [[3, 4], [np.inf, np.inf], [1, -6]]


def test_no_rows_make_no_groups():
    assert sum_by(np.zeros((0, 3)), np.zeros(0, dtype=np.int64)).shape == (0, 3)


@pytest.mark.parametrize("kind", [bool, np.float32])
def test_many_small_figures_are_added_up_precisely(kind):
    values = np.ones((100_000, 1), dtype=kind)

    assert sum_by(values, np.zeros(100_000, dtype=np.int64))[0, 0] == 100_000
