"""Which series can be forecast, and what is said of the others."""

import numpy as np
import pytest

from forecasting.on_sale import answerable, no_longer_sold
from tenants.errors import CannotAnswer
from tests.forecasting.worlds import panel_of


@pytest.fixture
def panel():
    sales = np.full((5, 200), 4.0)
    sales[1, 150:] = np.nan  # delisted
    sales[2, :190] = np.nan  # ten days old
    sales[3, :160] = np.nan  # forty days old
    sales[4] = 0
    sales[4, ::15] = 1  # sells now and then
    return panel_of(sales, start="2026-01-01")


def test_a_product_no_longer_sold_is_refused_with_its_last_day(panel):
    with pytest.raises(CannotAnswer, match="last sold on 2026-05-30"):
        answerable(panel, np.array([1]), named=True)


def test_a_product_too_new_is_refused_where_nothing_is_like_it():
    young = panel_of(np.full((2, 10), 4.0))

    with pytest.raises(CannotAnswer, match="too new: 10 days"):
        answerable(young, np.array([1]), named=True)


def test_a_product_too_new_is_forecast_from_similar_ones_and_that_is_said(panel):
    rows, notes = answerable(panel, np.array([2]), named=True)

    assert rows.tolist() == [2]
    assert "worked out from similar products" in notes[0]


def test_a_young_product_is_forecast_with_a_note(panel):
    rows, notes = answerable(panel, np.array([3]), named=True)

    assert rows.tolist() == [3]
    assert "since 2026-06-10" in notes[0]


def test_a_product_that_sells_now_and_then_is_still_sold(panel):
    assert no_longer_sold(panel).tolist() == [False, True, False, False, False]


def test_what_is_left_out_of_several_is_said(panel):
    rows, notes = answerable(panel, np.arange(5), named=True)

    assert rows.tolist() == [0, 2, 3, 4]
    assert notes[0] == "No longer sold and left out: 1 of 5 series."
    assert "1 of 4 series" in notes[1]


def test_when_all_sales_end_nothing_was_delisted():
    assert not no_longer_sold(panel_of(np.ones((2, 50)))).any()


def test_what_has_never_sold_but_is_counted_is_on_the_shelf():
    sales = np.vstack([np.ones(60), np.zeros(60)])

    assert not no_longer_sold(panel_of(sales)).any()


def test_nothing_of_that_name_in_that_store_is_said(panel):
    with pytest.raises(CannotAnswer, match="never sold in that store"):
        answerable(panel, np.array([], dtype=int), named=True)
