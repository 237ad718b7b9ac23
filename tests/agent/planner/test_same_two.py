"""Two calls in a row that are pointed at as one: "the same two for almonds", "the latter"."""

import pytest

from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of

GERMAN = in_turn(HARBOR_CONTEXT, ["Wie viele Brote haben wir letzte Woche verkauft?"])


@pytest.mark.parametrize(
    ("first", "changed", "then", "both"),
    [
        (
            "what if milk is 20% off next week",
            "and 30?",
            "same two for yogurt - 20 and 30",
            [{"discount_pct": 20}, {"discount_pct": 30}],
        ),
        (
            "what if milk is at 2.99 next week?",
            "and at 3.49?",
            "same pair for yogurt",
            [{"price": 2.99}, {"price": 3.49}],
        ),
        (
            "best discount for milk next week",
            "for revenue instead",
            "both for yogurt please",
            [{}, {"objective": "revenue"}],
        ),
    ],
)
def test_two_that_differ_in_one_figure_are_asked_again_of_another_thing(first, changed, then, both):
    calls = [arguments for _, arguments in calls_of(first, changed, then)]

    assert calls == [{"product": "10", **NEXT_WEEK, **one} for one in both]


@pytest.mark.parametrize(
    ("first", "then", "context"),
    [
        ("units of milk last week: Lakeside, Hillcrest", "the latter by day", HARBOR_CONTEXT),
        (
            "Wie viele Stück Milch haben wir letzte Woche in Lakeside und Hillcrest verkauft?",
            "letztere nach Tagen",
            GERMAN,
        ),
    ],
)
def test_the_latter_of_two_is_shown_another_way(first, then, context):
    ((_, arguments),) = calls_of(first, then, context=context)

    assert arguments == {
        "product": "9",
        "store": "4",
        "group_by": "day",
        **LAST_WEEK,
    }


def test_two_days_are_put_together_of_the_thing_that_is_named_now():
    said = ("sourdough on Saturday?", "Sunday?", "now the bagels, both days as one number")

    assert calls_of(*said) == [
        ("forecast", {"product": "7", "start": "2026-07-04", "end": "2026-07-05"})
    ]
