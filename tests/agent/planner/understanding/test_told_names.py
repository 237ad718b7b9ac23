"""What a story names is only what the question is about where it names it properly."""

# ruff: noqa: E501 - a table reads best with one message a line

import pytest

from tests.agent.conversing import NEXT_WEEK, calls_of

_MAY = {"start": "2026-05-01", "end": "2026-05-31"}
_AUGUST = {"start": "2026-08-01", "end": "2026-08-31"}
_LAST_WEEKEND = {"start": "2026-06-27", "end": "2026-06-28"}


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("The blueberry muffins looked tired all spring. My nephew put a paper crown on the till. How did they sell at Hillcrest in May? He means well.", [("sales_history", {"product": "8", "store": "4", **_MAY})]),
        ("I had tea with the mayor, who chips in for the fair every year. Could you show me the open alerts? For all shops please.", [("list_alerts", {})]),
        ("My gran ran a fish stall, as she likes to say. What did the weekend bring in, in money, shop by shop?", [("sales_history", {"measure": "revenue", "group_by": "store", **_LAST_WEEKEND})]),
        ("The almond grower promised to chip in for the flyer. What would happen if we cut the roasted almonds by 20 percent next week? It would only run at Hillcrest.", [("what_if", {"product": "19", "store": "4", "discount_pct": 20, **NEXT_WEEK})]),
    ],
)  # fmt: skip
def test_words_that_only_sound_like_goods_name_none(said, calls):
    assert calls_of(said) == calls


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("The lottery of the office gave me dish soap, what an honour. What revenue should we expect from it in August, over the entire chain? My colleague had the detergent.", [("forecast", {"product": "23", "measure": "revenue", **_AUGUST})]),
        ("The manager saw a gap where the yogurt should be. She wants dairy in stock 97 percent of the time. This is for Hillcrest. What should we order for that category? Lead time is five days.", [("plan_inventory", {"category": "Dairy", "store": "4", "lead_time_days": 5, "service_level_pct": 97})]),
        ("An empty box stares at me where the muffins should be. Find me the discount that makes the most profit next week. It's for all shops. The board said so after the avocado affair.", [("optimize_discount", {"product": "8", **NEXT_WEEK})]),
    ],
)  # fmt: skip
def test_of_several_things_told_that_before_the_question_is_meant(said, calls):
    assert calls_of(said) == calls
