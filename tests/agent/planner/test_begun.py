"""A deed that one sentence begins and another says in full is asked for once."""

import pytest

from tests.agent.conversing import calls_of

ADVICE = "best discount for milk at Riverside next week"


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        (
            "I'll record a decision: what do you need from me? Call it RC-1, accepted.",
            {"recommendation_id": "RC-1", "decision": "accepted"},
        ),
        (
            "I want to log a decision. RC-1, accepted",
            {"recommendation_id": "RC-1", "decision": "accepted"},
        ),
        (
            "note down a decision on RC-1 for me: RC-1. We rejected it, too deep",
            {"recommendation_id": "RC-1", "decision": "rejected", "reason": "too deep"},
        ),
    ],
)
def test_what_is_begun_and_then_said_in_full_is_done_once(words, arguments):
    assert calls_of(ADVICE, words) == [("record_decision", arguments)]


def test_two_deeds_stay_two():
    calls = calls_of(ADVICE, "record RC-1 as accepted and RC-2 as rejected")

    assert [call["recommendation_id"] for _, call in calls] == ["RC-1", "RC-2"]


@pytest.mark.parametrize(
    ("words", "decision"),
    [
        ("write down that we turned RC-1 down", "rejected"),
        ("record that head office knocked RC-1 back", "rejected"),
        ("note that they voted RC-1 down", "rejected"),
        ("log it: we took RC-1 on board", "accepted"),
        ("write down that we accepted RC-1", "accepted"),
    ],
)
def test_a_verb_may_stand_around_the_advice(words, decision):
    ((_, arguments),) = calls_of(words)

    assert arguments["decision"] == decision
