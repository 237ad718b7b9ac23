import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlalchemy.exc import IntegrityError

from tenants.audit import AuditEvent, Outcome
from tenants.errors import Unavailable
from tenants.roles import Role


@pytest.fixture
def acme(either):
    return either.directory.create("acme")


@pytest.fixture
def asked(installation):
    """A tenant on SQLite with six calls on record."""
    tenant = installation.directory.create("acme")
    audit = installation.audit(tenant.id)
    principal = installation.access.local("acme", channel="cli")
    for number in range(6):
        event = AuditEvent(f"c{number}", principal, "forecast", json.dumps({"product": number}))
        audit.intend(event)
        audit.conclude(event, Outcome.SUCCEEDED)
    return installation.workspace(tenant.id).folder / "tenant.db"


def call(installation, tool="forecast", arguments="{}"):
    return AuditEvent("c1", principal_of(installation), tool, arguments)


def principal_of(installation):
    if installation.settings.is_local:
        return installation.access.local("acme", channel="cli")
    tenant = installation.directory.get("acme")
    installation.people.add(tenant, "ann", Role.ADMIN)
    link = installation.access.issue_link("acme", "ann")
    return installation.access.with_link(link, channel="web")


def tamper(database, statement, *values):
    with sqlite3.connect(database) as connection:
        for trigger in ("update", "delete"):
            connection.execute(f"DROP TRIGGER IF EXISTS audit_no_{trigger}")
        connection.execute(statement, values)
    connection.close()


def test_intent_and_outcome_of_a_call_stand_in_order(either, acme):
    audit, event = either.audit(acme.id), call(either)
    audit.intend(event)
    audit.conclude(event, Outcome.REFUSED, "needs manager")

    newest, oldest = audit.records()
    assert (oldest.phase, oldest.outcome) == ("intent", None)
    assert (newest.phase, newest.outcome, newest.note) == ("outcome", "refused", "needs manager")
    assert audit.verify().ok


def test_records_are_found_by_tool_person_outcome_and_day(either, acme):
    audit = either.audit(acme.id)
    event = call(either, "promote")
    day = audit.intend(event).at.date()
    audit.conclude(event, Outcome.REFUSED)

    assert len(audit.records(tool="promote", user=event.principal.user)) == 2
    assert len(audit.records(outcome="refused", start=day, end=day)) == 1
    assert audit.records(tool="forecast") == []
    assert audit.records(end=day.replace(year=day.year - 1)) == []


def test_a_record_cannot_be_changed_or_deleted(either, acme):
    audit = either.audit(acme.id)
    audit.intend(call(either))
    for statement in ("UPDATE audit SET tool = 'other'", "DELETE FROM audit"):
        # PostgreSQL's rule makes the statement do nothing; SQLite's trigger refuses it.
        with (
            suppress(IntegrityError),
            either.workspace(acme.id).database.transaction() as connection,
        ):
            connection.exec_driver_sql(statement)

    assert [record.tool for record in audit.records()] == ["forecast"]


def test_sixteen_writers_at_once_make_one_chain(either, acme):
    audit, event = either.audit(acme.id), call(either)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: audit.intend(event), range(48)))

    assert audit.verify().ok
    assert audit.verify().records == 48


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE audit SET arguments = '{\"product\": 9}' WHERE sequence = 5", 5),
        ("UPDATE audit SET user = 'someone' WHERE sequence = 3", 3),
        ("UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE sequence = 2", 2),
        ("UPDATE audit SET hash = lower(hex(randomblob(32))) WHERE sequence = 4", 4),
        ("DELETE FROM audit WHERE sequence = 6", 6),
        ("DELETE FROM audit WHERE sequence > 9", 10),
        ("DELETE FROM audit", 1),
    ],
)
def test_a_change_behind_the_programs_back_is_found(installation, asked, statement, first_bad):
    tamper(asked, statement)
    tenant = installation.directory.get("acme")

    found = installation.audit(tenant.id).verify()
    assert (found.ok, found.first_bad) == (False, first_bad)


def test_a_chain_rewritten_without_the_key_is_found(installation, asked):
    tamper(
        asked,
        "INSERT INTO audit SELECT 13, at, phase, outcome, call_id, user_id, user, role, "
        "channel, tool, arguments, note, approval, approved_by, hash FROM audit "
        "WHERE sequence = 12",
    )
    tenant = installation.directory.get("acme")

    assert installation.audit(tenant.id).verify().first_bad == 13


def test_removing_the_signed_head_does_not_go_unnoticed(installation, asked):
    tenant = installation.directory.get("acme")
    (installation.settings.home / "keys" / f"{tenant.id}.head").unlink()

    assert not installation.audit(tenant.id).verify().ok


def test_what_cannot_be_written_is_said_to_be_unavailable(installation, asked):
    event = call(installation)
    audit = installation.audit(installation.directory.get("acme").id)
    with sqlite3.connect(asked) as connection:
        connection.execute("DROP TABLE audit")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    installation.close()
    asked.write_bytes(b"not a database" * 100)
    for extra in asked.parent.glob("tenant.db-*"):
        extra.unlink()

    with pytest.raises(Unavailable, match="nothing was done"):
        audit.intend(event)


def test_long_arguments_are_cut_but_their_digest_is_kept(either, acme):
    record = either.audit(acme.id).intend(call(either, arguments="x" * 1_000_000))
    kept = json.loads(record.arguments)

    assert kept["bytes"] == 1_000_000
    assert len(record.arguments) < 2_000


def test_the_export_holds_every_record_oldest_first(installation, asked, tmp_path):
    audit = installation.audit(installation.directory.get("acme").id)
    count = audit.export(tmp_path / "audit.jsonl")
    lines = (tmp_path / "audit.jsonl").read_text().splitlines()

    assert count == len(lines) == 12
    assert [json.loads(line)["sequence"] for line in lines] == list(range(1, 13))


def test_tenants_have_audits_of_their_own(either, acme):
    other = either.directory.create("rival")
    either.audit(acme.id).intend(call(either))

    assert either.audit(other.id).records() == []
