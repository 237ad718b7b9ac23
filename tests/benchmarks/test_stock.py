"""Shelves and ways to order that advice is measured by."""

import numpy as np
import pytest

from benchmarks.evidence.stock import measured
from benchmarks.stock.compare import PROFIT, RULE, SERVICE, Figures
from benchmarks.stock.policies import RuleOfThumb
from benchmarks.stock.replay import Setting, replayed
from benchmarks.stock.shelves import Shelves
from tests.builders import make_panel

SHELF = np.array([0])


def one(units):
    return np.array([float(units)])


def test_the_oldest_goods_are_sold_first():
    shelves = Shelves(np.array([3]))
    shelves.deliver(one(5))
    shelves.close()
    shelves.deliver(one(5))

    assert shelves.sell(one(4)) == 4
    assert (shelves.close(), shelves.on_hand) == (0, 6)
    assert (shelves.close(), shelves.on_hand) == (1, 5)
    assert (shelves.close(), shelves.on_hand) == (5, 0)


def test_no_more_is_sold_than_is_there():
    shelves = Shelves(np.array([9]))
    shelves.deliver(one(5))

    assert shelves.sell(one(8)) == 5
    assert shelves.on_hand == 0


@pytest.fixture
def setting():
    panel = make_panel(history=60, promotions=False)
    wanted = np.full((1, 35), 4.0)
    return Setting(panel, SHELF, wanted, np.array([1000]), lead_days=3, counted_from=7)


def test_an_order_stands_on_the_shelf_after_the_lead_time(setting):
    came = replayed(setting, lambda situation: one(28) * (situation.stock < 28), one(12))

    # Twelve units last three days; the orders of each Monday come on its Thursday.
    assert came.sold.sum() == came.wanted.sum()
    assert came.held[0, :7].tolist() == [8, 4, 0, 24, 20, 16, 12]


def test_later_orders_see_what_was_sold_and_where_the_shelf_was_empty(setting):
    seen = []

    def nothing(situation):
        seen.append(situation.panel)
        return one(0)

    replayed(setting, nothing, one(10))

    second = seen[1]
    assert second.history == setting.panel.history + 7
    assert second.sales[0, -7:].tolist() == [4, 4, 2, 0, 0, 0, 0]
    assert second.stocked_out[0, -7:].tolist() == [False, False, True, True, True, True, True]


def test_goods_that_are_too_old_are_thrown_away_and_counted(setting):
    short = Setting(setting.panel, SHELF, setting.wanted, np.array([5]), 3, 7)

    came = replayed(short, lambda _situation: one(28), one(40))

    # Of the 28 units of each week those of five days are sold; before, there is the start.
    assert came.wasted[0, 7:].sum() == 3 * 8


def test_the_rule_of_thumb_fills_up_to_half_as_much_again_as_usual(setting):
    situations = []

    def noted(situation):
        situations.append(situation)
        return one(0)

    replayed(setting, noted, one(10))

    usual = setting.panel.sales[0, -28:].mean()
    assert RuleOfThumb(10)(situations[0]) == np.ceil(15 * usual) - 10


def test_the_figures_of_worlds_are_added_up_before_they_are_compared():
    def world(wasted):
        return {
            RULE: Figures(100, 90, 20, 50, 100, 0.8),
            SERVICE: Figures(100, 95, wasted, 40, 110, 0.9),
            PROFIT: Figures(100, 94, wasted / 2, 40, 120, 0.9),
        }

    found = {each.key: each for each in measured([world(4), world(12)], [1, 2])}

    assert found["waste_reduction_pct"].value == pytest.approx(60)
    assert found["waste_reduction_pct"].interval == pytest.approx((40, 80))
    assert found["waste_reduction_by_cost_pct"].value == pytest.approx(80)
    assert found["service_change_points"].value == pytest.approx(5)
    assert found["stock_profit_gain_pct"].value == pytest.approx(20)
    assert found["stock_lasted_pct"].value == pytest.approx(90)
