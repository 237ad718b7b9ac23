"""What only limits a question or leads up to it makes no call of its own."""

# ruff: noqa: E501 - a table reads best with one message a line

from dataclasses import replace

import pytest

from agent.languages import language
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of

GERMAN = replace(HARBOR_CONTEXT, language=language("de"))
ADVICE = {"product": "15", "store": "4", **NEXT_WEEK}
BY_DAY = {"product": "11", "store": "5", "granularity": "day", **NEXT_WEEK}
ALMONDS = {"product": "19", "store": "5", "measure": "revenue", **LAST_WEEK}


@pytest.mark.parametrize(
    ("said", "limits"),
    [
        ("Which discount should we give on baby spinach at Hillcrest next week? Our rule is that the margin mustn't fall below 30 percent.", {"min_margin_pct": 30}),
        ("I'd like to bring the price down but I need to keep a margin of at least 20 percent, says my boss. What's the best discount for baby spinach at Hillcrest next week?", {"min_margin_pct": 20}),
        ("The policy here is never more than 25 percent off, and the owner means it. What discount is best for baby spinach at Hillcrest next week?", {"max_discount_pct": 25}),
    ],
)  # fmt: skip
def test_a_rule_told_beside_a_question_for_a_discount_limits_it(said, limits):
    assert calls_of(said) == [("optimize_discount", {**ADVICE, **limits})]


def test_a_whole_question_beside_a_discount_stays_one():
    said = "I need the forecast for milk next week, 20% margin or not. What discount is best for baby spinach at Hillcrest next week?"

    assert [tool for tool, _ in calls_of(said)] == ["forecast", "optimize_discount"]


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ("Let me start with something easy: cheddar at Lakeside next week, by day please.", ("forecast", BY_DAY)),
        ("My dog ate the printout, and I'm not kidding, he's at the vet now. That's why I need the figures again: revenue of almonds at Lakeside last week.", ("sales_history", ALMONDS)),
    ],
)  # fmt: skip
def test_words_before_a_colon_only_lead_up_to_what_is_asked(said, call):
    assert calls_of(said) == [call]


def test_an_order_before_a_colon_stays_one():
    assert calls_of("Forecast please: milk at Lakeside next week") == [
        ("forecast", {"product": "9", "store": "5", **NEXT_WEEK})
    ]


def test_a_german_rule_limits_a_discount():
    said = "Welchen Rabatt sollen wir nächste Woche in Hillcrest für Babyspinat geben? Unsere Regel ist, dass die Marge nicht unter 30 Prozent fallen darf."

    assert calls_of(said, context=GERMAN) == [
        ("optimize_discount", {**ADVICE, "min_margin_pct": 30})
    ]
