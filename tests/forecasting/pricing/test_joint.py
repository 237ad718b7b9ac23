import numpy as np
import pytest

from forecasting.pricing.joint import Arrow, Layout

WEEKS, DAYS, STRETCH = 8, 7, 4
PRODUCT = np.array([0, 1, 2, 0, 1, 2])
CATEGORY = np.array([0, 0, 1, 0, 0, 1])
PRIOR, HELD, HELD_SHARE = 0.7, 0.25, 2.0


@pytest.fixture(scope="module")
def layout():
    starts = np.arange(0, WEEKS * DAYS, DAYS)
    return Layout(PRODUCT, CATEGORY, starts, np.arange(WEEKS) // STRETCH, WEEKS * DAYS)


@pytest.fixture(scope="module")
def shop():
    """Regressors with each series' level of a stretch taken out, neighbours last, and weights."""
    rng = np.random.default_rng(3)
    expected = rng.uniform(1, 5, (len(PRODUCT), WEEKS * DAYS))
    rest = rng.normal(size=(3, len(PRODUCT), WEEKS * DAYS))
    for at in np.split(np.arange(WEEKS * DAYS), WEEKS // STRETCH):
        part, weight = rest[:, :, at], expected[:, at]
        rest[:, :, at] -= (part * weight).sum(axis=2, keepdims=True) / weight.sum(
            axis=1, keepdims=True
        )
    return rest, expected


@pytest.fixture(scope="module")
def arrow(layout, shop):
    rest, expected = shop
    held = np.full((3, 2), HELD)
    return Arrow.of(rest, expected, layout, prior=PRIOR, held=held, held_share=HELD_SHARE)


def dense(shop, layout, category, without=None):
    """Return the whole matrix of one category: coefficients of its products, weeks, the share."""
    rest, expected = shop
    rows = np.flatnonzero(category == CATEGORY)
    products = np.unique(PRODUCT[rows])
    day_week = np.repeat(np.arange(WEEKS), DAYS)
    columns = [rest[k] * (p == PRODUCT)[:, None] for p in products for k in range(2)]
    for week in range(WEEKS):
        dummy = np.broadcast_to(day_week == week, expected.shape).astype(float).copy()
        inside = layout.stretch[day_week] == layout.stretch[week]
        weight = expected * inside
        mean = (weight * dummy).sum(axis=1, keepdims=True) / weight.sum(axis=1, keepdims=True)
        columns.append(dummy - mean * inside)
    design = np.stack([*columns, rest[2]])[:, rows]
    kept = np.ones(WEEKS * DAYS) if without is None else layout.stretch[day_week] != without
    left = (design * (expected[rows] * kept)).reshape(len(design), -1)
    prior = [HELD] * 2 * len(products) + [PRIOR] * WEEKS + [HELD_SHARE]
    return left @ design.reshape(len(design), -1).T + np.diag(prior)


@pytest.mark.parametrize("without", [None, 0, 1])
def test_solving_by_blocks_gives_what_solving_all_at_once_gives(arrow, layout, shop, without):
    rng = np.random.default_rng(4)
    slope, shared = rng.normal(size=(3, 2)), rng.normal(size=(2, WEEKS + 1))
    if without is not None:
        shared[:, :WEEKS][:, layout.stretch == without] = 0

    step, moved = arrow.solve(slope, shared, without)

    for category, products in enumerate(([0, 1], [2])):
        all_at_once = np.linalg.solve(
            dense(shop, layout, category, without),
            np.concatenate([slope[products].ravel(), shared[category]]),
        )
        ours = np.concatenate([step[products].ravel(), moved[category]])
        assert ours == pytest.approx(all_at_once, abs=1e-9)


def test_weeks_of_different_stretches_have_nothing_in_common(arrow):
    assert (arrow.between[:, :STRETCH, STRETCH:] == 0).all()
    assert arrow.between.sum(axis=2) == pytest.approx(0, abs=1e-9)
