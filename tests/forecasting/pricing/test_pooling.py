import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.pricing.pooling import pool

SURE, VAGUE = 0.05, 1.5
ONE_GROUP = np.zeros(6, dtype=np.int64)
ALL = np.ones(6, dtype=bool)


def estimates(*elasticities):
    """Return estimates of price and promotion, promotions doing nothing."""
    return np.column_stack([elasticities, np.zeros(len(elasticities))])


def known_to(*errors):
    return np.stack([np.diag([error**2, 0.1**2]) for error in errors])


def test_a_vague_estimate_moves_to_its_category_and_a_sure_one_stays():
    raw = estimates(-2.0, -2.2, -1.8, -2.1, -1.9, 1.0)
    pooled, _ = pool(raw, known_to(*[SURE] * 5, VAGUE), ONE_GROUP, ALL)

    assert pooled[:5, 0] == pytest.approx(raw[:5, 0], abs=0.05)
    assert pooled[5, 0] == pytest.approx(-2.0, abs=0.3)


def test_pooling_never_leaves_an_estimate_less_certain_than_it_was():
    errors = known_to(SURE, 0.2, 0.4, 0.8, VAGUE, 0.3)
    _, after = pool(estimates(-2.0, -1.5, -3.0, -2.5, -1.0, -2.0), errors, ONE_GROUP, ALL)

    before = errors.diagonal(axis1=1, axis2=2)
    assert (after.diagonal(axis1=1, axis2=2) <= before + 1e-5).all()


def test_a_product_that_is_not_known_comes_back_as_it_came_and_lends_nothing():
    errors, known = known_to(*[0.3] * 6), np.array([True] * 5 + [False])
    with_one = estimates(-2.0, -2.2, -1.8, -2.1, -1.9, -40.0)
    with_another = estimates(-2.0, -2.2, -1.8, -2.1, -1.9, 7.0)

    pooled, covariance = pool(with_one, errors, ONE_GROUP, known)
    other, _ = pool(with_another, errors, ONE_GROUP, known)

    assert pooled[5, 0] == -40.0
    assert covariance[5].tolist() == errors[5].tolist()
    assert pooled[:5].tolist() == other[:5].tolist()


def test_categories_keep_their_own_mean():
    raw = estimates(-1.0, -1.1, -0.9, -3.0, -3.1, -2.9)
    pooled, _ = pool(raw, known_to(*[0.5] * 6), np.array([0, 0, 0, 1, 1, 1]), ALL)

    assert pooled[:3, 0].mean() == pytest.approx(-1.0, abs=0.05)
    assert pooled[3:, 0].mean() == pytest.approx(-3.0, abs=0.05)


def test_a_category_of_two_leans_on_all_products():
    group = np.array([0, 0, 0, 0, 1, 1])
    raw = estimates(-2.0, -2.1, -1.9, -2.0, -4.0, -4.0)
    pooled, _ = pool(raw, known_to(*[0.1] * 4, VAGUE, VAGUE), group, ALL)

    assert (pooled[4:, 0] > raw[4:, 0] + 1.0).all()


def test_two_known_products_are_too_few_to_learn_from():
    raw, errors = estimates(-2.0, -5.0, -1.0), known_to(SURE, VAGUE, VAGUE)
    pooled, covariance = pool(
        raw, errors, np.zeros(3, dtype=np.int64), np.array([True, True, False])
    )

    assert pooled.tolist() == raw.tolist()
    assert covariance.tolist() == errors.tolist()


@given(st.permutations(range(6)))
def test_the_order_of_products_does_not_matter(order):
    raw = estimates(-2.0, -1.2, -1.8, -3.1, -1.9, 0.5)
    errors, group = known_to(0.1, 0.3, 0.2, 0.9, 0.4, VAGUE), np.array([0, 0, 0, 1, 1, 1])

    pooled, _ = pool(raw, errors, group, ALL)
    turned, _ = pool(raw[order], errors[order], group[order], ALL)

    assert turned == pytest.approx(pooled[order], abs=1e-9)
