import pytest

from forecasting.pricing.levers import other_ways
from forecasting.pricing.outlook import Outlook
from forecasting.pricing.rules import Rules
from forecasting.pricing.target import reach
from tests.forecasting.pricing.shop import outlooks_in, small_shop


@pytest.fixture(scope="module")
def outlook():
    return outlooks_in(*small_shop(), ["2"])["2"]


def ways(outlook, factor, **limits):
    target = factor * outlook.as_planned.units
    return target, {way.lever: way for way in other_ways(outlook, target, **limits)}


def test_a_discount_on_fewer_days_reaches_the_target_and_gives_away_less(outlook):
    target, found = ways(outlook, 1.3)

    first, last = found["days"].columns
    assert found["days"].offer.outcome.units >= target
    assert last - first + 1 < 7
    least = reach(outlook, target).least
    assert found["days"].offer.outcome.given_away < least.outcome.given_away


def test_one_day_less_would_not_be_enough(outlook):
    target, found = ways(outlook, 1.3)
    first, last = found["days"].columns
    offer = found["days"].offer

    a_day = (offer.outcome.units - outlook.as_planned.units) / (last - first + 1)
    assert offer.outcome.units - a_day < target


def test_a_price_that_is_not_announced_needs_a_deeper_cut(outlook):
    target, found = ways(outlook, 1.5)

    assert found["price"].offer.discount_pct > reach(outlook, target).least.discount_pct
    assert found["price"].offer.outcome.units >= target


def test_a_promotion_alone_is_enough_for_what_its_lift_brings(outlook):
    _target, found = ways(outlook, 1.05)

    assert found["promotion"].offer.discount_pct == 0
    assert found["promotion"].offer.price == pytest.approx(5.0)
    assert next(iter(found)) == "promotion"


def test_no_way_goes_below_the_margin_floor(outlook):
    _target, found = ways(outlook, 1.5, min_margin_pct=58)

    assert found == {}


def test_what_must_not_be_discounted_is_only_promoted(outlook):
    own = {name: getattr(outlook, name) for name in outlook.__dataclass_fields__}
    held = Outlook(**(own | {"rules": Rules(no_discount=True)}))

    _target, found = ways(held, 1.05)

    assert set(found) == {"promotion"}
