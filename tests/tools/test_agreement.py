"""Forecasts, what-ifs, ways to a target and advice are told by one response: they agree.

Where shelves run short too: all count demand, and say how much of it stores usually have stock for.
"""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from forecasting.pricing.stores import Strength
from forecasting.scope import PlanChange
from tests.tools.small_engine import SmallEngine, context, small_model, small_panel
from tools.counterfactual import counterfactual
from tools.optimize_discount import optimize_discount
from tools.what_if import what_if

PRODUCTS = ("1", "2", "3")
DEPTHS = (0.0, 5.0, 12.0, 20.0, 30.0, 35.0)


@pytest.fixture(scope="module")
def engine():
    panel = small_panel()
    return SmallEngine(panel, small_model(panel))


@pytest.fixture(scope="module")
def short(engine):
    """Return the same shop, where half of its busy days on offer empty the shelf."""
    full = engine.panel
    usual = np.nanmean(full.sales, axis=1, keepdims=True)
    busy = (full.promoted[:, : full.history] > 0) & (full.sales > 1.2 * usual)
    out = busy & (np.arange(full.history) % 2 == 0)
    panel = replace(full, sales=np.where(out, 1.2 * usual, full.sales), stocked_out=out)
    return SmallEngine(panel, engine.production.model)


@pytest.fixture(scope="module")
def differing(engine):
    """Return the same shop, the customers of one store taken to answer more than those of all."""
    model, (strong, weak) = engine.production.model, sorted(set(engine.panel.series["store"]))
    stores = {strong: Strength(1.4, 0.05), weak: Strength(0.6, 0.05)}
    return SmallEngine(
        engine.panel, replace(model, response=replace(model.response, stores=stores))
    )


@pytest.fixture(params=["engine", "short", "differing"])
def ctx(request):
    return context(request.getfixturevalue(request.param))


def run(tool, ctx, **arguments):
    return tool.run(tool.args_type(**arguments), ctx)


def forecast_units(engine, found, product, discount, store=None):
    """Return what the production model forecasts at a discount, as `forecast` does."""
    panel = engine.panel
    first = panel.history + (found.start - engine.cutoff).days - 1
    days = (found.end - found.start).days + 1
    rows = panel.rows((product,), store and (store,))
    change = PlanChange(discount_pct=discount)
    return float(engine.production.predict(panel, rows, first, first + days, change).mean.sum())


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize("discount", DEPTHS)
def test_a_forecast_at_a_discount_is_the_what_if_of_it(engine, product, discount):
    found = run(what_if, context(engine), product=product, discount_pct=discount)

    assert found.units.changed == pytest.approx(
        forecast_units(engine, found, product, discount), rel=1e-4
    )


@pytest.mark.parametrize(("store", "word"), [("1", "40% more"), ("2", "40% less")])
def test_a_store_that_answers_otherwise_does_so_in_forecasts_and_what_ifs_alike(
    engine, differing, store, word
):
    found = run(what_if, context(differing), product="1", store=store, discount_pct=20.0)
    alike = run(what_if, context(engine), product="1", store=store, discount_pct=20.0)

    sold = forecast_units(differing, found, "1", 20.0, store)
    assert found.units.changed == pytest.approx(sold, rel=1e-4)
    assert any(f"answer to prices about {word} strongly" in note for note in found.notes)
    assert abs(found.elasticity / alike.elasticity - 1) == pytest.approx(0.4)
    assert not any("strongly" in note for note in alike.notes)


@pytest.mark.parametrize("product", PRODUCTS)
def test_advice_is_the_what_if_of_its_discount_with_all_else_counted(ctx, product):
    advice = run(optimize_discount, ctx, product=product).advice[0]
    same = run(what_if, ctx, product=product, discount_pct=advice.discount_pct)

    assert advice.sales.expected == pytest.approx(same.units.changed)
    assert advice.objective.expected == pytest.approx(same.profit.changed)
    beside = same.elsewhere.neighbours + same.elsewhere.later
    assert advice.objective.gain == pytest.approx(same.profit.change + beside)


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_point_of_the_curve_is_the_what_if_of_its_discount(ctx, product):
    for point in run(optimize_discount, ctx, product=product).advice[0].curve:
        same = run(what_if, ctx, product=product, discount_pct=point.discount_pct)

        beside = same.elsewhere.neighbours + same.elsewhere.later
        assert point.gain == pytest.approx(same.profit.change + beside, abs=1e-6)


@pytest.mark.parametrize("factor", [1.1, 1.4, 1.9])
def test_a_way_to_a_target_is_the_what_if_of_its_discount(ctx, factor):
    planned = run(counterfactual, ctx, product="1", target_units=1).planned.units
    found = run(counterfactual, ctx, product="1", target_units=factor * planned)

    best = found.least
    for way in (best, *(one for one in found.others if one.lever == "price")):
        promoted = {} if way is best else {"promotion": False}
        same = run(what_if, ctx, product="1", discount_pct=way.discount_pct, **promoted)
        assert way.units == pytest.approx(same.units.changed)


def test_a_what_if_counts_what_stores_seldom_have_and_says_so(engine, short):
    free = run(what_if, context(engine), product="2", discount_pct=25)
    held = run(what_if, context(short), product="2", discount_pct=25)

    assert held.units.changed == pytest.approx(forecast_units(short, held, "2", 25), rel=1e-4)
    assert any("have stock for about" in note for note in held.notes)
    assert not any("have stock for about" in note for note in free.notes)


def test_one_week_and_its_days_add_up(engine):
    ctx = context(engine)
    start = engine.cutoff + timedelta(days=1)
    week = run(what_if, ctx, product="2", discount_pct=15, start=start, end=start + timedelta(6))
    days = [
        run(what_if, ctx, product="2", discount_pct=15, start=day, end=day)
        for day in (start + timedelta(n) for n in range(7))
    ]

    assert week.units.changed == pytest.approx(sum(day.units.changed for day in days), rel=1e-5)
    assert week.profit.change == pytest.approx(sum(day.profit.change for day in days), abs=0.01)
