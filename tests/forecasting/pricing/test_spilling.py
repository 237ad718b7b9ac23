import numpy as np
import pytest

from forecasting.pricing.design import AFTER, LATER, NEIGHBOURS
from forecasting.pricing.fitting import Fit
from forecasting.pricing.spilling import spillovers

CATEGORIES, EACH, STRETCHES = ("bread", "detergent", "dairy", "snacks"), 6, 10
TRUE = np.array([0.0, -0.5, -0.15, -0.2])


def fitted(names, truth, error, seed=0):
    """Return what a fit gives of products whose categories differ as `truth` says."""
    rng = np.random.default_rng(seed)
    shape = (len(CATEGORIES) * EACH, STRETCHES, len(names))
    moves = rng.normal(0.0, error / np.sqrt(STRETCHES), shape)
    values = np.repeat(truth, EACH)[:, None] + moves.sum(axis=1)
    covariance = np.zeros((*values.shape, len(names)))
    covariance[:, range(len(names)), range(len(names))] = error**2
    return Fit(names, values, covariance, moves)


def found(error=0.1, group=None, truth=TRUE, seed=0):
    main = fitted((AFTER, LATER, NEIGHBOURS), truth, error, seed)
    known = np.ones(len(main.coefficients), dtype=bool)
    numbers = np.repeat(np.arange(len(CATEGORIES)), EACH) if group is None else group
    return spillovers(main, known, numbers, CATEGORIES)


def test_categories_that_differ_keep_what_is_their_own():
    shares = found()[AFTER].shares

    for name, true in zip(CATEGORIES, TRUE, strict=True):
        assert shares[name].value == pytest.approx(true, abs=0.1)
        assert shares[name].own > 0


def test_the_error_of_a_category_holds_what_is_true_of_it():
    held = [
        abs(share.value - true) < 1.96 * np.hypot(share.own, share.common)
        for seed in range(0, 60, 2)
        for share, true in zip(found(seed=seed)[AFTER].shares.values(), TRUE, strict=True)
    ]

    assert 0.9 <= np.mean(held) <= 1.0


def test_categories_that_only_chance_tells_apart_are_taken_as_one():
    shares = found(error=0.3, truth=np.full(4, -0.2))[AFTER].shares

    spread = np.ptp([share.value for share in shares.values()])
    assert spread < 0.15


def test_of_few_categories_only_the_mean_is_told():
    two = np.repeat([0, 1], 2 * EACH)

    assert found(group=two)[AFTER].shares == {}
    assert found(group=two)[AFTER].error > 0
