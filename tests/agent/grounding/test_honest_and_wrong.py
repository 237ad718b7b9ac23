"""Honest answers pass as they are; the same answers made wrong in one place do not."""

import pytest

from agent.grounding import check
from agent.grounding.gathering import gathered
from agent.planner.wording import say
from agent.planner.wording.style import Style
from benchmarks.grounding.measuring import (
    HARDER,
    HELD_BACK,
    TUNED,
    Told,
    false_alarms,
    honest,
    tried,
)
from tests.agent.planner.wording.results import Invented

TOOLS = ("forecast", "sales_history", "what_if", "counterfactual", "explain")
LEAST_KILLED = 0.985


MOST_ALARMS = {TUNED: 0.03, HARDER: 0.15, HELD_BACK: 0.2}


@pytest.mark.parametrize("words", list(MOST_ALARMS))
def test_honest_words_of_any_kind_pass(words):
    told = honest(words)
    alarms = list(false_alarms(told))

    assert len(alarms) <= MOST_ALARMS[words] * len(told), [(why, one.answer) for one, why in alarms]


def test_answers_made_wrong_in_one_place_are_found():
    told = [
        Told(say(tool, result, Style(seed=seed)), calls, [], names=gathered(calls).names)
        for tool in TOOLS
        for seed in range(4)
        for result in (Invented(seed).result(tool),)
        for calls in ([{"tool": tool, "result": result}],)
    ]
    sound = [one for one in told if not check(one.answer, one.calls, []).ungrounded]

    made = list(tried(sound))
    alive = [f"{one.kind}: {one.what}" for one, is_found in made if not is_found]

    assert len(sound) >= len(told) * 0.95
    assert len(made) > 300
    assert 1 - len(alive) / len(made) >= LEAST_KILLED, alive


FORECAST = next(one for one in honest(TUNED, HARDER) if one.calls[0]["tool"] == "forecast")


@pytest.mark.parametrize(
    "said",
    [
        "Cold Brew Coffee 1L should sell 1,373 units next week.",
        "About 1,253 units (80% range 1,253–1,495).",
        "About 1,373 units (80% range 1,374–1,495).",
        "About 1,373 units (90% range 1,253–1,495).",
        "Revenue of about $1,373 (80% range $1,253–$1,495).",
        "A profit of 1,373% (80% range 1,253–1,495).",
        "The WAPE was 37.9%, about 1,373 units (1,253–1,495).",
        "About 1,373 units (80% range 1,253–1,495), so sales fell.",
        "About 1,373 units (80% range 1,253–1,495) from Jul 7, 2026 to Jul 12, 2026.",
    ],
)
def test_a_right_number_in_a_wrong_place_is_found(said):
    assert check(said, FORECAST.calls, []).ungrounded != ()


TWO = next(one for one in honest(TUNED, HARDER) if len(one.calls) > 1)
BOTH = "Riverside sells 340 units (290–392), Downtown 312 (270–355)."


@pytest.mark.parametrize(
    "said",
    [
        "That is 27 more for Riverside.",
        "Riverside sells 9% more.",
        "Together that is 652 units.",
        "The gap is 27 units.",
    ],
)
def test_what_follows_from_two_figures_of_the_answer_may_be_said(said):
    assert TWO.loose(f"{BOTH} {said}") == ()


@pytest.mark.parametrize(
    "said",
    [
        "That is 29 more for Riverside.",
        "That is 27 less for Riverside.",
        "That is $27 more for Riverside.",
        "Riverside sells 27% more.",
        "Together that is 653 units.",
        "Downtown sells 27 units.",
    ],
)
def test_what_does_not_follow_from_them_may_not(said):
    assert TWO.loose(f"{BOTH} {said}") != ()


def test_two_figures_that_the_answer_does_not_state_vouch_for_nothing():
    assert TWO.loose("Riverside sells 27 units more than Downtown.") != ()


def group(tool):
    return next(one for one in honest(TUNED, HARDER) if one.calls[0]["tool"] == tool)


@pytest.mark.parametrize(
    ("tool", "said"),
    [
        ("forecast", "**Forecast**\n- Expected: 1,373 units\n- Low: 1,253 units\n- High: 1,495"),
        ("forecast", "About 1,370 units, between about 1,250 and 1,500."),
        ("forecast", "1,373 units, about 196 a day (80% range 1,253–1,495)."),
        ("what_if", "Profit would fall by $27 ($72 less to $19 more)."),
        ("sales_history", "Lakeside sold 2,310 units vs. 2,200 before, 110 more."),
        ("sales_history", "Lakeside sold 2,310 units, 43% of the 5,400 sold."),
    ],
)
def test_honest_turns_of_phrase_pass(tool, said):
    assert group(tool).loose(said) == ()


@pytest.mark.parametrize(
    ("tool", "said"),
    [
        ("forecast", "**Forecast**\n- Expected: 1,373 units\n- Low: 1,495 units\n- High: 1,253"),
        ("forecast", "About 1,340 units, between about 1,250 and 1,500."),
        ("forecast", "1,373 units, about 204 a day (80% range 1,253–1,495)."),
        ("what_if", "Profit would fall by $27 ($72 more to $19 less)."),
        ("sales_history", "Lakeside sold 2,310 units vs. 2,200 before, 110 less."),
        ("sales_history", "Lakeside sold 2,310 units, 34% of the 5,400 sold."),
    ],
)
def test_the_same_turns_of_phrase_with_something_wrong_do_not(tool, said):
    assert group(tool).loose(said) != ()


def test_a_quote_with_another_number_is_found():
    policy = group("search_knowledge")
    quote = "“Unopened goods can be returned within 30 days with the receipt.”"

    assert policy.loose(quote) == ()
    assert policy.loose(quote.replace("30", "14")) != ()


def test_what_is_part_of_something_is_not_more_than_it():
    order = group("plan_inventory")

    assert order.loose("About 922 units would be lost at Lakeside, 242 of them early.") == ()
    assert order.loose("About 242 units would be lost at Lakeside, 922 of them early.") != ()


def test_what_each_of_two_alerts_did_is_told_of_that_one():
    alerts = next(one for one in honest(HARDER) if "380% spike" in one.answer)

    assert alerts.loose("AL-11 is a 380% spike in butter; AL-13 a 91% drop in sourdough.") == ()
    assert alerts.loose("AL-11 is a 380% drop in butter; AL-13 a 91% spike in sourdough.") != ()


def test_what_was_taken_off_is_less():
    moved = next(one for one in honest(HARDER) if "alone took 323" in one.answer)

    assert moved.loose("Price and promotion alone took 323 units off.") == ()
    assert moved.loose("Everything else took 193 units off.") != ()
    assert moved.loose("Other factors brought back 193 units.") == ()
