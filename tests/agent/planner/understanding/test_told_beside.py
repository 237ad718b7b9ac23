"""The days, the figures and the places of a question are heard where another sentence tells them."""

# ruff: noqa: E501 - a table reads best with one message a line

from dataclasses import replace

import pytest

from agent.languages import language
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of

_GERMAN = replace(HARBOR_CONTEXT, language=language("de"))
_MAY = {"start": "2026-05-01", "end": "2026-05-31"}
_AUGUST = {"start": "2026-08-01", "end": "2026-08-31"}
_CHRISTMAS = {"start": "2026-12-25", "end": "2026-12-25"}
_WEEKEND = {"start": "2026-07-04", "end": "2026-07-05"}


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("Every year we argue about it. The controller asks what Christmas is worth to us. We only ever join in with bakery. How much revenue do you expect from that category on the day, all shops together?", [("forecast", {"category": "Bakery", "measure": "revenue", **_CHRISTMAS})]),
        ("Dairy at Lakeside in May is apparently a good deal off. Nobody told me. What's the reason it changed, compared to a year ago?", [("explain", {"about": "change", "category": "Dairy", "store": "5", "compare_to": "last_year", **_MAY})]),
        ("The auditors drew one person and one week. It's viewer1, and it's last week. Would you get me everything that person did in the system in that time?", [("audit_trail", {"user": "viewer1", **LAST_WEEK})]),
    ],
)  # fmt: skip
def test_days_told_beside_are_those_of_a_question_without_any(said, calls):
    assert calls_of(said) == calls


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("We've agreed with the brewers that cold brew goes 15 percent off in August at Downtown. The thing I need is the forecast for it, in money: what revenue would we see with that discount on?", [("forecast", {"product": "1", "store": "2", "measure": "revenue", "discount_pct": 15, **_AUGUST})]),
        ("We're down to 48 tubs of Greek yogurt at Hillcrest. The lorry comes every three days. I need to know what to put on the order form.", [("plan_inventory", {"product": "10", "store": "4", "lead_time_days": 3, "on_hand": 48})]),
        ("The paper mill is on strike. They say two weeks until anything arrives. I've got 90 packs of trash bags on the floor at Downtown. What quantity do I need to order?", [("plan_inventory", {"product": "24", "store": "2", "lead_time_days": 14, "on_hand": 90})]),
        ("I'd like posters everywhere and a proper promotion, no price cut at all. It's for the green tea at Lakeside. What would happen to tea sales if we ran that next week?", [("what_if", {"product": "4", "store": "5", "promotion": True, **NEXT_WEEK})]),
        ("With the staging model we'd like to go slowly: let it handle 15 percent of the traffic first, as a canary, and watch. Please set that up.", [("start_rollout", {"traffic_pct": 15})]),
        ("Would you check beverages for anything unusual last week, and be strict about it: even the small wobbles and not only the big ones.", [("detect_anomalies", {"category": "Beverages", "sensitivity": "high", **LAST_WEEK})]),
    ],
)  # fmt: skip
def test_figures_told_beside_are_those_of_the_question(said, calls):
    assert calls_of(said) == calls


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("How many bagels will Riverside sell next week, and how many will Lakeside? Keep them apart, please.", [("forecast", {"product": "7", "store": "1", **NEXT_WEEK}), ("forecast", {"product": "7", "store": "5", **NEXT_WEEK})]),
        ("The town fair goes past the two supermarkets, that's Riverside and Hillcrest. What would we normally sell in each of them this weekend, all goods together?", [("forecast", {"store": "1", **_WEEKEND}), ("forecast", {"store": "4", **_WEEKEND})]),
    ],
)  # fmt: skip
def test_each_place_of_a_question_is_asked_for(said, calls):
    assert calls_of(said) == calls


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("Wir sind auf 35 Packungen Green Tea in Riverside runter. Der Lieferant kommt alle vier Tage. Ich muss wissen, was ich bestellen soll.", [("plan_inventory", {"product": "4", "store": "1", "lead_time_days": 4, "on_hand": 35})]),
        ("Schau bitte bei den Getränken nach Auffälligkeiten letzte Woche, und zwar streng: auch die kleinen Ausreißer und nicht nur die großen.", [("detect_anomalies", {"category": "Beverages", "sensitivity": "high", **LAST_WEEK})]),
        ("Wie viele Bagels verkauft Riverside nächste Woche, und wie viele der Airport? Bitte getrennt halten.", [("forecast", {"product": "7", "store": "1", **NEXT_WEEK}), ("forecast", {"product": "7", "store": "3", **NEXT_WEEK})]),
        ("Das Los hat mir Dish Soap beschert. Welchen Umsatz erwarten wir damit im August in der gesamten Kette? Der Kollege hat das Detergent.", [("forecast", {"product": "23", "measure": "revenue", **_AUGUST})]),
    ],
)  # fmt: skip
def test_a_german_question_hears_them_too(said, calls):
    assert calls_of(said, context=_GERMAN) == calls
