"""A small model chooses one call under a schema; the planner does the rest."""

import json

import pytest

from agent.models import is_small_model
from tests.agent.llm.servers import Says

QUESTION = "How much cold brew will we sell next week?"
WEEK = {"product": "Cold Brew", "start": "2026-07-06", "end": "2026-07-12"}
BOTH = pytest.mark.parametrize("wire", ["openai", "ollama"])


def chosen(tool, **arguments):
    return Says(json.dumps({"call": {"tool": tool, "arguments": arguments}}))


def schema_of(wire, request):
    if wire == "ollama":
        return request["format"]
    return request["response_format"]["json_schema"]["schema"]


@BOTH
def test_the_model_chooses_and_the_planner_words(talking, wire):
    with talking(wire, chosen("forecast", **WEEK, store=None), profile="small") as (harbor, server):
        told = harbor.ask(QUESTION)

    assert "312 units" in told.text
    assert told.calls[0]["arguments"]["product"] == "1"
    assert len(server.seen) == 1


@BOTH
def test_its_answer_is_held_to_a_schema_of_the_tools_offered(talking, wire):
    with talking(wire, chosen("forecast", **WEEK), profile="small") as (harbor, server):
        harbor.ask(QUESTION, who="viewer1")

    calls = schema_of(wire, server.seen[0])["properties"]["call"]["anyOf"]
    tools = [call["properties"]["tool"]["enum"][0] for call in calls]
    assert tools == ["forecast", "none"]
    assert all(call["additionalProperties"] is False for call in calls)
    assert not server.seen[0].get("tools")


@BOTH
def test_small_talk_never_reaches_it(talking, wire):
    with talking(wire, Says("I am alive!"), profile="small") as (harbor, server):
        told = harbor.ask("hello there")

    assert server.seen == []
    assert "alive" not in told.text


@BOTH
def test_words_instead_of_json_are_sent_back_once(talking, wire):
    script = (Says("Sure! Let me look."), chosen("forecast", **WEEK))
    with talking(wire, *script, profile="small") as (harbor, server):
        told = harbor.ask(QUESTION)

    assert "reply again" in json.dumps(server.seen[1]["messages"])
    assert "312 units" in told.text
    assert told.stood_in == ""


@BOTH
def test_a_model_that_cannot_keep_to_the_form_is_replaced(talking, wire):
    with talking(wire, Says("Sure! Let me look."), profile="small") as (harbor, _):
        told = harbor.ask(QUESTION)

    assert "312 units" in told.text
    assert told.stood_in == "it did not answer in the form asked for"


@BOTH
def test_where_no_tool_fits_the_planner_answers(talking, wire):
    with talking(wire, chosen("none"), profile="small") as (harbor, _):
        told = harbor.ask(QUESTION)

    assert "312 units" in told.text


@BOTH
def test_what_the_planner_asks_back_can_be_answered(talking, wire):
    with talking(wire, chosen("none"), profile="small") as (harbor, _):
        asked = harbor.ask("what if we discount it by 10%?")
        told = harbor.ask("cold brew", conversation=asked.conversation)

    assert asked.status == "clarify"
    assert asked.asks_for == ("product",)
    assert told.calls[0]["tool"] == "what_if"


@pytest.mark.parametrize(
    ("provider", "name", "is_small"),
    [
        ("ollama", "llama3.2", True),
        ("ollama", "qwen3:32b", False),
        ("ollama", "gemma3:4b", True),
        ("openai", "gpt-5", False),
        ("openai", "Qwen2.5-7B-Instruct", True),
        ("openai", "mixtral-8x22b", False),
        ("openai", "phi-3.5b-mini", True),
    ],
)
def test_a_name_tells_how_large_a_model_is(provider, name, is_small):
    assert is_small_model(provider, name, "auto") is is_small
    assert is_small_model(provider, name, "small") is True
    assert is_small_model(provider, name, "full") is False
