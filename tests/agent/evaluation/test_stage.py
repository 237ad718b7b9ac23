"""Cases are played with the real engine, each from the same beginning."""

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from agent.evaluation.running import play_case, totals
from agent.evaluation.stage import Stage
from agent.evaluation.suite import Suite, read_suite
from tenants.settings import Settings

PRACTICE = Path(__file__).parents[3] / "agent" / "evaluation" / "suites" / "practice"
TODAY = date(2026, 6, 29)
SETTINGS = Settings(model="built-in", _env_file=None)
# Every so many cases of a suite are played here; `tillsight eval` plays them all. The tests' world
# has one model only, so what returns to another or promotes one cannot pass in it.
EVERY = 8
LEAST_PASSED = 0.88


@pytest.fixture(scope="module")
def stage(harbor_home, tmp_path_factory):
    home = tmp_path_factory.mktemp("stage") / "home"
    opened = Stage.open(shutil.copytree(harbor_home, home), "harbor", TODAY, SETTINGS)
    yield opened
    opened.close()


def test_a_case_leaves_nothing_behind(stage):
    manager = stage.person("manager1")
    before = stage.last_record()
    answer = stage.assistant.answer("retrain the model", manager)
    assert [one.id for one in stage.waiting()] == [answer.approval["id"]]

    stage.restore()

    assert stage.waiting() == []
    assert stage.last_record() == before
    assert stage.assistant.conversations(manager) == []
    assert stage.installation.audit(manager.tenant_id).verify().ok
    again = stage.assistant.answer("retrain the model", manager)
    assert again.approval["id"] == answer.approval["id"]
    stage.restore()


def test_a_slice_of_the_practice_suites_passes_without_a_figure_from_nowhere(stage):
    suites = [read_suite(path) for path in sorted(PRACTICE.rglob("*.yaml"))]
    results = [
        play_case(stage, suite, case, 1)
        for suite in suites
        if (suite.today, suite.workspace) == (TODAY, "harbor")
        for case in suite.cases[::EVERY]
    ]
    found = totals(results)

    assert found["cases"] > 20
    assert found["ungrounded"] == 0, [one.failures for one in results if one.ungrounded]
    failed = Counter(one.suite for one in results if not one.passed)
    assert found["pass_1"] >= LEAST_PASSED, failed


def test_totals_count_a_case_as_passed_only_when_all_its_trials_did(stage):
    case = {"id": "a", "kind": "answer", "turns": [{"say": "help"}]}
    suite = Suite.model_validate({"suite": "s", "today": TODAY, "cases": [case]})
    results = [play_case(stage, suite, suite.cases[0], trial) for trial in (1, 2, 3)]
    results[0].failures = ["as if"]
    results[1].failures, results[2].failures = [], []

    found = totals(results)

    assert (found["cases"], found["passed"]) == (1, 0)
    assert (found["pass_1"], found["pass_k"]) == (pytest.approx(2 / 3), 0)
    assert found["by_kind"] == {"answer": {"cases": 1, "passed": 0}}
