import numpy as np
import pandas as pd
import pytest

from forecasting.pricing.answers import PriceResponse
from forecasting.pricing.response import estimate_response
from forecasting.pricing.stores import Strength
from forecasting.pricing.supply import Supply
from forecasting.pricing.support import demand_notes, discount_notes, strength_notes
from tenants.errors import CannotAnswer
from tests.builders import make_panel

# Stores have hardly more than they usually sell.
SCARCE = Supply(np.array([0.0]), np.full((1, 5), 1.1))


@pytest.fixture(scope="module")
def response():
    return estimate_response(make_panel())


@pytest.fixture(scope="module")
def silent():
    return estimate_response(make_panel(promotions=False))


def test_a_discount_that_was_tried_needs_no_words(response):
    assert discount_notes(response, {"1": "Tea", "2": "Milk"}, 20) == ()


def test_no_discount_needs_no_knowledge(silent):
    assert discount_notes(silent, {"1": "Tea"}, 0) == ()


def test_a_product_whose_price_never_moved_is_refused(silent):
    with pytest.raises(CannotAnswer, match="How 'Tea' answers to its price is not known"):
        discount_notes(silent, {"1": "Tea"}, 20)


def test_a_discount_far_deeper_than_ever_is_refused_with_what_was_tried(response):
    with pytest.raises(CannotAnswer, match=r"80% off was never tried for 'Tea'.*30%"):
        discount_notes(response, {"1": "Tea"}, 80)


def test_among_several_the_unknown_ones_are_named(response):
    notes = discount_notes(response, {"1": "Tea", "99": "Chalk"}, 20)

    assert notes == ("The discount's effect is not known, so not counted, for Chalk.",)


def test_a_forecaster_that_sees_offers_knows_what_no_response_tells(response, silent):
    names = {"1": "Tea", "99": "Chalk"}

    assert discount_notes(response, names, 20, sees_offers=True) == ()
    with pytest.raises(CannotAnswer, match="20% off was never tried for 'Tea'"):
        discount_notes(silent, {"1": "Tea"}, 20, sees_offers=True)


def short_of_stock(panel, response, discount_pct, had=SCARCE):
    week = panel.history, panel.history + 7
    return demand_notes(
        panel, response, panel.rows(("1",), None), week, discount_pct=discount_pct, had=had
    )


def test_a_forecast_says_how_much_of_what_a_discount_would_sell_is_usually_in_stock(response):
    (note,) = short_of_stock(make_panel(), response, 30)

    assert "have stock for about" in note
    assert "this counts all of it" in note


def test_stock_is_not_spoken_of_where_it_is_enough_or_nothing_tells(response):
    panel = make_panel()
    plenty = Supply(np.array([0.0]), np.full((1, 5), 20.0))

    assert short_of_stock(panel, response, 0) == ()
    assert short_of_stock(panel, response, 30, had=plenty) == ()
    assert short_of_stock(panel, response, 30, had=None) == ()


def test_a_store_that_may_as_well_answer_less_is_told_with_all_of_its_range():
    response = PriceResponse(pd.DataFrame(), stores={"1": Strength(1.06, 0.05)})

    (note,) = strength_notes(response, "1", "Riverside")

    assert "about 6% more strongly" in note
    assert "95% range -4% to 16%" in note
