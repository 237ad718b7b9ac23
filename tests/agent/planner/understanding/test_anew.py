"""Another value of what was asked with is another question; what was left out is none."""

import pytest

from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of

BOTH_ENDS = [
    "show me last week's five best sellers and after that the five weakest ones",
    "the five best and the five worst products last week",
    "zeig mir die fünf besten und die fünf schlechtesten Produkte letzte Woche",
]
TWO_CUTS = [
    "what if chips are 10% off next week at Lakeside, and what if 20%?",
    "was wäre, wenn Chips nächste Woche in Lakeside 10% billiger wären, und was bei 20%?",
]
TWO_PAIRS = [
    "forecast for milk next week at Lakeside and for chips at Riverside",
    "Prognose für Milch nächste Woche in Lakeside und für Chips in Riverside",
]


def in_its_language(words):
    return calls_of(words, context=in_turn(HARBOR_CONTEXT, [words]))


@pytest.mark.parametrize("words", BOTH_ENDS)
def test_both_ends_of_a_ranking_are_two_questions(words):
    best = LAST_WEEK | {"group_by": "product", "top": 5}

    assert in_its_language(words) == [
        ("sales_history", best),
        ("sales_history", best | {"order": "asc"}),
    ]


@pytest.mark.parametrize("words", TWO_CUTS)
def test_a_second_discount_is_tried_beside_the_first(words):
    tried = {"product": "17", "store": "5"} | NEXT_WEEK

    assert in_its_language(words) == [
        ("what_if", tried | {"discount_pct": 10}),
        ("what_if", tried | {"discount_pct": 20}),
    ]


@pytest.mark.parametrize("words", TWO_PAIRS)
def test_two_products_each_at_its_own_store_make_two_calls(words):
    assert in_its_language(words) == [
        ("forecast", {"product": "9", "store": "5"} | NEXT_WEEK),
        ("forecast", {"product": "17", "store": "1"} | NEXT_WEEK),
    ]


def test_products_at_one_store_stay_a_list():
    asked = calls_of("forecast for milk next week at Lakeside and for chips")

    assert [arguments["store"] for _, arguments in asked] == ["5", "5"]


def test_the_ends_of_a_ranking_may_be_of_different_length():
    best = LAST_WEEK | {"group_by": "store", "top": 5}

    assert calls_of("top 5 stores last week and the bottom 3") == [
        ("sales_history", best),
        ("sales_history", best | {"top": 3, "order": "asc"}),
    ]


def test_another_measure_of_other_days_is_another_question():
    assert calls_of("revenue of milk last week and units in May") == [
        ("sales_history", {"product": "9", "measure": "revenue"} | LAST_WEEK),
        ("sales_history", {"product": "9", "start": "2026-05-01", "end": "2026-05-31"}),
    ]


@pytest.mark.parametrize(
    ("words", "tools"),
    [
        ("milk at Lakeside next week, also the ideal discount", ["forecast", "optimize_discount"]),
        ("milk Lakeside next week and how much should I order", ["forecast", "plan_inventory"]),
        (
            "Milch in Lakeside nächste Woche und wie viel soll ich bestellen",
            ["forecast", "plan_inventory"],
        ),
        ("milk at Lakeside next week, what is the ideal discount", ["optimize_discount"]),
    ],
)
def test_a_thing_and_days_joined_to_a_wish_are_asked_for_besides(words, tools):
    assert [tool for tool, _ in in_its_language(words)] == tools
