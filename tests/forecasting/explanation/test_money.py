"""Why money taken differs: volume, mix, regular prices, discounts."""

from dataclasses import replace

import numpy as np
import pytest

from forecasting.explanation.money import explain_money
from tests.builders import make_panel

PERIOD, BEFORE = (84, 112), (56, 84)


@pytest.fixture
def plain():
    """Return six series that sell the same every day at the same price."""
    panel = make_panel(stores=2, products=3, history=112, promotions=False, seed=4)
    sales = np.tile(np.arange(10.0, 70.0, 10.0)[:, None], (1, 112)).astype(np.float32)
    return selling(panel, sales)


def selling(panel, sales, *, price=None, discount=None):
    price = np.full_like(panel.price, 4.0) if price is None else price
    discount = np.zeros_like(panel.discount) if discount is None else discount
    paid = (price * (1 - discount / 100))[:, : panel.history]
    revenue = (sales * paid).astype(np.float32)
    return replace(panel, sales=sales, price=price, discount=discount, revenue=revenue)


def effects(panel):
    found = explain_money(panel, np.arange(panel.n), PERIOD, BEFORE)
    named = {one.name: one.effect for one in found.drivers}
    assert sum(named.values()) == pytest.approx(found.after - found.before, abs=1e-6)
    return found, named


def test_selling_more_at_the_same_prices_is_volume(plain):
    sales = plain.sales.copy()
    sales[:, 84:] *= 2

    found, named = effects(selling(plain, sales))

    assert named == {"volume": pytest.approx(found.before)}


def test_dearer_goods_are_regular_prices(plain):
    price = plain.price.copy()
    price[:, 84:] = 5.0

    found, named = effects(selling(plain, plain.sales, price=price))

    assert named == {"regular prices": pytest.approx(0.25 * found.before)}


def test_a_price_cut_is_discounts(plain):
    discount = plain.discount.copy()
    discount[:, 84:] = 20

    found, named = effects(selling(plain, plain.sales, discount=discount))

    assert named == {"discounts": pytest.approx(-0.2 * found.before)}


def test_as_many_units_of_dearer_items_are_mix(plain):
    price, sales = plain.price.copy(), plain.sales.copy()
    price[0] = 9.0
    sales[0, 84:] += 15
    sales[5, 84:] -= 15

    found, named = effects(selling(plain, sales, price=price))

    assert named["mix of items"] == pytest.approx(28 * 15 * 5.0)
    assert abs(named.get("volume", 0.0)) < 1e-6
    assert found.after > found.before


def test_an_item_that_is_new_is_told_as_new(plain):
    sales = plain.sales.copy()
    sales[2, :84] = 0

    _, named = effects(selling(plain, sales))

    assert named == {"new and discontinued items": pytest.approx(28 * 30 * 4.0)}


def test_a_price_that_is_not_known_leaves_what_was_paid(plain):
    sales = plain.sales.copy()
    sales[:, 84:] *= 2
    panel = selling(plain, sales)

    _, named = effects(replace(panel, price=np.full_like(panel.price, np.nan)))

    assert set(named) == {"volume"}


def test_without_money_on_record_there_is_no_account(plain):
    assert explain_money(replace(plain, revenue=None), np.arange(6), PERIOD, BEFORE) is None
    as_money = replace(plain, revenue=plain.sales)
    assert explain_money(as_money, np.arange(6), PERIOD, BEFORE) is None
