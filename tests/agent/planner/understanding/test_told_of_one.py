"""A detail told with one of several things is its own; told before or after all, it is theirs."""

# ruff: noqa: E501 - a table reads best with one message a line

from dataclasses import replace

import pytest

from agent.languages import language
from tests.agent.conversing import HARBOR_CONTEXT, NEXT_WEEK, calls_of

GERMAN = replace(HARBOR_CONTEXT, language=language("de"))
MILK, BAGELS, TEA = {"product": "9"}, {"product": "7"}, {"product": "4"}
MAY = {"start": "2026-05-01", "end": "2026-05-31"}
OWN = [
    (
        "How much milk should Hillcrest order with 10 days of lead time, and how many bagels with 5?",
        [
            ("plan_inventory", {**MILK, "store": "4", "lead_time_days": 10}),
            ("plan_inventory", {**BAGELS, "store": "4", "lead_time_days": 5}),
        ],
    ),
    (
        "Optimise discounts for snacks next week, for units, with at most $500 of budget. Then do household, for revenue, no budget.",
        [
            ("optimize_discount", {"category": "Snacks", "objective": "units", "budget": 500, **NEXT_WEEK}),
            ("optimize_discount", {"category": "Household", "objective": "revenue", **NEXT_WEEK}),
        ],
    ),
    (
        "Anything strange in produce in May? And in dairy, with low sensitivity, over the same month?",
        [
            ("detect_anomalies", {"category": "Produce", **MAY}),
            ("detect_anomalies", {"category": "Dairy", "sensitivity": "low", **MAY}),
        ],
    ),
    (
        "Anything odd in produce in May, and anything odd in dairy with low sensitivity, over the same month?",
        [
            ("detect_anomalies", {"category": "Produce", **MAY}),
            ("detect_anomalies", {"category": "Dairy", "sensitivity": "low", **MAY}),
        ],
    ),
    (
        "forecast milk next week. Also bagels, at 10% off.",
        [("forecast", {**MILK, **NEXT_WEEK}), ("forecast", {**BAGELS, "discount_pct": 10, **NEXT_WEEK})],
    ),
    (
        "forecast milk next week by day. And bagels in total.",
        [("forecast", {**MILK, "granularity": "day", **NEXT_WEEK}), ("forecast", {**BAGELS, **NEXT_WEEK})],
    ),
    (
        "forecast milk for next week by day, then the same for bagels but without the split",
        [("forecast", {**MILK, "granularity": "day", **NEXT_WEEK}), ("forecast", {**BAGELS, **NEXT_WEEK})],
    ),
]  # fmt: skip
SHARED = [
    (
        "stock plan for milk and bagels, with 5 days lead time",
        [("plan_inventory", {**one, "lead_time_days": 5}) for one in (MILK, BAGELS)],
    ),
    (
        "how much milk should I order, and how many bagels, if delivery takes 5 days?",
        [("plan_inventory", {**one, "lead_time_days": 5}) for one in (MILK, BAGELS)],
    ),
    (
        "Forecast milk next week. Bagels too. By day please.",
        [("forecast", {**one, "granularity": "day", **NEXT_WEEK}) for one in (MILK, BAGELS)],
    ),
    (
        "Forecast milk for next week, at 10% off. And bagels.",
        [("forecast", {**one, "discount_pct": 10, **NEXT_WEEK}) for one in (MILK, BAGELS)],
    ),
    (
        "Forecast milk next week. Bagels as well, both at 10% off.",
        [("forecast", {**one, "discount_pct": 10, **NEXT_WEEK}) for one in (MILK, BAGELS)],
    ),
]
USUAL = [
    "stock plan for milk at Riverside - 12 days lead time, 60 on hand - and bagels at the same shop with the usual settings",
    "stock plan for milk at Riverside with 12 days lead time and 60 on hand; bagels there too, with default values",
    "what to order of milk at Riverside - 12 days lead time, 60 on hand - and bagels at that shop with standard settings",
]
ONCE_MORE = [
    "green tea for next week; then the same at 15% off",
    "Forecast green tea for next week. Then the same with 15% off.",
    "forecast green tea for next week, and once more the same at 15% off",
]
INSTEAD = [
    "What if milk were on promotion next week? And what if, instead, it cost 2.99?",
    "What would happen if milk were on promotion next week, and if it cost 2.99 instead?",
    "What if milk is on promotion next week? Alternatively, what if it costs 2.99?",
]


@pytest.mark.parametrize(("said", "calls"), OWN)
def test_what_is_told_with_one_thing_is_of_no_other(said, calls):
    assert calls_of(said) == calls


@pytest.mark.parametrize(("said", "calls"), SHARED)
def test_what_is_told_for_all_is_of_all(said, calls):
    assert calls_of(said) == calls


@pytest.mark.parametrize("said", USUAL)
def test_the_usual_settings_are_those_of_the_tool(said):
    first, second = calls_of(said)

    assert first[1] == {**MILK, "store": "1", "lead_time_days": 12, "on_hand": 60}
    assert second == ("plan_inventory", {**BAGELS, "store": "1"})


@pytest.mark.parametrize("said", ONCE_MORE)
def test_the_same_at_another_price_is_asked_besides(said):
    plain = {**TEA, **NEXT_WEEK}

    assert calls_of(said) == [("forecast", plain), ("forecast", plain | {"discount_pct": 15})]


@pytest.mark.parametrize("said", INSTEAD)
def test_what_is_tried_instead_is_tried_alone(said):
    plain = {**MILK, **NEXT_WEEK}

    assert calls_of(said) == [
        ("what_if", plain | {"promotion": True}),
        ("what_if", plain | {"price": 2.99}),
    ]


def test_a_change_of_another_thing_is_tried_alone():
    said = "What if milk were 10% off next week? And what if bagels were on promotion?"

    assert calls_of(said) == [
        ("what_if", {**MILK, "discount_pct": 10, **NEXT_WEEK}),
        ("what_if", {**BAGELS, "promotion": True, **NEXT_WEEK}),
    ]


def test_a_change_that_is_tried_as_well_is_tried_with_the_first():
    said = "What if milk were 10% off next week and on promotion as well?"

    assert calls_of(said) == [
        ("what_if", {**MILK, "discount_pct": 10, "promotion": True, **NEXT_WEEK})
    ]


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        (
            "Wie viel Milch sollen wir bestellen bei 10 Tagen Lieferzeit, und wie viele Bagels bei 5?",
            [("plan_inventory", {**MILK, "lead_time_days": 10}), ("plan_inventory", {**BAGELS, "lead_time_days": 5})],
        ),
        (
            "Milch nächste Woche, dann dasselbe mit 15 % Rabatt",
            [("forecast", {**MILK, **NEXT_WEEK}), ("forecast", {**MILK, "discount_pct": 15, **NEXT_WEEK})],
        ),
        (
            "Was wäre, wenn Bagels nächste Woche in der Werbung wären? Und wenn sie stattdessen 2,50 kosten?",
            [("what_if", {**BAGELS, "promotion": True, **NEXT_WEEK}), ("what_if", {**BAGELS, "price": 2.5, **NEXT_WEEK})],
        ),
        (
            "Bestellvorschlag für Milch mit 12 Tagen Lieferzeit; und Bagels mit den üblichen Werten",
            [("plan_inventory", {**MILK, "lead_time_days": 12}), ("plan_inventory", BAGELS)],
        ),
    ],
)  # fmt: skip
def test_so_it_is_in_german(said, calls):
    assert calls_of(said, context=GERMAN) == calls
