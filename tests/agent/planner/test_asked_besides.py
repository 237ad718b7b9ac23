"""A message that goes on from the calls before, and asks something besides."""

import pytest

from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of

GERMAN = in_turn(HARBOR_CONTEXT, ["Wie viele Brote haben wir letzte Woche verkauft?"])
FORECAST = "forecast milk at Riverside next week"
DOWNTOWN = {"product": "9", "store": "2"}


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        (
            FORECAST,
            "Same for Downtown, and how much did it sell there last week?",
            [("forecast", DOWNTOWN | NEXT_WEEK), ("sales_history", DOWNTOWN | LAST_WEEK)],
        ),
        (
            "how many units of milk did Riverside sell last week",
            "And Downtown? Also, why did it drop there?",
            [
                ("sales_history", DOWNTOWN | LAST_WEEK),
                ("explain", DOWNTOWN | LAST_WEEK | {"about": "change"}),
            ],
        ),
        (
            "any open alerts at Airport?",
            "now for Hillcrest and, separately, last week's revenue there",
            [
                ("list_alerts", {"store": "4"}),
                ("sales_history", {"store": "4", "measure": "revenue", **LAST_WEEK}),
            ],
        ),
        (
            "plan the stock of milk at Riverside with 3 days lead time",
            "Now for Downtown; and what discount would you recommend there?",
            [
                ("plan_inventory", DOWNTOWN | {"lead_time_days": 3}),
                ("optimize_discount", DOWNTOWN),
            ],
        ),
    ],
)
def test_what_goes_on_before_another_question_is_asked_too(first, then, expected):
    assert calls_of(first, then) == expected


def test_it_is_asked_too_in_german():
    said = (
        "Prognose für Milch in Riverside nächste Woche",
        "Dasselbe für Downtown, und wie viel haben wir dort letzte Woche verkauft?",
    )
    calls = calls_of(*said, context=GERMAN)

    assert calls == [("forecast", DOWNTOWN | NEXT_WEEK), ("sales_history", DOWNTOWN | LAST_WEEK)]


@pytest.mark.parametrize("then", ["and Downtown, how much will it sell there?", "now Downtown"])
def test_a_place_that_only_leads_up_to_its_question_is_asked_about_once(then):
    assert calls_of(FORECAST, then) == [("forecast", DOWNTOWN | NEXT_WEEK)]
