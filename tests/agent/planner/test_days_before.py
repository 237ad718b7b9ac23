"""Days told from those of the answer before."""

import pytest

from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, calls_of

GERMAN = in_turn(HARBOR_CONTEXT, ["Wie viele Brote haben wir letzte Woche verkauft?"])


def days_of(*said, context=HARBOR_CONTEXT):
    """Return tool, first and last day of the only call of the last message."""
    ((tool, arguments),) = calls_of(*said, context=context)
    return tool, arguments["start"], arguments["end"]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("just Saturday and Sunday of that week", "2026-07-11", "2026-07-12"),
        ("only the Friday of the same week", "2026-07-10", "2026-07-10"),
        ("and on the Thursday itself", "2026-07-09", "2026-07-09"),
    ],
)
def test_weekdays_of_that_week_lie_in_the_week_spoken_of(words, start, end):
    assert days_of("milk forecast next week", words) == ("forecast", start, end)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("up to and including Sunday", "2026-07-02", "2026-07-05"),
        ("until the 10th please", "2026-07-02", "2026-07-10"),
    ],
)
def test_another_end_leaves_the_beginning_as_it_was(words, start, end):
    assert days_of("milk forecast tomorrow", words) == ("forecast", start, end)


def test_another_beginning_leaves_the_end_as_it_was():
    said = ("what did chips sell in June", "from the 15th of June")

    assert days_of(*said) == ("sales_history", "2026-06-15", "2026-06-30")


def test_another_end_is_told_in_german_too():
    said = ("Wie viel Milch verkaufen wir morgen?", "bis Sonntag")

    assert days_of(*said, context=GERMAN) == ("forecast", "2026-07-02", "2026-07-05")


def test_two_days_in_a_row_are_put_together():
    said = ("how many bagels did we sell on Saturday", "and sunday", "put both days together")

    assert days_of(*said) == ("sales_history", "2026-06-27", "2026-06-28")


def test_days_that_are_apart_are_told_one_by_one():
    said = ("bagel sales on Friday", "and on Sunday", "put both days together")

    assert len(calls_of(*said)) == 2


def test_this_years_days_keep_their_weekdays():
    said = ("chips sales in the week of 31 October 2025", "and this year's?")

    assert days_of(*said) == ("forecast", "2026-10-26", "2026-11-01")


def test_the_year_before_takes_the_place_of_what_was_compared_with():
    said = ("spinach sales in June compared with May", "what about the year before")
    ((_, arguments),) = calls_of(*said)

    assert arguments["compare_to"] == "last_year"


def test_the_weekend_before_a_weekend_is_that_of_the_week_before():
    said = ("spinach forecast next weekend", "what about the weekend before")

    assert days_of(*said) == ("forecast", "2026-07-04", "2026-07-05")


def test_the_one_before_among_other_words_is_of_the_same_length():
    said = ("green tea sales last weekend", "was the one before it any better?")

    assert days_of(*said) == ("sales_history", "2026-06-20", "2026-06-21")


def test_a_day_that_is_over_is_the_next_months_after_a_forecast():
    said = ("sparkling water on 30 July", "and on the 2nd")

    assert days_of(*said) == ("forecast", "2026-07-02", "2026-07-02")


def test_earlier_in_a_year_earlier_comes_back_to_nothing():
    said = ("beverages last month", "same thing for produce", "hmm, and a year earlier?")
    ((_, arguments),) = calls_of(*said)

    assert arguments["category"] == "Produce"


def test_an_end_and_a_beginning_may_be_told_at_once():
    said = ("chips 40% off next week", "until the end of the month instead, starting monday")

    assert days_of(*said) == ("what_if", "2026-07-06", "2026-07-31")


def test_just_the_saturday_lies_in_the_weekend_spoken_of():
    assert days_of("milk next weekend", "i meant just the saturday")[1:] == ("2026-07-11",) * 2


@pytest.mark.parametrize("then", ["the whole week of that Tuesday", "and the week of that day?"])
def test_the_week_of_a_day_is_the_one_that_holds_it(then):
    assert days_of("forecast milk next Tuesday", then)[1:] == ("2026-07-06", "2026-07-12")


@pytest.mark.parametrize(
    "then", ["and who did what in that month?", "which decisions were made over the same period?"]
)
def test_a_record_is_asked_for_over_the_days_spoken_of(then):
    assert days_of("how much milk did we sell in May", then)[1:] == ("2026-05-01", "2026-05-31")
