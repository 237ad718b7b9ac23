"""What a reply to a question that was asked back fills in, in whatever form it comes."""

from dataclasses import replace
from datetime import date

import pytest

from agent.languages import language
from agent.planner.drafts import Ask
from tests.agent.conversing import HARBOR_CONTEXT, NEXT_WEEK, calls_of, steps_of

GERMAN = replace(
    HARBOR_CONTEXT, language=language("de"), style=HARBOR_CONTEXT.style.speaking("de", 0)
)
_WHAT_IF = ("discount_pct", "price", "promotion")


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("How do we reach our goal next week?", ("product", "target_units")),
        ("How do we reach our goal for spinach next week?", ("target_units",)),
        ("what if", ("product", *_WHAT_IF)),
        ("what if we changed something on almonds next week", _WHAT_IF),
        ("what if we put it on promotion?", ("product",)),
    ],
)
def test_all_that_a_call_cannot_do_without_is_asked_for_at_once(words, missing):
    (step,) = steps_of(words)

    assert isinstance(step, Ask)
    assert step.asks_for == missing


def test_a_question_says_in_words_each_thing_that_it_asks_for():
    (step,) = steps_of("How do we reach our goal next week?")

    assert "roduct" in step.message
    assert "How many units" in step.message


@pytest.mark.parametrize(
    ("reply", "target"),
    [
        ("300 across the chain", 300),
        ("not 300, 400", 400),
        ("around 250 for the whole of it I think", 250),
        ("450 with a margin of at least 20%", 450),
    ],
)
def test_the_one_count_of_a_reply_is_the_target_that_was_asked_for(reply, target):
    ((_, arguments),) = calls_of("How do we reach our goal for spinach next week?", reply)

    assert arguments["target_units"] == target


@pytest.mark.parametrize(
    ("reply", "change"),
    [
        ("3.49 a piece", {"price": 3.49}),
        ("say 3 dollars", {"price": 3}),
        ("20 I guess", {"discount_pct": 20}),
        ("a fifteen percent one", {"discount_pct": 15}),
        ("the promotion only", {"promotion": True}),
    ],
)
def test_the_one_figure_of_a_reply_is_the_change_that_it_can_be(reply, change):
    calls = calls_of("what if we changed something on almonds next week", reply)

    assert calls == [("what_if", {"product": "19", **NEXT_WEEK, **change})]


def test_a_reply_names_the_product_and_the_price_at_once():
    calls = calls_of("what-if at Lakeside, next week", "cheddar, 4.99")

    assert calls == [("what_if", {"product": "11", "store": "5", "price": 4.99, **NEXT_WEEK})]


@pytest.mark.parametrize(
    ("words", "reply", "start", "end"),
    [
        ("milk forecast from 12 July to 6 July", "6 to 12", "2026-07-06", "2026-07-12"),
        ("milk forecast from 20 July to 10 July", "sorry, 10-20", "2026-07-10", "2026-07-20"),
        ("milk forecast on 31 September", "the 30th", "2026-09-30", "2026-09-30"),
        ("milk forecast on 31 September", "30", "2026-09-30", "2026-09-30"),
        ("milk forecast on 31 September", "1 October", "2026-10-01", "2026-10-01"),
        ("milk forecast for Friday 4 July", "Saturday then", "2026-07-04", "2026-07-04"),
        ("milk forecast for Friday 4 July", "the Friday", "2026-07-03", "2026-07-03"),
        ("milk forecast for Friday 4 July", "next Friday", "2026-07-10", "2026-07-10"),
    ],
)
def test_days_in_a_reply_are_near_those_that_were_asked_about(words, reply, start, end):
    calls = calls_of(words, reply)

    assert calls == [("forecast", {"product": "9", "start": start, "end": end})]


def test_days_in_a_reply_that_lie_ahead_are_forecast_and_those_behind_were_sold():
    december = replace(HARBOR_CONTEXT, today=date(2026, 12, 28))

    ahead = calls_of("Friday 31 December, milk?", "I meant Thursday", context=december)
    behind = calls_of("milk on Friday 4 June", "Thursday", context=HARBOR_CONTEXT)

    assert [tool for tool, _ in (*ahead, *behind)] == ["forecast", "sales_history"]
    assert [said["start"] for _, said in (*ahead, *behind)] == ["2026-12-31", "2026-06-04"]


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("Was wäre wenn?", ("product", *_WHAT_IF)),
        ("Wie erreichen wir nächste Woche unser Ziel?", ("product", "target_units")),
    ],
)
def test_german_questions_ask_for_all_at_once_too(words, missing):
    (step,) = steps_of(words, context=GERMAN)

    assert isinstance(step, Ask)
    assert step.asks_for == missing


