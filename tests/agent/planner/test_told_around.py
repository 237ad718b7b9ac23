"""What people tell around a question is heard as told, and what they list is asked one by one."""

# ruff: noqa: E501 - a table reads best with one message a line

import pytest

from tests.agent.conversing import LAST_WEEK, NEXT_WEEK, calls_of

_JUNE = {"start": "2026-06-01", "end": "2026-06-30"}
_MAY = {"start": "2026-05-01", "end": "2026-05-31"}
_AUGUST = {"start": "2026-08-01", "end": "2026-08-31"}


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ("Last year we ran out of croissants and I was shouted at by forty people. So: what do you expect for next week at Hillcrest?", ("forecast", {"product": "6", "store": "4", **NEXT_WEEK})),
        ("Following on from our call on 24 June, where we talked at length about Household, could you kindly tell me what revenue that category brought in last week?", ("sales_history", {"category": "Household", **LAST_WEEK, "measure": "revenue"})),
        ("Could you tell me what Household brought in during May, in revenue? A weekly split would be ideal. Many thanks, Priya", ("sales_history", {"category": "Household", **_MAY, "measure": "revenue", "group_by": "week"})),
        ("We are at 4.29 with the sourdough right now. Would 3.99 next week sell noticeably more at Hillcrest?", ("what_if", {"product": "5", "store": "4", **NEXT_WEEK, "price": 3.99})),
        ("My predecessor left a note that says 12 % is best for granola bars, no idea where that came from. What do your numbers say is the most profitable discount for them in August?", ("optimize_discount", {"product": "20", **_AUGUST})),
        ("The strawberry shelf at Hillcrest was empty by noon, which customers hate. Before I ring the supplier I would like to know how many punnets we will sell next week.", ("forecast", {"product": "14", "store": "4", **NEXT_WEEK})),
        ("Thank you so much for the help yesterday! I need to know how much orange juice we'll need next week in all stores.", ("forecast", {"product": "2", **NEXT_WEEK})),
        ("Before the board meeting on Thursday I need the total revenue of the company in May.", ("sales_history", {**_MAY, "measure": "revenue"})),
        ("I'm writing because the forecast you gave me for yogurt on Monday was 240 and now it's 190. What's going on?", ("explain", {"about": "revision", "product": "10"})),
        ("bagels at downtown last week scratch that at the airport last week", ("sales_history", {"product": "7", "store": "3", **LAST_WEEK})),
        ("twenty percent off the muffins no twenty five percent in downtown next week whats the effect", ("what_if", {"product": "8", "store": "2", **NEXT_WEEK, "discount_pct": 25})),
        ("uh give me the worst three stores no the worst three products last week by units", ("sales_history", {**LAST_WEEK, "group_by": "product", "top": 3, "order": "asc"})),
    ],
)  # fmt: skip
def test_only_the_question_is_asked_with_what_it_leaves_out(said, call):
    assert calls_of(said) == [call]


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("almonds: 10, 15 and 20 percent off next week, show me each", [("what_if", {"product": "19", **NEXT_WEEK, "discount_pct": pct}) for pct in (10, 15, 20)]),
        ("Would it be better to price the trash bags at 5.99 or 6.29 next week?", [("what_if", {"product": "24", **NEXT_WEEK, "price": price}) for price in (5.99, 6.29)]),
        ("top 5 and bottom 5 products in june by units", [("sales_history", {**_JUNE, "group_by": "product", "top": 5}), ("sales_history", {**_JUNE, "group_by": "product", "top": 5, "order": "asc"})]),
        ("best discount on granola bars next week, once for profit and once for revenue", [("optimize_discount", {"product": "20", **NEXT_WEEK}), ("optimize_discount", {"product": "20", **NEXT_WEEK, "objective": "revenue"})]),
        ("how does next week look for bakery compared to last week", [("forecast", {"category": "Bakery", **NEXT_WEEK}), ("sales_history", {"category": "Bakery", **LAST_WEEK})]),
        ("I need two things: sales of milk last week, and the forecast of milk for next week.", [("sales_history", {"product": "9", **LAST_WEEK}), ("forecast", {"product": "9", **NEXT_WEEK})]),
        ("Did we sell more water in May or in June?", [("sales_history", {"product": "3", **_MAY}), ("sales_history", {"product": "3", **_JUNE})]),
    ],
)  # fmt: skip
def test_what_is_listed_is_asked_one_by_one(said, calls):
    assert calls_of(said) == calls


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ("I need sales of product 17 on the 21st of June", ("sales_history", {"product": "17", "start": "2026-06-21", "end": "2026-06-21"})),
        ("how much money dark chocolate brings in at downtown from 6 to 12 July", ("forecast", {"product": "18", "store": "2", **NEXT_WEEK, "measure": "revenue"})),
        ("What did the bakery do in May, and why did it change from April?", ("explain", {"about": "change", "category": "Bakery", **_MAY, "compare_to": "previous_period"})),
    ],
)  # fmt: skip
def test_a_date_means_the_nearer_day_and_a_change_is_from_the_one_before(said, call):
    assert calls_of(said)[-1] == call
