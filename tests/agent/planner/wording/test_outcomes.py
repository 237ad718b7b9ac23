"""How a call ended where there is no result: what is asked for, waits, or was refused."""

import pytest

from agent.grounding import check
from agent.planner.wording.outcomes import asked_back, say_one, waiting
from agent.planner.wording.style import Style
from tests.agent.planner.wording.test_together import Outcome

US = Style()
REQUEST = {
    "id": "AP-1",
    "tool": "promote",
    "arguments": {},
    "binding": {"model": "B_v20260702", "production": "A_v20260701"},
    "approvers": ["admin1", "manager2"],
    "expires_at": "2026-07-01T09:30:00+00:00",
}


def test_a_request_says_which_model_takes_the_place_of_which_and_who_may_approve():
    assert waiting(REQUEST, US) == (
        "This needs approval: AP-1 to put B_v20260702 into production in place of A_v20260701. "
        "Nothing has changed yet. Who can approve it: admin1, manager2. It expires Wed, Jul 1, "
        "2026 at 09:30 UTC; say “approve AP-1” or “deny AP-1”."
    )


@pytest.mark.parametrize(
    ("tool", "words"),
    [
        ("retrain", "AP-1 to train a new model."),
        ("rollback", "AP-1 to go back to B_v20260702 in place of A_v20260701."),
        ("start_rollout", "AP-1 to try out B_v20260702 on a share of the forecasts."),
        ("stop_rollout", "AP-1 to stop the rollout of B_v20260702."),
    ],
)
def test_each_action_has_its_words(tool, words):
    assert words in waiting(REQUEST | {"tool": tool}, US)


def test_a_request_holds_its_exact_arguments_and_each_is_grounded():
    arguments = {"kind": "ab", "traffic_pct": 25}
    request = REQUEST | {"tool": "start_rollout", "arguments": arguments}

    text = waiting(request, US)

    assert '(kind: "ab", share of the series: 25%)' in text
    call = {"arguments": arguments, "result": {"approval": request}}
    assert check(text, [call], []).ungrounded == ()


def test_missing_arguments_are_asked_for_in_words():
    told = {"message": "target_units must be given.", "asks_for": ["target_units"]}

    assert asked_back(told, US) == "How many units should be sold?"


def test_a_question_of_the_gateway_with_choices_is_asked_as_it_is():
    told = {"message": "“butter” fits 2 products; which one: A, B?", "asks_for": ["product"]}

    assert asked_back(told, US) == "“butter” fits 2 products; which one: A, B?"


def test_what_one_may_not_do_is_said_without_naming_it():
    told = {"message": "No tool named 'retrain' is available to you.", "reason": "permission"}

    text = say_one(Outcome({}, "retrain", "refused", told=told), US)

    assert text == "That is not something you may do here; somebody with another role may."


def test_a_call_that_ended_without_words_changed_nothing():
    assert "nothing was changed" in say_one(Outcome({}, "retrain", "failed"), US)
