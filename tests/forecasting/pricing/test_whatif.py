from dataclasses import replace

import numpy as np
import pytest

from forecasting.pricing.curvature import Bend
from forecasting.pricing.optimiser import discounts_to_weigh
from forecasting.pricing.outlook import Outlook
from forecasting.pricing.plan import asked
from forecasting.pricing.response import estimate_response
from forecasting.pricing.support import check_known
from forecasting.pricing.whatif import compare
from forecasting.scope import PlanChange
from tenants.errors import CannotAnswer, InvalidArguments
from tests.builders import make_panel


@pytest.fixture(scope="module")
def outlook():
    panel = make_panel(stores=3, products=4, history=730, elasticity=-2.0, lift=0.2, seed=5)
    rows, columns = panel.rows(products=("1",)), (730, 737)
    panel.discount[:, 730:] = 0
    panel.promoted[:, 730:] = 0
    return Outlook(
        "1", panel, rows, columns, np.full((3, 7), 10.0), 0.1, estimate_response(panel), 2.0
    )


def test_a_discount_moves_units_as_the_known_response_says(outlook):
    found = compare(outlook, PlanChange(discount_pct=20))

    assert found.planned.units == pytest.approx(210)
    assert found.changed.units == pytest.approx(210 * 0.8**-2.0 * np.exp(0.2), rel=0.06)


def test_the_difference_has_an_interval_of_its_own_narrower_than_demand(outlook):
    found = compare(outlook, PlanChange(discount_pct=20))

    change = found.changed.change(found.planned, "units")
    total = found.changed.estimate("units")

    assert change.lower <= change.mean <= change.upper
    assert change.upper - change.lower < total.upper - total.lower


def test_nothing_changed_is_no_difference(outlook):
    found = compare(outlook, PlanChange(discount_pct=0))

    change = found.changed.change(found.planned, "profit")

    assert (change.mean, change.lower, change.upper) == pytest.approx((0, 0, 0), abs=1e-6)


def test_a_price_and_the_discount_that_makes_it_say_the_same(outlook):
    by_price = compare(outlook, PlanChange(price=4.0)).changed
    by_discount = compare(outlook, PlanChange(discount_pct=20)).changed

    assert by_price.units == pytest.approx(by_discount.units, rel=1e-5)
    assert by_price.revenue == pytest.approx(by_discount.revenue, rel=1e-5)


def test_a_quiet_price_cut_sells_less_than_a_promoted_one(outlook):
    quiet = compare(outlook, PlanChange(discount_pct=20, promoted=False)).changed

    assert quiet.units < compare(outlook, PlanChange(discount_pct=20)).changed.units


def test_money_is_worked_out_at_the_price_asked(outlook):
    changed = compare(outlook, PlanChange(discount_pct=20)).changed

    assert changed.revenue == pytest.approx(changed.units * 4.0, rel=1e-5)
    assert changed.profit == pytest.approx(changed.units * 2.0, rel=1e-5)
    assert changed.given_away == pytest.approx(changed.units * 1.0, rel=1e-5)


def test_a_discount_never_tried_is_refused_with_the_range(outlook):
    with pytest.raises(CannotAnswer, match=r"30% below .* were tried"):
        compare(outlook, PlanChange(discount_pct=60))


def test_one_step_beyond_what_was_tried_is_answered(outlook):
    assert compare(outlook, PlanChange(discount_pct=35)).changed.units > 0


@pytest.mark.parametrize("moved", [0.9, 1.0, 1.1])
def test_what_may_be_advised_may_be_asked_about_wherever_the_regular_price_has_gone(outlook, moved):
    after = moved_regular_price(outlook, moved)

    weighed = discounts_to_weigh(after)

    assert weighed[-1] == 35
    for discount in weighed:
        compare(after, PlanChange(discount_pct=discount))
    with pytest.raises(CannotAnswer, match="were tried"):
        compare(after, PlanChange(discount_pct=36))


def test_a_discount_bends_alike_wherever_the_regular_price_has_gone(outlook):
    kinked = replace(outlook.response, bend=Bend.only("kinked_8"))
    here = replace(outlook, response=kinked)
    there = moved_regular_price(here, 1.1)

    for discount in (5, 10, 20):
        change = PlanChange(discount_pct=discount)
        uplift = [
            one.under(one.asked(change)).units / one.as_planned.units for one in (here, there)
        ]
        assert uplift[0] == pytest.approx(uplift[1], rel=1e-4)
    assert here.under(here.asked(PlanChange(discount_pct=5))).units == here.as_planned.units


def test_where_only_prices_are_on_record_they_are_judged_by_the_usual_one(outlook):
    panel = make_panel(stores=3, products=4, history=730, elasticity=-2.0, lift=0.0, seed=5)
    bare = replace(
        panel,
        price=(panel.price * (1 - panel.discount / 100)).astype(np.float32),
        discount=np.zeros_like(panel.discount),
        promoted=np.zeros_like(panel.promoted),
    )
    bare.price[:, 730:] = 4.0
    response = estimate_response(bare)
    cheap = replace(outlook, panel=bare, response=response)

    weighed = discounts_to_weigh(cheap)

    # The price is a fifth below the usual one as it is; 30 % below was tried, and one step more.
    assert weighed[-1] == 18
    with pytest.raises(CannotAnswer, match="were tried"):
        compare(cheap, PlanChange(discount_pct=20))


def uplift(outlook, change):
    return outlook.under(outlook.asked(change)).units / outlook.as_planned.units


def moved_regular_price(outlook, factor):
    price = outlook.panel.price.copy()
    price[:, outlook.columns[0] :] *= factor
    return replace(outlook, panel=replace(outlook.panel, price=price))


def test_a_promotion_is_not_judged_where_none_ever_ran():
    panel = make_panel(stores=2, products=3, history=730, lift=0.0, seed=8)
    panel.promoted[:] = 0
    response = estimate_response(panel)
    rows = panel.rows(products=("1",))
    outlook = Outlook("1", panel, rows, (730, 737), np.ones((2, 7)), 0.1, response, None)

    with pytest.raises(CannotAnswer, match="never promoted"):
        compare(outlook, PlanChange(promoted=True))


def test_a_price_needs_prices_on_record(outlook):
    bare = replace(outlook.panel, price=np.full_like(outlook.panel.price, np.nan))
    without = Outlook(
        "1", bare, outlook.rows, outlook.columns, outlook.mean, 0.1, outlook.response, None
    )

    with pytest.raises(InvalidArguments, match="discount in percent"):
        compare(without, PlanChange(price=4.0))
    assert np.isnan(without.as_planned.revenue)


def test_an_unknown_response_is_refused_with_the_reason():
    response = estimate_response(make_panel(stores=1, history=100))

    with pytest.raises(CannotAnswer, match="Not enough price changes"):
        check_known(response, "2", "Tea")
    with pytest.raises(CannotAnswer, match="no sales history of 'Chalk'"):
        check_known(response, "99", "Chalk")


def test_a_discount_counts_as_a_promotion_from_five_percent_on(outlook):
    panel, rows = outlook.panel, outlook.rows

    def promoted(percent):
        return asked(panel, rows, (730, 731), PlanChange(discount_pct=percent)).promoted

    assert not promoted(4).any()
    assert promoted(5).all()


def test_ending_a_promotion_ends_its_discount(outlook):
    panel = replace(outlook.panel, discount=outlook.panel.discount.copy())
    panel.discount[:, 730:] = 25

    changed = asked(panel, outlook.rows, (730, 737), PlanChange(promoted=False))

    assert not changed.discount.any()
