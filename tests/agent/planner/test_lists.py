"""Questions that are counted or set under each other: what counts them is none of them."""

import pytest

from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of

BAGEL = {"product": "7"}
THE_WEEK_AFTER = {"start": "2026-07-13", "end": "2026-07-19"}


@pytest.mark.parametrize(
    "heading",
    ["I need 2 answers: 1) ", "Need 2 things: 1) ", "Friday list: - ", "Two questions please: a) "],
)
def test_what_leads_up_to_a_list_asks_for_nothing(heading):
    second = " - " if " - " in f" {heading}" else " 2) "
    said = f"{heading}bagel sales last week{second}the bagel forecast for next week"

    assert calls_of(said) == [
        ("sales_history", BAGEL | LAST_WEEK),
        ("forecast", BAGEL | NEXT_WEEK),
    ]


def test_what_is_counted_in_a_list_asks_whatever_its_form():
    said = (
        "My boss wants a short note from me. One, bagel sales last week against a year ago. "
        "Two, what caused any change. Three, the total expected for next week. She reads slowly."
    )

    assert [tool for tool, _ in calls_of(said)] == ["sales_history", "explain", "forecast"]


@pytest.mark.parametrize(
    "said",
    [
        "bagels - next week - the week after next",
        "bagels at all stores - next week - the week after next",
    ],
)
def test_weeks_in_a_list_are_no_range(said):
    assert calls_of(said) == [
        ("forecast", BAGEL | NEXT_WEEK),
        ("forecast", BAGEL | THE_WEEK_AFTER),
    ]


def test_a_german_list_is_read_as_one():
    said = "Ich brauche zwei Zahlen: - Umsatz letzte Woche - Prognose für Bagels nächste Woche"
    german = in_turn(HARBOR_CONTEXT, [said])

    assert [tool for tool, _ in calls_of(said, context=german)] == ["sales_history", "forecast"]
