"""What people say around a question changes nothing about it, alone or in a conversation."""

import pytest

from tests.agent.conversing import LAST_WEEK, NEXT_WEEK, calls_of

MILK = ("forecast", {"product": "9", **NEXT_WEEK})


@pytest.mark.parametrize(
    "around",
    [
        "When you get a sec, {}",
        "If you have a moment: {}",
        "{}, if you can",
        "{}. Many thanks in advance!",
        "{}. Thank you so much in advance",
        "{}. I need it for a meeting this afternoon.",
        "{}. No rush.",
        "{}. It is for the team call tomorrow.",
        "I have a meeting with my boss in ten minutes. {}",
        "It has been raining here all morning. {}",
        "Just back from holiday and catching up. {}",
    ],
)
def test_politeness_and_chatter_want_nothing(around):
    assert calls_of(around.format("milk forecast for next week")) == [MILK]


@pytest.mark.parametrize(
    "chatter",
    [
        "I need it for a meeting this afternoon.",
        "My boss is asking.",
        "Sorry for the short notice.",
    ],
)
def test_a_follow_up_with_chatter_goes_on_as_without(chatter):
    calls = calls_of("milk forecast for next week", f"and Riverside? {chatter}")

    assert calls == [("forecast", {"product": "9", "store": "1", **NEXT_WEEK})]


def test_what_a_question_points_at_is_no_idle_talk():
    said = "We have a holiday on Sunday 12 July. How much milk will we sell on that Sunday?"

    (call,) = calls_of(said)
    assert call[1]["start"] == "2026-07-12"


def test_a_correction_is_no_idle_talk():
    said = "How much milk did we sell yesterday... no wait, just last week"

    assert calls_of(said)[-1] == ("sales_history", {"product": "9", **LAST_WEEK})


def test_what_somebody_cares_about_is_no_idle_talk():
    said = "Best discount for milk next week? I care about volume here."

    (call,) = calls_of(said)
    assert call[1]["objective"] == "units"


@pytest.mark.parametrize("said", ["No rush.", "I have a meeting with my boss. It is raining."])
def test_a_message_of_idle_talk_alone_is_heard_as_it_is(said):
    with pytest.raises(AssertionError):
        calls_of(said)
