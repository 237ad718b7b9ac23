"""The assistant as a Python object."""

import subprocess
import sys

import pytest

from agent import AgenticAI
from tenants.errors import BadInput, UnknownItem
from tenants.installation import Installation


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TILLSIGHT_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def harbor(home):
    installation = Installation.open()
    installation.directory.create("harbor", title="Harbor Market")
    yield
    installation.close()


@pytest.mark.usefixtures("home")
def test_without_the_demo_it_says_how_to_prepare_it():
    with pytest.raises(UnknownItem, match="tillsight demo"):
        AgenticAI()


@pytest.mark.usefixtures("harbor")
def test_a_question_comes_back_as_a_dictionary():
    answer = AgenticAI(today="2026-07-01").process_query("help")

    assert answer["status"] == "answered"
    assert {"answer", "calls", "recommendation", "approval", "grounding"} <= set(answer)


@pytest.mark.usefixtures("harbor")
def test_without_data_it_says_what_is_missing():
    answer = AgenticAI().process_query("Optimize discount for product 1 for next week")

    assert answer["status"] == "refused"
    assert "tillsight" in answer["answer"] or "no product" in answer["answer"]


@pytest.mark.usefixtures("harbor")
def test_questions_of_one_object_are_one_conversation():
    ai = AgenticAI(role="analyst", today="2026-07-01")

    first, second = (
        ai.process_query("what if we discount it by 10%?"),
        ai.process_query("never mind"),
    )

    assert first["status"] == "clarify"
    assert second["status"] == "answered"
    assert first["conversation"] == second["conversation"]


@pytest.mark.usefixtures("harbor")
def test_a_role_that_does_not_exist_is_refused():
    with pytest.raises(BadInput, match="viewer"):
        AgenticAI(role="boss")


def test_importing_the_class_loads_no_engine():
    code = (
        "import sys; from agent import AgenticAI; "
        "print([m for m in ('langchain', 'pandas', 'sqlalchemy') if m in sys.modules])"
    )
    told = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "[]"
