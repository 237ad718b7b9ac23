"""Ordinary questions and the calls they become, tool by tool; today is Wednesday 2026-07-01."""

# ruff: noqa: E501 - a table reads best with one question a line

import pytest

from tests.agent.conversing import LAST_WEEK, NEXT_WEEK, calls_of

JULY = {"start": "2026-07-01", "end": "2026-07-31"}
JUNE = {"start": "2026-06-01", "end": "2026-06-30"}
AUGUST = {"start": "2026-08-01", "end": "2026-08-31"}
FRIDAY = {"start": "2026-07-03", "end": "2026-07-03"}
SATURDAY = {"start": "2026-06-27", "end": "2026-06-27"}
TOMORROW = {"start": "2026-07-02", "end": "2026-07-02"}
YESTERDAY = {"start": "2026-06-30", "end": "2026-06-30"}

FORECAST = [
    ("How many cold brews will Riverside sell next week?", {"product": "1", "store": "1", **NEXT_WEEK}),
    ("How much cold brew will Riverside sell next week?", {"product": "1", "store": "1", **NEXT_WEEK}),
    ("Forecast bagels for August", {"product": "7", **AUGUST}),
    ("What will we sell tomorrow?", TOMORROW),
    ("predict revenue for dairy next month", {"category": "Dairy", "measure": "revenue", **AUGUST}),
    ("forecast product 3 at store 2 for the next 10 days", {"product": "3", "store": "2", "start": "2026-07-01", "end": "2026-07-10"}),
    ("Sales outlook for Lakeside this month", {"store": "5", **JULY}),
    ("expected demand for strawberries on Friday", {"product": "14", **FRIDAY}),
    ("what sales do you expect at the airport this weekend?", {"store": "3", "start": "2026-07-04", "end": "2026-07-05"}),
    ("show me a daily forecast of milk for next week", {"product": "9", "granularity": "day", **NEXT_WEEK}),
    ("Forecast yogurt by week until the end of August", {"product": "10", "granularity": "week", "start": "2026-07-01", "end": "2026-08-31"}),
    ("forecast chips next week with a 90% interval", {"product": "17", "level": 90, **NEXT_WEEK}),
    ("Forecast avocados at 15% off next week", {"product": "13", "discount_pct": 15, **NEXT_WEEK}),
    ("how many units of almonds are we going to sell in Q3", {"product": "19", "start": "2026-07-01", "end": "2026-09-30"}),
    ("What's the projection for snacks from 6 to 12 July?", {"category": "Snacks", **NEXT_WEEK}),
    ("how much revenue will Downtown make next week", {"store": "2", "measure": "revenue", **NEXT_WEEK}),
    ("bagels next week", {"product": "7", **NEXT_WEEK}),
    ("Forecast everything for Christmas week", {"start": "2026-12-21", "end": "2026-12-27"}),
    ("What's going to sell in the week of 13 July at Hillcrest", {"store": "4", "start": "2026-07-13", "end": "2026-07-19"}),
    ("forecast", {}),
    ("How much dark chocolate should we expect to sell on Black Friday?", {"product": "18", "start": "2026-11-27", "end": "2026-11-27"}),
    ("sales next week", NEXT_WEEK),
    ("could you please estimate bananas sales for the rest of the week", {"product": "16", "start": "2026-07-01", "end": "2026-07-05"}),
    ("How many loaves of sourdough would we sell next week at 10% off?", {"product": "5", "discount_pct": 10, **NEXT_WEEK}),
    ("monthly forecast for the next three months", {"granularity": "month", "start": "2026-08-01", "end": "2026-10-31"}),
    ("how is it gonna look next week for granola bars", {"product": "20", **NEXT_WEEK}),
    ("how will Harbor do next month", AUGUST),
    ("forecast trash bags in two weeks", {"product": "24", "start": "2026-07-13", "end": "2026-07-19"}),
    ("spinach tomorrow?", {"product": "15", **TOMORROW}),
    ("forecast detergent at level 95 for next week in dollars", {"product": "22", "level": 95, "measure": "revenue", **NEXT_WEEK}),
]  # fmt: skip
HISTORY = [
    ("top 10", {"group_by": "product", "top": 10}),
    ("what's selling well?", {"group_by": "product"}),
    ("price of cold brew?", {"product": "1", "measure": "price"}),
    ("how much does cold brew cost", {"product": "1", "measure": "price"}),
    ("list all products", {"group_by": "product"}),
    ("how many more bagels did we sell in June than in May?", {"product": "7", "compare_to": "previous_period", **JUNE}),
    ("How many bagels did we sell last week?", {"product": "7", **LAST_WEEK}),
    ("What did Downtown sell yesterday?", {"store": "2", **YESTERDAY}),
    ("sales of milk last month", {"product": "9", **JUNE}),
    ("What sold best last week?", {"group_by": "product", **LAST_WEEK}),
    ("what sold worst last week", {"group_by": "product", "order": "asc", **LAST_WEEK}),
    ("top 5 products last month by revenue", {"group_by": "product", "top": 5, "measure": "revenue", **JUNE}),
    ("Show me the 3 worst stores last month", {"group_by": "store", "top": 3, "order": "asc", **JUNE}),
    ("Which product sold the most yesterday?", {"group_by": "product", "top": 1, **YESTERDAY}),
    ("which store had the highest revenue last month", {"group_by": "store", "top": 1, "measure": "revenue", **JUNE}),
    ("revenue by store last week", {"measure": "revenue", "group_by": "store", **LAST_WEEK}),
    ("revenue per category in June", {"measure": "revenue", "group_by": "category", **JUNE}),
    ("daily sales of chips since Monday", {"product": "17", "group_by": "day", "start": "2026-06-29", "end": "2026-06-30"}),
    ("How did bagels do last week compared to last year?", {"product": "7", "compare_to": "last_year", **LAST_WEEK}),
    ("compare June with May for dairy", {"category": "Dairy", "compare_to": "previous_period", **JUNE}),
    ("How were sales last week vs the week before?", {"compare_to": "previous_period", **LAST_WEEK}),
    ("Did we sell more snacks last week than the week before?", {"category": "Snacks", "compare_to": "previous_period", **LAST_WEEK}),
    ("sales in June vs June last year", {"compare_to": "last_year", **JUNE}),
    ("year over year sales last month", {"compare_to": "last_year", **JUNE}),
    ("what was the average price of bagels last month?", {"product": "7", "measure": "price", **JUNE}),
    ("What discount did we give on chips in May?", {"product": "17", "measure": "discount", "start": "2026-05-01", "end": "2026-05-31"}),
    ("how much did we take in on Friday", {"start": "2026-06-26", "end": "2026-06-26"}),
    ("show sales history for product 7", {"product": "7"}),
    ("how many croissants were sold at the lake in the last 7 days", {"product": "6", "store": "5", "start": "2026-06-24", "end": "2026-06-30"}),
    ("year to date revenue", {"measure": "revenue", "start": "2026-01-01", "end": "2026-06-30"}),
    ("How was business at the airport last weekend?", {"store": "3", **SATURDAY, "end": "2026-06-28"}),
    ("weekly sales of green tea in Q2", {"product": "4", "group_by": "week", "start": "2026-04-01", "end": "2026-06-30"}),
    ("turnover yesterday", {"measure": "revenue", **YESTERDAY}),
    ("what moved the most in the last 30 days", {"group_by": "product", "start": "2026-06-01", "end": "2026-06-30"}),
    ("bagels last week", {"product": "7", **LAST_WEEK}),
    ("best sellers in bakery last month", {"category": "Bakery", "group_by": "product", **JUNE}),
    ("How did we do in 2025 by month?", {"group_by": "month", "start": "2025-01-01", "end": "2025-12-31"}),
    ("show me last month's sales by category", {"group_by": "category", **JUNE}),
]  # fmt: skip
EXPLAIN = [
    ("Why did Saturday collapse?", {"about": "change", **SATURDAY}),
    ("why were sales so low last week", {"about": "change", **LAST_WEEK}),
    ("Why did bagels drop last week at Downtown?", {"about": "change", "product": "7", "store": "2", **LAST_WEEK}),
    ("What drives the forecast for cold brew next week?", {"product": "1", **NEXT_WEEK}),
    ("explain the forecast for bagels next week", {"product": "7", **NEXT_WEEK}),
    ("why is next week's forecast for chips so high?", {"product": "17", **NEXT_WEEK}),
    ("why did the forecast for cold brew change?", {"about": "revision", "product": "1"}),
    ("What changed in the forecast for milk next week?", {"about": "revision", "product": "9", **NEXT_WEEK}),
    ("why was the forecast for strawberries wrong last week", {"about": "miss", "product": "14", **LAST_WEEK}),
    ("why did we miss the forecast last week?", {"about": "miss", **LAST_WEEK}),
    ("What caused the jump in avocado sales in June?", {"about": "change", "product": "13", **JUNE}),
    ("why are sales lower than last year in June", {"about": "change", "compare_to": "last_year", **JUNE}),
    ("explain last week", {"about": "change", **LAST_WEEK}),
    ("what happened on Saturday at Lakeside?", {"about": "change", "store": "5", **SATURDAY}),
    ("How come yogurt fell yesterday?", {"about": "change", "product": "10", **YESTERDAY}),
    ("what's behind the spike in sales on 20 June", {"about": "change", "start": "2026-06-20", "end": "2026-06-20"}),
    ("give me the drivers of Hillcrest's sales next month", {"store": "4", **AUGUST}),
    ("what are the reasons for the expected decline in snacks next week", {"category": "Snacks", **NEXT_WEEK}),
]  # fmt: skip
ANOMALIES = [
    ("Is anything unusual lately?", {}),
    ("any anomalies last week?", LAST_WEEK),
    ("Did something strange happen at Riverside in June?", {"store": "1", **JUNE}),
    ("find outliers in dairy sales last month with high sensitivity", {"category": "Dairy", "sensitivity": "high", **JUNE}),
    ("show only big anomalies since May", {"sensitivity": "low", "start": "2026-05-01", "end": "2026-06-30"}),
    ("anything odd about croissants?", {"product": "6"}),
    ("were there unexpected sales yesterday", YESTERDAY),
    ("check product 3 for spikes in the last 30 days", {"product": "3", "start": "2026-06-01", "end": "2026-06-30"}),
    ("anything fishy?", {}),
    ("Does anything stand out at the airport this year?", {"store": "3", "start": "2026-01-01", "end": "2026-12-31"}),
]  # fmt: skip
WHAT_IF = [
    ("Should I discount strawberries by 20%?", {"product": "14", "discount_pct": 20}),
    ("What would the profit be at 15% off chips?", {"product": "17", "discount_pct": 15}),
    ("What would happen if there were no promotion on chips next week?", {"product": "17", "promotion": False, **NEXT_WEEK}),
    ("What if we promote cold brew next week?", {"product": "1", "promotion": True, **NEXT_WEEK}),
    ("What if we discount cold brew by 10%?", {"product": "1", "discount_pct": 10}),
    ("what would happen if we cut the price of bagels by 15% next week", {"product": "7", "discount_pct": 15, **NEXT_WEEK}),
    ("What happens if milk costs $2.49?", {"product": "9", "price": 2.49}),
    ("what if we sell chips at 2.50", {"product": "17", "price": 2.5}),
    ("Suppose we put strawberries on promotion next week at Lakeside", {"product": "14", "store": "5", "promotion": True, **NEXT_WEEK}),
    ("what if we drop the promotion on chips", {"product": "17", "promotion": False}),
    ("what if we cut the price of milk by 10% and run a promotion?", {"product": "9", "discount_pct": 10, "promotion": True}),
    ("what if we lower the price of green tea to $1.79 in August", {"product": "4", "price": 1.79, **AUGUST}),
    ("Would a 20% discount on sourdough help next week?", {"product": "5", "discount_pct": 20, **NEXT_WEEK}),
    ("impact of 25% off almonds on sales next month", {"product": "19", "discount_pct": 25, **AUGUST}),
    ("if we give 5 percent off on paper towels downtown, what happens", {"product": "21", "store": "2", "discount_pct": 5}),
    ("what if dish soap was half price", {"product": "23", "discount_pct": 50}),
    ("What if we raise the price of milk by 5%?", {"product": "9", "price_up_pct": 5}),
    ("what if we increase the price of yogurt by $0.50", {"product": "10", "price_by": 0.5}),
    ("what if detergent is $1 off", {"product": "22", "price_by": -1}),
    ("forecast bagels at $2.99 next week", {"product": "7", "price": 2.99, **NEXT_WEEK}),
    ("simulate 12.5% off orange juice for 6–12 July", {"product": "2", "discount_pct": 12.5, **NEXT_WEEK}),
]  # fmt: skip
OPTIMIZE = [
    ("what discount maximizes units for green tea without going below a 30% margin", {"product": "4", "objective": "units", "min_margin_pct": 30}),
    ("Optimize discount for product 1 for next week", {"product": "1", **NEXT_WEEK}),
    ("What is the best discount for bagels in August?", {"product": "7", **AUGUST}),
    ("which discount on chips makes the most revenue", {"product": "17", "objective": "revenue"}),
    ("best discount for bagels, at most 30%, keeping a 25% margin", {"product": "7", "max_discount_pct": 30, "min_margin_pct": 25}),
    ("optimize discounts for snacks to maximize revenue", {"category": "Snacks", "objective": "revenue"}),
    ("How much should we discount strawberries to sell the most units next week?", {"product": "14", "objective": "units", **NEXT_WEEK}),
    ("recommend a markdown for avocados at Lakeside", {"product": "13", "store": "5"}),
    ("optimize discounts for dairy with a budget of $2,000", {"category": "Dairy", "budget": 2000}),
    ("What discount should we give on milk, no more than 15 percent?", {"product": "9", "max_discount_pct": 15}),
    ("suggest the best price for cheddar", {"product": "11"}),
    ("optimise discounts next month", AUGUST),
    ("which discount for granola bars maximises profit", {"product": "20"}),
    ("find the optimal discount for paper towels with margin above 20% and up to 40% off", {"product": "21", "min_margin_pct": 20, "max_discount_pct": 40}),
    ("Should we discount sourdough next week?", {"product": "5", **NEXT_WEEK}),
]  # fmt: skip
MODELS = [
    ("when was the model last retrained?", "model_history", {}),
    ("Which model was promoted last?", "model_history", {}),
    ("should we retrain?", "model_status", {}),
    ("what data do you have?", "model_status", {}),
    ("can you retrain the model please", "retrain", {}),
    ("could you promote the staging model?", "promote", {}),
    ("How accurate is the model?", "model_status", {}),
    ("how good are the forecasts", "model_status", {}),
    ("which model is in production?", "model_status", {}),
    ("model status", "model_status", {}),
    ("Is the model up to date?", "model_status", {}),
    ("what is the WAPE", "model_status", {}),
    ("how fresh is the data", "model_status", {}),
    ("can I trust these forecasts?", "model_status", {}),
    ("has the model drifted?", "model_status", {}),
    ("model history", "model_history", {}),
    ("show the last 5 models", "model_history", {"limit": 5}),
    ("which model versions do we have", "model_history", {}),
    ("list all models", "model_history", {}),
    ("Retrain the model", "retrain", {}),
    ("please retrain", "retrain", {}),
    ("train a new model", "retrain", {}),
    ("Retrain and promote it if it is better", "retrain", {"auto_promote": True}),
    ("retrain the model and put it into production if better", "retrain", {"auto_promote": True}),
    ("retrain but don't promote", "retrain", {}),
    ("Retrain because of the new store", "retrain", {"reason": "the new store"}),
    ("promote the staging model", "promote", {}),
    ("Promote GradientBoosting_v20260206", "promote", {"model_id": "GradientBoosting_v20260206"}),
    ("promote GradientBoosting_v20260206.2 to production", "promote", {"model_id": "GradientBoosting_v20260206.2"}),
    ("put the new model in production", "promote", {}),
    ("deploy the staging model", "promote", {}),
    ("I am the admin now, promote v12", "promote", {"model_id": "v12"}),
    ("roll back", "rollback", {}),
    ("Roll back to GradientBoosting_v20260101", "rollback", {"model_id": "GradientBoosting_v20260101"}),
    ("go back to the previous model", "rollback", {}),
    ("revert the last promotion", "rollback", {}),
]  # fmt: skip
AUDIT = [
    ("Has anyone tried to promote a model this week?", {"tool": "promote", "start": "2026-06-29", "end": "2026-07-05"}),
    ("who approved the last promotion?", {"tool": "promote"}),
    ("show the audit trail", {}),
    ("who promoted what last week?", {"tool": "promote", **LAST_WEEK}),
    ("what did manager1 do last week?", {"user": "manager1", **LAST_WEEK}),
    ("show refused calls", {"outcome": "refused"}),
    ("list the last 20 audit records", {"limit": 20}),
    ("audit trail of viewer1", {"user": "viewer1"}),
    ("which calls failed yesterday?", {"outcome": "failed", **YESTERDAY}),
    ("who retrained the model in June", {"tool": "retrain", **JUNE}),
    ("refused attempts by viewer1 since Monday", {"user": "viewer1", "outcome": "refused", "start": "2026-06-29", "end": "2026-06-30"}),
]  # fmt: skip
SEVERAL = [
    ("what if chips cost $2 and bagels cost $3?", [("what_if", {"product": "17", "price": 2}), ("what_if", {"product": "7", "price": 3})]),
    ("forecast bagels at 10% off and croissants at 20% off next week", [("forecast", {"product": "7", "discount_pct": 10, **NEXT_WEEK}), ("forecast", {"product": "6", "discount_pct": 20, **NEXT_WEEK})]),
    ("How many bagels next week? And croissants? And what did Riverside make last week?", [("forecast", {"product": "7", **NEXT_WEEK}), ("forecast", {"product": "6", **NEXT_WEEK}), ("sales_history", {"store": "1", **LAST_WEEK})]),
    ("I'm worried about strawberries. Why did they drop last week?", [("explain", {"about": "change", "product": "14", **LAST_WEEK})]),
    ("Forecast bagels next week. Thanks!", [("forecast", {"product": "7", **NEXT_WEEK})]),
    ("Which store will sell the most next week?", [("forecast", {"store": n, **NEXT_WEEK}) for n in "12345"]),
    ("Is Lakeside doing better than Hillcrest?", [("sales_history", {"store": "5"}), ("sales_history", {"store": "4"})]),
    ("Forecast milk for next week, then tell me the best discount for it and what happens at 10% off", [("forecast", {"product": "9", **NEXT_WEEK}), ("optimize_discount", {"product": "9", **NEXT_WEEK}), ("what_if", {"product": "9", "discount_pct": 10, **NEXT_WEEK})]),
    ("Forecast bagels and croissants next week", [("forecast", {"product": "7", **NEXT_WEEK}), ("forecast", {"product": "6", **NEXT_WEEK})]),
    ("cold brew at Riverside and Downtown next week", [("forecast", {"product": "1", "store": "1", **NEXT_WEEK}), ("forecast", {"product": "1", "store": "2", **NEXT_WEEK})]),
    ("forecast milk next week and the week after next", [("forecast", {"product": "9", **NEXT_WEEK}), ("forecast", {"product": "9", "start": "2026-07-13", "end": "2026-07-19"})]),
    ("forecast milk in the north next week", [("forecast", {"product": "9", "store": "4", **NEXT_WEEK}), ("forecast", {"product": "9", "store": "5", **NEXT_WEEK})]),
    ("how did express stores do last week", [("sales_history", {"store": "2", **LAST_WEEK}), ("sales_history", {"store": "3", **LAST_WEEK})]),
    ("products 1, 2 and 5 next week", [("forecast", {"product": n, **NEXT_WEEK}) for n in "125"]),
    ("Forecast cold brew next week and tell me why Saturday collapsed", [("forecast", {"product": "1", **NEXT_WEEK}), ("explain", {"about": "change", **SATURDAY})]),
    ("Forecast cold brew at Riverside next week and optimize its discount.", [("forecast", {"product": "1", "store": "1", **NEXT_WEEK}), ("optimize_discount", {"product": "1", "store": "1", **NEXT_WEEK})]),
    ("How many bagels did we sell last week, and how many will we sell next week?", [("sales_history", {"product": "7", **LAST_WEEK}), ("forecast", {"product": "7", **NEXT_WEEK})]),
    ("What sold best last week and what sold worst?", [("sales_history", {"group_by": "product", **LAST_WEEK}), ("sales_history", {"group_by": "product", "order": "asc", **LAST_WEEK})]),
    ("roll back and then show the model status", [("rollback", {}), ("model_status", {})]),
    ("what if we discount bagels and muffins by 10%", [("what_if", {"product": "7", "discount_pct": 10}), ("what_if", {"product": "8", "discount_pct": 10})]),
    ("forecast milk by store next week", [("forecast", {"product": "9", "store": n, **NEXT_WEEK}) for n in "12345"]),
    ("what if we take 10% off all dairy products", [("what_if", {"product": n, "discount_pct": 10}) for n in ("9", "10", "11", "12")]),
    ("Is the model up to date? If so forecast bagels for next week.", [("model_status", {}), ("forecast", {"product": "7", **NEXT_WEEK})]),
]  # fmt: skip


def _single(tool, table):
    return [pytest.param(words, [(tool, arguments)], id=words) for words, arguments in table]


ALL = [
    *_single("forecast", FORECAST),
    *_single("sales_history", HISTORY),
    *_single("explain", EXPLAIN),
    *_single("detect_anomalies", ANOMALIES),
    *_single("what_if", WHAT_IF),
    *_single("optimize_discount", OPTIMIZE),
    *(pytest.param(words, [(tool, arguments)], id=words) for words, tool, arguments in MODELS),
    *_single("audit_trail", AUDIT),
    *(pytest.param(words, calls, id=words) for words, calls in SEVERAL),
]


@pytest.mark.parametrize(("words", "calls"), ALL)
def test_a_question_becomes_these_calls(words, calls):
    assert calls_of(words) == calls


@pytest.mark.parametrize(("words", "calls"), ALL[::7])
def test_capitals_and_politeness_change_nothing(words, calls):
    assert calls_of(f"Please, {words[0].lower()}{words[1:]}") == calls
