"""Details of a call that stand in other words than the usual, or in a sentence beside it."""

import pytest

from tests.agent.conversing import NEXT_WEEK, calls_of


@pytest.mark.parametrize(
    ("words", "tool", "said"),
    [
        (
            "best markdown for milk, I care about volume here",
            "optimize_discount",
            {"objective": "units"},
        ),
        ("anything weird in June, ignore minor stuff", "detect_anomalies", {"sensitivity": "low"}),
        (
            "odd sales in June? only flag the really obvious ones",
            "detect_anomalies",
            {"sensitivity": "low"},
        ),
        ("will the milk last? got 40 here", "plan_inventory", {"on_hand": 40}),
        ("if milk weren't discounted next week what would we sell", "what_if", {"discount_pct": 0}),
        (
            "what would chips sell next week if they weren't on offer",
            "what_if",
            {"promotion": False},
        ),
        (
            "lift the price of chips ten percent next week, what happens",
            "what_if",
            {"price_up_pct": 10},
        ),
        (
            "show me the warnings somebody already took care of",
            "list_alerts",
            {"status": "acknowledged"},
        ),
        ("milk tomorrow. I'd like the 90 % bounds on that", "forecast", {"level": 90}),
        ("milk next quarter, month for month", "forecast", {"granularity": "month"}),
        ("milk in what remains of July", "forecast", {"start": "2026-07-01", "end": "2026-07-31"}),
        ("audit trail, refused calls, 20 of them", "audit_trail", {"limit": 20}),
        (
            "I have $800 of markdown money for milk, get as many units as possible out of it",
            "optimize_discount",
            {"budget": 800},
        ),
        (
            "We have 2,000 dollars of promo money for snacks. Where should the discounts land?",
            "optimize_discount",
            {"budget": 2000},
        ),
        (
            "strawberries in May look nothing like May a year ago, what explains the change?",
            "explain",
            {"compare_to": "last_year"},
        ),
        (
            "the dairy people want to know what next week looks like in units",
            "forecast",
            {"category": "Dairy"},
        ),
        ("stop the canary, error rates doubled", "stop_rollout", {"reason": "error rates doubled"}),
        ("start an even a/b test with the staging model", "start_rollout", {"traffic_pct": 50}),
        (
            "how do last month's sales divide among the stores",
            "sales_history",
            {"group_by": "store"},
        ),
        (
            "please stop the canary, latency is too high",
            "stop_rollout",
            {"reason": "latency is too high"},
        ),
    ],
)
def test_the_detail_is_heard(words, tool, said):
    [(name, arguments)] = calls_of(words)
    assert name == tool
    assert said.items() <= arguments.items()


def test_alerts_nobody_has_looked_at_are_open():
    assert calls_of("list the alerts that nobody has looked at yet") == [("list_alerts", {})]


def test_when_a_question_was_put_is_not_what_it_asks_about():
    said = "yesterday my deputy asked me what milk will sell. What is the forecast for next week?"
    [(tool, arguments)] = calls_of(said)
    assert tool == "forecast"
    assert NEXT_WEEK.items() <= arguments.items()


def test_a_model_that_is_to_stay_in_production_is_not_replaced():
    assert calls_of("please retrain but leave the old one in production") == [("retrain", {})]


@pytest.mark.parametrize(
    ("words", "measures"),
    [
        ("units and average price for cheddar in May", [None, "price"]),
        ("dairy in May: revenue, units and average discount", [None, "revenue", "discount"]),
        ("revenue and discount of milk in May", ["revenue", "discount"]),
        ("cheddar, Downtown, last week: units, dollars, average price", [None, "revenue", "price"]),
        ("bagels next week at Airport, units + revenue", [None, "revenue"]),
    ],
)
def test_each_measure_that_is_listed_is_shown(words, measures):
    assert [arguments.get("measure") for _, arguments in calls_of(words)] == measures


def test_the_best_of_each_store_are_ranked_in_every_store():
    calls = calls_of("top 3 per store last week")

    assert {arguments["store"] for _, arguments in calls} >= {"1", "2", "3", "4", "5"}
    assert {(one["group_by"], one["top"]) for _, one in calls} == {("product", 3)}
