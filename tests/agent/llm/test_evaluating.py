"""Language models are evaluated like the built-in one, over the wire, so that they compare."""

import json
import shutil
from datetime import date

import pytest

from agent.evaluation.running import play_case, totals
from agent.evaluation.stage import Stage
from agent.evaluation.suite import Suite
from tenants.settings import Settings
from tests.agent.llm.servers import Calls, ModelServer, Says

TODAY = date(2026, 6, 29)
WEEK = {"product": "1", "start": "2026-07-06", "end": "2026-07-12"}
FORECAST = Calls((("forecast", json.dumps(WEEK), "c1"),))
SUITE = Suite.model_validate(
    {
        "suite": "one question",
        "workspace": "harbor",
        "today": TODAY,
        "cases": [
            {
                "id": "next-week",
                "kind": "answer",
                "turns": [
                    {
                        "say": "How much cold brew next week?",
                        "expect": {"calls": [{"tool": "forecast", "args": WEEK}]},
                    }
                ],
            }
        ],
    }
)


@pytest.fixture(scope="module")
def staged(harbor_home, tmp_path_factory):
    with ModelServer([Says("Hello.")]) as server:
        settings = Settings(
            model="openai:large-70b",
            model_url=f"{server.url}/v1",
            model_key="unused",
            _env_file=None,
        )
        home = shutil.copytree(harbor_home, tmp_path_factory.mktemp("stage") / "home")
        stage = Stage.open(home, "harbor", TODAY, settings)
        yield stage, server
        stage.close()


def test_a_model_that_answers_right_now_and_then_passes_so_often(staged):
    stage, server = staged
    wrong = Calls((("forecast", json.dumps(WEEK | {"product": "2"}), "c1"),))
    server.script[:] = [FORECAST, Says("See the forecast."), wrong, Says("See the forecast.")]

    found = totals([play_case(stage, SUITE, SUITE.cases[0], trial) for trial in (1, 2)])

    assert found["pass_1"] == 0.5
    assert found["pass_k"] == 0.0


def test_its_made_up_figures_never_reach_the_judge(staged):
    stage, server = staged
    server.script[:] = [FORECAST, Says("Exactly 987654 units.")]

    result = play_case(stage, SUITE, SUITE.cases[0], 1)

    assert result.passed
    assert "987654" not in result.turns[0].answer
