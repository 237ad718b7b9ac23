from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from forecasting.units import Target
from tenants.errors import CannotAnswer, NeedsDetail
from tenants.roles import Role
from tests.forecasting.fake_store import FakeStore
from tests.tools.small_engine import SmallEngine, context, small_model, small_panel
from tools.contract import Effect
from tools.plan_inventory import PlanInventoryArgs, plan_inventory


@pytest.fixture(scope="module")
def panel():
    return small_panel()


@pytest.fixture(scope="module")
def model(panel):
    return small_model(panel)


def counted(panel, on_hand, *, days_ago=0, **more):
    """Return a store in which every series was counted, with the same stock everywhere."""
    day = panel.periods[panel.history - 1].date() - timedelta(days=days_ago)
    rows = [
        {"date": str(day), "store": store, "product": product, "on_hand": float(on_hand)} | more
        for store, product in panel.ids
    ]
    return FakeStore({"stock": rows})


def on_record(panel, **attributes):
    """Return the panel with attributes of all its products."""
    named = {f"product_{name}": value for name, value in attributes.items()}
    return replace(panel, series=panel.series.assign(**named))


@pytest.fixture
def plan(panel, model):
    def made(stock=150, *, tables=None, world=panel, **arguments):
        engine = SmallEngine(world, model, store=tables or counted(panel, stock))
        return plan_inventory.run(PlanInventoryArgs(**arguments), context(engine))

    return made


def test_analysts_and_above_may_plan_orders():
    assert (plan_inventory.minimum_role, plan_inventory.effect) == (Role.ANALYST, Effect.READS)


def test_stock_is_filled_up_to_what_lasts_until_the_order_after_this_one(plan):
    found = plan(300, product="1", store="1")

    (line,) = found.lines
    assert (found.end - found.start).days + 1 == 14 == found.lead_time_days + found.review_days
    assert line.order == line.order_up_to - 300
    assert line.demand_lower < line.demand < line.demand_upper < line.order_up_to
    assert line.safety_stock == pytest.approx(line.order_up_to - line.demand)
    assert line.reorder_point < line.order_up_to
    assert (line.store.name, found.unit, found.total) == ("Quay", "units", None)


def test_the_service_level_is_the_chance_that_stock_lasts(plan, panel, model):
    found = plan(product="1", store="1", service_level_pct=90)

    first = panel.history
    made = model.predict(panel, np.array([0]), first, first + 14)
    upper = model.intervals.total(made.mean, made.sd, 80).upper
    assert found.lines[0].order_up_to == pytest.approx(upper, abs=1)


def test_a_higher_service_level_and_a_longer_lead_time_need_more_stock(plan):
    usual = plan(product="1", store="1").lines[0]

    assert plan(product="1", store="1", service_level_pct=99).lines[0].order > usual.order
    assert plan(product="1", store="1", lead_time_days=21).lines[0].order > usual.order


def test_days_of_cover_count_how_long_stock_lasts_at_expected_demand(plan):
    line = plan(product="1", store="1").lines[0]

    half = plan(line.demand / 2, product="1", store="1").lines[0]
    plenty = plan(10_000, product="1", store="1").lines[0]
    empty = plan(0, product="1", store="1").lines[0]
    assert 5 < half.days_of_cover < 9
    assert (empty.days_of_cover, plenty.days_of_cover) == (0, 14)
    assert (empty.urgency, plenty.urgency) == ("now", "enough")
    assert (plenty.order, plenty.lost_without_order) == (0, pytest.approx(0, abs=0.01))


def test_an_empty_shelf_loses_all_that_would_be_sold_before_the_delivery(plan):
    line = plan(0, product="1", store="1").lines[0]
    later = plan(0, product="1", store="1", lead_time_days=0).lines[0]

    assert line.lost_without_order == pytest.approx(line.demand)
    assert 0 < line.lost_before_delivery < line.lost_without_order
    assert later.lost_before_delivery == 0


