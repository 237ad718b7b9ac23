import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.pricing.uncertainty import effective, jackknife, products, student

STRETCHES, LONG = 12, 8
STRETCH = np.repeat(np.arange(STRETCHES), LONG)
SLOPE = -2.0


def fitted(columns, sales, penalty):
    """Return the coefficients [p, k] of one series a product, and what they leave unexplained."""
    curve = products(columns, columns) + np.eye(len(columns)) * penalty[:, None]
    slope = np.linalg.solve(curve, products(columns, sales[None]))[..., 0]
    return slope, sales - np.einsum("pk,kpt->pt", slope, columns)


@pytest.fixture(scope="module")
def shops():
    """Return one regressor and sales of 800 products whose stretches have good and bad luck."""
    rng = np.random.default_rng(7)
    price = (
        rng.normal(size=(1, 800, STRETCHES * LONG))
        + rng.normal(size=(1, 800, STRETCHES))[:, :, STRETCH]
    )
    luck = rng.normal(size=(800, STRETCHES))[:, STRETCH]
    sales = SLOPE * price[0] + luck + rng.normal(size=luck.shape)
    return price, sales


def left_out(columns, sales, penalty, stretch=STRETCH):
    slope, short = fitted(columns, sales, penalty)
    found = jackknife(
        columns,
        np.ones(sales.shape),
        short,
        product=np.arange(len(sales)),
        penalty=penalty,
        stretch=stretch,
    )
    return slope, found


def test_leaving_a_stretch_out_moves_a_coefficient_as_a_fit_without_it_does():
    rng = np.random.default_rng(3)
    columns, penalty = rng.normal(size=(2, 3, STRETCHES * LONG)), np.full((3, 2), 0.5)
    sales = rng.normal(size=(3, STRETCHES * LONG)) + columns[0]
    slope, found = left_out(columns, sales, penalty)

    for stretch in range(STRETCHES):
        kept = stretch != STRETCH
        without, _ = fitted(columns[:, :, kept], sales[:, kept], penalty)
        assert found.moves[:, stretch] == pytest.approx(slope - without, abs=1e-9)


def test_intervals_hold_where_sales_of_a_stretch_go_up_and_down_together(shops):
    columns, sales = shops
    slope, found = left_out(columns, sales, np.full((800, 1), 1e-6))

    off = np.abs(slope[:, 0] - SLOPE)
    held = (off < 1.96 * np.sqrt(found.covariance[:, 0, 0])).mean()
    every_day_alone = np.sqrt(1 / (columns[0] ** 2).sum(axis=1) * 2)

    assert 0.93 < held < 0.98
    assert (off < 1.96 * every_day_alone).mean() < 0.85


def test_a_price_that_moved_in_one_stretch_rests_on_that_one():
    clusters, wide = effective(np.array([[0.0, 5.0, 0.0, 0.0], [2.0, 2.0, 2.0, 2.0]]))

    assert clusters == pytest.approx([1.0, 4.0])
    assert (wide > 1.0).all()


@given(st.floats(3, 1e6), st.floats(3, 1e6))
def test_fewer_stretches_never_narrow_an_interval(one, other):
    few, many = sorted((one, other))

    assert student(np.array([few]))[0] >= student(np.array([many]))[0] - 1e-9 >= 1.0 - 1e-4
