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


def counted(panel, on_hand, *, days_ago=0):
    """Return a store in which every series was counted, with the same stock everywhere."""
    day = panel.periods[panel.history - 1].date() - timedelta(days=days_ago)
    rows = [
        {"date": str(day), "store": store, "product": product, "on_hand": float(on_hand)}
        for store, product in panel.ids
    ]
    return FakeStore({"stock": rows})


@pytest.fixture
def plan(panel, model):
    def made(stock=150, *, tables=None, world=panel, **arguments):
        engine = SmallEngine(world, model, store=tables or counted(panel, stock))
        return plan_inventory.run(PlanInventoryArgs(**arguments), context(engine))

    return made


def test_analysts_and_above_may_plan_orders():
    assert (plan_inventory.minimum_role, plan_inventory.effect) == (Role.ANALYST, Effect.READS)


def test_stock_is_filled_up_to_what_lasts_until_the_order_after_this_one(plan):
    found = plan(product="1", store="1")

    (line,) = found.lines
    assert (found.end - found.start).days + 1 == 14 == found.lead_time_days + found.review_days
    assert line.order == line.order_up_to - 150
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
    apart, together = plan(product="2"), plan(product="2", on_hand=300)

    (line,) = together.lines
    assert (line.store, line.on_hand, line.counted) == (None, 300, None)
    assert line.demand == pytest.approx(apart.total.demand)
    assert line.order == line.order_up_to - 300


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
