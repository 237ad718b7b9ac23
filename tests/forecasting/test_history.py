"""What was sold, added up by hand."""

from datetime import date

import numpy as np
import pytest

from forecasting.history import summarise
from forecasting.panel_builder import build_panel
from forecasting.scope import Scope
from tenants.errors import CannotAnswer, OutOfRange
from tests.forecasting.fake_store import FakeStore, sale

ALL = Scope()
FIRST, LAST = date(2026, 1, 1), date(2026, 1, 4)


@pytest.fixture
def panel():
    rows = [
        sale("2026-01-01", 10.0),
        sale("2026-01-02", 30.0),
        sale("2026-01-03", 10.0),
        sale("2026-01-04", 20.0),
        sale("2026-01-02", 5.0, product="2"),
        sale("2026-01-04", 7.0, product="2", store="2"),
    ]
    prices = [
        {"date": "2026-01-01", "store": "", "product": "1", "price": 2.0},
        {"date": "2026-01-01", "store": "", "product": "2", "price": 4.0},
    ]
    half = {"start": "2026-01-02", "end": "2026-01-02", "store": "", "product": "1"}
    store = FakeStore(
        {"sales": rows, "prices": prices, "promotions": [half | {"discount_pct": 50.0}]}
    )
    return build_panel(store, horizon=3)


def test_units_are_summed(panel):
    found = summarise(panel, ALL, FIRST, LAST)

    assert (found.value, found.unit, found.series) == (82.0, "units", 3)


def test_revenue_is_units_at_the_price_asked(panel):
    found = summarise(panel, Scope(products=("1",)), FIRST, LAST, measure="revenue", currency="USD")

    assert (found.value, found.unit) == (20.0 + 30.0 + 20.0 + 40.0, "USD")


def test_price_and_discount_are_weighted_by_sales(panel):
    product = Scope(products=("1",))

    price = summarise(panel, product, FIRST, LAST, measure="price", currency="USD")
    discount = summarise(panel, product, FIRST, LAST, measure="discount")

    assert price.value == pytest.approx(110 / 70)
    assert (price.unit, discount.unit) == ("USD per unit", "percent")
    assert discount.value == pytest.approx(30 * 50 / 70)


def test_groups_come_largest_first_and_only_as_many_as_asked(panel):
    found = summarise(panel, ALL, FIRST, LAST, group_by="product", top=1)

    assert [(row.key, row.value) for row in found.rows] == [("1", 70.0)]
    assert found.groups == 2


def test_groups_can_come_smallest_first(panel):
    found = summarise(panel, ALL, FIRST, LAST, group_by="store", order="asc")

    assert [(row.key, row.value) for row in found.rows] == [("2", 7.0), ("1", 75.0)]


def test_days_stay_in_their_order(panel):
    found = summarise(panel, Scope(products=("1",)), FIRST, LAST, group_by="day")

    assert [row.value for row in found.rows] == [10.0, 30.0, 10.0, 20.0]


def test_a_period_is_compared_with_another(panel):
    found = summarise(
        panel,
        Scope(products=("1",)),
        date(2026, 1, 3),
        LAST,
        group_by="product",
        compare=(FIRST, date(2026, 1, 2)),
    )

    assert (found.value, found.previous, found.change_pct) == (30.0, 40.0, -25.0)
    assert found.rows[0].change_pct == -25.0


def test_groups_add_up_to_the_whole(panel):
    whole = summarise(panel, ALL, FIRST, LAST).value

    parts = summarise(panel, ALL, FIRST, LAST, group_by="product").rows

    assert np.isclose(whole, sum(row.value for row in parts))


def test_an_item_without_records_in_the_period_has_no_figure(panel):
    found = summarise(panel, ALL, FIRST, FIRST, group_by="product")

    assert [(row.key, row.value) for row in found.rows] == [("1", 10.0), ("2", None)]


def test_categories_are_missed_by_name(panel):
    with pytest.raises(CannotAnswer, match="no categories"):
        summarise(panel, ALL, FIRST, LAST, group_by="category")


def test_days_outside_the_history_are_refused(panel):
    with pytest.raises(OutOfRange, match="2026-01-01"):
        summarise(panel, ALL, date(2025, 1, 1), date(2025, 1, 5))