def test_one_product_is_told_store_by_store(plan):
    found = plan(product="2")

    assert sorted(line.store.name for line in found.lines) == ["Hill", "Quay"]
    assert found.total.order == sum(line.order for line in found.lines)
    assert found.products == 1


def test_a_stock_given_for_all_stores_is_one_stock(plan):
    apart, together = plan(product="2"), plan(product="2", on_hand=1200)

    (line,) = together.lines
    assert (line.store, line.on_hand, line.counted) == (None, 1200, None)
    assert line.demand == pytest.approx(apart.total.demand)
    assert line.order == line.order_up_to - 1200


def test_the_whole_catalogue_comes_most_urgent_first(plan, panel):
    tables = counted(panel, 5000)
    tables.rows["stock"][2]["on_hand"] = 0.0

    found = plan(tables=tables)

    assert found.lines[0].product.name == "Bagel"
    assert [line.urgency for line in found.lines] == ["now", "enough", "enough"]
    assert (found.products, found.to_order) == (3, 1)
    assert found.lines[0].days_of_cover == 0
    assert all(line.store is None for line in found.lines)


def test_without_a_count_no_order_is_made_up(plan):
    found = plan(tables=FakeStore({}), product="1", store="1")

    (line,) = found.lines
    assert (line.on_hand, line.order, line.days_of_cover, line.urgency) == (
        *(None, None, None),
        "unknown",
    )
    assert line.order_up_to > 0
    assert found.to_order is None
    assert any("No stock levels are on record" in note for note in found.notes)
    assert any("how much is in stock" in note for note in found.notes)


def test_a_store_that_was_never_counted_is_not_ordered_for(plan, panel):
    tables = counted(panel, 0)
    tables.rows["stock"] = tables.rows["stock"][:3]

    found = plan(tables=tables)

    one_store = plan(tables=tables, store="1")
    assert found.total.order == one_store.total.order > 0
    assert any("For 3 of 6 series no stock is on record" in note for note in found.notes)


def test_the_newest_count_is_what_is_in_stock(plan, panel):
    tables = counted(panel, 150)
    tables.rows["stock"] = [*tables.rows["stock"], *counted(panel, 9, days_ago=3).rows["stock"]]

    assert {line.on_hand for line in plan(tables=tables, product="1").lines} == {150}


def test_an_old_count_is_said_to_be_old(plan, panel):
    fresh, old = plan(product="1"), plan(tables=counted(panel, 150, days_ago=5), product="1")

    assert not any("Stock was counted" in note for note in fresh.notes)
    assert any(f"Stock was counted on {old.lines[0].counted}" in note for note in old.notes)


def test_stock_of_no_product_in_particular_is_asked_about(plan):
    with pytest.raises(NeedsDetail) as asked:
        plan(on_hand=50)

    assert asked.value.asks_for == ("product",)


def test_data_in_money_plan_no_stock(plan, panel):
    with pytest.raises(CannotAnswer, match="not units"):
        plan(world=replace(panel, target=Target.REVENUE))


def test_what_is_no_longer_sold_is_not_planned(plan, panel):
    gone = replace(panel, sales=panel.sales.copy())
    gone.sales[[0, 3], -100:] = np.nan

    found = plan(world=gone)

    assert [one.product.name for one in found.not_planned] == ["Cold Brew"]
    assert found.products == 2
    with pytest.raises(CannotAnswer, match="no longer on sale"):
        plan(world=gone, product="1")


def test_orders_on_their_way_are_said_to_be_unknown(plan):
    assert any("on their way" in note for note in plan(0, product="1").notes)
    assert not any("on their way" in note for note in plan(10_000, product="1").notes)


def test_nothing_is_ordered_for_sales_that_are_lost_before_the_delivery(plan):
    line = plan(0, product="1", store="1").lines[0]

    assert line.order < line.order_up_to - 0.9 * line.lost_before_delivery
    assert line.lost_with_order == pytest.approx(line.lost_before_delivery, rel=0.05)


