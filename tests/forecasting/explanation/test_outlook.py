"""Why a forecast is what it is, where the model sees offers itself."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasting.explanation.drivers import OFFER
from forecasting.explanation.outlook import explain_forecast
from forecasting.explanation.reasoned import Account
from forecasting.spans import Span
from forecasting.training import train
from tests.forecasting.offers.weekly import ADVERTISED, ELASTICITY, weekly
from tests.forecasting.worlds import panel_of

END = 90


@pytest.fixture(scope="module")
def world():
    panel, _ = weekly()
    return panel, train(panel.until(END), budget="fast", seed=1)


def planned(panel, *, discount, advertised):
    """Return the panel with one offer in every coming week, and none in the last four."""
    off, flag = panel.discount.copy(), panel.known["advertised"].copy()
    off[:, END:], flag[:, END:] = discount, advertised
    return replace(panel, discount=off, known={"advertised": flag})


def explained(model, panel, columns=1):
    span = Span(date(2025, 9, 1), date(2025, 9, 7), np.arange(END, END + columns), np.ones(columns))
    return explain_forecast(Account(model, panel), np.arange(panel.n), span)


def effect(found, name):
    return sum(one.effect for one in found.drivers if one.name == name)


def test_drivers_add_up_to_what_differs_from_the_recent_normal(world):
    panel, model = world

    found = explained(model, panel, columns=3)

    total = sum(one.effect for one in found.drivers)
    assert total == pytest.approx(found.mean - found.normal, rel=1e-9)


def test_an_offer_is_told_as_price_and_promotion_and_as_much_as_it_does(world):
    panel, model = world
    bare = explained(model, planned(panel, discount=0, advertised=0))
    offered = explained(model, planned(panel, discount=30, advertised=1))

    risen = effect(offered, OFFER) - effect(bare, OFFER)

    assert risen == pytest.approx(offered.mean - bare.mean, rel=0.15)
    assert effect(bare, OFFER) < 0 < effect(offered, OFFER)


def test_what_offers_do_is_told_against_the_usual_price(world):
    panel, model = world
    rows = np.arange(panel.n)
    cut = planned(panel, discount=30, advertised=1)

    told = model.offers_effect(cut, rows, END, END + 1)
    none = model.offers_effect(planned(panel, discount=0, advertised=0), rows, END, END + 1)

    truth = 0.7**ELASTICITY * np.exp(ADVERTISED)
    assert np.median(told) == pytest.approx(truth, rel=0.3)
    np.testing.assert_array_equal(none, 1.0)


def test_a_usual_week_has_the_closed_days_that_weeks_have():
    opened = np.tile(np.where(np.arange(147) % 7 == 6, 0.0, 1.0), (3, 1)).astype(np.float32)
    sales = np.where(opened[:, :140] > 0, 70.0, np.nan)
    panel = panel_of(sales, plan=7, open=opened, closed_when_missing=True)
    span = Span(date(2024, 5, 20), date(2024, 5, 26), np.arange(140, 147), np.ones(7))

    account = Account(train(panel, budget="fast"), panel)

    found = explain_forecast(account, np.arange(3), span)

    assert found.normal == pytest.approx(3 * 6 * 70)
    assert found.mean == pytest.approx(found.normal, rel=0.05)
    assert found.stores == ()  # there is only one
