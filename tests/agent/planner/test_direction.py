"""The period turns a question to the side of today on which it lies."""

from dataclasses import replace
from datetime import date

import pytest

from agent.languages import language
from agent.planner.direction import read_facing
from tests.agent.conversing import HARBOR_CONTEXT


@pytest.mark.parametrize(
    ("tool", "about", "text", "faces"),
    [
        ("forecast", "", "bagels last week", ("sales_history", "")),
        ("forecast", "", "what did you forecast for last week", ("forecast", "")),
        ("sales_history", "", "bagels next week", ("forecast", "")),
        ("sales_history", "", "how did next week compare to last year", ("sales_history", "")),
        ("explain", "", "why so many last week", ("explain", "change")),
        ("explain", "", "why so many next week", ("explain", "")),
        ("explain", "change", "why the jump next week", ("explain", "forecast")),
        ("explain", "miss", "why were we off last week", ("explain", "miss")),
    ],
)
def test_the_period_decides_which_way_a_question_looks(tool, about, text, faces):
    assert read_facing(tool, about, text, HARBOR_CONTEXT)[:2] == faces


def test_a_tool_without_a_period_keeps_its_days_as_figures():
    *_, said = read_facing("plan_inventory", "", "order milk, lead time 10 days", HARBOR_CONTEXT)

    assert said.periods == ()
    assert said.text == "order milk, lead time 10 days"


def test_every_language_says_what_looks_back():
    assert language("de").patterns("direction")["past"].search("was haben wir gestern verkauft")


def test_a_feast_soon_to_come_lies_ahead_where_no_verb_looks_back():
    spring = replace(HARBOR_CONTEXT, today=date(2026, 3, 13))
    easter = "how many over the easter weekend"

    assert read_facing("sales_history", "", easter, spring)[0] == "forecast"
    assert read_facing("sales_history", "", f"{easter} did we sell", spring)[0] == "sales_history"
