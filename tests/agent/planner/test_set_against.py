"""What was sold set against what is expected of other days asks for both."""

import pytest

from agent.languages import language
from agent.planner.set_against import asked_for_both


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (
            "Compare how almonds did in December with how they're expected to do in February",
            "show how almonds did in December and how they're expected to do in February",
        ),
        (
            "Chips sold in November versus what we expect in February, Hillcrest",
            "Chips sold in November and what we expect in February, Hillcrest",
        ),
        (
            "Hello. Put next week's milk forecast next to what we sold last week. Thanks",
            "Hello. show next week's milk forecast and what we sold last week. Thanks",
        ),
    ],
)
def test_sales_set_against_a_forecast_of_other_days_are_asked_for_as_two(
    said: str, asked: str
) -> None:
    assert asked_for_both(said, language("en")) == asked


@pytest.mark.parametrize(
    "said",
    [
        "Compare June's sales of tea with May's",
        "How did we do in December against the forecast for December?",
        "What did we sell in June with the promotion?",
        "Compare the June sales. Then forecast July with 10% off.",
        "Chips: what do you expect in July versus in August?",
    ],
)
def test_what_is_no_such_pair_stays_as_it_is_said(said: str) -> None:
    assert asked_for_both(said, language("en")) == said


def test_german_says_it_too() -> None:
    said = "Vergleiche den Absatz von Milch im Juni mit der Prognose für Juli"
    asked = "zeig den Absatz von Milch im Juni und der Prognose für Juli"
    assert asked_for_both(said, language("de")) == asked
