"""A remark of few words that fits what was asked last, and is no wish of its own."""

import pytest

from agent.planner.drafts import Say
from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, NEXT_WEEK, calls_of, steps_of

GERMAN = in_turn(HARBOR_CONTEXT, ["Wie viele Brote haben wir letzte Woche verkauft?"])
ORDER = "how many trash bags should Lakeside order"
BAGS = {"product": "24", "store": "5"}
JUNE = {"start": "2026-06-01", "end": "2026-06-30"}


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("the trash bags take 10 days to get here", 10),
        ("sorry, they said eight days", 8),
        ("no wait, 5 days it was", 5),
    ],
)
def test_days_told_after_an_order_say_how_long_a_delivery_takes(words, days):
    assert calls_of(ORDER, words) == [("plan_inventory", {**BAGS, "lead_time_days": days})]


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        ("and for Hillcrest with everything the same", {"store": "4", "lead_time_days": 5}),
        ("do the same for the paper towels", {"product": "21", "lead_time_days": 5}),
    ],
)
def test_all_that_was_set_is_kept_where_everything_stays_the_same(words, arguments):
    said = (ORDER, "lead time is 5 days", words)

    assert calls_of(*said) == [("plan_inventory", {**BAGS, **arguments})]


def test_a_limit_told_beside_other_words_limits_the_advice():
    said = ("best discount for chips next week", "Profit is fine as the goal but cap it at 15")

    assert calls_of(*said) == [
        ("optimize_discount", {"product": "17", "max_discount_pct": 15, **NEXT_WEEK})
    ]


def test_a_rule_that_is_kept_holds_beside_a_new_target():
    said = (
        "how do I get to 600 cold brews next week at a margin of at least 30%",
        "keep that margin rule, but only Lakeside and 200 units",
    )

    assert calls_of(*said) == [
        (
            "counterfactual",
            {"product": "1", "store": "5", "target_units": 200, "min_margin_pct": 30, **NEXT_WEEK},
        )
    ]


def test_a_figure_after_a_look_into_the_rules_is_of_the_question_before():
    said = (
        "what if croissants were 25% off next week",
        "is a category analyst allowed to give that much without asking?",
        "then try it with 20",
    )

    assert calls_of(*said) == [("what_if", {"product": "6", "discount_pct": 20, **NEXT_WEEK})]


@pytest.mark.parametrize(
    ("said", "arguments"),
    [
        (
            ("forecast croissants next week at 10% off", "drop the discount, and in dollars"),
            {"product": "6", "measure": "revenue", **NEXT_WEEK},
        ),
        (
            ("Prognose für Croissants nächste Woche mit 10 % Rabatt", "ohne Rabatt, in Euro"),
            {"product": "6", "measure": "revenue", **NEXT_WEEK},
        ),
    ],
)
def test_what_is_taken_off_leaves_room_for_what_is_said_beside_it(said, arguments):
    context = GERMAN if said[0].startswith("Prognose") else HARBOR_CONTEXT

    assert calls_of(*said, context=context) == [("forecast", arguments)]


def test_a_ranking_taken_off_is_no_ranking_anew():
    said = ("top 2 stores for strawberries in June", "per week instead, without the top 2")

    assert calls_of(*said) == [("sales_history", {"product": "14", "group_by": "week", **JUNE})]


def test_the_answer_in_another_shape_is_another_answer():
    said = ("revenue in June by category", "what does that look like in units?")

    assert calls_of(*said) == [("sales_history", {"group_by": "category", **JUNE})]


@pytest.mark.parametrize("words", ["the same two for chips", "and those two for chips"])
def test_two_that_were_tried_are_no_figure(words):
    said = ("what if almonds get 10% off next week, and what if it's 20%?", words)

    assert [call["discount_pct"] for _, call in calls_of(*said)] == [10, 20]


def test_a_year_by_itself_is_a_year():
    said = ("how many croissants did we sell in 2018", "ok, 2025 then")

    assert calls_of(*said) == [
        ("sales_history", {"product": "6", "start": "2025-01-01", "end": "2025-12-31"})
    ]


@pytest.mark.parametrize(
    ("words", "context"),
    [
        ("that's all for today", HARBOR_CONTEXT),
        ("nothing else for now", HARBOR_CONTEXT),
        ("das war alles für heute", GERMAN),
    ],
)
def test_an_end_of_the_talk_is_about_no_day(words, context):
    step = steps_of("decision report for June", words, context=context)[-1]

    assert isinstance(step, Say)


def test_our_store_is_the_one_that_was_spoken_of():
    said = ("what was the revenue at Lakeside yesterday", "the produce forecast for our store?")

    assert calls_of(*said) == [("forecast", {"category": "Produce", "store": "5"})]


def test_who_delivers_is_no_category_that_is_asked_about():
    said = ("how much milk should Lakeside order", "the dairy only needs 2 days to deliver")

    assert calls_of(*said) == [
        ("plan_inventory", {"product": "9", "store": "5", "lead_time_days": 2})
    ]


@pytest.mark.parametrize(
    ("said", "context"),
    [
        (("bottom five products by revenue in June", "rank it by units instead"), HARBOR_CONTEXT),
        (("die fünf schlechtesten Produkte im Juni", "sortier sie nach Stück"), GERMAN),
    ],
)
def test_another_measure_ranks_from_the_same_end(said, context):
    assert calls_of(*said, context=context) == [
        ("sales_history", {"group_by": "product", "top": 5, "order": "asc", **JUNE})
    ]


def test_a_month_supposed_to_be_cheaper_is_the_one_spoken_of():
    said = ("forecast strawberries next month", "and if they were 15% off the whole month?")

    (_, call), *rest = calls_of(*said)
    assert not rest
    assert (call["discount_pct"], call["start"], call["end"]) == (15, "2026-08-01", "2026-08-31")


@pytest.mark.parametrize(
    ("said", "context"),
    [
        (("best discount for chips next week", "not that deep, 10 is our limit"), HARBOR_CONTEXT),
        (("bester Rabatt für Chips nächste Woche", "10 ist unser Limit"), GERMAN),
    ],
)
def test_a_figure_called_a_limit_limits_the_advice(said, context):
    assert calls_of(*said, context=context) == [
        ("optimize_discount", {"product": "17", "max_discount_pct": 10, **NEXT_WEEK})
    ]


@pytest.mark.parametrize("words", ["der Lieferant braucht 5 Tage", "Moment, es waren 5 Tage"])
def test_days_told_after_an_order_are_a_delivery_in_german_too(words):
    said = ("Wie viele Müllbeutel muss Lakeside bestellen?", words)

    assert calls_of(*said, context=GERMAN) == [("plan_inventory", {**BAGS, "lead_time_days": 5})]
