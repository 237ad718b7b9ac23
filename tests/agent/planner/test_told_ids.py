"""Which advice or alert is meant where several were told of."""

import pytest
from langchain_core.messages import HumanMessage, ToolMessage

from agent.planner.dialogue import dialogue_of
from agent.planner.drafts import Ask
from tests.agent.conversing import NEXT_WEEK, calls_of
from tests.agent.planner.telling import after, calls_after, told

ALERTS = told(
    "which alerts are open?",
    ("list_alerts", {}, {"alerts": [{"id": f"AL-{n}"} for n in (1, 2, 3)]}),
)


def advice(product, number):
    """Return a turn that advised a discount for a product."""
    return told(
        "and the best discount for that?",
        (
            "optimize_discount",
            {"product": product, **NEXT_WEEK},
            {"advice": [{"discount_pct": 20.0, "recommendation": f"RC-{number}"}]},
        ),
    )


TWO_ADVISED = (advice("9", 5), advice("12", 6))


def noted(number):
    """Return a turn in which an alert was acknowledged."""
    return told(f"acknowledge AL-{number}", ("acknowledge_alert", {"alert_id": f"AL-{number}"}, {}))


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        ("and the second one too", {"alert_id": "AL-2"}),
        (
            "the last one as well, sensor was broken",
            {"alert_id": "AL-3", "note": "sensor was broken"},
        ),
    ],
)
def test_the_next_of_several_alerts_is_closed_likewise(words, arguments):
    assert calls_after(ALERTS, noted(1), words=words) == [("acknowledge_alert", arguments)]


def test_the_rest_of_the_alerts_are_those_nothing_was_noted_of():
    calls = calls_after(ALERTS, noted(1), words="and the rest too")

    assert [arguments["alert_id"] for _, arguments in calls] == ["AL-2", "AL-3"]


@pytest.mark.parametrize(
    ("words", "number", "decision"),
    [
        ("ok take the first one", 5, "accepted"),
        ("accept the second one", 6, "accepted"),
    ],
)
def test_advice_of_several_turns_is_counted_in_the_order_it_was_given(words, number, decision):
    calls = calls_after(*TWO_ADVISED, words=words)

    assert calls == [
        ("record_decision", {"recommendation_id": f"RC-{number}", "decision": decision})
    ]


def test_the_other_advice_is_the_one_nothing_was_decided_on():
    first = told(
        "accept RC-5",
        ("record_decision", {"recommendation_id": "RC-5", "decision": "accepted"}, {}),
    )
    calls = calls_after(*TWO_ADVISED, first, words="reject the other one, too expensive")

    assert calls == [
        (
            "record_decision",
            {"recommendation_id": "RC-6", "decision": "rejected", "reason": "too expensive"},
        )
    ]


def test_a_place_in_a_list_decides_nothing_by_itself():
    step = after(*TWO_ADVISED, words="the first one")

    assert isinstance(step, Ask) or all(d.tool != "record_decision" for d in step.drafts)


def test_what_was_decided_is_no_reason_for_it():
    calls = calls_after(advice("9", 5), words="alright, i'll take it. note it down")

    assert calls == [("record_decision", {"recommendation_id": "RC-5", "decision": "accepted"})]


def test_what_follows_what_was_decided_is_the_reason():
    calls = calls_of("RC-4 we did not do, the supplier raised the price")

    assert calls[0][1]["reason"] == "the supplier raised the price"


def test_what_was_told_long_ago_is_not_read_again_each_turn():
    told = ToolMessage('{"result": {"alerts": [{"id": "AL-1"}]}}', tool_call_id="1")
    asked = [HumanMessage("any alerts?"), told]
    since = [HumanMessage("thanks")]

    assert dialogue_of([*asked, *since * 12]).ids == {"AL": (("AL-1",),)}
    assert dialogue_of([*asked, *since * 20]).ids == {}


@pytest.mark.parametrize(
    "words",
    [
        "the second delivery came late, so acknowledge the alert",
        "first of all, great work. please tick off the alert",
    ],
)
def test_what_came_second_in_a_story_points_at_no_alert(words):
    asked = after(ALERTS, words=words)

    assert isinstance(asked, Ask)
    assert asked.asks_for == ("alert_id",)
