"""A question asked back that is answered after something else was asked between."""

# ruff: noqa: E501 - a table reads best with one question a line

import pytest

from agent.planner.drafts import Ask
from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of, steps_of

GERMAN = in_turn(HARBOR_CONTEXT, ["Wie viele Brote haben wir letzte Woche verkauft?"])
SUPPOSED = "What would happen if we took 15% off at Downtown next week?"
AT_DOWNTOWN = {"store": "2", "discount_pct": 15, **NEXT_WEEK}
ADVICE = "best discount for the butter next week"


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ([SUPPOSED, "any open alerts?", "the product for the discount question is dark chocolate"], ("what_if", {"product": "18", **AT_DOWNTOWN})),
        ([SUPPOSED, "any open alerts?", "ok, and you asked which product: dark chocolate"], ("what_if", {"product": "18", **AT_DOWNTOWN})),
        ([SUPPOSED, "which model is live?", "dark chocolate"], ("what_if", {"product": "18", **AT_DOWNTOWN})),
        ([ADVICE, "how much did we sell last week?", "back to my question: the salted one"], ("optimize_discount", {"product": "12", **NEXT_WEEK})),
        ([ADVICE, "what does WAPE mean?", "as for the discount question, salted butter"], ("optimize_discount", {"product": "12", **NEXT_WEEK})),
    ],
)  # fmt: skip
def test_the_answer_may_come_after_something_else(said, call):
    assert calls_of(*said) == [call]


def test_it_may_in_german_too():
    said = (
        "Was wäre bei 15% Rabatt in Downtown nächste Woche?",
        "Welches Modell läuft gerade?",
        "das Produkt ist die Milch",
    )

    assert calls_of(*said, context=GERMAN) == [("what_if", {"product": "9", **AT_DOWNTOWN})]


@pytest.mark.parametrize(
    ("said", "call"),
    [
        # A name alone goes on with what was asked between, where that can take it.
        ([SUPPOSED, "how many units of milk did we sell at Riverside last week?", "dark chocolate"], ("sales_history", {"product": "18", "store": "1", **LAST_WEEK})),
        # What was answered is answered.
        ([SUPPOSED, "milk", "which model is live?", "dark chocolate forecast next week"], ("forecast", {"product": "18", **NEXT_WEEK})),
    ],
)  # fmt: skip
def test_what_goes_on_from_something_else_answers_nothing(said, call):
    assert calls_of(*said) == [call]


@pytest.mark.parametrize(
    ("words", "call"),
    [
        ("before that: any open alerts at that store?", ("list_alerts", {"store": "2"})),
        ("what's that week's total forecast there?", ("forecast", {"store": "2", **NEXT_WEEK})),
    ],
)
def test_what_waits_can_be_pointed_at(words, call):
    assert calls_of(SUPPOSED, words) == [call]


@pytest.mark.parametrize("words", ["how much did we sell last week?", "what sold best last week?"])
def test_the_last_week_is_none_of_the_choices(words):
    ((tool, arguments),) = calls_of(ADVICE, words)

    assert tool == "sales_history"
    assert "product" not in arguments


def test_an_unclear_name_takes_the_place_of_the_one_before():
    said = ("granola bars next week", "butter next week")

    assert isinstance(steps_of(*said)[-1], Ask)
    assert calls_of(*said, "the last one please") == [("forecast", {"product": "12", **NEXT_WEEK})]


def test_a_clear_name_beside_an_unclear_one_stays():
    said = ("granola bars next week", "milk and butter next week", "salted")

    assert {call["product"] for _, call in calls_of(*said)} == {"9", "12"}
