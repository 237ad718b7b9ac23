"""The same turn over the wires of OpenAI and Ollama, and everything that may go wrong on them."""

import json

import pytest

from tests.agent.llm.servers import Calls, Fails, Says, Waits

QUESTION = "How much cold brew will we sell next week?"
WEEK = json.dumps({"product": "Cold Brew", "start": "2026-07-06", "end": "2026-07-12"})
FORECAST = Calls((("forecast", WEEK, "c1"),))
ANSWER = Says("About 312 units, most likely 270 to 355 (80% range), data to 30 June 2026.")
BOTH = pytest.mark.parametrize("wire", ["openai", "ollama"])


def names_of(server, request=0):
    return {tool["function"]["name"] for tool in server.seen[request].get("tools", ())}


@BOTH
def test_a_model_calls_a_tool_and_words_its_result(talking, wire):
    with talking(wire, FORECAST, ANSWER) as (harbor, server):
        told = harbor.ask(QUESTION)

    assert "312 units" in told.text
    assert told.calls[0]["arguments"]["product"] == "1"
    assert told.answered_by.startswith(wire)
    assert told.stood_in == ""
    assert len(server.seen) == 2


@BOTH
def test_a_model_is_told_of_no_tool_beyond_the_role_and_of_nobody(talking, wire):
    with talking(wire, FORECAST, ANSWER) as (harbor, server):
        harbor.ask(QUESTION, who="viewer1")

    assert names_of(server) == {"forecast"}
    assert "viewer1" not in json.dumps(server.seen)


@BOTH
def test_calls_side_by_side_are_all_made(talking, wire):
    store = json.dumps({"store": "Downtown", **json.loads(WEEK)})
    both = Calls((("forecast", WEEK, "c1"), ("forecast", store, "c2")))
    with talking(wire, both, Says("About 312 units each, 270 to 355 (80% range).")) as (harbor, _):
        told = harbor.ask(QUESTION)

    assert [call["arguments"].get("store") for call in told.calls] == [None, "2"]


def test_calls_with_one_id_are_kept_apart(talking):
    store = json.dumps({"store": "Downtown", **json.loads(WEEK)})
    both = Calls((("forecast", WEEK, "same"), ("forecast", store, "same")))
    with talking("openai", both, ANSWER) as (harbor, server):
        told = harbor.ask(QUESTION)

    ids = [m["tool_call_id"] for m in server.seen[1]["messages"] if m["role"] == "tool"]
    assert len(told.calls) == 2
    assert len(set(ids)) == 2


@BOTH
def test_an_unknown_tool_is_refused_on_record_and_the_model_may_go_on(talking, wire):
    with talking(wire, Calls((("drop_table", "{}", "c1"),)), FORECAST, ANSWER) as (harbor, _):
        told = harbor.ask(QUESTION)

    assert "312 units" in told.text
    assert "refused analyst1 drop_table" in harbor.records()


@BOTH
def test_a_model_that_only_calls_what_is_not_there_is_replaced(talking, wire):
    with talking(wire, Calls((("drop_table", "{}", "c1"),))) as (harbor, _):
        told = harbor.ask(QUESTION)

    assert told.status == "answered"
    assert told.refused is None
    assert told.answered_by == "built-in"
    assert told.stood_in == "it kept making calls that cannot be made"


def test_arguments_that_are_no_json_go_back_with_the_error(talking):
    with talking("openai", Calls((("forecast", "{oops", "c1"),)), FORECAST, ANSWER) as (
        harbor,
        srv,
    ):
        told = harbor.ask(QUESTION)

    back = [m["content"] for m in srv.seen[1]["messages"] if m["role"] == "tool"]
    assert "JSON" in back[0]
    assert "312 units" in told.text
    assert told.stood_in == ""


@BOTH
def test_wrong_arguments_go_back_with_what_to_give(talking, wire):
    wrong = Calls((("forecast", json.dumps({"product": "1", "level": 400}), "c1"),))
    with talking(wire, wrong, FORECAST, ANSWER) as (harbor, server):
        told = harbor.ask(QUESTION)

    back = [m["content"] for m in server.seen[1]["messages"] if m["role"] == "tool"]
    assert "level" in back[0]
    assert "312 units" in told.text


@BOTH
@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Says(""), "it said nothing"),
        (Says("About 312 units, most likely", is_cut=True), "its answer was cut off"),
        (Fails(500), "its provider failed"),
        (Fails(429), "its provider allows no more requests now"),
    ],
)
def test_where_a_model_fails_the_built_in_one_answers_and_says_so(talking, wire, reply, reason):
    with talking(wire, reply) as (harbor, _):
        told = harbor.ask(QUESTION)

    assert "312 units" in told.text
    assert told.answered_by == "built-in"
    assert told.stood_in == reason


@BOTH
@pytest.mark.parametrize("drips", [False, True])
def test_a_model_that_takes_too_long_is_not_waited_for(talking, wire, drips):
    with talking(wire, Waits(5.0, drips=drips), seconds=0.4) as (harbor, _):
        told = harbor.ask(QUESTION)

    assert "312 units" in told.text
    assert told.stood_in == "it took too long"
    assert told.milliseconds < 5000


@BOTH
def test_a_model_that_fails_after_its_calls_leaves_their_results(talking, wire):
    with talking(wire, FORECAST, Fails(500)) as (harbor, _):
        told = harbor.ask(QUESTION)

    assert "312 units" in told.text
    assert harbor.records().count("succeeded analyst1 forecast") == 1


@BOTH
def test_a_server_that_is_not_there_leaves_nobody_without_an_answer(talking, wire):
    with talking(wire, ANSWER) as (harbor, server):
        server.close()
        told = harbor.ask(QUESTION)

    assert "312 units" in told.text
    assert told.stood_in == "it could not be reached"


@BOTH
def test_figures_a_model_makes_up_are_replaced_by_the_tools_own_words(talking, wire):
    with talking(wire, FORECAST, Says("About 999 units, between 270 and 355.")) as (harbor, _):
        told = harbor.ask(QUESTION)

    assert "999" not in told.text
    assert "312 units" in told.text


@BOTH
def test_a_model_that_obeys_what_data_say_changes_nothing(talking, wire):
    obeys = Calls((("promote", "{}", "c2"),))
    said = Says("Promoted, as you asked.")
    with talking(wire, FORECAST, obeys, said) as (harbor, _):
        told = harbor.ask(QUESTION, who="manager1")

    assert harbor.promoted == []
    assert told.approval is None
    assert "refused manager1 promote" in harbor.records()


@BOTH
def test_a_change_that_a_person_asks_for_waits_for_another(talking, wire):
    with talking(wire, Calls((("promote", "{}", "c1"),)), Says("Done.")) as (harbor, _):
        told = harbor.ask("Promote the staging model", who="manager1")

    assert told.status == "needs_approval"
    assert harbor.promoted == []


@BOTH
def test_a_long_conversation_is_handed_on_short_and_without_old_figures(talking, wire):
    with talking(wire, FORECAST, ANSWER) as (harbor, server):
        conversation = None
        for turn in range(7):
            server.script[:] = [FORECAST, Says(f"About 312 units, 270 to 355 (80% range). {turn}.")]
            conversation = harbor.ask(QUESTION, conversation=conversation).conversation

    last = json.dumps(server.seen[-1]["messages"])
    assert "Earlier in this conversation I asked" in last
    assert last.count("312.4") <= 5 * 2
