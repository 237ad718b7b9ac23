"""Reasons and oddities asked for in other words than "why" and "anomalies"; today is 2026-07-01."""

# ruff: noqa: E501 - a table reads best with one question a line

import pytest

from agent.planner.periods import Direction, Now, read_periods
from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, TODAY, calls_of

GERMAN = in_turn(HARBOR_CONTEXT, ["Wie viele Brote haben wir letzte Woche verkauft?"])
JUNE = {"start": "2026-06-01", "end": "2026-06-30"}
MAY = {"start": "2026-05-01", "end": "2026-05-31"}
AUGUST = {"start": "2026-08-01", "end": "2026-08-31"}
LAST_YEAR = {"start": "2025-01-01", "end": "2025-12-31"}


@pytest.mark.parametrize(
    ("words", "explained"),
    [
        ("On what grounds do you expect 500 bagels in August?", {"product": "7", **AUGUST}),
        ("on what evidence do you predict what you predict for detergent in August", {"product": "22", **AUGUST}),
        ("What does the chips forecast rest on?", {"product": "17"}),
        ("to what do we owe the strong June at Lakeside", {"store": "5", **JUNE, "about": "change"}),
        ("what hurt snack sales in June", {"category": "Snacks", **JUNE, "about": "change"}),
        ("How is it that we sold fewer croissants in June than a year ago?", {"product": "6", **JUNE, "about": "change", "compare_to": "last_year"}),
        ("Spinach: what made actual sales differ from what had been predicted, in June?", {"product": "15", **JUNE, "about": "miss"}),
        ("why didn't you see the detergent rush coming in June", {"product": "22", **JUNE, "about": "miss"}),
    ],
)  # fmt: skip
def test_reasons_are_asked_for_in_many_words(words, explained):
    assert calls_of(words) == [("explain", explained)]


@pytest.mark.parametrize(
    ("words", "product"),
    [
        ("Why was 2025 different from 2024 for green tea?", "4"),
        ("why was 2025 so much better than 2024 for milk", "9"),
    ],
)
def test_a_year_is_set_against_the_year_that_it_differs_from(words, product):
    compared = {"product": product, **LAST_YEAR, "about": "change", "compare_to": "previous_period"}

    assert calls_of(words) == [("explain", compared)]


def test_a_number_that_looks_like_a_year_is_none():
    reading = read_periods("the count was 2025 units", Now(TODAY, Direction.BEHIND))

    assert not reading.periods


@pytest.mark.parametrize(
    ("words", "explained"),
    [
        ("The model got May badly wrong at Downtown, whole store. Reasons?", {"store": "2", **MAY, "about": "miss"}),
        ("give me the story behind the May dip in dairy", {"category": "Dairy", **MAY, "about": "change"}),
    ],
)  # fmt: skip
def test_may_is_a_month_beside_what_happened_in_it(words, explained):
    assert calls_of(words) == [("explain", explained)]


@pytest.mark.parametrize(
    ("words", "sensitivity"),
    [
        ("Any odd days in chips sales in June? Be as sensitive as you can.", "high"),
        ("odd days in chips sales in June, highest sensitivity", "high"),
        ("Were there suspicious days in chips sales in June? Look closely.", "high"),
        ("unusual chips days in June, even the faintest ones", "high"),
        ("run the anomaly check on chips for June, least sensitive setting", "low"),
        ("check chips for strange days in June, don't bother me with trifles", "low"),
    ],
)
def test_how_small_an_oddity_counts_is_said_in_many_ways(words, sensitivity):
    looked_for = {"product": "17", **JUNE, "sensitivity": sensitivity}

    assert calls_of(words) == [("detect_anomalies", looked_for)]


def test_so_it_is_in_german():
    said = "Gab es im Juni auffällige Tage bei den Bagels? So empfindlich wie möglich bitte."

    assert calls_of(said, context=GERMAN) == [
        ("detect_anomalies", {"product": "7", **JUNE, "sensitivity": "high"})
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Why do you expect so few muffi... no sorry, so few bagels in August?",
        "why do you expect so many muffins, no, so many bagels in August",
    ],
)
def test_how_many_are_taken_back_with_the_thing(words):
    assert calls_of(words) == [("explain", {"product": "7", **AUGUST})]
