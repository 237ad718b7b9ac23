"""Explanations held against the forecasts that people were told."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from forecasting.panel_builder import build_panel
from forecasting.scope import Estimate, Scope
from forecasting.told.records import Told
from tests.tools.small_engine import SmallEngine, VersionedStore, context, small_model, small_panel
from tools.explain import explain

MODEL = "GradientBoosting_v20250128"
CUT = 392


@pytest.fixture(scope="module")
def panel():
    return small_panel()


@pytest.fixture(scope="module")
def store(panel):
    return VersionedStore(first=panel.until(CUT), second=panel)


@pytest.fixture(scope="module")
def model(store):
    return small_model(build_panel(store.at("first")))


@pytest.fixture
def ctx(store, model):
    """Return a desk whose one model was trained on the first version of the data."""
    records = [
        SimpleNamespace(id=name, servable=True, cutoff=None)
        for name in (MODEL, "GradientBoosting_v20250225")
    ]
    engine = SmallEngine(build_panel(store.at("second")), model, records=records, store=store)
    engine.earlier.model = lambda _record: model
    return context(engine)


def run(ctx, **arguments):
    return explain.run(explain.args_type(**arguments), ctx)


def told(ctx, start, end, **changes):
    engine = ctx.forecasting
    first = engine.panel.periods[CUT - 1].date()
    kept = Told(
        scope=Scope(products=("1",)),
        start=start,
        end=end,
        figure=Estimate(1000.0, 900.0, 1100.0),
        unit="units",
        level=80,
        model=MODEL,
        data_version=build_panel(engine.store.at("first")).version,
        cutoff=first,
        told_on=first + timedelta(days=1),
    )
    engine.explanations.told.remember(replace(kept, **changes))
    return first + timedelta(days=1)


def next_week(ctx):
    monday = ctx.today + timedelta(days=7 - ctx.today.weekday())
    return monday, monday + timedelta(days=6)


def test_a_revision_is_held_against_what_was_told(ctx):
    told_on = told(ctx, *next_week(ctx))

    found = run(ctx, about="revision", product="1")

    assert (found.reference, found.told_on, found.earlier_model) == (1000.0, told_on, MODEL)
    assert sum(one.effect for one in found.drivers) == pytest.approx(found.change, abs=1e-6)
    assert any("told on" in note for note in found.notes)


def test_of_a_longer_forecast_its_part_is_taken(ctx):
    start, end = next_week(ctx)
    told(ctx, start, end + timedelta(days=14))

    found = run(ctx, about="revision", product="1")

    assert found.told_on is None
    assert any("its part of the forecast told on" in note for note in found.notes)
    assert "sales since then" in {one.name for one in found.drivers}


def test_what_was_told_from_these_very_data_by_this_model_is_no_earlier_forecast(ctx):
    engine = ctx.forecasting
    told(ctx, *next_week(ctx), model=engine.production.id, data_version=engine.panel.version)

    found = run(ctx, about="revision", product="1")

    assert found.told_on is None
    assert found.reference != 1000.0


def test_what_a_model_said_that_is_gone_is_passed_over(ctx):
    told(ctx, *next_week(ctx), model="GradientBoosting_v20200101")

    assert run(ctx, about="revision", product="1").told_on is None


def test_a_miss_is_held_against_what_was_told_before(ctx):
    end = ctx.forecasting.cutoff
    start = end - timedelta(days=6)
    told_on = told(ctx, start, end)

    found = run(ctx, about="miss", product="1", start=start, end=end)

    assert (found.reference, found.lower, found.upper) == (1000.0, 900.0, 1100.0)
    assert found.told_on == told_on
    assert found.inside is (900.0 <= found.figure <= 1100.0)
    assert sum(one.effect for one in found.drivers) == pytest.approx(found.change, abs=1e-6)


def test_what_was_told_when_the_period_had_begun_is_no_forecast_of_it(ctx, model):
    end = ctx.forecasting.cutoff
    start = end - timedelta(days=6)
    told(ctx, start, end, cutoff=start)
    record = ctx.forecasting.registry.history()[0]
    record.cutoff = date(2024, 1, 1)

    found = run(ctx, about="miss", product="1", start=start, end=end)

    assert found.told_on is None
    assert model.family == "GradientBoosting"


def test_a_change_is_told_in_money_too(ctx):
    found = run(ctx, about="change")

    assert found.money.unit == "USD"
    total = sum(one.effect for one in found.money.drivers)
    assert total == pytest.approx(found.money.figure - found.money.reference, abs=1e-4)
    panel = ctx.forecasting.panel
    assert found.money.figure == pytest.approx(np.nansum(panel.revenue[:, -28:]), rel=1e-6)
