"""A table of conversations: every tool, and what people say after it."""

# ruff: noqa: E501 - a table reads best with one question a line

import json

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from agent.planner.dialogue import dialogue_of
from agent.planner.drafts import Ask, Calls, Say
from agent.planner.plan import next_step
from agent.planner.steps import first_message
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of, steps_of

AUGUST = {"start": "2026-08-01", "end": "2026-08-31"}
MAY = {"start": "2026-05-01", "end": "2026-05-31"}
A_YEAR_BEFORE = {"start": "2025-07-07", "end": "2025-07-13"}
MILK = {"product": "9", "store": "1"}

FORECAST = "forecast milk at Riverside next week"
HISTORY = "how many units of milk did Riverside sell last week"
ODD = "anything unusual with milk at Riverside last month"
WHY = "why did milk drop at Riverside last week"
SUPPOSED = "what if milk is 10% off at Riverside next week"
ADVICE = "best discount for milk at Riverside next week"
STOCK = "how much milk should I reorder for Riverside"
TARGET = "what would it take to sell 300 milk at Riverside next week"
JUNE = {"start": "2026-06-01", "end": "2026-06-30"}

STARTS = [
    (FORECAST, "forecast", NEXT_WEEK),
    (HISTORY, "sales_history", LAST_WEEK),
    (ODD, "detect_anomalies", JUNE),
    (WHY, "explain", {"about": "change", **LAST_WEEK}),
    (SUPPOSED, "what_if", {"discount_pct": 10, **NEXT_WEEK}),
    (ADVICE, "optimize_discount", NEXT_WEEK),
    (STOCK, "plan_inventory", {}),
    (TARGET, "counterfactual", {"target_units": 300, **NEXT_WEEK}),
]


@pytest.mark.parametrize(("first", "tool", "rest"), STARTS)
@pytest.mark.parametrize(
    ("then", "items"),
    [
        ("and bagels?", {"product": "7", "store": "1"}),
        ("what about Downtown?", {"product": "9", "store": "2"}),
        ("sorry, I meant Hillcrest", {"product": "9", "store": "4"}),
        ("wrong product, I wanted almonds", {"product": "19", "store": "1"}),
        ("ok store 5", {"product": "9", "store": "5"}),
    ],
)
def test_another_item_keeps_the_rest_of_any_question(first, tool, rest, then, items):
    assert calls_of(first, then) == [(tool, {**items, **rest})]


