"""What several wishes of one message share, and what each has for itself."""

import pytest

from tests.agent.conversing import LAST_WEEK, NEXT_WEEK, calls_of

MILK, CHIPS, LAKESIDE = {"product": "9"}, {"product": "17"}, {"store": "5"}
TOGETHER = [
    (
        "last week's sales and next week's forecast for milk, both at Lakeside",
        [("sales_history", MILK | LAKESIDE | LAST_WEEK), ("forecast", MILK | LAKESIDE | NEXT_WEEK)],
    ),
    (
        "forecast and stock plan for milk, both at Lakeside",
        [("forecast", MILK | LAKESIDE), ("plan_inventory", MILK | LAKESIDE)],
    ),
    (
        "Milk: the forecast for next week, and how many to reorder at Lakeside?",
        [("forecast", MILK | NEXT_WEEK), ("plan_inventory", MILK | LAKESIDE)],
    ),
    (
        "what if chips were 10% off next week, and what if 25% off?",
        [
            ("what_if", CHIPS | NEXT_WEEK | {"discount_pct": 10}),
            ("what_if", CHIPS | NEXT_WEEK | {"discount_pct": 25}),
        ],
    ),
]
APART = [
    (
        "stock plan for milk at Lakeside, best discount for chips next week, last week's revenue",
        [
            ("plan_inventory", MILK | LAKESIDE),
            ("optimize_discount", CHIPS | NEXT_WEEK),
            ("sales_history", LAST_WEEK | {"measure": "revenue"}),
        ],
    ),
    (
        "the following please: a) milk forecast for next week b) open alerts",
        [("forecast", MILK | NEXT_WEEK), ("list_alerts", {})],
    ),
    (
        "ack al-1 al-2",
        [("acknowledge_alert", {"alert_id": "AL-1"}), ("acknowledge_alert", {"alert_id": "AL-2"})],
    ),
]


@pytest.mark.parametrize(("words", "calls"), TOGETHER)
def test_what_is_said_of_both_wishes_goes_to_both(words, calls):
    assert calls_of(words) == calls


@pytest.mark.parametrize(("words", "calls"), APART)
def test_a_wish_takes_nothing_from_wishes_about_something_else(words, calls):
    assert calls_of(words) == calls
