"""Of a long message the question is answered, with what it leaves to the story around it."""

# ruff: noqa: E501 - a table reads best with one message a line

import pytest

from tests.agent.conversing import LAST_WEEK, NEXT_WEEK, calls_of


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("The compressor is humming again and my nephew was here. How many bagels will Downtown sell next week? He says hello.", [("forecast", {"product": "7", "store": "2", **NEXT_WEEK})]),
        ("Night shift here at Riverside, it's quiet. Did anything out of the ordinary happen with the strawberries here last week?", [("detect_anomalies", {"product": "14", "store": "1", **LAST_WEEK})]),
        ("I run the Lakeside shop and the roof leaks, which is another story. How many muffins will we sell next week?", [("forecast", {"product": "8", "store": "5", **NEXT_WEEK})]),
        ("Muffins were a mess in March and Hillcrest was closed. What will the whole company turn over next week, in money?", [("forecast", {**NEXT_WEEK, "measure": "revenue"})]),
        ("I run three departments. For the butter, I mean the salted one, I'd like to know two things. How much will Lakeside sell next week, and what discount there would earn us the most profit?", [("forecast", {"product": "12", "store": "5", **NEXT_WEEK}), ("optimize_discount", {"product": "12", "store": "5", **NEXT_WEEK})]),
        ("My supplier for paper towels, who is a lovely man, needs ten days. I counted forty packs on the shelf at Riverside this morning. How many should I be asking him for?", [("plan_inventory", {"product": "21", "store": "1", "lead_time_days": 10, "on_hand": 40})]),
        ("There's an alert, AL-1 it's called, that has been staring at me since Friday. It was the delivery that got scanned twice. You can mark it as seen with the note double scan.", [("acknowledge_alert", {"alert_id": "AL-1", "note": "double scan"})]),
        ("One of the drivers is off until the fourth of August with his knee, poor man. Whole milk, Downtown, from 6 July to 12 July, per day if you can. He says the knee clicks.", [("forecast", {"product": "9", "store": "2", **NEXT_WEEK, "granularity": "day"})]),
        ("We had a leaky freezer at Hillcrest last Thursday and lost most of the strawberries, the supplier says five days for replacements and we have only a dozen punnets left. How many should we get in?", [("plan_inventory", {"product": "14", "store": "4", "lead_time_days": 5, "on_hand": 12})]),
        ("Priya kept asking about the Household category, in particular whether the detergent was the culprit. Could you show me revenue per product for that category last week?", [("sales_history", {"category": "Household", **LAST_WEEK, "measure": "revenue", "group_by": "product"})]),
        ("You suggested something for the yogurt, it was RC-5. I talked to the managers about it and they do not like it. So we leave it, please put that on record.", [("record_decision", {"recommendation_id": "RC-5", "decision": "rejected"})]),
        ("For orange juice at Riverside the number for next week isn't the same any more. Why has that forecast been revised? Nobody here has touched anything.", [("explain", {"about": "revision", "product": "2", "store": "1", **NEXT_WEEK})]),
        ("Emma says soap, Raj says anything with sugar in it. Which five products brought in the most revenue at Downtown last week?", [("sales_history", {"store": "2", **LAST_WEEK, "measure": "revenue", "group_by": "product", "top": 5})]),
        ("They also said that about the coffee machine. Would you check whether anything out of the ordinary shows up at Hillcrest last week?", [("detect_anomalies", {"store": "4", **LAST_WEEK})]),
        ("The flyer people want to know about avocados; they would run at 20% off, as they did in spring. Give me the forecast for avocados at that discount for next week. They go to print at 4.", [("forecast", {"product": "13", **NEXT_WEEK, "discount_pct": 20})]),
        ("I'm stuck with a mountain of spinach at the end of the month. All five stores together have to get through 2,400 bags next week. What would it take to get there? I can't let the margin fall below 20 percent.", [("counterfactual", {"product": "15", "target_units": 2400, "min_margin_pct": 20, **NEXT_WEEK})]),
        ("Bananas at the Airport next week. I want the range to be 95% safe, not the usual one.", [("forecast", {"product": "16", "store": "3", **NEXT_WEEK, "level": 95})]),
        ("I need a dollar figure: what will the dairy aisle at Lakeside bring in next week?", [("forecast", {"category": "Dairy", "store": "5", **NEXT_WEEK, "measure": "revenue"})]),
    ],
)  # fmt: skip
def test_the_question_is_heard_among_the_story(said, calls):
    assert calls_of(said) == calls


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("We have 900 bars in the back, poor things. But 250 of the dark chocolate at Hillcrest next week, that'd be a start. What does it need for us to get there?", [("counterfactual", {"product": "18", "store": "4", "target_units": 250, **NEXT_WEEK})]),
        ("Let's knock 30 percent off paper towels at Hillcrest next week and see. What would that do to sales? The pumpkins were last month's topic.", [("what_if", {"product": "21", "store": "4", "discount_pct": 30, **NEXT_WEEK})]),
        ("I'd like to hear what would happen to detergent if we took 20 percent off next week. My wife says it will just move September forward.", [("what_if", {"product": "22", "discount_pct": 20, **NEXT_WEEK})]),
        ("January, everyone's a rabbit. They want 20% off the baby spinach at Riverside next week. What happens if we do?", [("what_if", {"product": "15", "store": "1", "discount_pct": 20, **NEXT_WEEK})]),
        ("We could put the bagels down to 2.99. What would happen next week if we did that at Downtown?", [("what_if", {"product": "7", "store": "2", "price": 2.99, **NEXT_WEEK})]),
        ("Emil starts with a clean order of sparkling water for Lakeside: he has 240 packs there and the bottler needs 10 days. What should he order?", [("plan_inventory", {"product": "3", "store": "5", "lead_time_days": 10, "on_hand": 240})]),
    ],
)  # fmt: skip
def test_a_figure_or_days_of_the_question_are_kept_from_those_of_the_story(said, calls):
    assert calls_of(said) == calls
