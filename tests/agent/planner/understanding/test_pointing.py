"""Words that point at a day told before in the same message."""

# ruff: noqa: E501 - a table reads best with one message a line

from dataclasses import replace

import pytest

from agent.languages import language
from tests.agent.conversing import HARBOR_CONTEXT, calls_of

GERMAN = replace(HARBOR_CONTEXT, language=language("de"))
BAGELS = {"product": "7"}


def test_that_saturday_is_the_one_just_told():
    said = "there is a fair on Saturday 18 July. What is the forecast for bagels on that Saturday?"
    assert calls_of(said) == [
        ("forecast", BAGELS | {"start": "2026-07-18", "end": "2026-07-18"}),
    ]


def test_since_then_begins_on_the_day_told():
    said = "we moved the bagels to the door on 1 June. Weekly units of bagels since then?"
    [(tool, arguments)] = calls_of(said)
    assert tool == "sales_history"
    assert arguments["start"] == "2026-06-01"
    assert arguments["end"] == "2026-06-30"


def test_a_weekday_that_was_not_told_is_no_day_before():
    said = "there is a fair on Saturday 18 July. Forecast for bagels on that Friday?"
    [(_, arguments)] = calls_of(said)
    assert arguments["start"] == "2026-07-03"


def test_a_month_told_at_the_end_of_a_sentence_does_not_join_it_to_the_next():
    said = "He will ask me about June. Give me our revenue per category for that month."
    [(tool, arguments)] = calls_of(said)
    assert tool == "sales_history"
    assert (arguments["start"], arguments["end"]) == ("2026-06-01", "2026-06-30")


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("I was at Hillcrest in the week of 15 June, on the Tuesday I think. What went wrong with its cheddar sales that week?", ("2026-06-15", "2026-06-21")),
        ("I was away in the week of 8 June and he is off till Friday. Why did the cheddar sales at Hillcrest change that week?", ("2026-06-08", "2026-06-14")),
        ("The auditors asked about May, they come on Friday. Show me the revenue per store from that month.", ("2026-05-01", "2026-05-31")),
        ("The importer needs a number for August. How many strawberries will we sell over the whole month?", ("2026-08-01", "2026-08-31")),
        ("They repaired the tills at Downtown all through last week. Is there something abnormal in that week there?", ("2026-06-22", "2026-06-28")),
    ],
)  # fmt: skip
def test_that_week_is_a_week_where_one_was_told(said, days):
    [(_, arguments)] = calls_of(said)

    assert (arguments["start"], arguments["end"]) == days


def test_the_whole_month_is_this_one_where_none_was_told():
    said = "There is a fair next week. How many strawberries will we sell over the whole month?"
    [(_, arguments)] = calls_of(said)

    assert (arguments["start"], arguments["end"]) == ("2026-07-01", "2026-07-31")


def test_a_german_whole_month_is_the_one_told():
    said = "Der Importeur braucht eine Zahl für August. Wie viele Erdbeeren verkaufen wir den ganzen Monat?"
    [(_, arguments)] = calls_of(said, context=GERMAN)

    assert (arguments["start"], arguments["end"]) == ("2026-08-01", "2026-08-31")
