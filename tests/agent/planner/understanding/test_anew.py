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
BARE_FIGURES = [
    "what if chips were 10% off next week at Lakeside, what if it were 20?",
    "what happens to chips at Lakeside next week if we take 10% off? And at 20?",
    "Was passiert mit Chips in Lakeside nächste Woche bei 10% Rabatt? Und bei 20?",
]
TWO_TARGETS = [
    "What would it take to sell 300 croissants at Downtown next week? Also the same for 500.",
    "how do I get to 300 croissants at Downtown next week? and the same question for 500",
    "Wie verkaufe ich nächste Woche in Downtown 300 Croissants? Und dasselbe für 500.",
]
TWO_WHYS = [
    "explain next week's forecast for milk at Lakeside and why last week's came out so wrong",
    "Erkläre die Milchprognose nächste Woche in Lakeside und warum wir letzte Woche falsch lagen",
]
TWO_DEEDS = [
    "who was refused something last week, and what did manager1 do in the same days?",
    "Welche Aufrufe wurden letzte Woche abgelehnt, und was hat manager1 gemacht?",
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


@pytest.mark.parametrize("words", TWO_TARGETS)
def test_the_same_for_another_figure_asks_again(words):
    wanted = {"product": "6", "store": "2"} | NEXT_WEEK

    assert in_its_language(words) == [
        ("counterfactual", wanted | {"target_units": 300}),
        ("counterfactual", wanted | {"target_units": 500}),
    ]


@pytest.mark.parametrize("words", BARE_FIGURES)
def test_a_bare_figure_after_a_discount_is_tried_beside_it(words):
    tried = {"product": "17", "store": "5"} | NEXT_WEEK

    assert in_its_language(words) == [
        ("what_if", tried | {"discount_pct": 10}),
        ("what_if", tried | {"discount_pct": 20}),
    ]


@pytest.mark.parametrize("words", TWO_WHYS)
def test_a_forecast_and_a_miss_are_explained_apart_of_the_same_thing(words):
    of_milk = {"product": "9", "store": "5"}

    assert in_its_language(words) == [
        ("explain", of_milk | NEXT_WEEK),
        ("explain", of_milk | {"about": "miss"} | LAST_WEEK),
    ]


@pytest.mark.parametrize("words", TWO_DEEDS)
def test_what_somebody_did_is_asked_of_the_same_days_and_of_every_outcome(words):
    assert in_its_language(words) == [
        ("audit_trail", {"outcome": "refused"} | LAST_WEEK),
        ("audit_trail", {"user": "manager1"} | LAST_WEEK),
    ]


def test_who_made_the_calls_asks_no_second_time_of_the_record():
    assert calls_of("show refused calls from last week, and who made them?") == [
        ("audit_trail", {"outcome": "refused"} | LAST_WEEK)
    ]


def test_another_aim_of_a_discount_is_another_advice():
    advice = {"product": "17"} | NEXT_WEEK

    assert calls_of("best discount on chips next week for profit, and which one for units?") == [
        ("optimize_discount", advice),
        ("optimize_discount", advice | {"objective": "units"}),
    ]


def test_the_weak_end_by_another_measure_keeps_the_measure_of_the_best():
    of_products = LAST_WEEK | {"group_by": "product", "top": 5}

    assert calls_of("the five best sellers of last week and which five made least revenue") == [
        ("sales_history", of_products),
        ("sales_history", of_products | {"order": "asc", "measure": "revenue"}),
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


@pytest.mark.parametrize(
    "words",
    [
        "Show refusals in the audit trail for May, and failures for the same month.",
        "audit trail for May: refusals, and then the failures of that month",
        "Protokoll für Mai: die abgelehnten Aufrufe, und dann die fehlgeschlagenen im selben Monat",
    ],
)
def test_another_outcome_is_asked_of_the_record_besides(words):
    may = {"start": "2026-05-01", "end": "2026-05-31"}

    assert in_its_language(words) == [
        ("audit_trail", {"outcome": "refused"} | may),
        ("audit_trail", {"outcome": "failed"} | may),
    ]
