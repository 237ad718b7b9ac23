"""Days that a message tells by those spoken of before."""

# ruff: noqa: E501 - a table reads best with one question a line

import pytest

from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, calls_of

GERMAN = in_turn(HARBOR_CONTEXT, ["Wie viele Brote haben wir letzte Woche verkauft?"])


def days_of(*said, context=HARBOR_CONTEXT):
    """Return tool, first and last day of the only call of the last message."""
    ((tool, arguments),) = calls_of(*said, context=context)
    return tool, arguments["start"], arguments["end"]


@pytest.mark.parametrize(
    ("before", "words", "expected"),
    [
        (
            "detergent forecast for Black Friday",
            "and the best discount for that Friday?",
            ("optimize_discount", "2026-11-27", "2026-11-27"),
        ),
        (
            "milk forecast next weekend",
            "why so high on that Saturday?",
            ("explain", "2026-07-11", "2026-07-11"),
        ),
        (
            "orange juice forecast next Friday",
            "and the Saturday after?",
            ("forecast", "2026-07-11", "2026-07-11"),
        ),
        (
            "chips forecast for August",
            "what if we gave 15% off all month",
            ("what_if", "2026-08-01", "2026-08-31"),
        ),
        (
            "dish soap sales on 11 June",
            "and the rest of that week at Lakeside?",
            ("sales_history", "2026-06-12", "2026-06-14"),
        ),
        (
            "bagel forecast for the next two weeks",
            "only the second week",
            ("forecast", "2026-07-13", "2026-07-19"),
        ),
        (
            "almond forecast for August",
            "and at Lakeside in the two weeks after that?",
            ("forecast", "2026-09-01", "2026-09-14"),
        ),
        (
            "milk sales on 6 June",
            "and a week later?",
            ("sales_history", "2026-06-13", "2026-06-13"),
        ),
    ],
)
def test_days_told_by_those_before_are_read_with_any_wish(before, words, expected):
    assert days_of(before, words) == expected


@pytest.mark.parametrize(
    ("before", "words", "expected"),
    [
        (
            "Prognose für Chips im August",
            "was wenn wir den ganzen Monat 15 % Rabatt geben",
            ("what_if", "2026-08-01", "2026-08-31"),
        ),
        (
            "Prognose für Milch am nächsten Wochenende",
            "warum so hoch an jenem Samstag?",
            ("explain", "2026-07-11", "2026-07-11"),
        ),
        (
            "Prognose für Orangensaft für die nächsten zwei Wochen",
            "nur die zweite Woche",
            ("forecast", "2026-07-13", "2026-07-19"),
        ),
    ],
)
def test_they_are_told_in_german_too(before, words, expected):
    assert days_of(before, words, context=GERMAN) == expected


def test_what_changed_between_two_periods_is_told_of_the_later():
    said = ("almonds from 8 to 14 June", "and the week before?", "why the change between the two?")

    assert days_of(*said) == ("explain", "2026-06-08", "2026-06-14")


def test_a_change_from_one_month_to_the_next_is_that_of_the_next():
    assert days_of("What explains the drop in Snacks from May to June?")[1:] == (
        "2026-06-01",
        "2026-06-30",
    )


def test_a_change_within_a_range_keeps_all_of_it():
    assert days_of("Why did snacks drop from 3 to 9 June?")[1:] == ("2026-06-03", "2026-06-09")


def test_days_a_message_names_itself_are_not_those_before():
    said = ("milk forecast next weekend", "bagels on 20 July, and the whole week at Lakeside?")

    assert ("2026-07-06", "2026-07-12") not in {
        (arguments.get("start"), arguments.get("end")) for _, arguments in calls_of(*said)
    }


def test_the_best_three_days_are_a_ranking_and_no_length_of_time():
    ((_, arguments),) = calls_of("banana sales in June by day", "just the top 3 days")

    assert (arguments["start"], arguments["top"]) == ("2026-06-01", 3)


def test_why_of_days_spoken_of_is_of_what_was_spoken_of():
    said = ("croissants at Downtown next Friday", "explain that Friday")
    ((_, arguments),) = calls_of(*said)

    assert (arguments["product"], arguments["store"]) == ("6", "2")


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        (["bread sales last weekend", "anything unusual in produce those two days?"], "2026-06-27", "2026-06-28"),
        (["milk forecast next week", "best discount on cheddar over these seven days"], "2026-07-06", "2026-07-12"),
        (["milk sales from 1 to 3 June", "and cheddar over the same 3 days"], "2026-06-01", "2026-06-03"),
    ],
)  # fmt: skip
def test_as_many_days_as_were_spoken_of_are_the_very_days(said, start, end):
    assert days_of(*said)[1:] == (start, end)


def test_days_of_another_number_are_no_days_spoken_of():
    assert days_of("bread sales last weekend", "cheddar the last three days")[1:] == (
        "2026-06-28",
        "2026-06-30",
    )


@pytest.mark.parametrize(
    ("words", "tool", "start", "end"),
    [
        ("forecast for bananas the week after", "forecast", "2026-07-13", "2026-07-19"),
        ("what about milk at Airport the following week?", "forecast", "2026-07-13", "2026-07-19"),
        ("what if it was 10% off the week after that", "what_if", "2026-07-13", "2026-07-19"),
        ("best discount on cheddar the weekend after", "optimize_discount", "2026-07-18", "2026-07-19"),
        ("show me cheddar the month after, please", "forecast", "2026-08-01", "2026-08-31"),
        ("right, and the week after?", "forecast", "2026-07-13", "2026-07-19"),
    ],
)  # fmt: skip
def test_one_step_on_is_heard_among_other_words(words, tool, start, end):
    assert days_of("milk forecast next week", words) == (tool, start, end)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("was anything odd the month before that?", "2026-04-01", "2026-04-30"),
        ("why did it drop from the month before?", "2026-05-01", "2026-05-31"),
        ("how does that compare to the previous month?", "2026-05-01", "2026-05-31"),
        ("cheddar the week before last", "2026-06-15", "2026-06-21"),
    ],
)
def test_a_step_back_is_no_comparison_and_no_other_week(words, start, end):
    assert days_of("milk sales in May", words)[1:] == (start, end)


def test_one_step_on_and_as_many_days_are_heard_in_german_too():
    weekend = "Wie viel Milch haben wir letztes Wochenende verkauft?"
    week = "Wie viel Milch verkaufen wir nächste Woche?"

    assert days_of(weekend, "und Käse an diesen beiden Tagen?", context=GERMAN)[1:] == (
        "2026-06-27",
        "2026-06-28",
    )
    assert days_of(week, "Prognose für Bananen in der Woche danach", context=GERMAN)[1:] == (
        "2026-07-13",
        "2026-07-19",
    )
