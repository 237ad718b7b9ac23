"""Words that point at a day told before in the same message."""

from tests.agent.conversing import calls_of

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
