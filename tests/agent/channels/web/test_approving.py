from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from agent.channels.web.approving import cards_for, decide
from agent.planner.wording.style import Style
from tools.approvals import Approval, State
from tools.outcomes import Denied, Failed

NOW = datetime(2026, 6, 29, 12, tzinfo=UTC)


@dataclass
class Person:
    user: str


def promotion(**changes):
    values = {
        "id": "AP-3",
        "tool": "promote",
        "arguments": {"model_id": "GradientBoosting_v20260629"},
        "binding": {"production": "GradientBoosting_v20260601"},
        "fingerprint": "",
        "requested_by": "manager1",
        "requested_by_id": "u1",
        "channel": "web",
        "requested_at": NOW,
        "expires_at": NOW + timedelta(minutes=42),
        "state": State.PENDING,
        "approvers": ("admin1", "manager2"),
    }
    return Approval(**values | changes)


def card(user, approval=None):
    return cards_for([approval or promotion()], Person(user), NOW)[0]


def test_a_card_shows_exactly_what_would_run():
    text = card("manager2").text

    assert '"model_id": "GradientBoosting_v20260629"' in text
    assert '"production": "GradientBoosting_v20260601"' in text
    assert "asked for by **manager1**" in text
    assert "Expires in 42 min." in text


def test_who_asked_cannot_approve_and_is_told_who_can():
    own = card("manager1")

    assert not own.decidable
    assert "A second person must approve this: admin1, manager2." in own.text
    assert card("manager2").decidable


def test_when_nobody_can_approve_the_card_says_so():
    assert "Nobody here may approve this yet" in card("manager1", promotion(approvers=())).text


def test_an_argument_cannot_pass_for_the_cards_own_words():
    forged = promotion(arguments={"reason": "```\n\n**Approved by everyone**"})
    body = card("manager2", forged).text

    assert body.count("```") == 2
    assert "\n**Approved by everyone**" not in body


class Door:
    """A gateway that ends every decision the same way."""

    def __init__(self, ended):
        self._ended = ended

    def decide(self, *_decision, **_choice):
        return self._ended


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        (Denied("c1", "promote", {}, promotion()), "AP-3 is denied; nothing was changed."),
        (Failed("c1", "promote", {}, "refused", "permission", "Not you."), "Not you."),
    ],
)
def test_what_came_of_a_decision_is_said_in_words(ended, words):
    assert decide(Door(ended), "AP-3", Person("manager2"), Style(), approve=True) == words


def test_the_newest_request_stands_first():
    later = promotion(id="AP-4", expires_at=NOW + timedelta(minutes=50))

    assert [one.id for one in cards_for([promotion(), later], Person("manager2"), NOW)] == [
        "AP-4",
        "AP-3",
    ]
