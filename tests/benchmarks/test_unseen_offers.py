from dataclasses import replace

import numpy as np
import pytest

from benchmarks.decisions.unseen_offers import unseen_offers
from tests.forecasting.pricing.confounded import ConfoundedWorld
from tests.forecasting.pricing.weekly import by_week


@pytest.fixture(scope="module")
def panel():
    shape = {"stores": 31, "categories": 1, "per_category": 3, "days": 735}
    return by_week(ConfoundedWorld.make(5, **shape).panel)


def mean(offers, what):
    return np.mean([getattr(one, what) for one in offers])


def test_offers_of_a_market_that_stays_as_it_was_sell_what_was_expected(panel):
    offers = unseen_offers(panel)

    assert len(offers) > 10
    assert all(one.advertised and one.discount_pct >= 10 for one in offers)
    assert mean(offers, "sold") == pytest.approx(mean(offers, "expected"), rel=0.2)


def test_what_the_last_weeks_sold_is_not_learned_from(panel):
    twice = replace(panel, sales=panel.sales.copy())
    twice.sales[:, -8:] *= np.where(panel.promoted[:, -8:] > 0, 2, 1)
    before, after = unseen_offers(panel), unseen_offers(twice)

    assert mean(after, "expected") == mean(before, "expected")
    assert mean(after, "sold") > mean(before, "sold") + 0.05