@pytest.mark.parametrize(("first", "tool", "rest"), STARTS)
def test_any_question_is_gone_back_to_and_taken_back(first, tool, rest):
    asked = [(tool, {**MILK, **rest})]

    assert calls_of(first, "how accurate is the model?", "and Downtown?") == [
        (tool, {**MILK, "store": "2", **rest})
    ]
    assert calls_of(first, "and Downtown?", "undo that") == asked


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        # A look at the other side of today.
        ([FORECAST, "and the same week last year?"], [("sales_history", {**MILK, **A_YEAR_BEFORE})]),
        (["revenue forecast for milk next week", "and last week?"], [("sales_history", {"product": "9", "measure": "revenue", **LAST_WEEK})]),
        ([SUPPOSED, "ok. and yesterday, how many?"], [("sales_history", {**MILK, "start": "2026-06-30", "end": "2026-06-30"})]),
        ([FORECAST, "why?", "what about August, how many then"], [("forecast", {**MILK, **AUGUST})]),
        ([HISTORY, "why?", "what will it sell next week?"], [("forecast", {**MILK, **NEXT_WEEK})]),
        ([HISTORY, "and the previous week?"], [("sales_history", {**MILK, "start": "2026-06-15", "end": "2026-06-21"})]),
        ([FORECAST, "the same for the week after"], [("forecast", {**MILK, "start": "2026-07-13", "end": "2026-07-19"})]),
        ([FORECAST, "and what was it the week before?"], [("forecast", {**MILK, "start": "2026-06-29", "end": "2026-07-05"})]),
        ([HISTORY, "thanks, and for the whole chain?"], [("sales_history", {"product": "9", **LAST_WEEK})]),
        ([SUPPOSED, "what about a promo instead"], [("what_if", {**MILK, "promotion": True, **NEXT_WEEK})]),
        # What is left out is what was spoken of.
        ([FORECAST, "What drives that number?"], [("explain", {**MILK, **NEXT_WEEK})]),
        ([FORECAST, "how's the model doing?", "What would be the ideal discount?"], [("optimize_discount", {**MILK, **NEXT_WEEK})]),
        ([FORECAST, "show open alerts", "what would a 15% discount do to it?"], [("what_if", {**MILK, "discount_pct": 15, **NEXT_WEEK})]),
        (["How did Riverside do last week?", "were there any alerts for that store?"], [("list_alerts", {"store": "1"})]),
        (["milk sales at Riverside last week", "were there any alerts?", "forecast bagels there for August"], [("forecast", {"product": "7", "store": "1", **AUGUST})]),
        (["sales by category at the Airport in May", "why is snacks so low?"], [("explain", {"about": "change", "category": "Snacks", "store": "3", **MAY})]),
        ([FORECAST, "What sold best last week?"], [("sales_history", {"group_by": "product", **LAST_WEEK})]),
        ([FORECAST, "new topic: how many units did we sell last week?"], [("sales_history", LAST_WEEK)]),
        # Two things at once.
        ([FORECAST, "and Hillcrest?", "both together"], [("forecast", {**MILK, **NEXT_WEEK}), ("forecast", {**MILK, "store": "4", **NEXT_WEEK})]),
        (["Airport revenue in May", "and June", "which of the two was better"], [("sales_history", {"store": "3", "measure": "revenue", **days}) for days in (MAY, JUNE)]),
        ([FORECAST, "and bagels?", "and the other one?"], [("forecast", {**MILK, **NEXT_WEEK})]),
        (["butter sales last week?", "the first one", "and the other one?"], [("sales_history", {"product": "12", **LAST_WEEK})]),
        # Coming back.
        ([FORECAST, "any odd days at Downtown last month?", "back to the milk please"], [("forecast", {**MILK, **NEXT_WEEK})]),
        ([FORECAST, "any odd days there last month?", "back to the forecast: what about the airport?"], [("forecast", {**MILK, "store": "3", **NEXT_WEEK})]),
        # Figures by themselves, and conditions taken off.
        ([SUPPOSED, "hmm, twenty then"], [("what_if", {**MILK, "discount_pct": 20, **NEXT_WEEK})]),
        ([SUPPOSED, "not 10, 12"], [("what_if", {**MILK, "discount_pct": 12, **NEXT_WEEK})]),
        ([SUPPOSED, "too deep, 5"], [("what_if", {**MILK, "discount_pct": 5, **NEXT_WEEK})]),
        ([TARGET, "350 would do"], [("counterfactual", {**MILK, "target_units": 350, **NEXT_WEEK})]),
        ([SUPPOSED, "how many do we sell without any discount"], [("what_if", {**MILK, "discount_pct": 0, **NEXT_WEEK})]),
        ([FORECAST, "with a 10% discount", "remove the discount again"], [("forecast", {**MILK, **NEXT_WEEK})]),
        ([HISTORY, "by day", "total it up again"], [("sales_history", {**MILK, **LAST_WEEK})]),
        ([HISTORY, "scratch that, make it May"], [("sales_history", {**MILK, **MAY})]),
    ],
)  # fmt: skip
def test_a_conversation_goes_on(said, calls):
    assert calls_of(*said) == calls


def test_going_back_to_a_product_never_rolls_back_a_model():
    step = steps_of(FORECAST, "and bagels?", "go back to the milk please")[-1]

    assert isinstance(step, Calls)
    assert {draft.tool for draft in step.drafts} == {"forecast"}


def test_a_yes_does_what_was_offered_and_nothing_else():
    *_, step = steps_of("is it time to promote the staging model?", "yes please")

    assert isinstance(step, Calls)
    assert [draft.tool for draft in step.drafts] == ["promote"]


def test_a_yes_to_an_answer_changes_nothing():
    *_, step = steps_of(FORECAST, "yes")

    assert isinstance(step, Say)


def test_a_reply_that_settles_nothing_is_asked_again():
    first, again, last = steps_of("forecast butter next week", "the cheaper one", "salted")

    assert isinstance(again, Ask)
    assert (again.asks_for, again.choices) == (first.asks_for, first.choices)
    assert isinstance(last, Calls)


def test_the_cheaper_of_two_things_spoken_of_is_asked_about():
    *_, step = steps_of(FORECAST, "and bagels?", "what about the cheaper one?")

    assert isinstance(step, Ask)
    assert {choice for choice, _ in step.choices} == {"9", "7"}


def test_advice_is_accepted_by_pointing_at_it():
    asked = first_message(steps_of(ADVICE)[0])
    result = {"tool": "optimize_discount", "result": {"items": [{"recommendation": "RC-3"}]}}
    told = ToolMessage(json.dumps(result), tool_call_id=asked.tool_calls[0]["id"])
    said = [HumanMessage(ADVICE), asked, told, AIMessage("Here."), HumanMessage("accept it")]

    step = next_step(dialogue_of(said), HARBOR_CONTEXT)

    assert isinstance(step, Calls)
    assert step.drafts[0].ready == {"recommendation_id": "RC-3", "decision": "accepted"}
