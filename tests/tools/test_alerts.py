"""Alerts of a retailer whose data and model are real."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from forecasting.alerts.records import Sign
from tenants.errors import UnknownItem
from tests.tools.small_engine import SmallEngine, context, small_model, small_panel
from tools.acknowledge_alert import acknowledge_alert
from tools.gateway import Failed, Succeeded
from tools.list_alerts import list_alerts


@pytest.fixture(scope="module")
def parts():
    panel = small_panel(history=200)
    return panel, small_model(panel)


@pytest.fixture
def ctx(parts):
    """Return a context with three alerts: of a product, of a store, of the data as a whole."""
    ctx = context(SmallEngine(*parts))
    day = ctx.forecasting.cutoff - timedelta(days=5)
    drop = Sign(
        "drop",
        day,
        day,
        store="1",
        product="1",
        actual=3.0,
        expected=30.0,
        score=-6.0,
        unit="units",
    )
    signs = [
        drop,
        replace(drop, store="2", product=None, start=day + timedelta(days=1), end=ctx.today),
        Sign("stale_data", day + timedelta(days=2), ctx.today, unit="units", series=6),
    ]
    ctx.forecasting.alerts.update(signs, since=day, today=ctx.today)
    return ctx


def run(tool, ctx, **arguments):
    return tool.run(tool.args_type(**arguments), ctx)


def ids(found):
    return [one.id for one in found.alerts]


def test_an_alert_is_told_with_names_figures_and_their_unit(ctx):
    found = run(list_alerts, ctx, product="1", store="1")

    (alert,) = [one for one in found.alerts if one.id == "AL-1"]
    assert (alert.product.name, alert.store.name) == ("Cold Brew", "Quay")
    assert (alert.actual, alert.expected, alert.unit) == (3, 30, "units")
    assert alert.change_pct == pytest.approx(-90)
    assert found.cutoff == ctx.forecasting.cutoff


def test_open_alerts_are_listed_the_newest_days_first(ctx):
    found = run(list_alerts, ctx)

    assert ids(found) == ["AL-3", "AL-2", "AL-1"]
    assert (found.found, found.open, found.acknowledged) == (3, 3, 0)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"product": "1"}, ["AL-3", "AL-2", "AL-1"]),
        ({"product": "2"}, ["AL-3", "AL-2"]),
        ({"store": "1"}, ["AL-3", "AL-1"]),
        ({"product": "2", "store": "1"}, ["AL-3"]),
    ],
)
def test_what_concerns_a_whole_store_or_all_data_concerns_each_product(ctx, arguments, expected):
    assert ids(run(list_alerts, ctx, **arguments)) == expected


def test_an_acknowledged_alert_moves_from_one_list_to_the_other(ctx):
    done = run(acknowledge_alert, ctx, alert_id="al 2", note=" the fridge failed ")

    assert (done.changed, done.noted, done.open) == (True, True, 2)
    assert (done.alert.acknowledged_by, done.alert.acknowledged_on) == ("analyst1", ctx.today)
    assert done.alert.note == "the fridge failed"
    assert ids(run(list_alerts, ctx)) == ["AL-3", "AL-1"]
    assert ids(run(list_alerts, ctx, status="acknowledged")) == ["AL-2"]
    assert len(ids(run(list_alerts, ctx, status="all"))) == 3


def test_acknowledging_twice_says_that_it_was_done_before(ctx):
    run(acknowledge_alert, ctx, alert_id="AL-2", note="the fridge failed")

    again = run(acknowledge_alert, ctx, alert_id="AL-2")

    assert (again.changed, again.noted) == (False, False)
    assert again.alert.note == "the fridge failed"


def test_an_unknown_alert_is_refused_with_the_open_ones(ctx):
    with pytest.raises(UnknownItem, match="no alert 'AL-99'; open are AL-3, AL-2, AL-1"):
        run(acknowledge_alert, ctx, alert_id="AL-99")


def test_a_long_list_is_cut_and_says_so(ctx):
    day = date(2020, 1, 1)
    many = [
        Sign("drop", day + timedelta(days=n), day + timedelta(days=n), store="1", product="1")
        for n in range(60)
    ]
    ctx.forecasting.alerts.update(many, since=ctx.today, today=ctx.today)

    found = run(list_alerts, ctx, status="all")

    assert (len(found.alerts), found.found) == (50, 63)
    assert "The 13 oldest are left out." in found.notes


def test_data_that_stopped_coming_are_said_to_be_old(ctx):
    late = replace(ctx, today=ctx.today + timedelta(days=20))

    assert any("load newer sales" in note for note in run(list_alerts, late).notes)


def test_training_the_first_model_raises_alerts_of_what_was_odd_of_late(shop):
    found = shop.call("viewer1", "list_alerts", status="all").result

    assert found.found > 0
    assert all((found.cutoff - one.end).days < 28 for one in found.alerts)
    assert {one.raised_on for one in found.alerts} == {date(2026, 7, 1)}


def test_a_viewer_sees_alerts_and_may_not_acknowledge_them(shop):
    assert isinstance(shop.call("viewer1", "list_alerts"), Succeeded)

    refused = shop.call("viewer1", "acknowledge_alert", alert_id="AL-1")

    assert isinstance(refused, Failed)
    assert (refused.outcome, refused.reason) == ("refused", "permission")


def test_an_acknowledgement_is_on_record_under_the_persons_name(shop):
    ended = shop.call("analyst1", "acknowledge_alert", alert_id="AL-2", note="checked")

    audit = shop.installation.audit(shop.tenant.id)
    (record,) = audit.records(tool="acknowledge_alert", outcome="succeeded", limit=1)
    assert isinstance(ended, Succeeded)
    assert (record.user, '"alert_id":"AL-2"' in record.arguments) == ("analyst1", True)
