"""Days picked out of those spoken of, and the spans around them; today is Wednesday 2026-07-01."""

from dataclasses import replace
from datetime import date

import pytest

from agent.languages import language
from tests.agent.conversing import HARBOR_CONTEXT, calls_of

GERMAN = replace(
    HARBOR_CONTEXT, language=language("de"), style=HARBOR_CONTEXT.style.speaking("de", 0)
)


def days_after(*said, context=HARBOR_CONTEXT):
    return [(tool, a["start"], a["end"]) for tool, a in calls_of(*said, context=context)]


@pytest.mark.parametrize(
    "said", ["just the Saturday", "and on the Saturday itself", "only Saturday please"]
)
def test_a_weekday_alone_is_that_of_the_week_spoken_of(said):
    days = days_after("milk forecast for the week after next", said)

    assert days == [("forecast", "2026-07-18", "2026-07-18")]


def test_a_weekday_alone_in_german_is_that_of_the_week_spoken_of():
    days = days_after("Prognose für Milch übernächste Woche", "ne, nur den Samstag", context=GERMAN)

    assert days == [("forecast", "2026-07-18", "2026-07-18")]


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("do the whole month", "2026-07-01", "2026-07-31"),
        ("the whole weekend then", "2026-07-18", "2026-07-19"),
        ("the entire week", "2026-07-13", "2026-07-19"),
    ],
)
def test_the_whole_of_a_span_is_the_one_around_the_day_spoken_of(said, start, end):
    assert days_after("milk forecast for 17 July", said) == [("forecast", start, end)]


def test_a_day_of_the_month_beside_a_forecast_lies_ahead_too():
    context = replace(HARBOR_CONTEXT, today=date(2026, 12, 28))

    days = days_after("milk on 31 December, forecast", "and on the 2nd", context=context)

    assert days == [("forecast", "2027-01-02", "2027-01-02")]
