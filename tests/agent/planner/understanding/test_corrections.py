"""What is taken back in the same breath is not meant."""

# ruff: noqa: E501 - a table reads best with one message a line

import pytest

from tests.agent.conversing import NEXT_WEEK, calls_of

_FRIDAY = {"start": "2026-07-03", "end": "2026-07-03"}


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ("what if we took ten percent no wait fifteen percent off the strawberries next week", ("what_if", {"product": "14", **NEXT_WEEK, "discount_pct": 15})),
        ("what would 20% no sorry 25% off bagels do next week", ("what_if", {"product": "7", **NEXT_WEEK, "discount_pct": 25})),
        ("what would happen if almonds were two ninety nine no three ninety nine next week", ("what_if", {"product": "19", **NEXT_WEEK, "price": 3.99})),
        ("sales of milk on the fifteenth of June no the sixteenth", ("sales_history", {"product": "9", "start": "2026-06-16", "end": "2026-06-16"})),
        ("milk tomorrow make that friday", ("forecast", {"product": "9", **_FRIDAY})),
        ("forecast product 3 at store 2 no store 4 for friday", ("forecast", {"product": "3", "store": "4", **_FRIDAY})),
        ("forecast for product four sorry five on thursday, no, friday", ("forecast", {"product": "5", **_FRIDAY})),
        ("how many bagels, I mean muffins, will Riverside no Downtown sell next week", ("forecast", {"product": "8", "store": "2", **NEXT_WEEK})),
        ("forecast for the butter, I mean the salted one, next week", ("forecast", {"product": "12", **NEXT_WEEK})),
        ("what if muffins... scrap that, bagels -10% next week", ("what_if", {"product": "7", "discount_pct": 10, **NEXT_WEEK})),
        ("forecast muffins, forget that, bagels for next week", ("forecast", {"product": "7", **NEXT_WEEK})),
        ("bagels at lakeside, scratch that, okay what's the forecast for green tea next week", ("forecast", {"product": "4", **NEXT_WEEK})),
        ("bread. sourdough I mean. lakeside, next week", ("forecast", {"product": "5", "store": "5", **NEXT_WEEK})),
        ("How did bagels do on Monday at Riverside? I mean how many did we sell.", ("sales_history", {"product": "7", "store": "1", "start": "2026-06-29", "end": "2026-06-29"})),
        ("milk, bananas I mean, next week", ("forecast", {"product": "16", **NEXT_WEEK})),
        ("how many packs of muesli, I mean granola bars, next week", ("forecast", {"product": "20", **NEXT_WEEK})),
        ("How much dish soap should Airport order? 80 in stock. Their carrier needs 5 days, no wait, that was the old contract, it's 10 now.", ("plan_inventory", {"product": "23", "store": "3", "lead_time_days": 10, "on_hand": 80})),
        ("The idea is to sell 400, no, wait, let me look at my notes, 450 croissants at Riverside next week. What would it take to get there?", ("counterfactual", {"product": "6", "store": "1", **NEXT_WEEK, "target_units": 450})),
        ("How much dish soap should Airport order if the supplier needs 9 days instead of 5 and 80 are in stock?", ("plan_inventory", {"product": "23", "store": "3", "lead_time_days": 9, "on_hand": 80})),
        ("what would 15% instead of 10% off bagels do next week", ("what_if", {"product": "7", **NEXT_WEEK, "discount_pct": 15})),
        ("right so the weekend no the whole of next week for uh product twelve store four", ("forecast", {"product": "12", "store": "4", **NEXT_WEEK})),
    ],
)  # fmt: skip
def test_the_last_of_two_is_meant(said, call):
    assert calls_of(said) == [call]


@pytest.mark.parametrize(
    "said",
    ["milk on friday and bagels on friday", "forecast milk on friday with no discount on bagels"],
)
def test_a_no_that_takes_nothing_back_leaves_both(said):
    assert {call["product"] for _, call in calls_of(said)} == {"9", "7"}
