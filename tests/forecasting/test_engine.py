"""The engine of one tenant, from tables to answers."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from forecasting.engine import ForecastEngine
from forecasting.forecasters import base
from forecasting.lifecycle.records import Approved, Stage
from forecasting.lifecycle.versions import register_trained
from forecasting.scope import PlanChange, Scope
from tenants.clock import Clock
from tenants.errors import CannotAnswer, OutOfRange
from tenants.installation import Installation
from tenants.settings import Settings
from tests.forecasting.fake_store import FakeStore, sale
from tests.forecasting.worlds import TINY

TODAY = date(2026, 3, 2)
MONDAY, SUNDAY = date(2026, 3, 9), date(2026, 3, 15)
ALL = Scope()


def tables():
    rng = np.random.default_rng(1)
    days = pd.date_range("2025-06-01", "2026-03-01")
    weekly = np.array([8, 7, 8, 9, 12, 14, 10.0])
    rows = [
        sale(str(day.date()), float(rng.poisson(weekly[day.day_of_week] * size)), **item)
        for item, size in (
            ({"store": "1", "product": "1"}, 3),
            ({"store": "2", "product": "1"}, 2),
            ({"store": "1", "product": "2"}, 1),
        )
        for day in days
    ]
    gone = [row | {"product": "9"} for row in rows[:100]]
    prices = [
        {"date": "2025-06-01", "store": "", "product": product, "price": price}
        for product, price in (("1", 5.0), ("2", 3.0), ("9", 1.0))
    ]
    return {"sales": rows + gone, "prices": prices}


@pytest.fixture(scope="module")
def empty_engine(tmp_path_factory):
    installation = Installation.open(
        Settings(home=tmp_path_factory.mktemp("home"), _env_file=None), Clock(TODAY)
    )
    tenant = installation.directory.create("acme", country="US")
    engine = ForecastEngine.open(installation.workspace(tenant.id), Clock(TODAY))
    engine.__dict__["store"] = FakeStore(tables())
    return engine


@pytest.fixture(scope="module")
def engine(empty_engine):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(base.BUDGETS, "normal", TINY)
        model = empty_engine.train()
    register_trained(
        model,
        registry=empty_engine.registry,
        today=TODAY,
        approved=Approved(by="ann"),
        stage=Stage.PRODUCTION,
    )
    return empty_engine


def test_without_a_model_it_says_how_to_get_one(tmp_path):
    installation = Installation.open(Settings(home=tmp_path, _env_file=None), Clock(TODAY))
    workspace = installation.workspace(installation.directory.create("new").id)

    with pytest.raises(CannotAnswer, match="tillsight train"):
        _ = ForecastEngine.open(workspace, Clock(TODAY)).production


def test_a_forecast_says_all_that_must_be_said(engine):
    found = engine.forecast(Scope(products=("1",), stores=("1",)), MONDAY, SUNDAY)

    assert (found.unit, found.series, found.level) == ("units", 1, 80)
    assert (found.start, found.end, found.cutoff) == (MONDAY, SUNDAY, date(2026, 3, 1))
    assert found.model == engine.production.id
    assert found.wape_pct < found.naive_wape_pct
    assert 150 < found.total.lower < found.total.mean < found.total.upper < 270


@pytest.mark.parametrize("granularity", ["total", "day", "week", "month"])
def test_points_add_up_to_the_total(engine, granularity):
    found = engine.forecast(ALL, TODAY, date(2026, 4, 15), granularity=granularity)

    assert sum(point.mean for point in found.points) == pytest.approx(found.total.mean)
    assert found.points[0].start == TODAY
    assert found.points[-1].end == date(2026, 4, 15)
    assert all(0 <= p.lower <= p.mean <= p.upper for p in found.points)


def test_stores_add_up_to_the_company(engine):
    whole = engine.forecast(ALL, MONDAY, SUNDAY).total.mean

    parts = [engine.forecast(Scope(stores=(s,)), MONDAY, SUNDAY).total.mean for s in ("1", "2")]

    assert sum(parts) == pytest.approx(whole)


def test_revenue_is_units_at_the_planned_price(engine):
    product = Scope(products=("1",))
    units = engine.forecast(product, MONDAY, SUNDAY)
    money = engine.forecast(product, MONDAY, SUNDAY, measure="revenue")

    assert money.unit == "USD"
    assert money.total.mean == pytest.approx(5 * units.total.mean)


def test_a_changed_price_counts_in_revenue(engine):
    product = Scope(products=("2",))
    change = PlanChange(price=1.5)

    units = engine.forecast(product, MONDAY, SUNDAY, change=change).total.mean
    money = engine.forecast(product, MONDAY, SUNDAY, change=change, measure="revenue").total.mean

    assert money == pytest.approx(1.5 * units)


def test_a_product_no_longer_sold_is_refused(engine):
    with pytest.raises(CannotAnswer, match="last sold on 2025-09-08"):
        engine.forecast(Scope(products=("9",)), MONDAY, SUNDAY)


def test_levels_beyond_the_range_are_refused(engine):
    with pytest.raises(OutOfRange, match="50 to 99"):
        engine.forecast(ALL, MONDAY, SUNDAY, level=99.5)


def test_a_year_ahead_is_forecast_to_the_last_day(engine):
    last = TODAY + timedelta(days=365)

    assert engine.forecast(ALL, last, last).total.mean > 10


def test_the_table_holds_every_series_on_sale_and_agrees_with_the_forecast(engine):
    table = engine.forecast_table(MONDAY, SUNDAY)

    assert list(table) == ["date", "store", "product", "mean", "lower", "upper", "unit"]
    assert set(table["product"]) == {"1", "2"}
    assert (len(table), table["date"].iloc[0]) == (21, "2026-03-09")
    assert table["mean"].sum() == pytest.approx(
        engine.forecast(ALL, MONDAY, SUNDAY).total.mean, rel=1e-5
    )


def test_items_that_appear_only_in_sales_are_named_by_their_id(engine):
    assert engine.catalogue.products["name"].tolist() == ["Product 1", "Product 2", "Product 9"]
    assert engine.catalogue.stores["store"].tolist() == ["1", "2"]


def test_new_data_are_read_when_their_version_changes(engine):
    before = engine.panel
    store = engine.store
    later = {"sales": [*store.rows["sales"], sale("2026-03-02", 20.0)]}

    engine.__dict__["store"] = replace(store, rows=store.rows | later, version="sales@2")
    after = engine.panel
    engine.__dict__["store"] = store

    assert (before.version, after.version) == ("sales@1", "sales@2")
    assert after.cutoff == before.cutoff + pd.Timedelta(days=1)


def test_the_panel_is_read_once_for_a_version(engine):
    assert engine.panel is engine.panel
    assert engine.production is engine.production


def test_an_answer_read_beforehand_is_the_one_worked_out(engine):
    asked = {"granularity": "day", "level": 90}
    worked_out = engine.forecast(ALL, MONDAY, SUNDAY, **asked)
    table = engine.forecast_table(MONDAY, SUNDAY)

    assert engine.precompute() > 0

    assert engine.production.stored is not None
    read = engine.forecast(ALL, MONDAY, SUNDAY, **asked)
    pairs = zip((read.total, *read.points), (worked_out.total, *worked_out.points), strict=True)
    for found, expected in pairs:
        assert found.mean == pytest.approx(expected.mean, rel=1e-6)
        assert found.upper == pytest.approx(expected.upper, rel=1e-6)
    assert (read.notes, read.model) == (worked_out.notes, worked_out.model)
    pd.testing.assert_frame_equal(engine.forecast_table(MONDAY, SUNDAY), table)


def test_a_changed_plan_is_worked_out_whatever_is_stored(engine):
    engine.precompute()
    change, panel = PlanChange(price=1.5), engine.panel
    first = panel.periods.get_loc(pd.Timestamp(MONDAY))
    model = engine.production.model

    asked = engine.forecast(Scope(products=("2",)), MONDAY, SUNDAY, change=change)

    expected = model.predict(panel, panel.rows(("2",)), first, first + 7, change)
    assert asked.total.mean == pytest.approx(expected.mean.sum())


def test_newer_data_are_not_answered_with_what_was_stored_before(engine):
    engine.precompute()
    before = engine.forecast(ALL, MONDAY, SUNDAY).total.mean
    store = engine.store
    much = [sale("2026-03-02", 300.0, product=product) for product in ("1", "2")]

    later = {"sales": [*store.rows["sales"], *much]}
    engine.__dict__["store"] = replace(store, rows=store.rows | later, version="sales@2")
    after = engine.forecast(ALL, MONDAY, SUNDAY).total.mean
    engine.__dict__["store"] = store

    assert after > before
