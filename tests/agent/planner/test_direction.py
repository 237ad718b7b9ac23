"""The period turns a question to the side of today on which it lies."""

from dataclasses import replace
from datetime import date

import pytest

from agent.languages import language
from agent.planner.comparing import counterpart
from agent.planner.direction import read_facing
from agent.planner.periods import Period
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
        ("explain", "revision", "june against may, what made it move", ("explain", "change")),
        ("explain", "revision", "july is forecast lower than before", ("explain", "revision")),
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


def test_three_months_are_set_beside_as_many_before_them():
    period = Period(date(2026, 8, 1), date(2026, 10, 31), "month", (0, 0))
    before = counterpart(period, "previous_period")

    assert (before.start, before.end) == (date(2026, 5, 1), date(2026, 7, 31))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "will we sell more milk this weekend than last?",
            [("2026-07-04", "2026-07-05"), ("2026-06-27", "2026-06-28")],
        ),
        (
            "milk next week against the same week last year",
            [("2026-07-06", "2026-07-12"), ("2025-07-07", "2025-07-13")],
        ),
        (
            "how does august look compared to last year",
            [("2026-08-01", "2026-08-31"), ("2025-08-01", "2025-08-31")],
        ),
        (
            "milk tomorrow compared with the previous day",
            [("2026-07-02", "2026-07-02"), ("2026-07-01", "2026-07-01")],
        ),
        (
            "is next month better than the same month a year ago",
            [("2026-08-01", "2026-08-31"), ("2025-08-01", "2025-08-31")],
        ),
    ],
)
@pytest.mark.parametrize("tool", ["forecast", "sales_history"])
def test_days_ahead_are_set_beside_the_days_they_are_compared_with(tool, text, days):
    turned, _, said = read_facing(tool, "", text, HARBOR_CONTEXT)

    assert turned == "forecast"
    assert [(str(one.start), str(one.end)) for one in said.periods] == days
