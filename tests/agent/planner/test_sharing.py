"""What several wishes of one message share, and what each has for itself."""

# ruff: noqa: E501 - a table reads best with one message a line

import pytest

from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of

GERMAN = in_turn(HARBOR_CONTEXT, ["Wie viele Brote haben wir letzte Woche verkauft?"])
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
ONCE_FOR_ALL = [
    (
        "how much milk went last week and how much will go next week, Lakeside only",
        [("sales_history", MILK | LAKESIDE | LAST_WEEK), ("forecast", MILK | LAKESIDE | NEXT_WEEK)],
    ),
    (
        "how was milk last week and how will it be next week at Lakeside",
        [("sales_history", MILK | LAKESIDE | LAST_WEEK), ("forecast", MILK | LAKESIDE | NEXT_WEEK)],
    ),
    (
        "milk forecast and the best discount for chips, both at Lakeside, next week",
        [
            ("forecast", MILK | LAKESIDE | NEXT_WEEK),
            ("optimize_discount", CHIPS | LAKESIDE | NEXT_WEEK),
        ],
    ),
    (
        "I need the milk forecast and the chips forecast for Lakeside, next week, both of them",
        [("forecast", MILK | LAKESIDE | NEXT_WEEK), ("forecast", CHIPS | LAKESIDE | NEXT_WEEK)],
    ),
    (
        "Lakeside check: revenue last week, open alerts",
        [
            ("sales_history", LAKESIDE | LAST_WEEK | {"measure": "revenue"}),
            ("list_alerts", LAKESIDE),
        ],
    ),
    (
        "unusual sales and open alerts for Lakeside",
        [("detect_anomalies", LAKESIDE), ("list_alerts", LAKESIDE)],
    ),
]
THING_ONCE = [
    "how much milk did Lakeside sell last week, and how much is expected at Lakeside next week",
    "give me milk at Lakeside for last week and then the forecast for next week at Lakeside",
    "Wie viel Milch ging letzte Woche in Lakeside, und wie viel geht nächste Woche in Lakeside?",
]
APART = [
    (
        "forecast milk for next week at Lakeside and the total sales of Downtown last week",
        [
            ("forecast", MILK | LAKESIDE | NEXT_WEEK),
            ("sales_history", {"store": "2"} | LAST_WEEK),
        ],
    ),
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


@pytest.mark.parametrize(("words", "calls"), ONCE_FOR_ALL)
def test_a_place_said_once_before_or_after_all_wishes_holds_for_each(words, calls):
    assert calls_of(words) == calls


def test_a_german_place_said_once_holds_for_each():
    sold = "wie viel Milch haben wir letzte Woche verkauft"

    assert calls_of(f"{sold} und wie viel nächste Woche, nur Lakeside", context=GERMAN) == [
        ("sales_history", MILK | LAKESIDE | LAST_WEEK),
        ("forecast", MILK | LAKESIDE | NEXT_WEEK),
    ]


@pytest.mark.parametrize("words", THING_ONCE)
def test_a_thing_said_once_holds_where_only_its_place_is_said_again(words):
    assert calls_of(words, context=in_turn(HARBOR_CONTEXT, [words])) == [
        ("sales_history", MILK | LAKESIDE | LAST_WEEK),
        ("forecast", MILK | LAKESIDE | NEXT_WEEK),
    ]


@pytest.mark.parametrize(
    ("words", "context"),
    [
        ("best discount for milk next week, at most 20%, and for chips, at most 10%? Lakeside for both", HARBOR_CONTEXT),
        ("Bester Rabatt für Milch nächste Woche, höchstens 20%, und für Chips, höchstens 10%? Lakeside für beide", GERMAN),
    ],
)  # fmt: skip
def test_a_place_said_at_the_end_for_both_is_of_both(words, context):
    assert calls_of(words, context=context) == [
        ("optimize_discount", MILK | LAKESIDE | NEXT_WEEK | {"max_discount_pct": 20}),
        ("optimize_discount", CHIPS | LAKESIDE | NEXT_WEEK | {"max_discount_pct": 10}),
    ]


def test_what_a_sentence_asks_of_a_place_leaves_the_one_before_it_alone():
    asked = calls_of("Any open alerts? And was anything unusual last week at Lakeside?")

    assert asked == [("list_alerts", {}), ("detect_anomalies", LAKESIDE | LAST_WEEK)]


def test_a_table_of_all_products_is_asked_beside_what_is_asked_of_one():
    asked = calls_of("Lakeside: milk forecast for next week, the top 3 products last week")

    assert asked[1] == (
        "sales_history",
        LAKESIDE | LAST_WEEK | {"group_by": "product", "top": 3},
    )


@pytest.mark.parametrize(("words", "calls"), APART)
def test_a_wish_takes_nothing_from_wishes_about_something_else(words, calls):
    assert calls_of(words) == calls


@pytest.mark.parametrize(
    "words",
    [
        "best discount for milk next week for profit, and the best for units? at most 20 percent in both cases",
        "best cut for milk next week if I want the most profit, and the best if I want the most units? never above 20% either way",
    ],
)
def test_a_limit_said_at_the_end_for_both_holds_for_both(words):
    assert [one["max_discount_pct"] for _, one in calls_of(words)] == [20, 20]


def test_a_measure_said_at_the_end_for_all_holds_for_all():
    words = "milk next week at Riverside, and milk last week there, both in dollars"

    assert [one["measure"] for _, one in calls_of(words)] == ["revenue", "revenue"]


def test_a_place_in_a_sentence_among_the_wishes_holds_for_all():
    words = "Milk: what if it is 10% off next week, then 20% off. Lakeside. Then tell me the best discount for profit."

    assert {one["store"] for _, one in calls_of(words)} == {"5"}


@pytest.mark.parametrize(
    "words",
    [
        "forecast milk at Riverside next week and what did Downtown take last week",
        "forecast milk at Riverside next week and what did the Downtown store turn over last week",
    ],
)
def test_what_a_place_took_is_of_all_it_sells(words):
    taken = {"store": "2", "measure": "revenue"}

    assert calls_of(words)[1] == ("sales_history", taken | LAST_WEEK)
