"""The day of a meeting is not the day that its figures are of."""

# ruff: noqa: E501 - a table reads best with one message a line

from dataclasses import replace

import pytest

from agent.languages import language
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of

GERMAN = replace(HARBOR_CONTEXT, language=language("de"))
MAY = {"start": "2026-05-01", "end": "2026-05-31"}
THURSDAY = {"start": "2026-07-02", "end": "2026-07-02"}
MILK = {"product": "9", "store": "5"}


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("For my meeting on Thursday I need last week's sales of milk at Lakeside", [("sales_history", {**MILK, **LAST_WEEK})]),
        ("I need last week's revenue of Lakeside for tomorrow's meeting", [("sales_history", {"store": "5", "measure": "revenue", **LAST_WEEK})]),
        ("For my talk with the Airport tomorrow I need the average discount on beverages there", [("sales_history", {"category": "Beverages", "store": "3", "measure": "discount"})]),
        ("For the minutes of tomorrow's meeting I need one figure: the revenue in May", [("sales_history", {"measure": "revenue", **MAY})]),
        ("Before I meet him on Friday, please forecast milk at Lakeside for next week", [("forecast", {**MILK, **NEXT_WEEK})]),
    ],
)  # fmt: skip
def test_the_day_of_a_meeting_is_not_asked_about(said, calls):
    assert calls_of(said) == calls


@pytest.mark.parametrize(
    "said",
    [
        "Forecast bagels for Thursday, before the meeting",
        "How many bagels will we sell at the meeting on Thursday?",
    ],
)
def test_a_day_that_is_asked_about_stays_one_beside_a_meeting(said):
    assert calls_of(said) == [("forecast", {"product": "7", **THURSDAY})]


def test_the_day_of_a_german_meeting_is_not_asked_about():
    said = "Für meine Besprechung am Donnerstag brauche ich die Verkäufe von Milch in Lakeside letzte Woche"

    assert calls_of(said, context=GERMAN) == [("sales_history", {**MILK, **LAST_WEEK})]