def test_orders_come_in_whole_packs(plan, panel):
    found = plan(world=on_record(panel, pack_size=24.0), product="1")
    loose = plan(product="1")

    for packed, line in zip(found.lines, loose.lines, strict=True):
        assert packed.pack_size == 24
        assert packed.order % 24 == 0
        assert line.order <= packed.order < line.order + 24
    assert all(line.pack_size is None for line in loose.lines)


def test_what_keeps_for_less_than_a_week_is_ordered_for_as_long_as_it_keeps(plan, panel):
    short = plan(0, world=on_record(panel, shelf_life_days=3.0), product="1", store="1")
    long = plan(0, product="1", store="1").lines[0]

    (line,) = short.lines
    assert (line.keeps_days, long.keeps_days, long.spoiled) == (3, None, None)
    assert 0.3 < line.order / long.order < 0.6
    assert line.spoiled > 0
    assert any("better ordered more often" in note for note in short.notes)


def test_stock_that_may_spoil_is_said_but_not_ordered_twice(plan, panel):
    found = plan(400, world=on_record(panel, shelf_life_days=8.0), product="1", store="1")
    keeps = plan(400, product="1", store="1").lines[0]

    (line,) = found.lines
    assert line.spoiled > 50
    assert line.order == pytest.approx(keeps.order, abs=3)
    assert line.order_up_to == keeps.order_up_to
    assert any("How old the stock is" in note for note in found.notes)


def test_what_keeps_for_months_is_planned_as_if_it_kept_for_ever(plan, panel):
    found = plan(world=on_record(panel, shelf_life_days=180.0), product="1", store="1").lines[0]

    usual = plan(product="1", store="1").lines[0]
    assert found == usual.model_copy(update={"keeps_days": 180, "spoiled": 0.0})


@pytest.mark.parametrize("nonsense", [0.0, -3.0, np.nan, "fresh"])
def test_a_shelf_life_that_is_no_number_of_days_is_not_on_record(plan, panel, nonsense):
    world = on_record(panel, shelf_life_days=nonsense, pack_size=nonsense)

    assert plan(world=world).lines == plan().lines


def test_for_profit_what_earns_much_is_held_more_surely_than_what_earns_little(plan, panel):
    def level(cost):
        world = on_record(panel, shelf_life_days=8.0, cost=cost)
        return plan(300, world=world, product="1", store="1", goal="profit").lines[0]

    dear, cheap = level(4.5), level(1.0)

    assert dear.service_level_pct < cheap.service_level_pct
    assert dear.order < cheap.order
    assert dear.spoiled < cheap.spoiled


def test_where_costs_are_not_on_record_the_service_level_asked_for_holds(plan, panel):
    world = on_record(panel, cost=np.nan)

    profit = plan(world=world, goal="profit", product="1")

    assert profit.lines == plan(world=world, product="1").lines
    assert any("the service level asked for holds" in note for note in profit.notes)


def test_what_is_on_its_way_need_not_be_ordered_again(plan, panel):
    found = plan(tables=counted(panel, 250, on_order=60.0), product="1")

    here = plan(310, product="1")
    for line, other in zip(found.lines, here.lines, strict=True):
        assert (line.on_hand, line.on_order, other.on_order) == (250, 60, None)
        assert (line.order, line.lost_with_order) == (other.order, other.lost_with_order)
    assert (found.total.on_hand, found.total.on_order) == (500, 120)
    assert not any("not on record" in note for note in found.notes)
    assert any("arrive before an order of today" in note for note in found.notes)


def test_orders_that_are_not_on_record_are_not_taken_for_none(plan, panel):
    found = plan(tables=counted(panel, 250, on_order=np.nan), product="1")

    assert all(line.on_order is None for line in found.lines)
    assert any("Orders that are on their way are not on record" in note for note in found.notes)
