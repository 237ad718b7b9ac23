"""A word that fits several things, pointed at, is the one that was spoken of."""

# ruff: noqa: E501 - a table reads best with one question a line

import pytest

from agent.planner.drafts import Ask
from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, NEXT_WEEK, calls_of, steps_of

GERMAN = in_turn(HARBOR_CONTEXT, ["Wie viele Brote haben wir letzte Woche verkauft?"])
BUTTER = "forecast for salted butter next week"
GRANOLA = "forecast for granola bars next week"


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ([BUTTER, "what if that butter were 10% off?"], ("what_if", {"product": "12", "discount_pct": 10, **NEXT_WEEK})),
        ([BUTTER, "and the same butter at Airport?"], ("forecast", {"product": "12", "store": "3", **NEXT_WEEK})),
        ([GRANOLA, "now with 10% off on those bars"], ("forecast", {"product": "20", "discount_pct": 10, **NEXT_WEEK})),
        ([GRANOLA, "and at Airport?", "best discount on these bars"], ("optimize_discount", {"product": "20", "store": "3", **NEXT_WEEK})),
    ],
)  # fmt: skip
def test_a_thing_pointed_at_by_a_word_of_its_name_is_the_one_spoken_of(said, call):
    assert calls_of(*said) == [call]


def test_it_is_so_in_german_too():
    said = ("Prognose für Granola Bars nächste Woche", "und diese Riegel mit 10% Rabatt?")

    assert calls_of(*said, context=GERMAN) == [
        ("forecast", {"product": "20", "discount_pct": 10, **NEXT_WEEK})
    ]


@pytest.mark.parametrize(
    "said",
    [
        [BUTTER, "and the butter at Airport?"],
        ["granola bars and the dark chocolate bar next week", "10% off on those bars"],
        ["what if that butter were 10% off next week?"],
    ],
)
def test_what_is_not_pointed_at_or_was_not_spoken_of_alone_is_asked_about(said):
    step = steps_of(*said)[-1]

    assert isinstance(step, Ask)
    assert step.asks_for == ("product",)
