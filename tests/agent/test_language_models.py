"""What a language model may do to a turn: obedient, mistaken or malicious, the fences hold."""

import pytest
from langchain_core.messages import AIMessage

from agent.assistant import Assistant
from agent.models import chat_model
from tenants.errors import BadInput
from tenants.settings import Settings
from tests.agent.conftest import Harbor
from tests.agent.conversing import HARBOR_CONTEXT
from tests.agent.scripted import ScriptedModel, call, say

WEEK = {"product": "Cold Brew", "start": "2026-07-06", "end": "2026-07-12"}
QUESTION = "How much cold brew next week?"


@pytest.fixture
def harbor(tmp_path):
    opened = Harbor(tmp_path / "home", model="openai:scripted")
    yield opened
    opened.installation.close()


def settings(model):
    return Settings(model=model, _env_file=None)


def answer(harbor, *script, who="analyst1", words=QUESTION):
    model = ScriptedModel(script=list(script), seen=[], told=[])
    assistant = Assistant(harbor.counter, harbor.installation, lambda _setting, _context: model)
    return assistant.answer(words, harbor.person(who)), model


def test_grounded_words_of_a_model_are_passed_on(harbor):
    said = "About 312 units, most likely between 270 and 355 (80% range), data to 30 June."

    told, _ = answer(harbor, call("forecast", **WEEK), say(said))

    assert told.text == said
    assert told.grounding["ungrounded"] == []
    assert told.calls[0]["arguments"]["product"] == "1"


@pytest.mark.parametrize(
    "said",
    [
        "About 412 units.",
        "About $312.",
        "About 312%.",
        "About 312 units, between 260 and 355.",
        "About 270 units.",
        "About 312 units, twice as much as last year.",
        "About 312 units in August 2026 and 3 July.",
        "The WAPE is 18%, and 312.4 units by 2027-01-01.",
    ],
)
def test_a_figure_from_nowhere_never_reaches_a_person(harbor, said):
    told, _ = answer(harbor, call("forecast", **WEEK), say(said))

    assert told.text != said
    assert "312 units" in told.text  # the tool's own words stand in
    assert told.grounding["ungrounded"] == []


def test_a_figure_without_any_call_is_not_passed_on(harbor):
    told, _ = answer(harbor, say("You will sell 312 units."))

    assert "312" not in told.text
    assert told.calls == ()


def test_a_model_is_told_only_of_tools_the_person_may_use(harbor):
    _, model = answer(harbor, say("Hello."), who="viewer1")

    assert set(model.told) == {"forecast"}


@pytest.mark.parametrize("tool", ["promote", "drop_table", "audit_trail"])
def test_a_call_of_a_tool_not_offered_is_refused_on_record(harbor, tool):
    told, _ = answer(harbor, call(tool), say("Done."), who="viewer1")

    assert told.refused == "permission"
    assert harbor.promoted == []
    assert harbor.records() == [f"intent viewer1 {tool}", f"refused viewer1 {tool}"]


def test_a_model_that_says_it_is_done_when_it_was_refused_is_not_believed(harbor):
    told, _ = answer(harbor, call("promote"), say("Done."), who="viewer1")

    assert told.status == "refused"
    assert "Done" not in told.text


@pytest.mark.parametrize("who", ["viewer1", "manager1"])
def test_what_was_not_done_is_not_called_done_because_something_else_was(harbor, who):
    said = "About 312 units (270 to 355). The new model is live now."
    told, _ = answer(harbor, call("forecast", **WEEK), call("promote"), say(said), who=who)

    assert "is live" not in told.text
    assert "312 units" in told.text
    assert [one["outcome"] for one in told.calls] == ["succeeded", "refused"]
    assert harbor.promoted == []


def test_a_change_after_too_many_calls_is_not_called_done(harbor):
    said = "About 312 units (270 to 355). The new model is live now."
    many = call(*["forecast"] * 8, **WEEK)
    told, _ = answer(harbor, many, call("promote"), say(said), who="manager1", words="promote it")

    assert "is live" not in told.text
    assert harbor.promoted == []


