"""What a message in a conversation changes of what was asked, and what it leaves as it was.

Each table holds for every tool that is asked about products and stores: the kinds of follow-ups
are told apart from the tools they follow.
"""

# ruff: noqa: E501 - a table reads best with one question a line

import json

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from agent.planner.dialogue import dialogue_of
from agent.planner.drafts import Ask, Calls, Say
from agent.planner.plan import next_step
from agent.planner.steps import first_message
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of, steps_of

MILK = {"product": "9", "store": "1"}
JUNE = {"start": "2026-06-01", "end": "2026-06-30"}
STARTS = [
    ("forecast milk at Riverside next week", "forecast", NEXT_WEEK),
    ("how many units of milk did Riverside sell last week", "sales_history", LAST_WEEK),
    ("anything unusual with milk at Riverside last month", "detect_anomalies", JUNE),
    ("why did milk drop at Riverside last week", "explain", {"about": "change", **LAST_WEEK}),
    (
        "what if milk is 10% off at Riverside next week",
        "what_if",
        {"discount_pct": 10, **NEXT_WEEK},
    ),
    ("best discount for milk at Riverside next week", "optimize_discount", NEXT_WEEK),
    ("how much milk should I reorder for Riverside", "plan_inventory", {}),
    (
        "what would it take to sell 300 milk at Riverside next week",
        "counterfactual",
        {"target_units": 300, **NEXT_WEEK},
    ),
]
every_tool = pytest.mark.parametrize(("first", "tool", "rest"), STARTS)


@every_tool
@pytest.mark.parametrize(
    ("then", "items"),
    [
        ("bagels, that would be nicer", {"product": "7", "store": "1"}),
        ("hmm, ok. Downtown I mean", {"product": "9", "store": "2"}),
        ("almonds in particular", {"product": "19", "store": "1"}),
        ("thanks, and for the whole chain?", {"product": "9"}),
    ],
)
def test_a_name_among_words_that_want_nothing_takes_the_place_of_the_one_before(
    first, tool, rest, then, items
):
    assert calls_of(first, then) == [(tool, {**items, **rest})]


@every_tool
@pytest.mark.parametrize("chatter", ["thx", "ty!", "cheers mate", "ok great, thanks a lot"])
def test_thanks_want_nothing_after_any_answer(first, tool, rest, chatter):
    assert isinstance(steps_of(first, chatter)[-1], Say)


@every_tool
def test_an_unknown_word_said_in_passing_is_no_product(first, tool, rest):
    assert calls_of(first, "tenner, whatever: Downtown then") == [
        (tool, {"product": "9", "store": "2", **rest})
    ]


@every_tool
def test_an_unknown_thing_never_takes_the_place_of_what_was_known(first, tool, rest):
    refused, then = (
        calls_of(first, "and quinoa?"),
        calls_of(first, "and quinoa?", "at Lakeside then"),
    )

    assert refused[0][1]["product"] == "quinoa"
    assert then == [(tool, {"product": "9", "store": "5", **rest})]


@pytest.mark.parametrize(("first", "tool", "rest"), [one for one in STARTS if one[2]])
def test_a_step_in_time_is_heard_among_other_words(first, tool, rest):
    after = {
        "2026-07-06": ("2026-07-13", "2026-07-19"),
        "2026-06-22": ("2026-06-29", "2026-07-05"),
        "2026-06-01": ("2026-07-01", "2026-07-31"),
    }
    unit = "month" if rest["start"] == JUNE["start"] else "week"
    moved = calls_of(first, f"no, I said it all wrong, the {unit} after")

    assert [(a["start"], a["end"]) for _, a in moved] == [after[rest["start"]]]


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        (["what if milk is 20% off next week", "too deep for my boss. try 12"], {"discount_pct": 12}),
        (["what if milk costs 2.99 next week", "hmm, 3.49 might be gentler"], {"price": 3.49}),
        (["what would it take to sell 900 milk next week", "800 would also be ok"], {"target_units": 800}),
        (["what would it take to sell 900 milk next week", "at Lakeside, 140"], {"target_units": 140, "store": "5"}),
        (["top ten products last month", "five is enough"], {"top": 5}),
        (["best discount for milk next week", "what if we did 25 instead"], {"discount_pct": 25}),
        (["best discount for all snacks next week", "we've only got 500 dollars for it"], {"budget": 500}),
    ],
)  # fmt: skip
def test_the_one_figure_of_a_message_is_what_it_changes(said, changed):
    ((_, arguments),) = calls_of(*said)

    assert {name: arguments.get(name) for name in changed} == changed