@pytest.mark.parametrize(
    ("words", "reply", "start", "end"),
    [
        ("Prognose Milch vom 20. bis 10. Juli", "10. bis 20.", "2026-07-10", "2026-07-20"),
        ("Prognose Milch für den 31. September", "dann der 30.", "2026-09-30", "2026-09-30"),
        ("Prognose für Milch am Freitag, dem 4. Juli", "Samstag", "2026-07-04", "2026-07-04"),
    ],
)
def test_days_in_a_german_reply_are_near_those_that_were_asked_about(words, reply, start, end):
    calls = calls_of(words, reply, context=GERMAN)

    assert calls == [("forecast", {"product": "9", "start": start, "end": end})]


@pytest.mark.parametrize(
    ("words", "reply", "calls"),
    [
        (
            "what gets us to our target for dish soap next week? also show the open alerts",
            "400",
            [
                ("counterfactual", {"product": "23", "target_units": 400, **NEXT_WEEK}),
                ("list_alerts", {}),
            ],
        ),
        (
            "What if we take 10% off next week? And forecast milk at Riverside for next week",
            "cheddar",
            [
                ("what_if", {"product": "11", "discount_pct": 10, **NEXT_WEEK}),
                ("forecast", {"product": "9", "store": "1", **NEXT_WEEK}),
            ],
        ),
        (
            "forecast milk from 12 July to 6 July and the best discount for bagels next week",
            "6 to 12",
            [
                ("forecast", {"product": "9", **NEXT_WEEK}),
                ("optimize_discount", {"product": "7", **NEXT_WEEK}),
            ],
        ),
    ],
)
def test_what_is_asked_beside_waits_too_and_a_reply_leaves_it_as_it_is(words, reply, calls):
    made = calls_of(words, reply)

    assert sorted(made, key=str) == sorted(calls, key=str)


@pytest.mark.parametrize(
    ("words", "choices"),
    [
        ("How many 400g packs did Hillcrest sell yesterday?", {"11", "14"}),
        ("forecast for the 1L drink, Downtown, tomorrow", {"1", "2"}),
        ("Explain the forecast for the whole one next week at Hillcrest", {"7", "9"}),
        ("whats the forecast for whole on Saturday, lakeside", {"7", "9"}),
    ],
)
def test_a_size_or_a_part_of_names_is_asked_about_with_all_that_it_may_be(words, choices):
    (step,) = steps_of(words)

    assert isinstance(step, Ask)
    assert (step.asks_for, {one for one, _ in step.choices}) == (("product",), choices)


def test_a_discount_for_a_target_is_no_best_discount():
    (step,) = steps_of("what discount hits the target for dish soap?")

    assert isinstance(step, Ask)
    assert step.asks_for == ("target_units",)


@pytest.mark.parametrize("words", ["Could you acknowledge something for me?", "close an alert"])
def test_a_deed_without_its_id_is_asked_for_it_and_the_alerts_can_be_seen(words):
    asked, listed = steps_of(words, "hm which are there")

    assert isinstance(asked, Ask)
    assert asked.asks_for == ("alert_id",)
    assert [one.tool for one in listed.drafts] == ["list_alerts"]


def test_half_of_a_discount_may_be_half_a_percent():
    calls = calls_of("what if trash bags are 25% off next week", "and half of that")

    assert calls == [("what_if", {"product": "24", "discount_pct": 12.5, **NEXT_WEEK})]


@pytest.mark.parametrize(
    "later",
    [
        "how much milk did we sell on 31 June?",
        "what is the forecast for the 1L drink tomorrow?",
        "promote the newest model maybe",
    ],
)
def test_a_reply_to_the_first_question_runs_nothing_that_a_later_one_asks_about(later):
    calls = calls_of(f"what if we change the price of bagels next week? and {later}", "20% off")

    assert calls == [("what_if", {"product": "7", "discount_pct": 20, **NEXT_WEEK})]
