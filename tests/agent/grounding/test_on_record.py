"""An answer with figures from nowhere is replaced, and that is on record."""

import pytest

from agent.assistant import Assistant
from tests.agent.conftest import Harbor
from tests.agent.scripted import ScriptedModel, call, say

WEEK = {"product": "Cold Brew", "start": "2026-07-06", "end": "2026-07-12"}
HONEST = "About 312 units, most likely between 270 and 355 (80% range)."


@pytest.fixture
def harbor(tmp_path):
    opened = Harbor(tmp_path / "home", model="openai:scripted")
    yield opened
    opened.installation.close()


def asked(harbor, said):
    model = ScriptedModel(script=[call("forecast", **WEEK), say(said)], seen=[], told=[])
    assistant = Assistant(harbor.counter, harbor.installation, lambda _setting, _context: model)
    return assistant.answer("How much cold brew next week?", harbor.person("analyst1"))


def test_an_invented_figure_is_on_record(harbor):
    asked(harbor, "About 412 units (270 to 355).")

    assert "refused analyst1 answer" in harbor.records()


def test_an_honest_answer_leaves_no_such_record(harbor):
    asked(harbor, HONEST)

    assert "refused analyst1 answer" not in harbor.records()
