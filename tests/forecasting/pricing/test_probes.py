from dataclasses import replace

import numpy as np
import pytest

from forecasting.pricing.exposure import Exposure
from forecasting.pricing.probes import BEFORE, EARLIER, probes
from forecasting.pricing.response import estimate_response
from forecasting.units import Frequency
from tests.builders import make_panel
from tests.forecasting.pricing.confounded import ConfoundedWorld
from tests.forecasting.pricing.weekly import by_week

SMALL = {"stores": 4, "categories": 3, "days": 735}


def probed(frequency, offers):
    """Return where each probe of one series shows, by name."""
    panel = make_panel(stores=1, products=1, history=40, promotions=False)
    on = np.isin(np.arange(40), offers)[None, :]
    exposure = replace(Exposure.of(panel), promoted=on.astype(float))
    found = probes(exposure, frequency)
    return {name: np.flatnonzero(values[0]).tolist() for name, values in found.items()}


def weekly(seed, *, begins, hidden=""):
    world = ConfoundedWorld.make(seed, **SMALL, hidden=hidden)
    return estimate_response(by_week(world.panel, begins=begins))


def doubted(response):
    return response.table["why_not"].str.startswith("Something that is in no table").mean()


def test_by_day_the_seven_days_before_an_offer_are_looked_at():
    shown = probed(Frequency.DAY, [20, 21])

    assert shown[BEFORE] == [13, 14, 15, 16, 17, 18, 19]
    assert EARLIER not in shown


def test_by_week_the_week_before_an_offer_and_the_one_before_that_are_told_apart():
    shown = probed(Frequency.WEEK, [20, 21, 23])

    assert shown[BEFORE] == [19, 22]
    assert shown[EARLIER] == [18]


@pytest.mark.parametrize("seed", [21, 22])
def test_offers_that_begin_a_day_before_their_week_are_no_sign_of_a_hidden_driver(seed):
    response = weekly(seed, begins=1)

    (before,) = [check for check in response.checks if check.name == BEFORE]
    assert before.value > 3 * before.error
    assert doubted(response) == 0


@pytest.mark.parametrize("begins", [0, 1])
def test_by_week_too_a_hidden_driver_is_noticed(begins):
    assert doubted(weekly(22, begins=begins, hidden="category")) == 1


def test_more_than_a_day_of_an_offer_sold_before_it_is_a_sign_of_a_hidden_driver():
    response = weekly(23, begins=3)

    assert doubted(response) == 1
