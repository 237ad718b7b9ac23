"""Simulated chains of any size."""

import numpy as np

from benchmarks.scale import panel


def test_a_simulated_chain_is_the_same_every_time():
    assert np.array_equal(panel(30, days=50).sales, panel(30, days=50).sales)


def test_it_sells_more_while_a_promotion_runs():
    chain = panel(300, days=400)
    promoted = chain.promoted[:, :400] > 0

    assert chain.sales[promoted].mean() > 1.3 * chain.sales[~promoted].mean()


def test_every_series_is_a_product_in_a_store_of_its_own():
    chain = panel(1_200, days=30)

    assert not chain.series[["store", "product"]].duplicated().any()
    assert chain.series["store"].nunique() == 3
