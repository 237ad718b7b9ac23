from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from forecasting.panel_builder import build_panel
from forecasting.scope import PlanChange
from tenants.errors import CannotAnswer, InvalidArguments, NeedsDetail
from tenants.roles import Role
from tests.tools.small_engine import SmallEngine, VersionedStore, context, small_model, small_panel
from tools.contract import Effect
from tools.detect_anomalies import detect_anomalies
from tools.explain import explain
from tools.optimize_discount import optimize_discount
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


@pytest.mark.parametrize("tool", [what_if, optimize_discount, explain])
def test_analysts_and_above_may_ask_what_to_decide(tool):
    assert (tool.minimum_role, tool.effect) == (Role.ANALYST, Effect.READS)


def test_viewers_may_ask_what_was_odd():
    assert detect_anomalies.minimum_role is Role.VIEWER


def test_what_if_says_the_difference_with_its_range_and_unit(ctx):
    found = run(what_if, ctx, product="1", discount_pct=20)

    assert found.units.unit == "units"
    assert found.units.changed == pytest.approx(found.units.planned + found.units.change)
    assert found.units.change_lower < found.units.change < found.units.change_upper
    assert found.elasticity_lower < found.elasticity < found.elasticity_upper < 0
    assert found.revenue.unit == found.profit.unit == "USD"
    assert found.evidence == "observational"
    assert (found.end - found.start).days == 6
    assert found.cutoff == ctx.forecasting.cutoff


def test_a_what_if_agrees_with_the_model_at_that_discount(ctx, panel, model):
    found = run(what_if, ctx, product="1", discount_pct=20)

    first = panel.history + (found.start - ctx.forecasting.cutoff).days - 1
    rows = panel.rows(products=("1",))
    served = model.predict(panel, rows, first, first + 7, PlanChange(discount_pct=20))
    assert found.units.changed == pytest.approx(float(served.mean.sum()), rel=1e-4)


def test_what_if_asks_what_would_be_different(ctx):
    with pytest.raises(NeedsDetail) as asked:
        run(what_if, ctx, product="1")

    assert asked.value.asks_for == ("discount_pct", "price", "promotion")


def test_a_discount_and_a_price_at_once_are_refused(ctx):
    with pytest.raises(InvalidArguments, match="not both"):
        run(what_if, ctx, product="1", discount_pct=10, price=4)


def test_a_discount_never_tried_is_not_answered(ctx):
    with pytest.raises(CannotAnswer, match="were tried"):
        run(what_if, ctx, product="1", discount_pct=80)


def test_the_best_discount_beats_the_plan_within_its_limits(ctx):
    found = run(optimize_discount, ctx, product="1", max_discount_pct=25)

    advice = found.advice[0]
    assert advice.discount_pct <= 25
    assert advice.objective.gain >= 0
    assert advice.objective.unit == "USD"
    assert found.total.gain == pytest.approx(advice.objective.gain)


def test_without_a_product_the_whole_catalogue_is_weighed(ctx):
    found = run(optimize_discount, ctx, objective="revenue")

    assert found.products == 3
    gains = [one.objective.gain for one in found.advice]
    assert gains == sorted(gains, reverse=True)


def test_a_budget_holds_for_what_all_discounts_together_give_away(ctx):
    free = run(optimize_discount, ctx, objective="units").total.given_away
    held = run(optimize_discount, ctx, objective="units", budget=free / 2)

    assert held.total.given_away == pytest.approx(sum(x.money.given_away for x in held.advice))
    assert 0 < held.total.given_away <= free / 2
    assert held.total.currency == "USD"


def test_products_that_cannot_be_told_are_listed_with_the_reason(panel, model):
    table = model.response.table.copy()
    table.loc["2", ["usable", "why_not"]] = [False, "Not enough price changes: 1, 6 needed."]
    response = replace(model.response, table=table)
    engine = SmallEngine(panel, replace(model, response=response))

    found = run(optimize_discount, context(engine))

    assert [one.product.name for one in found.not_known] == ["Oat Bar"]
    assert "Not enough price changes" in found.not_known[0].reason
    with pytest.raises(CannotAnswer, match="Not enough price changes"):
        run(optimize_discount, context(engine), product="2")


def test_where_the_answer_is_not_known_the_test_that_would_tell_is_named(panel, model):
    table = model.response.table.copy()
    table.loc["2", ["usable", "why_not"]] = [False, "Not enough price changes: 1, 6 needed."]
    engine = SmallEngine(panel, replace(model, response=replace(model.response, table=table)))

    (unknown,) = run(optimize_discount, context(engine)).not_known

    assert {one.name for one in unknown.test.stores + unknown.test.other_stores} == {"Quay", "Hill"}
    assert unknown.test.discount_pct > 0
    with pytest.raises(CannotAnswer, match=r"A test would tell: .* off for .* weeks at"):
        run(what_if, context(engine), product="2", discount_pct=10)


