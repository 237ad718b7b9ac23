"""Orders, lost sales and waste against the same world drawn at random."""

import numpy as np
import pytest

from forecasting.inventory.orders import REVIEW_DAYS, Outlook, best_level, cases
from forecasting.inventory.spread import SCORES, Spread

DRAWS = 200_000


def spread(mean, deviation):
    return Spread(
        np.array([float(mean)]), np.array([deviation**2.0]), (mean + deviation * SCORES)[None, :]
    )


def outlook(stock, *, keeps=np.nan, together=0.8):
    """Return a shelf that sells about 10 a day, with a delivery after a week."""
    kept = 10 * keeps if np.isfinite(keeps) else 70.0
    return Outlook(
        stock=np.array([float(stock)]),
        before=spread(70, 12),
        covered=spread(70 + 10 * min(REVIEW_DAYS, keeps), 20),
        together=np.array([together]),
        kept=spread(kept, kept / 6),
        kept_together=np.array([0.5]),
        spoils=np.array([keeps]),
    )


def drawn(one, rng):
    """Return demand before the delivery, until the next, and while the order keeps."""
    before, other, third = rng.normal(size=(3, DRAWS))

    def going_with(demand, together):
        score = together * before + np.sqrt(1 - together**2) * other
        return demand.mean[0] + np.sqrt(demand.variance[0]) * score

    until = going_with(one.covered, one.together[0])
    score = one.kept_together[0] * before + np.sqrt(1 - one.kept_together[0] ** 2) * third
    kept = one.kept.mean[0] + np.sqrt(one.kept.variance[0]) * score
    return 70 + 12 * before, until, kept


@pytest.mark.parametrize("stock", [0, 40, 70, 90, 200])
@pytest.mark.parametrize("service", [80, 95, 99])
def test_the_order_lasts_until_the_next_delivery_as_often_as_wanted(stock, service):
    one = outlook(stock)

    order = cases(one).order(np.array([float(service)]))[0, 0]

    before, until, _kept = drawn(one, np.random.default_rng(1))
    there = np.maximum(stock - before, 0) + order
    lasted = 100 * (np.maximum(until - before, 0) <= there + 1e-9).mean()
    assert lasted == pytest.approx(service, abs=1.2) or (order == 0 and lasted > service)


@pytest.mark.parametrize("stock", [0, 60, 110])
def test_what_is_lost_after_the_delivery_is_what_chance_would_lose(stock):
    one, order = outlook(stock), np.array([60.0])

    found = cases(one).lost(order)[0]

    before, until, _kept = drawn(one, np.random.default_rng(2))
    short = np.maximum(until - before, 0) - np.maximum(stock - before, 0) - order
    assert found == pytest.approx(np.maximum(short, 0).mean(), abs=0.15)


@pytest.mark.parametrize("keeps", [4.0, 8.0, 14.0, 21.0])
@pytest.mark.parametrize(("stock", "bought"), [(0, 90.0), (110, 90.0), (110, 20.0)])
def test_what_spoils_is_what_chance_would_spoil(stock, bought, keeps):
    one, order = outlook(stock, keeps=keeps), np.array([bought])

    found = cases(one).spoil(order)[0]

    before, _until, kept = drawn(one, np.random.default_rng(3))
    there = np.maximum(stock - before, 0)
    sold = np.minimum(there, kept * max(keeps - REVIEW_DAYS, 0) / keeps)
    spoiled = there - sold + np.maximum(order - (kept - sold), 0)
    assert found == pytest.approx(spoiled.mean(), abs=0.25)


def test_what_may_be_old_is_not_ordered_a_second_time():
    keeps, spoils = (cases(outlook(140, keeps=keeps)) for keeps in (np.nan, 8.0))

    service = np.array([95.0])
    assert spoils.order(service) == pytest.approx(keeps.order(service))
    assert spoils.spoil(np.zeros(1)) > 50


def test_the_best_level_is_where_a_lost_sale_and_a_spoiled_unit_cost_the_same():
    one = cases(outlook(0, keeps=7.0))
    levels = np.array([50.0, 60.0, 70.0, 80.0, 90.0, 95.0, 99.0])
    orders = one.order(levels)

    def best(cost, earns):
        return levels[best_level(one, orders, np.array([cost]), np.array([earns]))[0]]

    # Newsvendor: the critical ratio is 8 / (8 + 2) where a unit keeps for just the week.
    assert best(2.0, 8.0) == pytest.approx(80, abs=10)
    assert best(8.0, 2.0) == 50
    assert best(0.1, 8.0) == 99
