"""Asking, approving and forecasting from the command line, on the demo world."""

import csv
import io
import shutil

import pytest

FORECAST = "How much cold brew will Riverside sell next week?"
SHAPE = {
    "answer",
    "status",
    "calls",
    "recommendation",
    "approval",
    "grounding",
    "milliseconds",
}
TODAY = ("--today", "2026-06-29")


@pytest.fixture
def demo(tillsight, harbor_home, tmp_path, monkeypatch):
    monkeypatch.setenv("TILLSIGHT_HOME", str(shutil.copytree(harbor_home, tmp_path / "demo")))
    return tillsight


def test_a_question_is_answered_in_words(demo):
    shown = demo("ask", FORECAST, *TODAY)

    assert shown.code == 0
    assert "Cold Brew Coffee 1L at Riverside" in shown.out
    assert shown.err == ""


def test_json_has_the_promised_shape(demo):
    answer = demo("ask", FORECAST, "--role", "viewer", "--json", *TODAY).json

    assert set(answer) >= SHAPE
    assert answer["status"] == "answered"
    assert answer["calls"][0]["tool"] == "forecast"
    assert answer["calls"][0]["arguments"]["start"] == "2026-07-06"
    assert answer["grounding"]["ungrounded"] == []
    assert answer["grounding"]["checked"] > 0


def test_what_a_role_may_not_is_refused_with_exit_code_2_and_recorded(demo):
    shown = demo("ask", "Promote the staging model", "--role", "viewer", "--json", *TODAY)
    rows = demo("audit", "show", "--tool", "promote", "--json").json

    assert (shown.code, shown.json["status"]) == (2, "refused")
    assert [row["outcome"] for row in rows] == ["refused", None]


def test_an_unknown_product_is_one_sentence_and_exit_code_2(demo):
    shown = demo("ask", "How much oat milk will we sell next week?", *TODAY)

    assert shown.code == 2
    assert "oat milk" in shown.out


def test_an_empty_question_is_refused(demo):
    assert demo("ask", "  ").code == 2


def test_an_unknown_person_is_refused(demo):
    shown = demo("ask", FORECAST, "--as", "manager11")

    assert shown.code == 2
    assert "did you mean 'manager1'" in shown.err


def test_a_conversation_follows_up(demo, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{FORECAST}\nand downtown?\n"))
    shown = demo("chat", "--as", "viewer1", *TODAY)

    assert shown.code == 0
    assert "at Riverside" in shown.out
    assert "at Downtown" in shown.out


def test_what_was_proposed_waits_for_a_person(demo):
    asked = demo("ask", "Retrain the model", "--as", "manager1", "--json", *TODAY).json
    waiting = demo("approvals", "list", "--as", "manager2", "--json").json
    denied = demo("approvals", "deny", waiting[0]["id"], "--as", "manager2", "--json")

    assert asked["status"] == "needs_approval"
    assert [(one["tool"], one["requested_by"]) for one in waiting] == [("retrain", "manager1")]
    assert denied.json == {"denied": waiting[0]["id"]}
    assert demo("approvals", "approve", waiting[0]["id"], "--as", "manager2").code == 2


def test_the_whole_catalogue_is_forecast_into_a_file(demo, tmp_path):
    out = tmp_path / "forecast.csv"
    span = ("--start", "2026-06-29", "--end", "2026-07-05")
    shown = demo("forecast", *span, "--out", str(out), "--json", *TODAY)
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))

    assert shown.json["rows"] == len(rows)
    assert list(rows[0]) == ["date", "store", "product", "mean", "lower", "upper", "unit"]
    assert all(float(row["lower"]) <= float(row["mean"]) <= float(row["upper"]) for row in rows)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--start", "2026-07-05", "--end", "2026-06-29", "--out", "f.csv"), "swap them"),
        (("--start", "soon", "--end", "2026-06-29", "--out", "f.csv"), "is not a date"),
        (("--start", "2026-06-29", "--end", "2026-07-05", "--out", "f.txt"), "must end in .csv"),
        (("--start", "2026-06-29", "--end", "2026-07-05", "--out", "no/f.csv"), "no folder 'no'"),
        (("--start", "2029-06-29", "--end", "2029-07-05", "--out", "f.csv"), "366"),
    ],
)
def test_a_forecast_that_cannot_be_made_is_one_sentence(demo, options, why):
    shown = demo("forecast", *options, *TODAY)

    assert shown.code == 2
    assert why in shown.err
    assert shown.err.count("\n") == 1


def test_a_source_that_is_not_there_is_one_sentence(demo):
    for options in (("--from", "nowhere"), ("--from", ".", "--mapping", "nowhere.toml")):
        shown = demo("ingest", *options)

        assert shown.code == 2
        assert "nowhere" in shown.err


def test_preparing_the_demo_again_changes_nothing(demo):
    result = demo("demo", "--json", *TODAY).json

    assert not result["changed"]
    assert demo("demo", "--if-missing", *TODAY).out == ""
