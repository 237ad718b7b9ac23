from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.pricing.rivals import Rivals
from tests.forecasting.pricing.shop import outlooks_in, small_shop

DISCOUNTS = st.sampled_from([None, 0.0, 10.0, 25.0])


def three_outlooks():
    panel, response = small_shop(neighbours=0.6, products=6)
    return list(outlooks_in(panel, response, ["1", "3", "5"]).values())


OUTLOOKS = three_outlooks()


@given(st.lists(st.tuples(st.integers(0, 2), DISCOUNTS), max_size=6))
def test_only_what_is_asked_now_counts_and_not_what_was_asked_before(steps):
    gone_through = Rivals(OUTLOOKS, [None] * 3)
    now = [None] * 3
    for at, discount in steps:
        gone_through.ask(at, discount)
        now[at] = discount

    market, fresh = gone_through.market, Rivals(OUTLOOKS, now).market

    assert market.mean == pytest.approx(fresh.mean)
    assert market.paid == pytest.approx(fresh.paid)


def test_while_nobody_asks_anything_else_the_market_is_as_planned():
    market = Rivals(OUTLOOKS, [None] * 3).market

    assert market.mean.tolist() == OUTLOOKS[0].market.mean.tolist()
    assert market.paid.tolist() == OUTLOOKS[0].market.paid.tolist()


def test_an_offer_takes_sales_from_its_neighbours_and_none_from_itself():
    before = Rivals(OUTLOOKS, [None] * 3)
    after = Rivals(OUTLOOKS, [25.0, None, None])

    assert after.pressed(0).mean == pytest.approx(before.pressed(0).mean)
    assert (after.pressed(1).mean < before.pressed(1).mean).all()


def test_products_of_other_categories_do_not_feel_an_offer():
    panel, response = small_shop(neighbours=0.6, products=6)
    outlooks = list(outlooks_in(panel, response, ["1", "2"]).values())
    assert panel.series.groupby("product")["product_category"].first().nunique() > 1

    after = Rivals(outlooks, [25.0, None])

    assert after.pressed(1).mean == pytest.approx(outlooks[1].mean)


def test_products_without_a_market_stay_as_they_are():
    alone = [replace(one, market=None) for one in OUTLOOKS]
    rivals = Rivals(alone, [25.0, None, 10.0])
    rivals.ask(1, 25.0)

    assert rivals.market is None
    assert np.array_equal(rivals.pressed(0).mean, alone[0].mean)
