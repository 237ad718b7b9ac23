"""Days that are only named to say why are not asked about."""

# ruff: noqa: E501 - a table reads best with one message a line

from dataclasses import replace

import pytest

from agent.languages import language
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of

GERMAN = replace(HARBOR_CONTEXT, language=language("de"))
WEEK_AFTER_NEXT = {"start": "2026-07-13", "end": "2026-07-19"}


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("How much milk will we sell the week after next, because next week the shelf is being rebuilt?", WEEK_AFTER_NEXT),
        ("How much milk will we sell next week? Not more than one figure please, because Sunday's crew is another one.", NEXT_WEEK),
        ("We are talking about the week after next since we are closed next week. How much milk will we sell?", WEEK_AFTER_NEXT),
        ("Because the fair is on Saturday, how much milk will we sell next week?", NEXT_WEEK),
        ("How much milk will we sell next week, so that I can tell them on Friday?", NEXT_WEEK),
    ],
)  # fmt: skip
def test_the_days_of_a_reason_are_not_asked_about(said, days):
    assert calls_of(said) == [("forecast", {"product": "9", **days})]


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("Wie viel Milch verkaufen wir übernächste Woche, weil nächste Woche das Regal umgebaut wird?", WEEK_AFTER_NEXT),
        ("Wie viel Milch verkaufen wir nächste Woche, damit ich es am Freitag weitersagen kann?", NEXT_WEEK),
    ],
)  # fmt: skip
def test_the_days_of_a_german_reason_are_not_asked_about(said, days):
    assert calls_of(said, context=GERMAN) == [("forecast", {"product": "9", **days})]


def test_what_went_as_it_did_gives_no_reason():
    said = "We talked about milk. Why did its sales at Lakeside move as they did last week?"
    ((tool, arguments),) = calls_of(said)

    assert (tool, arguments.items() >= LAST_WEEK.items()) == ("explain", True)


def test_days_that_only_the_reason_names_are_heard():
    said = "I need the milk sales of Lakeside because last week they had the fair."

    assert calls_of(said) == [("sales_history", {"product": "9", "store": "5", **LAST_WEEK})]


def test_a_reason_that_is_written_down_keeps_its_days():
    said = "Acknowledge AL-3 because the delivery on Monday was late, it is the one of last week."

    ((tool, arguments),) = calls_of(said)

    assert tool == "acknowledge_alert"
    assert "Monday" in arguments["note"]