def test_the_deepest_allowed_is_named_where_deeper_would_gain_more(ctx):
    held = run(optimize_discount, ctx, product="1", max_discount_pct=5).advice[0]

    assert held.limits == ("max_discount",)
    assert {point.discount_pct for point in held.curve} <= {0.0, 5.0}


def test_only_one_product_is_told_with_its_curve(ctx):
    assert all(not one.curve for one in run(optimize_discount, ctx).advice)
    assert len(run(optimize_discount, ctx, product="1").advice[0].curve) > 3


def test_profit_without_costs_is_not_made_up(ctx):
    catalogue = ctx.forecasting.catalogue
    ctx.forecasting.catalogue = replace(catalogue, products=catalogue.products.drop(columns="cost"))

    with pytest.raises(CannotAnswer, match="No cost is recorded"):
        run(optimize_discount, ctx, product="1")
    assert run(optimize_discount, ctx, product="1", objective="revenue").advice


def test_odd_days_are_found_and_named(panel, model):
    odd = replace(panel, sales=panel.sales.copy())
    odd.sales[0, 400] = 900

    found = run(detect_anomalies, context(SmallEngine(odd, model)))

    assert (found.end - found.start).days == 27
    spike = found.anomalies[0]
    assert (spike.kind, spike.store.name, spike.product.name) == ("spike", "Quay", "Cold Brew")
    assert spike.actual == 900
    assert found.alarms == len(found.anomalies)


def test_odd_days_need_no_model(panel, model):
    engine = SmallEngine(panel, model, production=False)

    assert run(detect_anomalies, context(engine)).series == panel.n


@pytest.mark.parametrize("about", ["forecast", "change", "miss"])
def test_drivers_add_up_to_the_difference(ctx, about):
    found = run(explain, ctx, about=about)

    total = sum(one.effect for one in found.drivers)
    assert total == pytest.approx(found.figure - found.reference, abs=1e-6)
    assert found.change == pytest.approx(found.figure - found.reference)


def test_a_forecast_is_explained_against_the_recent_normal(ctx, panel):
    found = run(explain, ctx, product="1")

    rows = panel.rows(products=("1",))
    week = panel.sales[rows, panel.history - 28 : panel.history].sum() / 4
    assert found.reference == pytest.approx(float(week), rel=1e-5)
    assert found.evidence == "model behaviour"
    assert found.lower <= found.figure <= found.upper


def test_a_change_names_the_period_it_is_compared_with(ctx):
    end = ctx.forecasting.cutoff
    start = end - timedelta(days=6)

    found = run(explain, ctx, about="change", start=start, end=end)

    assert (found.compare_start, found.compare_end) == (
        start - timedelta(days=7),
        start - timedelta(days=1),
    )


def test_a_comparison_before_the_data_is_refused(ctx):
    first = ctx.forecasting.panel.periods[0].date()

    with pytest.raises(CannotAnswer, match="nothing on"):
        run(explain, ctx, about="change", start=first, end=first + timedelta(days=6))


def test_a_miss_is_judged_by_a_model_that_had_not_seen_it(ctx):
    found = run(explain, ctx, about="miss", product="1")

    assert str(found.start) in found.model
    assert found.inside is (found.lower <= found.figure <= found.upper)
    assert any("trained now" in note for note in found.notes)


def test_without_an_earlier_forecast_there_is_no_revision(ctx):
    with pytest.raises(CannotAnswer, match="no earlier forecast"):
        run(explain, ctx, about="revision")


def test_new_sales_since_training_are_told_as_a_revision(panel):
    doubled = replace(panel, sales=panel.sales.copy())
    doubled.sales[:, -28:] *= 2
    store = VersionedStore(first=panel, second=doubled)
    model = small_model(build_panel(store.at("first")))
    engine = SmallEngine(build_panel(store.at("second")), model, store=store)

    found = run(explain, context(engine), about="revision")

    assert found.figure > found.reference
    assert sum(one.effect for one in found.drivers) == pytest.approx(found.change, abs=1e-4)
    assert found.earlier_model == found.model
    assert any("The earlier forecast" in note for note in found.notes)


def test_what_was_never_sold_is_said_to_be(ctx):
    with pytest.raises(CannotAnswer, match="never sold"):
        run(detect_anomalies, ctx, product="7")


def test_a_product_that_was_never_sold_has_no_what_if(ctx):
    with pytest.raises(CannotAnswer, match="no sales history"):
        run(what_if, ctx, product="7", discount_pct=10)


def test_every_figure_is_a_number(ctx):
    found = run(optimize_discount, ctx).model_dump()

    assert np.isfinite([one["objective"]["gain"] for one in found["advice"]]).all()