def test_identity_among_the_arguments_is_refused(harbor):
    told, _ = answer(harbor, call("forecast", **WEEK, tenant_id="summit"), say("Sorry."))

    assert told.calls[0]["outcome"] == "invalid"


def test_arguments_that_are_no_json_are_judged_and_recorded_by_the_gateway(harbor):
    broken = AIMessage(
        "",
        invalid_tool_calls=[
            {
                "name": "forecast",
                "args": "{",
                "id": "c1",
                "error": None,
                "type": "invalid_tool_call",
            }
        ],
    )

    told, _ = answer(harbor, broken, say("That did not work."))

    assert told.calls[0]["outcome"] == "invalid"
    assert harbor.records() == ["intent analyst1 forecast", "invalid analyst1 forecast"]


def test_what_the_person_did_not_ask_for_is_not_even_proposed(harbor):
    told, _ = answer(
        harbor, call("promote"), say("Promoted, as the product name says."), who="manager1"
    )

    assert told.text != "Promoted, as the product name says."
    assert told.approval is None
    assert harbor.records() == ["intent manager1 promote", "refused manager1 promote"]


def test_a_model_cannot_approve(harbor):
    told, _ = answer(
        harbor, call("promote"), say("Approved by manager2: done."), who="manager1", words="promote"
    )

    assert told.status == "needs_approval"
    assert "Approved" not in told.text
    assert harbor.promoted == []


def test_no_more_than_eight_calls_are_run_and_each_is_on_record(harbor):
    told, _ = answer(harbor, call(*["forecast"] * 12, **WEEK), say("About 312 units."))

    assert len(told.calls) == 8
    assert harbor.records().count("succeeded analyst1 forecast") == 8
    assert harbor.records().count("refused analyst1 forecast") == 4


def test_a_model_that_never_stops_calling_is_stopped(harbor):
    told, _ = answer(harbor, call("forecast", **WEEK))

    assert len(told.calls) == 8
    assert "312 units" in told.text


def test_a_model_that_does_not_answer_is_replaced_by_the_planner(harbor):
    told, _ = answer(harbor, ConnectionError("no route"), words="How many cold brews next week?")

    assert told.status == "answered"
    assert told.calls[0]["arguments"]["product"] == "1"


def test_pictures_and_links_of_a_model_are_taken_out(harbor):
    evil = "Hello ![x](https://evil.example/?d=1) [here](http://evil.example) <script>x</script>"

    told, _ = answer(harbor, say(evil))

    assert "evil" not in told.text
    assert "<" not in told.text


def test_the_prompt_holds_no_name_of_a_person_and_no_list_of_tools(harbor):
    _, model = answer(harbor, say("Hello."))

    prompt = str(model.seen[0][0].content)
    assert "Harbor Market" in prompt
    assert "analyst1" not in prompt
    assert "optimize_discount" not in prompt


@pytest.mark.parametrize("setting", ["gpt", "openai:", "openai:a b", "anthropic:x", "", "ollama"])
def test_an_unknown_model_is_named_with_what_to_set(setting):
    with pytest.raises(BadInput, match="TILLSIGHT_MODEL"):
        chat_model(settings(setting), HARBOR_CONTEXT)


def test_a_language_model_without_a_key_says_what_is_missing(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)

    with pytest.raises(BadInput, match="OPENAI_API_KEY"):
        chat_model(settings("openai:gpt-5"), HARBOR_CONTEXT)


def test_configured_language_models_are_made(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "unused")

    assert chat_model(settings("openai:gpt-5"), HARBOR_CONTEXT)._llm_type == "openai-chat"
    assert chat_model(settings("ollama:qwen3:32b"), HARBOR_CONTEXT)._llm_type == "chat-ollama"
