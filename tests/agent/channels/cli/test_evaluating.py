"""Scripted evaluations from the command line."""

import json
import shutil
from datetime import date

import pytest

from agent.evaluation.preparing import kept_world

SUITE = """
suite: two
today: 2026-06-29
cases:
  - id: right
    kind: answer
    turns:
      - say: "How many cold brews will Riverside sell next week?"
        expect:
          calls:
            - {tool: forecast, args: {product: "1", store: "1", start: 2026-07-06, end: 2026-07-12}}
  - id: wrong
    kind: answer
    turns:
      - say: "How many cold brews will Riverside sell next week?"
        expect: {calls: [{tool: forecast, args: {product: "2"}}]}
"""


@pytest.fixture
def suite(tillsight, harbor_home, tmp_path):
    """A suite on a world that is prepared already."""
    world = kept_world(date(2026, 6, 29), tmp_path / "home" / "evaluations")
    shutil.copytree(harbor_home, world)
    path = tmp_path / "suite.yaml"
    path.write_text(SUITE, encoding="utf-8")
    return path


def test_an_evaluation_says_what_failed_and_why(tillsight, suite, tmp_path):
    shown = tillsight("eval", str(suite), "--json", str(tmp_path / "result.json"))

    assert shown.code == 1
    assert "wrong (two, answer)" in shown.out
    assert "product is 1, not 2" in shown.out
    assert "1 of 2 cases pass (50.0%)" in shown.out
    result = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert set(result) == {"cases", "totals"}
    right, wrong = result["cases"]
    assert (right["id"], right["trial"], right["kind"], right["passed"]) == (
        "right",
        1,
        "answer",
        True,
    )
    assert wrong["failures"]
    (turn,) = right["turns"]
    assert set(turn) == {"say", "calls", "answer", "milliseconds"}
    assert turn["calls"][0]["arguments"]["product"] == "1"
    totals = result["totals"]
    assert (totals["cases"], totals["passed"], totals["pass_1"], totals["pass_k"]) == (
        2,
        1,
        0.5,
        0.5,
    )
    assert {"by_kind", "ungrounded", "p50_ms", "p95_ms"} <= set(totals)


def test_enough_is_what_the_caller_says(tillsight, suite):
    assert tillsight("eval", str(suite), "--min-pass", "0.5").code == 0
    assert tillsight("eval", str(suite), "--case", "right", "--trials", "2").code == 0


def test_a_suite_that_cannot_be_read_is_said(tillsight, tmp_path):
    shown = tillsight("eval", str(tmp_path / "none.yaml"))

    assert shown.code == 2
    assert "cannot be read" in shown.err
