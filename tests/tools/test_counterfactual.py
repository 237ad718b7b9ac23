from dataclasses import replace

import pytest

from forecasting.units import Target
from tenants.errors import CannotAnswer
from tenants.roles import Role
from tests.tools.small_engine import SmallEngine, context, small_model, small_panel
from tools.contract import Effect
from tools.counterfactual import counterfactual
from tools.what_if import what_if


@pytest.fixture(scope="module")
def panel():
    return small_panel()


@pytest.fixture(scope="module")
def model(panel):
    return small_model(panel)


@pytest.fixture
def ctx(panel, model):
    return context(SmallEngine(panel, model))


def run(tool, ctx, **arguments):
    return tool.run(tool.args_type(**arguments), ctx)


@pytest.fixture
def planned(ctx):
    return run(counterfactual, ctx, product="1", target_units=1).planned


def test_analysts_and_above_may_work_back_from_a_target():
    assert (counterfactual.minimum_role, counterfactual.effect) == (Role.ANALYST, Effect.READS)


def test_the_smallest_discount_that_reaches_the_target_is_found(ctx, planned):
    target = round(1.4 * planned.units)

    found = run(counterfactual, ctx, product="1", target_units=target)

    less = run(what_if, ctx, product="1", discount_pct=found.least.discount_pct - 1)
    assert found.outcome == "reached"
    assert found.least.units >= target > less.units.changed
    assert found.least.units_lower < found.least.units < found.least.units_upper
    assert found.missing_units == pytest.approx(target - planned.units)


def test_it_agrees_with_what_if_at_the_discount_it_names(ctx, planned):
    found = run(counterfactual, ctx, product="1", target_units=round(1.3 * planned.units))

    same = run(what_if, ctx, product="1", discount_pct=found.least.discount_pct)
    assert found.least.units == pytest.approx(same.units.changed)
    assert found.least.profit == pytest.approx(same.profit.changed)
    assert found.least.price == pytest.approx(same.prices.changed)


def test_a_target_that_the_plan_reaches_needs_no_change(ctx, planned):
    found = run(counterfactual, ctx, product="1", target_units=round(0.8 * planned.units))

    assert (found.outcome, found.least, found.missing_units) == ("planned", None, 0)
    assert found.planned.chance_pct > 50


def test_a_target_beyond_reach_is_answered_with_the_most_that_can_be_told(ctx, planned):
    found = run(counterfactual, ctx, product="1", target_units=round(50 * planned.units))

    assert (found.outcome, found.least, found.without_floor) == ("out_of_reach", None, None)
    assert found.most.units > planned.units
    assert found.most.discount_pct <= found.tried_discount_max_pct + 5
    assert found.most.chance_pct == 0


def test_a_margin_floor_in_the_way_is_named_with_what_would_do_without_it(ctx, planned):
    target = round(1.4 * planned.units)
    free = run(counterfactual, ctx, product="1", target_units=target)

    held = run(
        counterfactual,
        ctx,
        product="1",
        target_units=target,
        min_margin_pct=free.least.margin_pct + 1,
    )

    assert held.outcome == "out_of_reach"
    assert held.without_floor == free.least
    assert held.most.margin_pct >= held.min_margin_pct


def test_a_discount_beyond_any_on_record_is_said_to_be_less_certain(ctx, panel):
    deepest = run(counterfactual, ctx, product="1", target_units=10_000_000).most

    found = run(counterfactual, ctx, product="1", target_units=deepest.units)

    assert any("deeper than any discount on record" in note for note in found.notes)


def test_a_floor_without_a_cost_is_not_answered(ctx):
    catalogue = ctx.forecasting.catalogue
    ctx.forecasting.catalogue = replace(catalogue, products=catalogue.products.drop(columns="cost"))

    with pytest.raises(CannotAnswer, match="No cost is recorded"):
        run(counterfactual, ctx, product="1", target_units=100, min_margin_pct=20)
    assert run(counterfactual, ctx, product="1", target_units=100).planned.profit is None


def test_data_in_money_have_no_target_in_units(panel, model):
    money = replace(panel, target=Target.REVENUE)

    with pytest.raises(CannotAnswer, match="not units"):
        run(counterfactual, context(SmallEngine(money, model)), product="1", target_units=100)


def test_a_product_whose_answer_to_price_is_not_known_is_not_answered(panel, model):
    table = model.response.table.copy()
    table.loc["2", ["usable", "why_not"]] = [False, "Not enough price changes: 1, 6 needed."]
    unsure = replace(model, response=replace(model.response, table=table))

    with pytest.raises(CannotAnswer, match="Not enough price changes"):
        run(counterfactual, context(SmallEngine(panel, unsure)), product="2", target_units=100)
