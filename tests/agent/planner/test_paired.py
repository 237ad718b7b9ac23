"""Things or stores that each have a figure of their own are asked about with it, not crosswise."""

# ruff: noqa: E501 - a table reads best with one message a line

from dataclasses import replace

import pytest

from agent.languages import language
from tests.agent.conversing import HARBOR_CONTEXT, NEXT_WEEK, calls_of

GERMAN = replace(HARBOR_CONTEXT, language=language("de"))
STOCK = [
    ("plan_inventory", {"product": "9", "on_hand": 40}),
    ("plan_inventory", {"product": "7", "on_hand": 12}),
]
TARGETS = [
    ("counterfactual", {"product": "9", "target_units": 500, **NEXT_WEEK}),
    ("counterfactual", {"product": "7", "target_units": 300, **NEXT_WEEK}),
]
PRICES = [
    ("what_if", {"product": "7", "discount_pct": 10, **NEXT_WEEK}),
    ("what_if", {"product": "8", "discount_pct": 15, **NEXT_WEEK}),
]


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("Order advice for milk with 40 on hand and bagels with 12 on hand", STOCK),
        ("Stock plan for milk, we have 40, and for bagels, we have 12", STOCK),
        ("how much discount to sell 500 milk next week, and 300 bagels?", TARGETS),
        (
            "how much milk should I order with 40 in stock, and how many bagels with 12 in stock?",
            STOCK,
        ),
        ("We're thinking of bagels 10% off and muffins 15% off next week. What happens?", PRICES),
    ],
)
def test_each_thing_keeps_the_figure_beside_it(said, calls):
    assert calls_of(said) == calls


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("Bestellvorschlag für Milch, wir haben noch 40, und einen für Bagels mit 12 auf Lager", STOCK),
        ("Welcher Rabatt für 500 Milch und 300 Bagels nächste Woche?", TARGETS),
    ],
)  # fmt: skip
def test_so_it_does_in_german(said, calls):
    assert calls_of(said, context=GERMAN) == calls


def test_each_store_keeps_the_figure_beside_it():
    said = "stock plan for milk, Lakeside has 40 left, Airport has 25 left"

    assert calls_of(said) == [
        ("plan_inventory", {"product": "9", "store": "5", "on_hand": 40}),
        ("plan_inventory", {"product": "9", "store": "3", "on_hand": 25}),
    ]


@pytest.mark.parametrize(
    ("said", "context"),
    [
        ("Stock plan for milk, 40 on hand, 4 days to get here; and for bagels, 12 on hand", HARBOR_CONTEXT),
        ("Bestellvorschlag für Milch, 40 auf Lager, Lieferzeit 4 Tage, und für Bagels, 12 auf Lager", GERMAN),
    ],
)  # fmt: skip
def test_beside_figures_of_its_own_each_thing_keeps_what_is_told_once(said, context):
    told_once = {"lead_time_days": 4}

    assert calls_of(said, context=context) == [(tool, own | told_once) for tool, own in STOCK]


@pytest.mark.parametrize(
    ("said", "context"),
    [
        ("order plan for bananas, we have nothing in the back", HARBOR_CONTEXT),
        ("What should I order of bananas? We've got none left.", HARBOR_CONTEXT),
        ("Bestellvorschlag für Bananen, wir haben nichts mehr im Lager", GERMAN),
    ],
)
def test_nothing_on_hand_is_heard_in_a_remark(said, context):
    assert calls_of(said, context=context) == [("plan_inventory", {"product": "16", "on_hand": 0})]


def test_a_count_behind_the_same_shop_is_no_number_of_a_shop():
    said = "Stock plan for milk at Riverside, 40 on hand; and for bagels, same shop, 12 on hand"

    assert calls_of(said) == [(tool, own | {"store": "1"}) for tool, own in STOCK]


def test_a_figure_told_once_is_of_all_things():
    assert calls_of("what if milk and bagels were 10% off next week") == [
        ("what_if", {"product": "9", "discount_pct": 10, **NEXT_WEEK}),
        ("what_if", {"product": "7", "discount_pct": 10, **NEXT_WEEK}),
    ]


@pytest.mark.parametrize(
    ("said", "context"),
    [
        ("Order advice: milk with 40 left, bagels 12.", HARBOR_CONTEXT),
        ("How much milk should I order? 40 on the shelf. Bagels: 12.", HARBOR_CONTEXT),
        ("Milk, 40 on the shelf: what do I order? Bagels, 12 on the shelf: same question.", HARBOR_CONTEXT),
        ("Bestellvorschlag für Milch, 40 auf Lager, und für Bagels 12.", GERMAN),
    ],
)  # fmt: skip
def test_a_bare_figure_is_what_the_first_one_is(said, context):
    assert calls_of(said, context=context) == STOCK


@pytest.mark.parametrize(
    ("said", "context"),
    [
        ("How much milk to order for Lakeside, lead time 5 days? Bagels: same place, 10 days.", HARBOR_CONTEXT),
        ("Wie viel Milch für Lakeside bestellen, Lieferzeit 5 Tage? Bagels: 10 Tage.", GERMAN),
    ],
)  # fmt: skip
def test_so_is_a_bare_count_of_days(said, context):
    days = [one["lead_time_days"] for _, one in calls_of(said, context=context)]

    assert days == [5, 10]


def test_a_bare_figure_beside_a_place_is_its_own():
    said = "Order advice: milk at Lakeside at 99% service level; milk at Hillcrest at 97.5."
    levels = [(one["store"], one["service_level_pct"]) for _, one in calls_of(said)]

    assert levels == [("5", 99), ("4", 97.5)]


def test_a_bare_figure_may_stand_behind_where_the_first_stands_before():
    said = "what discount gets me to 500 units of milk next week? Bagels 300."

    assert calls_of(said) == TARGETS
