from dataclasses import replace

import numpy as np
import pytest

from forecasting.explanation.change import explain_change
from forecasting.explanation.drivers import adding_up, log_mean, movers
from forecasting.pricing.response import estimate_response
from tests.builders import make_panel

PERIOD, BEFORE = (672, 700), (644, 672)


@pytest.fixture(scope="module")
def quiet():
    """Return two years without promotions or noise to speak of: only weekday and season."""
    return make_panel(stores=3, products=6, history=700, level=3000.0, promotions=False, seed=2)


def effects(change):
    return {one.name: one.effect for one in change.drivers}


def explained(panel, response=None, rows=None, period=PERIOD, before=BEFORE):
    rows = np.arange(panel.n) if rows is None else rows
    return explain_change(panel, rows, period, before, response)


def test_drivers_add_up_to_the_change_exactly(quiet):
    found = explained(quiet)

    assert sum(effects(found).values()) == pytest.approx(found.after - found.before, abs=1e-6)
    assert found.after == quiet.sales[:, slice(*PERIOD)].sum()


def test_items_add_up_to_the_change_when_all_are_told(quiet):
    found = explained(quiet)

    assert sum(one.change for one in found.stores) == pytest.approx(found.after - found.before)


def test_a_promotion_is_told_as_price_and_promotion():
    panel = make_panel(stores=3, products=6, history=700, level=60.0, elasticity=-2.0, seed=3)
    discount = panel.discount.copy()
    discount[:, 600:700] = 0
    discount[:, 672:700] = 25
    promoted = (discount > 0).astype(np.float32)
    was = (1 - panel.discount / 100) ** -2.0 * np.exp(0.2 * panel.promoted)
    now = (1 - discount / 100) ** -2.0 * np.exp(0.2 * promoted)
    sales = panel.sales * (now / was)[:, :700]
    promoted_panel = replace(panel, discount=discount, promoted=promoted, sales=sales)

    found = explained(promoted_panel, estimate_response(panel))

    change = found.after - found.before
    offers = effects(found)["price and discount"] + effects(found)["promotion"]
    assert offers == pytest.approx(change, rel=0.25)
    assert effects(found)["price and discount"] > effects(found)["promotion"] > 0
    assert abs(effects(found)["everything else"]) < 0.15 * change


def test_weekdays_account_for_a_saturday_against_a_tuesday(quiet):
    saturday = int(np.flatnonzero(quiet.periods[:700].day_of_week == 5)[-1])

    found = explained(quiet, period=(saturday, saturday + 1), before=(saturday - 4, saturday - 3))

    change = found.after - found.before
    assert change > 0
    assert effects(found)["days of the week"] == pytest.approx(change, rel=0.15)


def test_stock_outs_are_told_as_such(quiet):
    short = replace(quiet, sales=quiet.sales.copy(), stocked_out=quiet.stocked_out.copy())
    short.sales[:, 680:690] *= 0.4
    short.stocked_out[:, 680:690] = True
    lost = quiet.sales[:, slice(*PERIOD)].sum() - short.sales[:, slice(*PERIOD)].sum()

    assert effects(explained(short))["stock-outs"] == pytest.approx(-lost, rel=0.15)


def test_a_new_product_is_told_as_new(quiet):
    young = replace(quiet, sales=quiet.sales.copy())
    rows = young.rows(products=("2",))
    young.sales[rows, :672] = np.nan

    found = explained(young)

    new = float(young.sales[rows, slice(*PERIOD)].sum())
    assert effects(found)["new and discontinued items"] == pytest.approx(new)
    assert found.products[0].id == "2"


def test_a_longer_period_sells_more_because_it_has_more_days(quiet):
    found = explained(quiet, period=(672, 700), before=(665, 672))

    change = found.after - found.before
    assert effects(found)["length of the period"] == pytest.approx(change, rel=0.1)
    assert "days of the week" not in effects(found)


def test_nothing_sold_in_either_period_is_no_change(quiet):
    empty = replace(quiet, sales=np.zeros_like(quiet.sales))

    assert sum(effects(explained(empty)).values()) == 0


def test_a_short_history_is_explained_without_a_season():
    panel = make_panel(history=100)

    found = explained(panel, period=(80, 100), before=(60, 80))

    assert "season" not in effects(found)
    assert sum(effects(found).values()) == pytest.approx(found.after - found.before, abs=1e-6)


def test_small_effects_are_left_to_the_rest():
    drivers = adding_up(100.0, {"one": 60.0, "tiny": 0.05}, "rest")

    assert [(one.name, one.effect) for one in drivers] == [("one", 60.0), ("rest", 40.0)]


def test_the_logarithmic_mean_lies_between_its_two():
    found = log_mean(np.array([1.0, 5.0, 2.0]), np.array([3.0, 5.0, 0.0]))

    assert found[:2] == pytest.approx([2 / np.log(3), 5.0])
    assert 0 < found[2] < 2


def test_movers_are_ordered_by_how_much_they_moved(quiet):
    series = quiet.series.iloc[:3]

    found = movers(series["product"], np.array([1.0, 5.0, 9.0]), np.array([2.0, 9.0, 3.0]))

    assert [(one.id, one.change) for one in found] == [("3", -6.0), ("2", 4.0), ("1", 1.0)]
