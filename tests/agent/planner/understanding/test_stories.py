"""A story makes no calls: only what has the form of a request does."""

# ruff: noqa: E501 - a table reads best with one message a line

from dataclasses import replace

import pytest

from agent.languages import language
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of

GERMAN = replace(HARBOR_CONTEXT, language=language("de"))

TOMORROW = {"start": "2026-07-02", "end": "2026-07-02"}
JUNE = {"start": "2026-06-01", "end": "2026-06-30"}
MAY = {"start": "2026-05-01", "end": "2026-05-31"}
LAST_WEEKEND = {"start": "2026-06-27", "end": "2026-06-28"}
SATURDAY = {"start": "2026-07-04", "end": "2026-07-04"}


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("My neighbour sends crisps to her cousin every month, which is a strange habit but she means well. How many croissants will Riverside sell tomorrow?", [("forecast", {"product": "6", "store": "1", **TOMORROW})]),
        ("What she needs is the revenue of Hillcrest for last month, week by week, so that I can show her that we had a plan and that the policy was kept.", [("sales_history", {"store": "4", "measure": "revenue", "group_by": "week", **JUNE})]),
        ("Summer is here and the grower can give us more if we tell him by tonight. How many strawberries will we sell next week?", [("forecast", {"product": "14", **NEXT_WEEK})]),
        ("I opened this shop in 1998 with 3 people and a dog, and the dog was the best salesman. For tomorrow at Lakeside I need the expected sales of butter croissants and bagels.", [("forecast", {"product": "6", "store": "5", **TOMORROW}), ("forecast", {"product": "7", "store": "5", **TOMORROW})]),
        ("You know how the regional manager is; she counts everything, 26 shelves in one go. Now she'd like the units of Dairy per store for last month.", [("sales_history", {"category": "Dairy", "group_by": "store", **JUNE})]),
    ],
)  # fmt: skip
def test_only_what_asks_by_its_form_makes_calls(said, calls):
    assert calls_of(said) == calls


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("Our accountant at Hillcrest has sent a twelve-page list of questions, and I have her on the phone at four. What she needs is the shop's revenue for last month, week by week.", [("sales_history", {"store": "4", "measure": "revenue", "group_by": "week", **JUNE})]),
        ("Last weekend I followed your forecast for bagels at Riverside and I was left with two crates. Why was it so wrong?", [("explain", {"about": "miss", "product": "7", "store": "1", **LAST_WEEKEND})]),
        ("Head office has 40 questions and most of them are about parking. One of them is what we took in dairy in May at Lakeside. Could you get me that, by week?", [("sales_history", {"category": "Dairy", "store": "5", "measure": "revenue", "group_by": "week", **MAY})]),
        ("The trash bags moved to the entrance on 1 June, my idea. Show me weekly units since then at Downtown.", [("sales_history", {"product": "24", "store": "2", "group_by": "week", **JUNE})]),
        ("I'll be off from 6 July to 12 July, walking in the Alps with my brother. What will Hillcrest sell of dairy while I'm away?", [("forecast", {"category": "Dairy", "store": "4", **NEXT_WEEK})]),
        ("I'm told that chips are short all over the country, and butter too. What will we sell of the salted butter at Riverside next week?", [("forecast", {"product": "12", "store": "1", **NEXT_WEEK})]),
    ],
)  # fmt: skip
def test_what_the_story_names_is_what_a_request_leaves_unsaid(said, calls):
    assert calls_of(said) == calls


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("Ich führe seit 1998 diesen Laden in Downtown, mit 3 Leuten und einem Hund, der nichts taugt. Wie viele Bananen verkaufen wir morgen?", [("forecast", {"product": "16", "store": "2", **TOMORROW})]),
        ("Letztes Wochenende habe ich nach eurer Prognose für Avocados in Riverside bestellt, und am Ende blieb die Hälfte liegen. Warum lag die Prognose so daneben?", [("explain", {"about": "miss", "product": "13", "store": "1", **LAST_WEEKEND})]),
        ("Am Samstag ist Regatta, da kommen achthundert Leute. Was erwartest du für die Chips in Lakeside an dem Tag?", [("forecast", {"product": "17", "store": "5", **SATURDAY})]),
    ],
)  # fmt: skip
def test_a_german_request_is_heard_among_its_story(said, calls):
    assert calls_of(said, context=GERMAN) == calls


@pytest.mark.parametrize(
    "said",
    [
        "Dish soap stands in my way here at Downtown and I nearly fell over it. What was our total revenue last week?",
        "Muffins are all they talk about at Riverside, bagels are all they eat at Lakeside. What revenue did we make last week?",
    ],
)
def test_a_question_about_all_there_is_takes_no_scope_from_the_story(said):
    assert calls_of(said) == [("sales_history", {"measure": "revenue", **LAST_WEEK})]


@pytest.mark.parametrize(
    ("said", "context"),
    [
        ("The old numbers were wrong since March, so please have the model retrained, just don't put the new one live by itself.", HARBOR_CONTEXT),
        ("200 Zeilen waren seit März falsch. Bitte trainiere das Modell neu, aber nimm es nicht automatisch in Produktion.", GERMAN),
    ],
)  # fmt: skip
def test_an_order_stays_one_where_only_what_could_follow_is_forbidden(said, context):
    [(tool, arguments)] = calls_of(said, context=context)

    assert (tool, "auto_promote" in arguments) == ("retrain", False)


def test_what_is_asked_to_be_written_down_is_of_the_advice_told_of_before():
    said = "Following up on the recommendation you made, RC-1. We talked about it for far too long. Please put down that we turned it down."
    [(tool, arguments)] = calls_of(said)

    assert (tool, arguments["recommendation_id"], arguments["decision"]) == (
        "record_decision",
        "RC-1",
        "rejected",
    )


@pytest.mark.parametrize(
    "said",
    [
        "The grower wants to know. How many strawberries will we sell at Lakeside next week? Broken up by day would be perfect as the crates are agreed daily.",
        "The grower wants to know. How many strawberries will we sell at Lakeside next week? A figure per day would be best because we deliver every morning and the van is small.",
    ],
)
def test_a_detail_counts_whatever_reason_is_given_for_it(said):
    assert calls_of(said) == [
        ("forecast", {"product": "14", "store": "5", "granularity": "day", **NEXT_WEEK})
    ]


def test_each_category_on_its_own_line_points_at_nothing():
    said = "Please help an old man. What was our total revenue last month, all stores, each category on its own line?"

    assert calls_of(said) == [
        ("sales_history", {"measure": "revenue", "group_by": "category", **JUNE})
    ]


def test_what_a_store_took_that_day_is_money():
    said = "I'm parked at Hillcrest with frozen wipers. On the 24th of June they closed late because of a man. What did the store take that day?"

    assert calls_of(said) == [
        (
            "sales_history",
            {"store": "4", "measure": "revenue", "start": "2026-06-24", "end": "2026-06-24"},
        )
    ]


def test_nothing_that_should_go_live_does():
    said = "The model makes Downtown order far too little bread. Please have the models trained afresh. Nothing should go live by itself."
    [(tool, arguments)] = calls_of(said)

    assert (tool, arguments.get("auto_promote", False)) == ("retrain", False)
