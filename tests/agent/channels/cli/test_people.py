"""Tenants, people, tokens and the audit from the command line."""

import io
import json
import sqlite3
from contextlib import closing


def test_a_tenant_comes_and_goes(tillsight):
    made = tillsight("tenants", "create", "acme", "--currency", "EUR", "--json").json
    listed = tillsight("tenants", "list", "--json").json
    gone = tillsight("tenants", "delete", "acme", "--yes", "--json").json

    assert made["currency"] == "EUR"
    assert listed == [{key: made[key] for key in listed[0]}]
    assert gone == {"deleted": "acme"}
    assert tillsight("tenants", "list", "--json").json == []


def test_nothing_is_deleted_when_nobody_can_confirm(tillsight, monkeypatch):
    tillsight("tenants", "create", "acme")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    assert tillsight("tenants", "delete", "acme").code == 2
    assert len(tillsight("tenants", "list", "--json").json) == 1


def test_a_person_gets_a_role_and_another(acme):
    acme("users", "role", "vic", "analyst", "--tenant", "acme")
    people = acme("users", "list", "--tenant", "acme", "--json").json

    assert {"user": "vic", "role": "analyst"} in people


def test_only_an_administrator_manages_people(acme):
    shown = acme("users", "role", "vic", "admin", "--tenant", "acme", "--as", "max")

    assert shown.code == 2
    assert "needs the role admin" in shown.err


def test_a_lower_role_manages_no_tenants(acme):
    assert acme("tenants", "create", "other", "--role", "viewer").code == 2
    assert acme("tenants", "delete", "acme", "--yes", "--as", "ann").code == 2


def test_what_administrators_do_is_in_the_audit_even_when_refused(acme):
    acme("users", "remove", "vic", "--yes", "--tenant", "acme", "--as", "ann")
    acme("users", "token", "max", "--tenant", "acme", "--as", "max")
    rows = acme("audit", "show", "--tenant", "acme", "--limit", "4", "--json").json

    assert [(row["user"], row["tool"], row["outcome"]) for row in rows] == [
        ("max", "users.token", "refused"),
        ("max", "users.token", None),
        ("ann", "users.remove", "succeeded"),
        ("ann", "users.remove", None),
    ]


def test_a_password_is_read_from_standard_input_and_never_recorded(acme, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse battery\n"))
    shown = acme("users", "password", "vic", "--tenant", "acme")
    audit = acme("audit", "show", "--tenant", "acme", "--json").out

    assert shown.code == 0
    assert "correct horse" not in shown.out + audit


def test_a_token_says_who_asks(acme, monkeypatch):
    token = acme("users", "token", "max", "--tenant", "acme", "--json").json["token"]
    monkeypatch.setenv("TILLSIGHT_TOKEN", token)

    refused = acme("users", "list")
    assert refused.code == 2
    assert "you ask as manager" in refused.err
    assert acme("users", "list", "--role", "admin").code == 2
    assert acme("users", "list", "--tenant", "other").code == 2
    assert acme("tenants", "list").code == 2


def test_a_link_leads_to_the_page(acme):
    link = acme("users", "link", "vic", "--tenant", "acme", "--json").json["link"]

    assert link.startswith("http://127.0.0.1:7860/link/")


def test_the_audit_verifies_shows_and_exports(acme, tmp_path):
    verified = acme("audit", "verify", "--tenant", "acme", "--json").json
    exported = acme("audit", "export", str(tmp_path / "audit.jsonl"), "--tenant", "acme", "--json")
    lines = (tmp_path / "audit.jsonl").read_text().splitlines()

    assert verified["ok"]
    assert exported.json["records"] == len(lines) == verified["records"] == 6
    assert json.loads(lines[0])["sequence"] == 1


def test_an_export_to_nowhere_is_one_sentence(acme):
    shown = acme("audit", "export", "/nowhere/audit.jsonl", "--tenant", "acme")

    assert shown.code == 2
    assert "cannot be written" in shown.err


def test_a_damaged_audit_is_told_with_exit_code_2(acme, tmp_path):
    database = next((tmp_path / "home" / "tenants").glob("*/tenant.db"))
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DROP TRIGGER audit_no_update")
        connection.execute("UPDATE audit SET user = 'nobody' WHERE sequence = 3")
        connection.commit()
    shown = acme("audit", "verify", "--tenant", "acme")

    assert shown.code == 2
    assert "damaged at record 3" in shown.err
