"""Several results of one tool told as one answer, each line named by what tells it apart."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from agent.grounding import check
from agent.planner.wording.outcomes import say_all
from agent.planner.wording.style import Style
from tests.agent.planner.wording.decided import asked, difference
from tests.agent.planner.wording.results import Invented
from tests.agent.planner.wording.test_counter_tools import BREW, FORECAST, HISTORY, RIVERSIDE

US = Style()
LAKESIDE = {"id": "5", "name": "Lakeside"}


@dataclass
class Outcome:
    result: dict[str, Any]
    tool: str = "forecast"
    outcome: str = "succeeded"
    arguments: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)


def forecasts(*changes):
    return [Outcome(FORECAST | {"granularity": "total"} | change) for change in changes]


TWO_STORES = ({}, {"store": LAKESIDE, "mean": 412.0, "lower": 370.0, "upper": 455.0})


def test_two_stores_are_one_answer_that_leads_with_the_larger():
    text = say_all(forecasts(*TWO_STORES), US)

    assert text.startswith(
        "Lakeside should sell most from Mon, Jul 6 to Sun, Jul 12, 2026, Cold Brew Coffee "
        "1L: about 412 units (80% range 370–455). That is model GradientBoosting_v20260701 on data "
    )
    assert "- Lakeside: about 412 units (370–455)\n- Riverside: about 340 units (290–392)" in text


def test_what_all_results_note_is_said_once():
    text = say_all(forecasts(*TWO_STORES), US)

    assert text.count("are already recorded") == 1


def test_two_products_in_two_stores_are_named_by_both():
    milk = {"product": {"id": "9", "name": "Whole Milk 2L"}, "store": LAKESIDE}

    text = say_all(forecasts({}, milk), US)

    assert "- Whole Milk 2L at Lakeside: about" in text
    assert "- Cold Brew Coffee 1L at Riverside: about" in text


def test_two_weeks_are_named_by_their_days():
    later = {"start": "2026-07-13", "end": "2026-07-19", "mean": 500.0}

    text = say_all(forecasts({}, later), US)

    assert text.startswith(
        "Cold Brew Coffee 1L at Riverside should sell most from Mon, Jul 13 to Sun, Jul 19, 2026: "
    )


@pytest.mark.parametrize("change", [{"unit": "USD"}, {"model": "B_v20260702"}, {"level": 95}])
def test_results_that_cannot_be_set_side_by_side_are_said_one_by_one(change):
    text = say_all(forecasts({}, {"store": LAKESIDE} | change), US)

    assert "should sell most" not in text
    assert "Cold Brew Coffee 1L at Riverside should sell" in text


def test_past_sales_side_by_side_keep_their_comparison():
    change = {"previous_start": "2025-06-01", "previous_end": "2025-06-30", "previous": 1000.0}
    told = HISTORY | {"compare_to": "last_year", "change_pct": 23.4} | change
    results = [told, told | {"category": "Bakery", "value": 900.0, "change_pct": -10.0}]

    text = say_all([Outcome(one, "sales_history") for one in results], US)

    assert text.startswith("Dairy sold most from Mon, Jun 1 to Tue, Jun 30, 2026 in all st")
    assert "- Bakery: 900 units (−10% against Sun, Jun 1 to Mon, Jun 30, 2025)" in text


def test_two_depths_of_a_discount_are_compared_by_what_they_change():
    deeper = asked(discount_pct=25.0, units=difference("units", 1276.0, 1500.0, 1400.0, 1600.0))

    text = say_all([Outcome(asked(), "what_if"), Outcome(deeper, "what_if")], US)

    assert text.startswith("25% off is associated with the most units for Cold Brew at Riverside")
    calls = [{"arguments": {}, "result": one} for one in (asked(), deeper)]
    assert check(text, calls, []).ungrounded == ()
    assert "- at 15% off: 909 units more (+71.2%), range 838–979; revenue $3,209 more" in text


@pytest.mark.parametrize("tool", ["forecast", "sales_history", "what_if"])
def test_every_figure_of_a_comparison_comes_from_a_result(tool):
    for seed in range(25):
        results = [Invented(seed * 7 + part).result(tool) for part in range(3)]
        shared = {
            n: results[0][n] for n in ("model", "cutoff", "unit", "measure") if n in results[0]
        }
        results = [one | shared | {"group_by": None, "rows": [], "points": []} for one in results]
        results = [one | {"granularity": "total", "compare_to": None} for one in results]
        text = say_all([Outcome(one, tool) for one in results], US.speaking("en", seed))

        calls = [{"arguments": {}, "result": one} for one in results]
        assert check(text, calls, []).ungrounded == (), text


def test_what_all_share_is_said_with_the_first():
    bagels = asked(product={"id": "7", "name": "Bagels"})

    text = say_all([Outcome(asked(), "what_if"), Outcome(bagels, "what_if")], US)

    assert text.startswith("Cold Brew at 15% off is associated with the most units at Riverside fr")


def test_one_result_is_said_by_itself():
    assert say_all(forecasts({}), US).startswith("Cold Brew Coffee 1L at Riverside should sell")
    assert BREW["name"] in say_all(forecasts({"store": RIVERSIDE}), US)


def test_a_forecast_without_a_discount_stands_beside_one_with_it_as_planned():
    text = say_all(forecasts({}, {"discount_pct": 15.0, "mean": 500.0, "upper": 600.0}), US)

    assert "- at 15% off: about 500 units" in text
    assert "- as planned: about 340 units" in text


@pytest.mark.parametrize(
    ("code", "said"),
    [("en", "nothing changes, as that is what is planned"), ("de", "nichts ändert sich")],
)
def test_what_is_planned_already_changes_nothing(code, said):
    sold = difference("units", 57.0, 0.0, 0.0, 0.0)
    bread = {"id": "5", "name": "Sourdough Loaf"}

    results = [asked(), asked(product=bread, units=sold)]
    outcomes = [Outcome(one, "what_if") for one in results]
    lines = say_all(outcomes, US.speaking(code)).split("\n")

    assert [said in one for one in lines if one.startswith("- ")] == [False, True]
