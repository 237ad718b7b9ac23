"""Questions about the answer just given: what it comes to, which of several is ahead."""

import pytest

from agent.planner.drafts import Ask
from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of, steps_of
from tests.agent.planner.telling import calls_after, told

GERMAN = in_turn(HARBOR_CONTEXT, ["Wie viele Brote haben wir letzte Woche verkauft?"])
JUNE = {"start": "2026-06-01", "end": "2026-06-30"}


def test_a_difference_between_two_answers_tells_both_again():
    said = ("muffin forecast next week", "and what did we sell last week?", "by how much?")

    assert calls_of(*said) == [
        ("forecast", {"product": "8", **NEXT_WEEK}),
        ("sales_history", {"product": "8", **LAST_WEEK}),
    ]


@pytest.mark.parametrize(
    "words",
    ["which of the two makes more profit", "so which one brings more?", "which price is better"],
)
def test_which_of_two_prices_tells_both_of_them(words):
    said = ("what if dish soap went to 2.99 next week", "and 2.79?", words)
    calls = calls_of(*said)

    assert [arguments["price"] for _, arguments in calls] == [2.99, 2.79]


def test_the_best_of_all_discounts_may_be_none_of_those_tried():
    said = ("what if dish soap was 10% off next week", "and 15?", "which one is best?")

    assert [tool for tool, _ in calls_of(*said)] == ["optimize_discount"]


def test_which_store_sold_most_is_a_question_of_its_own():
    said = ("milk sales last week", "and the week before", "which store sold the most of it")
    calls = calls_of(*said)

    assert [arguments.get("group_by") for _, arguments in calls] == ["store"]


def test_which_of_two_stores_grew_is_told_against_the_days_before():
    said = ("compare Hillcrest and Lakeside last month", "which one grew more")
    calls = calls_of(*said)

    assert [arguments["store"] for _, arguments in calls] == ["4", "5"]
    assert {arguments["compare_to"] for _, arguments in calls} == {"previous_period"}


@pytest.mark.parametrize(
    "words",
    ["what would that give?", "how sure are you", "how much do we lose on it", "is that a lot"],
)
def test_what_an_answer_comes_to_is_told_by_the_same_call(words):
    said = ("what if bananas were 20% off next week", words)

    assert calls_of(*said) == calls_of(said[0])


def test_an_answer_is_asked_about_in_german_too():
    said = ("Was wäre, wenn die Chips nächste Woche 20 % günstiger sind?", "was würde das bringen?")

    assert calls_of(*said, context=GERMAN) == calls_of(said[0], context=GERMAN)


def test_a_time_that_is_named_asks_for_something_else():
    said = ("muffin forecast next week", "is that more than last week?")

    assert ("sales_history", {"product": "8", **LAST_WEEK}) in calls_of(*said)


def test_a_lost_question_that_points_at_the_answer_tells_it_again():
    assert calls_of("which alerts are open", "whats the oldest one about") == [("list_alerts", {})]


def test_a_first_question_points_at_no_answer():
    assert isinstance(steps_of("by how much?")[-1], Ask)


@pytest.mark.parametrize("words", ["has it started?", "is it still running"])
def test_what_became_of_a_rollout_is_the_models_status(words):
    assert calls_of("start a canary with the staging model", words) == [("model_status", {})]


RANKED = told(
    "which store sold the most muffins in June?",
    (
        "sales_history",
        {"product": "8", "group_by": "store", "top": 1, **JUNE},
        {"group_by": "store", "rows": [{"key": "5", "name": "Lakeside", "value": 9}]},
    ),
)
BEST_DAY = told(
    "what was our best day in June?",
    (
        "sales_history",
        {"group_by": "day", "top": 1, **JUNE},
        {
            "group_by": "day",
            "rows": [{"key": "2026-06-20", "start": "2026-06-20", "end": "2026-06-20"}],
        },
    ),
)
BEST_SELLERS = told(
    "top 3 products in June",
    (
        "sales_history",
        {"group_by": "product", "top": 3, **JUNE},
        {"group_by": "product", "rows": [{"key": one} for one in ("16", "9", "8")]},
    ),
)


def test_that_store_is_the_one_that_the_table_told():
    calls = calls_after(RANKED, words="what is the forecast for that store next week?")

    assert calls == [("forecast", {"product": "8", "store": "5", **NEXT_WEEK})]


def test_why_that_day_was_so_good_is_asked_of_the_day_that_was_told():
    day = {"start": "2026-06-20", "end": "2026-06-20"}
    calls = calls_after(BEST_DAY, words="why was that day so good?")

    assert calls == [("explain", {"about": "change", **day})]


@pytest.mark.parametrize(
    ("words", "product"),
    [
        ("forecast the first one for next week", "16"),
        ("what will the second one sell next week?", "9"),
        ("and the last one, next week's forecast", "8"),
    ],
)
def test_a_line_of_a_table_is_meant_by_its_place(words, product):
    assert calls_after(BEST_SELLERS, words=words) == [
        ("forecast", {"product": product, **NEXT_WEEK})
    ]


def test_a_table_of_several_is_no_line():
    calls = calls_after(BEST_SELLERS, words="and in May?")

    assert calls[0][1]["group_by"] == "product"


FORECAST = told(
    "muffins next week",
    ("forecast", {"product": "8", **NEXT_WEEK}, {"mean": 120.0, "unit": "units"}),
)
HALF_OFF = told(
    "spinach 60% off next week",
    ("what_if", {"product": "15", "discount_pct": 60, **NEXT_WEEK}, {"units": {"changed": 300.0}}),
)


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("what would it take to double that?", 240),
        ("what do we need to do to sell twice as many", 240),
        ("how can we sell 10% more", 132),
        ("what would it take to sell 30 more", 150),
        ("what would it take to sell 30 MORE", 150),
    ],
)
def test_a_target_is_told_from_the_units_that_were_told(words, units):
    calls = calls_after(FORECAST, words=words)

    assert calls == [("counterfactual", {"product": "8", "target_units": units, **NEXT_WEEK})]


@pytest.mark.parametrize(
    ("words", "percent"), [("and half that?", 30), ("and at half of that", 30)]
)
def test_half_of_a_discount_is_half_its_percentage(words, percent):
    calls = calls_after(HALF_OFF, words=words)

    assert calls == [("what_if", {"product": "15", "discount_pct": 30, **NEXT_WEEK})]
