from dataclasses import replace

import numpy as np
import pytest

from forecasting.pricing.answers import Share, Spillover
from forecasting.scope import PlanChange
from tests.forecasting.pricing.shop import AFTER, COST, WEEK, outlooks_in, small_shop

OFFER = PlanChange(discount_pct=20)


@pytest.fixture(scope="module")
def shop():
    return small_shop()


def moved(outlook, change=OFFER):
    return outlook.under(outlook.asked(change)).elsewhere


def test_an_offer_takes_from_the_other_products_of_its_category_only(shop):
    panel, response = shop
    outlook = outlooks_in(panel, response, ["1"])["1"]

    # Products 1 and 3 are of one category: all that 1 presses on is 3, in both stores.
    added = float(outlook.added(outlook.asked(OFFER)).mean())
    share = outlook.market.answers_of("")[0][0]
    expected = -share * added * 2 * WEEK * 20.0
    assert moved(outlook).mean("units", "neighbours") == pytest.approx(expected, rel=1e-6)
    assert moved(outlook).mean("profit", "neighbours") == pytest.approx(
        expected * (5.0 - COST), rel=1e-5
    )


def test_the_share_taken_is_that_of_a_usual_offer_where_offers_are_alike(shop):
    panel, response = shop
    outlook = outlooks_in(panel, response, ["1"])["1"]

    # Log points per log point of price, as the response has them, give or take the product's own.
    step = float(outlook.added(outlook.asked(OFFER)).mean())
    taken = outlook.market.answers_of("")[0][0] * step / -np.log(0.8)
    assert taken == pytest.approx(0.4, rel=0.25)


def test_the_week_after_an_offer_misses_what_was_bought_ahead(shop):
    panel, response = shop
    outlook = outlooks_in(panel, response, ["1"])["1"]

    lost = moved(outlook).mean("units", "after")
    added = float(outlook.added(outlook.asked(OFFER)).mean())
    rate = outlook.market.answers_of("")[0][1] * added
    assert lost == pytest.approx(2 * 7 * 20.0 * np.expm1(rate), rel=1e-6)
    assert lost < 0


def test_dropping_an_offer_gives_neighbours_and_later_weeks_back(shop):
    panel, response = shop
    ahead = slice(panel.history, panel.history + WEEK)
    panel = replace(panel, discount=panel.discount.copy(), promoted=panel.promoted.copy())
    rows = panel.rows(products=("1",))
    panel.discount[rows, ahead] = 25
    panel.promoted[rows, ahead] = 1
    outlook = outlooks_in(panel, response, ["1"])["1"]

    back = moved(outlook, PlanChange(discount_pct=0))

    assert back.mean("profit", "neighbours") > 0
    assert back.mean("profit", "after") > 0


def test_a_cut_is_never_believed_to_help_neighbours_or_later_sales(shop):
    panel, response = shop
    odd = {"neighbours": Spillover(-0.3, 0.0), "after": Spillover(0.3, 0.0)}
    outlook = outlooks_in(panel, replace(response, spillovers=odd), ["1"])["1"]

    found = moved(outlook)

    assert found.mean("profit") == 0
    assert found.possible("profit").max() == 0


def test_what_moves_elsewhere_has_a_range_around_its_mean(shop):
    outlook = outlooks_in(*shop, ["1"])["1"]

    found = moved(outlook).estimate("profit")

    assert found.lower < found.mean < found.upper


def test_neighbours_pressed_by_two_offers_lose_what_both_take(shop):
    market = outlooks_in(*shop, ["1"])["1"].market
    one, other = (np.zeros((len(market.rows), WEEK)) for _ in range(2))
    one[market.at(market.panel.rows(products=("1",)))] = 0.5
    other[market.at(market.panel.rows(products=("3",)))] = 0.2

    assert market.pressed(one + other) == pytest.approx(market.pressed(one) + market.pressed(other))
    assert market.mean.shape[1] == WEEK + AFTER


def test_categories_told_apart_lose_what_each_of_them_does(shop):
    panel, response = shop
    shares = {"Category 2": Share(0.8, 0.01, 0.0), "Category 1": Share(0.1, 0.01, 0.0)}
    apart = {**response.spillovers, "neighbours": Spillover(0.4, 0.02, shares)}
    both = outlooks_in(panel, replace(response, spillovers=apart), ["1", "2"]).values()

    one, two = (
        moved(each).mean("units", "neighbours") / each.added(each.asked(OFFER)).sum()
        for each in both
    )

    assert max(one / two, two / one) == pytest.approx(8, rel=0.4)


def test_a_new_offer_wins_back_only_a_part_of_what_was_bought_ahead(shop):
    panel, response = shop
    before = slice(panel.history - WEEK, panel.history)
    panel = replace(panel, discount=panel.discount.copy(), promoted=panel.promoted.copy())
    rows = panel.rows(products=("1",))

    def won(outlook):
        return moved(outlook).mean("units", "after")

    alone = won(outlooks_in(panel, response, ["1"])["1"])
    panel.discount[rows, before], panel.promoted[rows, before] = 20, 1
    following = outlooks_in(panel, response, ["1"])["1"]

    plan = following.asked(OFFER)
    dip = -following.market.answers_of("")[0][1] * following.added(plan).mean()
    assert alone < won(following) < alone + dip * following.sold(plan).sum()
