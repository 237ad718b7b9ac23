"""The demo, prepared through the same doors as any retailer's data."""

from datetime import date

import pytest

from tenants.clock import Clock
from tenants.errors import BadInput
from tenants.installation import Installation
from tenants.settings import Settings
from tests.fakes import TestClock
from tools.counter import open_counter
from tools.demo import PEOPLE, prepare_demo, renew_demo
from tools.gateway import ToolCall


def test_the_demo_is_loaded_trained_and_has_people_of_every_role(shop):
    (prepared,) = shop.report["tenants"]

    assert shop.report["changed"]
    assert prepared["cutoff"] == "2026-06-28"
    assert prepared["rows"] > 10_000
    assert 0 < prepared["quarantined"] < 100
    assert prepared["model"].endswith("_v20260701")
    people = shop.installation.people.list(shop.tenant)
    assert {person.name: person.role for person in people} == PEOPLE
    assert not any(person.has_password for person in people)


def test_the_demo_has_alerts_to_look_at_and_advice_to_decide_on(shop):
    alerts = shop.call("viewer1", "list_alerts").result
    report = shop.call("analyst1", "decision_report").result

    assert "AL-1" in {one.id for one in alerts.alerts}
    assert "RC-1" in {one.recommendation.id for one in report.recommendations}
    assert {one.recommendation.advised_by for one in report.recommendations} == {"analyst1"}


def test_everything_it_did_is_on_record(shop):
    audit = shop.installation.audit(shop.tenant.id)
    done = {record.tool for record in audit.records(outcome="succeeded", user="local", limit=None)}

    assert {"ingest", "train"} <= done
    assert audit.verify().ok


def test_preparing_it_again_changes_nothing(shop):
    again = prepare_demo(shop.counter, tenants=("summit",))

    assert not again["changed"]
    assert again["tenants"][0]["rows"] == 0
    assert again["tenants"][0]["model"] == shop.report["tenants"][0]["model"]


def test_other_days_than_those_it_holds_are_pointed_out(shop):
    again = prepare_demo(shop.counter, tenants=("summit",), until=date(2026, 1, 4))

    assert "holds sales through 2026-06-28 already" in again["tenants"][0]["note"]


def test_an_interrupted_preparation_goes_on_where_it_stopped(tmp_path):
    settings = Settings(home=tmp_path / "home", _env_file=None)
    installation = Installation.open(settings, TestClock())

    def interrupt(_fraction, words):
        if words == "growing trees":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare_demo(open_counter(installation), tenants=("summit",), progress=interrupt)
    resumed = prepare_demo(open_counter(installation), tenants=("summit",))

    (prepared,) = resumed["tenants"]
    assert (prepared["changed"], prepared["rows"]) == (True, 0)
    assert prepared["model"]
    tenant = installation.directory.get("summit")
    notes = [record.note for record in installation.audit(tenant.id).records(outcome="failed")]
    assert notes == ["KeyboardInterrupt"]
    installation.close()


def test_sales_of_days_that_are_not_over_are_refused(tmp_path):
    settings = Settings(home=tmp_path / "home", _env_file=None)
    installation = Installation.open(settings, TestClock())

    with pytest.raises(BadInput, match="cannot end on 2026-07-01"):
        prepare_demo(open_counter(installation), tenants=("harbor",), until=date(2026, 7, 1))
    installation.close()


def test_a_past_day_is_brought_up_to_date_with_a_model_to_return_to_and_one_to_promote(tmp_path):
    settings = Settings(home=tmp_path / "home", _env_file=None)
    until, known = date(2026, 6, 28), date(2026, 3, 29)
    then = Installation.open(settings, Clock(date(2026, 3, 30)))
    prepare_demo(open_counter(then), tenants=("summit",), until=until, known=known, budget="fast")
    then.close()
    now = Installation.open(settings, Clock(date(2026, 6, 29)))
    counter = open_counter(now)
    owner = now.access.local("summit", channel="test")
    assert counter.vocabulary(owner).cutoff == known

    renew_demo(counter, tenants=("summit",), until=until)

    assert counter.vocabulary(owner).cutoff == until
    call = ToolCall("history", "model_history", "{}")
    models = counter.gateway.call(call, owner).result.models
    assert [(model.stage, model.data_through) for model in models] == [
        ("staging", until),
        ("production", until),
        ("archived", known),
    ]
    now.close()
