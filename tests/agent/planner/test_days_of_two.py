"""Two spans of time spoken of one after the other, and words that stand for them."""

import pytest

from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, calls_of

GERMAN = in_turn(HARBOR_CONTEXT, ["Wie viele Brote haben wir letzte Woche verkauft?"])


@pytest.mark.parametrize(
    ("before", "words", "expected"),
    [
        (
            ("croissants at Hillcrest on Saturday", "and Sunday"),
            "the same two days at Airport?",
            {("2026-07-04", "2026-07-04"), ("2026-07-05", "2026-07-05")},
        ),
        (
            ("spinach sales in June", "and in May"),
            "those two months for green tea",
            {("2026-05-01", "2026-05-31"), ("2026-06-01", "2026-06-30")},
        ),
        (
            ("croissants at Hillcrest on Saturday", "and Sunday", "both days at Lakeside"),
            "what if we promote them that weekend",
            {("2026-07-04", "2026-07-05")},
        ),
    ],
)
def test_two_spans_spoken_of_are_pointed_at_together(before, words, expected):
    made = calls_of(*before, words)

    assert expected == {(arguments["start"], arguments["end"]) for _, arguments in made}


def test_both_days_are_meant_by_their_number_in_german_too():
    talk = (
        "Croissants am Samstag in Hillcrest?",
        "und am Sonntag",
        "dieselben zwei Tage in Airport",
    )

    made = calls_of(*talk, context=GERMAN)

    assert [(a["store"], a["start"]) for _, a in made] == [("3", "2026-07-04"), ("3", "2026-07-05")]


@pytest.mark.parametrize(
    ("before", "words", "expected"),
    [
        ("tea sales in the last two weeks", "the fortnight before that?", "2026-06-01"),
        ("tea sales in June", "and the previous three months", "2026-03-01"),
        ("tea forecast for next week", "and the following fortnight", "2026-07-13"),
        ("tea forecast for August", "the next two months after that", "2026-09-01"),
        ("tea sales yesterday", "and the week before?", "2026-06-22"),
    ],
)
def test_a_stretch_lies_right_beside_the_days_spoken_of(before, words, expected):
    ((_, arguments),) = calls_of(before, words)

    assert expected == arguments["start"]