@pytest.mark.parametrize(
    ("said", "call"),
    [
        (["what if milk is 10% off next week", "same for bagels, just the forecast"], ("forecast", {"product": "7", **NEXT_WEEK})),
        (["forecast milk next week", "any alerts?", "ok back to the forecast: and bagels?"], ("forecast", {"product": "7", **NEXT_WEEK})),
        (["how did milk sell last week", "and bagels?", "just the first one"], ("sales_history", {"product": "9", **LAST_WEEK})),
        (["why was milk up last month", "what is it now for next week"], ("forecast", {"product": "9", **NEXT_WEEK})),
        (["sales of dairy in June", "how was it a year earlier, next to that"], ("sales_history", {"category": "Dairy", "compare_to": "last_year", **JUNE})),
        (["best discount for milk next week", "what if I care about revenue instead"], ("optimize_discount", {"product": "9", "objective": "revenue", **NEXT_WEEK})),
        (["how much milk to order for Riverside", "lead time 4 days", "99% service please, milk must never be out"], ("plan_inventory", {**MILK, "lead_time_days": 4, "service_level_pct": 99})),
    ],
)  # fmt: skip
def test_what_is_left_unsaid_is_as_before(said, call):
    if said[1] == "and bagels?":
        said = ["how did milk and bagels sell last week", *said[2:]]

    assert calls_of(*said) == [call]


def test_a_split_of_days_is_left_with_the_days_it_split():
    assert calls_of("forecast milk in august by week", "and only next week") == [
        ("forecast", {"product": "9", **NEXT_WEEK})
    ]


def test_another_split_starts_without_the_ranking_of_the_one_before():
    said = ["worst 5 products last week", "and revenue by category"]

    assert calls_of(*said) == [
        ("sales_history", {"measure": "revenue", "group_by": "category", **LAST_WEEK})
    ]


def told(question, tool, arguments, result):
    """Return the messages of a question that a tool has answered."""
    step = AIMessage("", tool_calls=[{"name": tool, "args": arguments, "id": "1"}])
    gateway = {"tool": tool, "outcome": "succeeded", "arguments": arguments, "result": result}
    return [
        HumanMessage(question),
        step,
        ToolMessage(json.dumps(gateway), tool_call_id="1"),
        AIMessage("So it is."),
    ]


ADVISED = told(
    "best discount for milk next week",
    "optimize_discount",
    {"product": "9", **NEXT_WEEK},
    {"advice": [{"discount_pct": 20.0, "recommendation": "RC-3"}]},
)


def after_advice(words):
    return next_step(dialogue_of([*ADVISED, HumanMessage(words)]), HARBOR_CONTEXT)


@pytest.mark.parametrize(
    ("words", "decision"),
    [
        ("ok, we'll take that", "accepted"),
        ("let's go with it", "accepted"),
        ("no, we won't do that, the margin is too thin", "rejected"),
    ],
)
def test_a_decision_on_advice_just_given_is_written_down(words, decision):
    (draft,) = after_advice(words).drafts

    assert draft.tool == "record_decision"
    assert (draft.arguments["recommendation_id"], draft.arguments["decision"]) == ("RC-3", decision)


def test_what_that_would_do_is_asked_of_the_advice():
    (draft,) = after_advice("what would that do at Airport").drafts

    assert (draft.tool, draft.ready) == (
        "what_if",
        {"product": "9", "store": "3", "discount_pct": 20.0, **NEXT_WEEK},
    )


@pytest.mark.parametrize("words", ["ok", "ok and at Downtown?", "sounds interesting"])
def test_nothing_is_decided_by_words_that_decide_nothing(words):
    step = after_advice(words)

    assert not isinstance(step, Calls) or all(d.tool != "record_decision" for d in step.drafts)


def test_cancelling_drops_a_deed_that_was_only_asked_for():
    assert isinstance(steps_of("roll back to the previous model", "cancel it")[-1], Say)
    assert calls_of("start a canary with 10%", "cancel it, please")[0][0] == "stop_rollout"


