"""What drives a forecast, by the model's own account."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy.stats import spearmanr

from forecasting.explanation.drivers import OFFER
from forecasting.explanation.outlook import explain_forecast
from forecasting.explanation.reasoned import Account, Reasoned
from forecasting.explanation.reasons import (
    NAMES,
    PAST_NAMES,
    offers_effect,
    reasons_of,
    recent_reasons,
)
from forecasting.spans import Span
from forecasting.training import train
from tests.tools.small_engine import small_model, small_panel

FIRST, LAST = 420, 434
SPAN = Span(date(2025, 2, 25), date(2025, 3, 10), np.arange(FIRST, LAST), np.ones(14))


@pytest.fixture(scope="module")
def panel():
    return small_panel()


@pytest.fixture(scope="module")
def model(panel):
    return small_model(panel)


def drivers(account):
    rows = np.arange(account.panel.n)
    found = explain_forecast(account, rows, SPAN)
    named = {one.name: one.effect for one in found.drivers}
    assert sum(named.values()) == pytest.approx(found.mean - found.normal, abs=1e-6)
    return found, named


def test_drivers_add_up_exactly_and_a_base_is_left(model, panel):
    found, named = drivers(Account(model, panel))

    served = model.predict(panel, np.arange(panel.n), FIRST, LAST).mean.sum()
    assert found.mean == pytest.approx(float(served), rel=1e-6)
    assert {"days of the week", "recent sales"} & set(named)


def test_what_price_and_promotion_do_is_the_model_asked_again_without_them(model, panel):
    offered = replace(panel, discount=panel.discount.copy(), promoted=panel.promoted.copy())
    offered.discount[:, FIRST:], offered.promoted[:, FIRST:] = 20, 1
    bare = replace(panel, discount=panel.discount.copy(), promoted=panel.promoted.copy())
    bare.discount[:, FIRST:], bare.promoted[:, FIRST:] = 0, 0
    rows = np.arange(panel.n)

    found = offers_effect(model, offered, rows, FIRST, LAST)

    without = model.predict(bare, rows, FIRST, LAST).mean
    price = model.offers_effect(bare, rows, FIRST, LAST)
    np.testing.assert_allclose(found.usual, without / price, rtol=0.03)
    assert set(found.parts) == {"price and discount", "promotion"}
    assert found.parts["price and discount"].sum() > found.parts["promotion"].sum()


def test_a_driver_at_work_in_the_weeks_before_as_well_explains_no_difference(model, panel):
    rows = np.arange(panel.n)

    _, named = drivers(Account(model, panel))

    ahead = reasons_of(model, panel, rows, FIRST, LAST).sum(axis=(1, 2))
    before = recent_reasons(model, panel, rows).sum(axis=1) / 2  # four weeks against two
    told = [named.get(name, 0.0) for name in NAMES[:-1]]
    # Of less than a thousandth of the whole nothing is said.
    least = float(max(np.abs(list(named.values())))) / 500
    np.testing.assert_allclose(told, (ahead - before[:-1])[:-1], atol=least)
    assert np.abs(before).max() > 10 * least


def test_what_is_read_is_what_would_be_worked_out(model, panel, tmp_path):
    store, rows = Reasoned(tmp_path), np.array([4, 1])
    asked = store.account("model-1", model, panel)
    store.fill("model-1", model, panel)

    read = store.account("model-1", model, panel)

    assert asked.stored is None
    assert read.stored is not None
    shorter = replace(read, stored=replace(read.stored, ahead=read.stored.ahead[:, :, :10]))
    for account, first, last in ((read, 421, 430), (shorter, 425, 440), (shorter, 440, 444)):
        found, expected = (one.ahead(rows, first, last) for one in (account, asked))
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(read.recent(rows), asked.recent(rows), rtol=1e-4, atol=1e-4)


def test_other_data_have_nothing_stored(model, panel, tmp_path):
    store = Reasoned(tmp_path)
    store.fill("model-1", model, panel)

    assert store.account("model-1", model, replace(panel, version="other")).stored is None
    assert store.account("model-2", model, panel).stored is None


def test_of_many_series_a_sample_is_read_and_said_to_be(model, panel):
    class Few(Account):
        def most_series(self, last):
            return min(2, last)

    found, _ = drivers(Few(model, panel))

    assert found.sampled == 2


def test_a_short_history_has_no_weeks_before_to_compare_with(panel):
    short = panel.until(40)

    account = Account(train(short, budget="fast", seed=1), short)

    assert not account.recent(np.arange(short.n)).any()


def test_another_seed_gives_the_drivers_the_same_order(model, panel):
    other = train(panel, budget="fast", seed=8)
    rows = np.arange(panel.n)

    ours, theirs = (
        np.stack([reasons_of(one, panel, rows, FIRST, LAST).sum(axis=2)]).ravel()
        for one in (model, other)
    )

    big = np.abs(ours) > 0.01 * np.abs(ours).max()
    assert spearmanr(ours[big], theirs[big]).statistic >= 0.9
    assert PAST_NAMES[-1] == OFFER
