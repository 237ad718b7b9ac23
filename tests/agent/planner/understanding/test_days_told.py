"""A wish that says no days is of those told beside what it points at, or that lead up to it."""

# ruff: noqa: E501 - a table reads best with one message a line

from dataclasses import replace

import pytest

from agent.languages import language
from tests.agent.conversing import HARBOR_CONTEXT, NEXT_WEEK, calls_of

GERMAN = replace(HARBOR_CONTEXT, language=language("de"))
_AUGUST = {"start": "2026-08-01", "end": "2026-08-31"}
_CHRISTMAS = {"start": "2026-12-25", "end": "2026-12-25"}
_FOURTH = {"start": "2026-07-04", "end": "2026-07-04"}


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ("Cooler space at Lakeside is tight in August. How many units of Beverages is the forecast there?", ("forecast", {"category": "Beverages", "store": "5", **_AUGUST})),
        ("Riverside is being repainted next week. How many croissants do you expect them to sell?", ("forecast", {"product": "6", "store": "1", **NEXT_WEEK})),
        ("Christmas is around the corner. How many croissants will Riverside sell?", ("forecast", {"product": "6", "store": "1", **_CHRISTMAS})),
        ("We're getting ready for the Fourth of July. How many trash bags do you expect at Lakeside?", ("forecast", {"product": "24", "store": "5", **_FOURTH})),
        ("we're thinking about August: paper towels, how many?", ("forecast", {"product": "21", **_AUGUST})),
    ],
)  # fmt: skip
def test_days_told_before_are_those_of_the_question(said, call):
    assert calls_of(said) == [call]


def test_days_of_somebody_s_own_are_not_those_of_the_question():
    said = "My holiday starts on Friday. How many bagels will Downtown sell?"

    assert calls_of(said) == [("forecast", {"product": "7", "store": "2"})]


def test_days_that_the_question_says_come_before_days_that_lead_up_to_it():
    said = "Christmas is around the corner. How many bagels will Downtown sell next week?"

    assert calls_of(said) == [("forecast", {"product": "7", "store": "2", **NEXT_WEEK})]


def test_a_report_that_was_looked_at_tells_no_days_to_come():
    said = "I was looking at last week's report. How many bagels will we sell at Lakeside?"

    assert calls_of(said) == [("forecast", {"product": "7", "store": "5"})]


def test_in_german_what_comes_on_a_day_leads_up_to_nothing():
    delivery = "Am Freitag kommen 40 Flaschen Milch. Wie viele Bagels haben wir verkauft?"
    christmas = "Weihnachten naht. Wie viele Croissants verkaufen wir?"

    assert calls_of(delivery, context=GERMAN) == [("sales_history", {"product": "7"})]
    assert calls_of(christmas, context=GERMAN) == [("forecast", {"product": "6", **_CHRISTMAS})]
