"""Terse messages of phones and chats, and what they ask for; today is Wednesday 2026-07-01."""

from dataclasses import replace

import pytest

from agent.languages import language
from agent.planner.drafts import Say
from tests.agent.conversing import HARBOR_CONTEXT, calls_of, steps_of

GERMAN = replace(
    HARBOR_CONTEXT, language=language("de"), style=HARBOR_CONTEXT.style.speaking("de", 0)
)
FORECAST = "chips forecast riverside next week"


def days_after(*said, context=HARBOR_CONTEXT):
    return [(tool, a["start"], a["end"]) for tool, a in calls_of(*said, context=context)]


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("fc croissants sat riverside", "2026-07-04", "2026-07-04"),
        ("whats coming 07/03 for chips lakeside", "2026-07-03", "2026-07-03"),
        ("trash bags fc 4 jul, airport", "2026-07-04", "2026-07-04"),
        ("fc chips jul4 airport", "2026-07-04", "2026-07-04"),
        ("fc chips airport black fri", "2026-11-27", "2026-11-27"),
        ("wkend fc chips airport", "2026-07-04", "2026-07-05"),
        ("fc chips airport wk of 13th", "2026-07-13", "2026-07-19"),
        ("fc chips airport in 2w", "2026-07-13", "2026-07-19"),
        ("whats chips next weeks number", "2026-07-06", "2026-07-12"),
    ],
)
def test_days_need_no_word_that_leads_to_them_beside_a_name(said, start, end):
    assert days_after(said) == [("forecast", start, end)]


def test_a_share_is_no_day():
    (step,) = calls_of("fc milk, we sold 1/2 the packs last year")

    assert step[1].get("start") != "2027-01-02"


@pytest.mark.parametrize(
    ("first", "said", "tool", "start", "end"),
    [
        ("chips fc this wkend", "and next", "forecast", "2026-07-11", "2026-07-12"),
        ("chips fc next week", "next?", "forecast", "2026-07-13", "2026-07-19"),
        ("chips sales last month", "n this?", "forecast", "2026-07-01", "2026-07-31"),
        ("chips fc next week", "and last?", "sales_history", "2026-06-22", "2026-06-28"),
    ],
)
def test_a_side_alone_is_of_the_span_spoken_of(first, said, tool, start, end):
    assert days_after(first, said) == [(tool, start, end)]


def test_a_side_alone_in_german_is_of_the_span_spoken_of():
    days = days_after("Prognose für Chips diese Woche", "und nächste?", context=GERMAN)

    assert days == [("forecast", "2026-07-06", "2026-07-12")]


@pytest.mark.parametrize("said", [":+1:", "👍", "k", "gotcha", ":tada:", "kk ty"])
def test_taking_note_of_an_answer_asks_for_nothing(said):
    assert isinstance(steps_of(FORECAST, said)[-1], Say)


@pytest.mark.parametrize("said", ["y", "y tho", "but y?"])
def test_a_letter_asks_why(said):
    ((tool, arguments),) = calls_of(FORECAST, said)

    assert (tool, arguments["product"]) == ("explain", "17")


def test_the_discount_taken_off_leaves_the_forecast():
    first = "fc cheddar at 15% off, airport, nxt wk"

    assert calls_of(first, "and w/o the disc") == calls_of("fc cheddar airport nxt wk")


@pytest.mark.parametrize(
    ("first", "said", "name", "value"),
    [
        ("I want to sell 200 croissants this weekend", "make that two fifty", "target_units", 250),
        ("what if cold brew costs 3.49 next week", "make that two fifty", "price", 2.5),
        ("best discount for chips", "margin not under 25 tho", "min_margin_pct", 25),
    ],
)
def test_a_figure_is_of_the_call_before(first, said, name, value):
    ((_, before),) = calls_of(first)
    ((_, arguments),) = calls_of(first, said)

    assert arguments == before | {name: value}


@pytest.mark.parametrize(
    ("said", "status"),
    [("open + acked", "all"), ("not acked yet", "open"), ("acked", "acknowledged")],
)
def test_open_and_acknowledged_alerts_are_all(said, status):
    ((tool, arguments),) = calls_of(f"show alerts, {said}")

    assert (tool, arguments.get("status", "open")) == ("list_alerts", status)


@pytest.mark.parametrize("said", ["i m at lakeside, milk for sunday?", "im at lakeside, milk sun?"])
def test_a_lost_apostrophe_loses_no_place(said):
    ((_, arguments),) = calls_of(said)

    assert arguments["store"] == "5"
