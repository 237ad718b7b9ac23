"""Wordings that leave nothing open, though they are not the usual ones; today is 2026-07-01."""

# ruff: noqa: E501 - a table reads best with one question a line

from dataclasses import replace

import pytest

from agent.languages import language
from agent.planner.drafts import Ask, Calls, Say
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of, steps_of

GERMAN = replace(
    HARBOR_CONTEXT, language=language("de"), style=HARBOR_CONTEXT.style.speaking("de", 0)
)
AFTER_NEXT = {"start": "2026-07-13", "end": "2026-07-19"}


@pytest.mark.parametrize(
    ("words", "tool", "arguments"),
    [
        ("order chips, lead time 3 days, 12 oh", "plan_inventory", {"product": "17", "lead_time_days": 3, "on_hand": 12}),
        ("restock milk 40 soh, lt 2d", "plan_inventory", {"product": "9", "lead_time_days": 2, "on_hand": 40}),
        ("best discount for chips next week, move as much as possible", "optimize_discount", {"product": "17", "objective": "units", **NEXT_WEEK}),
        ("optimal markdown for chips next week, sell as many as we can", "optimize_discount", {"product": "17", "objective": "units", **NEXT_WEEK}),
        ("iz the modle ok", "model_status", {}),
        ("top5 jun rev", "sales_history", {"start": "2026-06-01", "end": "2026-06-30", "measure": "revenue", "group_by": "product", "top": 5}),
        ("best discount for chips next week, we can't go further than 40 percent", "optimize_discount", {"product": "17", "max_discount_pct": 40, **NEXT_WEEK}),
        ("how much are we going to take next week?", "forecast", {"measure": "revenue", **NEXT_WEEK}),
        ("have a look at the milk and tell me what we sold at airport last week", "sales_history", {"product": "9", "store": "3", **LAST_WEEK}),
        ("cold brew at Riverside, Black Friday, forecast", "forecast", {"product": "1", "store": "1", "start": "2026-11-27", "end": "2026-11-27"}),
        ("forecast for milk in the southern stores next week", "forecast", {"product": "9", "store": "3", **NEXT_WEEK}),
    ],
)  # fmt: skip
def test_a_hurried_question_is_read_whole(words, tool, arguments):
    assert calls_of(words) == [(tool, arguments)]


@pytest.mark.parametrize(
    ("words", "context"),
    [
        ("what will the northern region sell next week", HARBOR_CONTEXT),
        ("next week up north, how many will we sell", HARBOR_CONTEXT),
        ("Wie viel verkaufen wir nächste Woche in den nördlichen Filialen?", GERMAN),
    ],
)
def test_a_region_is_all_its_stores(words, context):
    assert calls_of(words, context=context) == [
        ("forecast", {"store": store, **NEXT_WEEK}) for store in ("4", "5")
    ]


@pytest.mark.parametrize("words", ["units of whole sold in May?", "sales of whole last week"])
def test_a_common_word_that_several_products_share_is_asked_about(words):
    (step,) = steps_of(words)

    assert isinstance(step, Ask)
    assert step.asks_for == ("product",)


@pytest.mark.parametrize(
    ("words", "tool", "days", "context"),
    [
        ("milk next week in units and revenue", "forecast", NEXT_WEEK, HARBOR_CONTEXT),
        ("in dollars and in units: milk next week", "forecast", NEXT_WEEK, HARBOR_CONTEXT),
        ("sales of milk last week, both units and takings", "sales_history", LAST_WEEK, HARBOR_CONTEXT),
        ("Prognose Milch nächste Woche in Stück und in Euro", "forecast", NEXT_WEEK, GERMAN),
    ],
)  # fmt: skip
def test_two_measures_are_two_calls(words, tool, days, context):
    units = {"product": "9", **days}

    assert calls_of(words, context=context) == [
        (tool, units),
        (tool, {**units, "measure": "revenue"}),
    ]


@pytest.mark.parametrize(
    "words", ["milk next week please, and tell me a joke", "tell me a joke and milk next week"]
)
def test_what_can_be_answered_is_answered_beside_a_refusal(words):
    (step,) = steps_of(words)

    assert isinstance(step, Calls)
    assert [draft.ready for draft in step.drafts] == [{"product": "9", **NEXT_WEEK}]
    assert step.reason == "out_of_scope"


@pytest.mark.parametrize(
    "words",
    [
        "write me a poem about croissants next week",
        "should I buy Tesla shares",
        "The bank raised our loan interest by 2%. Is that fair, what do you think?",
    ],
)
def test_what_is_no_matter_of_sales_is_refused(words):
    (step,) = steps_of(words)

    assert isinstance(step, Say)
    assert step.reason == "out_of_scope"


@pytest.mark.parametrize(
    ("words", "said", "context"),
    [
        ("back to the milk, what about the week after?", ("forecast milk next week", "sales of chips last week"), HARBOR_CONTEXT),
        ("ok back to milk - and the week after that?", ("forecast milk next week", "model status"), HARBOR_CONTEXT),
        ("zurück zur Milch: und die Woche danach?", ("Prognose Milch nächste Woche", "Umsatz Chips letzte Woche"), GERMAN),
    ],
)  # fmt: skip
def test_coming_back_may_go_on_in_time(words, said, context):
    assert calls_of(*said, words, context=context) == [("forecast", {"product": "9", **AFTER_NEXT})]


@pytest.mark.parametrize(
    "words", ["and if we leave it as it is, how many?", "and what do you expect without any change"]
)
def test_after_advice_no_change_asks_what_is_expected_anyway(words):
    asked = "which price sells 400 bagels next week"

    assert calls_of(asked, words) == [("forecast", {"product": "7", **NEXT_WEEK})]


def test_a_wish_told_in_passing_keeps_its_figures():
    told = "We'd like to do something nice for customers at Lakeside, maybe twenty percent off something, next week. What would happen?"
    *_, step = steps_of(told, "let's say strawberries")

    assert isinstance(step, Calls)
    assert step.drafts[0].ready == {"product": "14", "store": "5", "discount_pct": 20, **NEXT_WEEK}


@pytest.mark.parametrize(
    "words", ["I made up my mind about RC-1", "We came to a decision about RC-1"]
)
def test_an_announced_decision_is_asked_for_and_then_recorded(words):
    asked, recorded = steps_of(words, "rejected, too risky")
    assert isinstance(asked, Ask)
    assert asked.asks_for == ("decision",)
    assert [draft.tool for draft in recorded.drafts] == ["record_decision"]
    assert recorded.drafts[0].ready["decision"] == "rejected"