def test_a_reply_that_adds_something_else_is_kept_and_the_question_asked_again():
    steps = steps_of("what if we gave 20% off?", "at Riverside", "milk")

    assert isinstance(steps[1], Ask)
    assert steps[1].asks_for == ("product",)
    assert [d.ready for d in steps[2].drafts] == [{**MILK, "discount_pct": 20}]


def test_details_told_with_a_reply_are_kept():
    said = ["how much butter should we order?", "the salted one, lead time 5 days"]

    assert calls_of(*said) == [("plan_inventory", {"product": "12", "lead_time_days": 5})]


def test_a_figure_beside_days_answers_what_was_asked():
    said = ["which discount gets almonds to our target?", "400 next week"]

    assert calls_of(*said) == [
        ("counterfactual", {"product": "19", "target_units": 400, **NEXT_WEEK})
    ]


def test_a_part_that_wants_nothing_holds_up_no_other():
    assert first_message(
        steps_of(
            "how did our advice do last month", "ok new one: best discount for milk next week"
        )[-1]
    ).tool_calls


def test_a_short_message_is_about_what_was_spoken_of():
    assert calls_of("any open alerts?", "which ones are left?")[0][0] == "list_alerts"
    assert calls_of("how is the model doing", "history of it, 3 entries")[0][0] == "model_history"


@pytest.mark.parametrize(
    ("said", "call"),
    [
        (
            ("croissants last week in dollars", "sorry, I wanted pieces not money"),
            ("sales_history", {"product": "6", **LAST_WEEK}),
        ),
        (
            ("whole milk forecast next week", "was that all shops? I only run the Airport"),
            ("forecast", {"product": "9", "store": "3", **NEXT_WEEK}),
        ),
        (
            ("forecast for oat milk next week", "then the normal milk"),
            ("forecast", {"product": "9", **NEXT_WEEK}),
        ),
        (
            ("why did dairy drop last week?", "compared with last year I mean"),
            ("explain", {"about": "change", "category": "Dairy", "compare_to": "last_year"}),
        ),
        (
            ("dairy sales last week by store", "why has it changed?"),
            ("explain", {"about": "change", "category": "Dairy"}),
        ),
        (
            ("what if yogurt was 12% off next week", "21 percent, fat fingers"),
            ("what_if", {"product": "10", "discount_pct": 21, **NEXT_WEEK}),
        ),
        (
            ("cheddar forecast next week", "without the promo"),
            ("what_if", {"product": "11", "promotion": False, **NEXT_WEEK}),
        ),
        (
            ("stock plan for dish soap, lead time 4 days", "trash bags with the same settings"),
            ("plan_inventory", {"product": "24", "lead_time_days": 4}),
        ),
        (
            ("milk forecast for the Airport next week", "any open alerts for that store?"),
            ("list_alerts", {"store": "3"}),
        ),
        (
            ("what if milk cost 2.99 at Hillcrest next week", "does that hold for Riverside too?"),
            ("what_if", {"product": "9", "store": "1", "price": 2.99, **NEXT_WEEK}),
        ),
        (
            ("audit trail for manager1", "and for everybody, not only manager1?"),
            ("audit_trail", {}),
        ),
        (("how is the model", "and drift?"), ("model_status", {})),
        (
            ("which decisions were taken last month", "how many were rejected"),
            ("decision_report", {}),
        ),
    ],
)
def test_a_message_in_a_conversation_says_only_what_is_new(said, call):
    ((tool, arguments),) = calls_of(*said)

    assert tool == call[0]
    assert arguments.items() >= call[1].items()


@pytest.mark.parametrize(
    ("first", "words", "tool"),
    [
        (
            "how does the staging model compare with production",
            "fine by me, put it live",
            "promote",
        ),
        ("when was the model trained", "go back to the previous one", "rollback"),
    ],
)
def test_amid_talk_of_models_a_few_words_order_what_waits_for_approval(first, words, tool):
    assert calls_of(first, words) == [(tool, {})]


def test_coming_back_from_a_break_takes_no_model_back():
    said = ("three worst bakery products last month", "ok back. the same list for snacks")

    assert [tool for tool, _ in calls_of(*said)] == ["sales_history"]


@pytest.mark.parametrize(
    "words", ["thanks, exactly what the boss wanted", "cheers, that will do nicely"]
)
def test_thanks_ask_for_nothing(words):
    step = steps_of("top 5 sellers last month", words)[-1]

    assert isinstance(step, Say)
