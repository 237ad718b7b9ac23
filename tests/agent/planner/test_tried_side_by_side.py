"""What one question sets side by side is asked one by one: prices, ends of a ranking, days."""

# ruff: noqa: E501 - a table reads best with one message a line

from dataclasses import replace

import pytest

from agent.languages import language
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of

GERMAN = replace(HARBOR_CONTEXT, language=language("de"))
CHIPS = {"product": "17", **NEXT_WEEK}
TEN, PROMOTION = CHIPS | {"discount_pct": 10}, CHIPS | {"promotion": True}
WEEK_BEFORE = {"start": "2026-06-15", "end": "2026-06-21"}


def day(date, **others):
    return {"start": date, "end": date, **others}


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ("Chips next week: 10% off or just a promotion?", [TEN, PROMOTION]),
        ("what if we ran chips on promo next week, or alternatively cut them 10%?", [PROMOTION, TEN]),
        ("What happens to chips next week at 10% off, at 2.49, and with a promotion only?", [TEN, CHIPS | {"price": 2.49}, PROMOTION]),
        ("what if chips were 10% off and on promotion next week?", [TEN | PROMOTION]),
        ("what if we cut chips by 10% next week, without a promotion?", [TEN | {"promotion": False}]),
    ],
)  # fmt: skip
def test_changes_of_several_kinds_are_tried_one_by_one_unless_they_go_together(said, changes):
    assert calls_of(said) == [("what_if", one) for one in changes]


def test_in_german_a_promotion_set_against_a_discount_is_tried_by_itself():
    said = "Chips nächste Woche: 10 % Rabatt oder nur eine Aktion?"

    assert calls_of(said, context=GERMAN) == [("what_if", TEN), ("what_if", PROMOTION)]


@pytest.mark.parametrize(
    ("said", "context"),
    [
        ("what if we promote chips at 10% or 15% off next week?", HARBOR_CONTEXT),
        ("what if we promote chips at 10 or 15% off next week?", HARBOR_CONTEXT),
        ("Was wenn wir Chips nächste Woche bewerben, mit 10 oder 15 % Rabatt?", GERMAN),
    ],
)
def test_a_promotion_beside_listed_discounts_goes_with_each(said, context):
    each = [TEN | {"promotion": True}, CHIPS | {"discount_pct": 15, "promotion": True}]

    assert calls_of(said, context=context) == [("what_if", one) for one in each]


@pytest.mark.parametrize(
    ("said", "context"),
    [
        ("what if chips are 10% off next week, with or without a promotion?", HARBOR_CONTEXT),
        ("Was wenn Chips nächste Woche 10 % Rabatt haben, mit und ohne Aktion?", GERMAN),
    ],
)
def test_a_discount_stays_with_and_without_a_promotion(said, context):
    both = [TEN | {"promotion": promotion} for promotion in (True, False)]

    assert calls_of(said, context=context) == [("what_if", one) for one in both]


@pytest.mark.parametrize(
    ("said", "tops"),
    [
        ("the top 3 and the bottom 5 products last week", (3, 5)),
        ("top five, and also the worst three, products last week", (5, 3)),
        ("the 4 best and worst products last week", (4, 4)),
    ],
)
def test_each_end_of_a_ranking_has_its_own_count(said, tops):
    ranked = {"group_by": "product", **LAST_WEEK}

    assert calls_of(said) == [
        ("sales_history", ranked | {"top": tops[0]}),
        ("sales_history", ranked | {"top": tops[1], "order": "asc"}),
    ]


def test_days_on_both_sides_of_today_are_what_was_sold_and_what_will_be():
    assert calls_of("cold brew last week and next week") == [
        ("sales_history", {"product": "1", **LAST_WEEK}),
        ("forecast", {"product": "1", **NEXT_WEEK}),
    ]


def test_a_day_named_with_on_beside_another_one_is_as_near_as_that():
    assert calls_of("yogurt tomorrow and on Friday") == [
        ("forecast", day("2026-07-02", product="10")),
        ("forecast", day("2026-07-03", product="10")),
    ]


def test_a_saturday_and_a_sunday_that_are_each_named_are_no_weekend_in_total():
    together = calls_of("yogurt for Saturday and Sunday")
    apart = calls_of("yogurt for Saturday and for Sunday")

    assert [one["start"] for _, one in together] == ["2026-07-04"]
    assert [one["start"] for _, one in apart] == ["2026-07-04", "2026-07-05"]


@pytest.mark.parametrize(
    "said",
    [
        "bananas last week and the week before",
        "how many bananas did we sell last week, the week before that too",
        "Sold units of bananas last week. Also the week before, please",
    ],
)
def test_the_week_before_beside_a_week_of_the_same_message_is_asked_too(said):
    bananas = {"product": "16"}

    assert calls_of(said) == [
        ("sales_history", bananas | LAST_WEEK),
        ("sales_history", bananas | WEEK_BEFORE),
    ]


def test_in_german_the_day_after_beside_a_day_of_the_same_message_is_asked_too():
    assert calls_of("Was verkaufen wir morgen an Bananen, und am Tag danach?", context=GERMAN) == [
        ("forecast", day("2026-07-02", product="16")),
        ("forecast", day("2026-07-03", product="16")),
    ]


def test_a_week_that_is_set_against_the_one_before_is_one_comparison():
    said = "Compare last week with the week before for bananas"

    assert calls_of(said) == [
        ("sales_history", {"product": "16", "compare_to": "previous_period", **LAST_WEEK})
    ]


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        (
            "My deputy asked me something, namely whether paper towels at full price, so without the promotion that is planned, would still sell next week. What would happen without the promotion?",
            {"discount_pct": 0, "promotion": False},
        ),
        ("milk next week, drop the discount, promotion only: what happens?", {"promotion": True}),
    ],
)
def test_what_is_taken_back_is_no_change_of_its_own(said, changed):
    [(tool, arguments)] = calls_of(said)
    assert tool == "what_if"
    levers = ("discount_pct", "price", "promotion")
    assert {name: one for name, one in arguments.items() if name in levers} == changed


@pytest.mark.parametrize(
    ("said", "tried"),
    [
        ("granola next week: would 3.49 sell more? would a promotion at the normal price do better?", [{"price": 3.49}, {"promotion": True}]),
        ("What if milk is 10% off next week? What if we run a promotion instead?", [{"discount_pct": 10}, {"promotion": True}]),
        ("What if milk is 10% off next week? What if we also run a promotion?", [{"discount_pct": 10, "promotion": True}]),
    ],
)  # fmt: skip
def test_changes_each_asked_about_are_tried_one_by_one_unless_added(said, tried):
    changes = {"price", "discount_pct", "promotion"}

    assert [{n: v for n, v in one.items() if n in changes} for _, one in calls_of(said)] == tried
