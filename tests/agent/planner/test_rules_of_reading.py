"""What holds for any product, store and day: rules by which single questions are read."""

# ruff: noqa: E501 - a table reads best with one message a line

import pytest

from tests.agent.conversing import LAST_WEEK, NEXT_WEEK, calls_of

_JUNE = {"start": "2026-06-01", "end": "2026-06-30"}
_MAY = {"start": "2026-05-01", "end": "2026-05-31"}
_JULY = {"start": "2026-07-01", "end": "2026-07-31"}
_AUGUST = {"start": "2026-08-01", "end": "2026-08-31"}
_YOGURT = {"product": "10"}


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        # A list of names is one thing that is asked about, with or without commas.
        ("What will Downtown, Airport and Hillcrest each take in next week", [("forecast", {"store": store, "measure": "revenue", **NEXT_WEEK}) for store in "234"]),
        ("paper towels trash bags and dish soap how many of each did we sell last week", [("sales_history", {"product": product, **LAST_WEEK}) for product in ("21", "24", "23")]),
        ("top product at each store last week", [("sales_history", {"store": store, "group_by": "product", "top": 1, **LAST_WEEK}) for store in "12345"]),
        # Days in a row that are to be shown by day are one period.
        ("forecast milk for Saturday and Sunday, each day separately", [("forecast", {"product": "9", "granularity": "day", "start": "2026-07-04", "end": "2026-07-05"})]),
        ("forecast milk for Saturday and Sunday", [("forecast", {"product": "9", "start": "2026-07-04", "end": "2026-07-05"})]),
        ("units of milk next Thursday and Friday", [("forecast", {"product": "9", "start": day, "end": day}) for day in ("2026-07-09", "2026-07-10")]),
        ("how many units of milk and of bagels do we expect next week", [("forecast", {"product": product, **NEXT_WEEK}) for product in ("9", "7")]),
        ("forecast yogurt for next week with and without a 15% discount", [("forecast", {**_YOGURT, **NEXT_WEEK}), ("forecast", {**_YOGURT, **NEXT_WEEK, "discount_pct": 15})]),
        ("What's the forecast of yogurt for July and how does that compare to June?", [("forecast", {**_YOGURT, **_JULY}), ("sales_history", {**_YOGURT, **_JUNE})]),
        # Two values of one figure, said without their signs or apart from each other.
        ("should I discount the yogurt by 10 or by 15 next week", [("what_if", {**_YOGURT, "discount_pct": pct, **NEXT_WEEK}) for pct in (10, 15)]),
        ("yogurt at 3.49 in Lakeside next week versus 3.29, which is better?", [("what_if", {**_YOGURT, "store": "5", "price": price, **NEXT_WEEK}) for price in (3.49, 3.29)]),
        ("is 20% off yogurt next week better than 10%?", [("what_if", {**_YOGURT, "discount_pct": pct, **NEXT_WEEK}) for pct in (20, 10)]),
        ("yogurt price last week and the discount too", [("sales_history", {**_YOGURT, "measure": measure, **LAST_WEEK}) for measure in ("price", "discount")]),
        # What is only manners takes nothing from what is asked beside it.
        ("I need the detergent forecast for August and, while you're at it, the one for dish soap", [("forecast", {"product": product, **_AUGUST}) for product in ("22", "23")]),
        ("yogurt sold last week? expected next week? all of it for Lakeside", [("sales_history", {**_YOGURT, "store": "5", **LAST_WEEK}), ("forecast", {**_YOGURT, "store": "5", **NEXT_WEEK})]),
        ("give me the July forecast and May actuals for yogurt at Lakeside", [("forecast", {**_YOGURT, "store": "5", **_JULY}), ("sales_history", {**_YOGURT, "store": "5", **_MAY})]),
    ],
)  # fmt: skip
def test_several_things_are_each_asked_for(said, calls):
    assert calls_of(said) == calls


@pytest.mark.parametrize(
    ("said", "call"),
    [
        # One period is set against another.
        ("compare yogurt sales in june to june last year", ("sales_history", {**_YOGURT, **_JUNE, "compare_to": "last_year"})),
        ("yogurt sales of last week versus the stretch right before", ("sales_history", {**_YOGURT, **LAST_WEEK, "compare_to": "previous_period"})),
        ("explain the difference between June and May for yogurt", ("explain", {"about": "change", **_YOGURT, **_JUNE, "compare_to": "previous_period"})),
        ("yogurt revenue, last three months, against the same months last year", ("sales_history", {**_YOGURT, "measure": "revenue", "start": "2026-04-01", "end": "2026-06-30", "compare_to": "last_year"})),
        ("what did yogurt turn over in the third quarter of 2025", ("sales_history", {**_YOGURT, "measure": "revenue", "start": "2025-07-01", "end": "2025-09-30"})),
        # A forecast that is above what was sold is explained, not revised.
        ("why is the yogurt forecast for July higher than normal", ("explain", {**_YOGURT, **_JULY})),
        # Reasons asked for first, and how to get somewhere asked for last.
        ("Reasons please: yogurt last week", ("explain", {"about": "change", **_YOGURT, **LAST_WEEK})),
        ("My boss wants 900 yogurts in the week of 6 July. How do we get there?", ("counterfactual", {**_YOGURT, **NEXT_WEEK, "target_units": 900})),
        # Words about time.
        ("What will yogurt do in the last quarter of the year?", ("forecast", {**_YOGURT, "start": "2026-10-01", "end": "2026-12-31"})),
        ("how many yogurts Lakeside goes through next week", ("forecast", {**_YOGURT, "store": "5", **NEXT_WEEK})),
        ("a 95% interval around next week's yogurt sales", ("forecast", {**_YOGURT, "level": 95, **NEXT_WEEK})),
        ("the weekly yogurt numbers for August", ("forecast", {**_YOGURT, "granularity": "week", **_AUGUST})),
        ("I was on holiday from 8 to 19 June. Did anything odd happen at the Airport while I was away?", ("detect_anomalies", {"store": "3", "start": "2026-06-08", "end": "2026-06-19"})),
        ("next week, how much yogurt a day at store 5", ("forecast", {**_YOGURT, "store": "5", "granularity": "day", **NEXT_WEEK})),
        ("There is a fair at Lakeside on the weekend of 11 July. What yogurt sales do you expect there on those two days?", ("forecast", {**_YOGURT, "store": "5", "start": "2026-07-11", "end": "2026-07-12"})),
        ("what did yogurt sell in the two weeks up to 14 June", ("sales_history", {**_YOGURT, "start": "2026-06-01", "end": "2026-06-14"})),
        ("the first weekend of August, yogurt forecast", ("forecast", {**_YOGURT, "start": "2026-08-01", "end": "2026-08-02"})),
        ("yogurt sold last month no wait the month before", ("sales_history", {**_YOGURT, **_MAY})),
        ("I still can't read the weekly report, sorry. Could you simply tell me which five products made the most revenue in June?", ("sales_history", {"measure": "revenue", "group_by": "product", "top": 5, **_JUNE})),
        # An amount that a price goes up by is no price; a promotion of a percentage is a discount.
        ("if yogurt goes up 10 cents next week, how many do we lose", ("what_if", {**_YOGURT, "price_by": 0.1, **NEXT_WEEK})),
        ("what if the price of yogurt goes to three nineteen next week", ("what_if", {**_YOGURT, "price": 3.19, **NEXT_WEEK})),
        ("a 25% promo on yogurt next week, would it pay", ("what_if", {**_YOGURT, "discount_pct": 25, **NEXT_WEEK})),
        ("who changed that... never mind: how many yogurts sold last week", ("sales_history", {**_YOGURT, **LAST_WEEK})),
        ("The flyer for 13 July shows yogurt, and I don't think that we've agreed on a price. What happens if it goes for 2.99 that week?", ("what_if", {**_YOGURT, "price": 2.99, "start": "2026-07-13", "end": "2026-07-19"})),
        ("I inherited a sheet that says Greek yogurt sells 900 a week. Is that still true? What did we sell last week?", ("sales_history", {**_YOGURT, **LAST_WEEK})),
        ("so i've got 80 yogurts in the fridge at the airport, fresh ones arrive in 2 days, do i need more", ("plan_inventory", {**_YOGURT, "store": "3", "lead_time_days": 2, "on_hand": 80})),
        ("target: 90 units yogurt in Hillcrest next week, margin min 20", ("counterfactual", {**_YOGURT, "store": "4", "target_units": 90, "min_margin_pct": 20, **NEXT_WEEK})),
        ("the butter... salted butter, forecast for next week", ("forecast", {"product": "12", **NEXT_WEEK})),
        ("price test idea: yogurt 3.79 -> 3.49 next week, good?", ("what_if", {**_YOGURT, "price": 3.49, **NEXT_WEEK})),
        ("best discount for yogurt next week, spend no more than 1,500, but not below cost", ("optimize_discount", {**_YOGURT, "budget": 1500, **NEXT_WEEK})),
        # A list of ids ends where a date begins; a figure before goods is no year.
        ("Product 10, store 5, 13 to 19 July", ("forecast", {**_YOGURT, "store": "5", "start": "2026-07-13", "end": "2026-07-19"})),
        ("can we get to 2000 yogurts next week", ("counterfactual", {**_YOGURT, "target_units": 2000, **NEXT_WEEK})),
        # Limits of a discount that is looked for.
        ("best discount for yogurt next week with max depth 10 %", ("optimize_discount", {**_YOGURT, "max_discount_pct": 10, **NEXT_WEEK})),
        ("the price cut on yogurt that sells the most next week, nothing deeper than a quarter off", ("optimize_discount", {**_YOGURT, "objective": "units", "max_discount_pct": 25, **NEXT_WEEK})),
        ("which discount sells the most yogurt next week without going over $500", ("optimize_discount", {**_YOGURT, "objective": "units", "budget": 500, **NEXT_WEEK})),
        ("and if we didn't promote the yogurt next week at all?", ("what_if", {**_YOGURT, "promotion": False, **NEXT_WEEK})),
        # Words that are no names, and names in two goes.
        ("umm yogurt last week, hmm, how many", ("sales_history", {**_YOGURT, **LAST_WEEK})),
        ("y is nxt wks yogurt fcst so low", ("explain", {**_YOGURT, **NEXT_WEEK})),
        ("hw mny yogurts sold last wk", ("sales_history", {**_YOGURT, **LAST_WEEK})),
        ("fcst 4 yogurt nxt wk", ("forecast", {**_YOGURT, **NEXT_WEEK})),
        ("sales of butter, the salted one, last week", ("sales_history", {"product": "12", **LAST_WEEK})),
        # What follows a deed says why; what a model does is no product's.
        ("acknowledge AL-3, sensor glitch", ("acknowledge_alert", {"alert_id": "AL-3", "note": "sensor glitch"})),
        ("How accurate is the model, and did it get worse?", ("model_status", {})),
        # Where the speaker stands counts, unless all stores are asked for.
        ("I'm doing the rota for Downtown and wonder how many units in total that store will sell next week", ("forecast", {"store": "2", **NEXT_WEEK})),
        ("My colleague claims that Lakeside sells more yogurt than all others. Could you list the yogurt units per store for last week to settle it?", ("sales_history", {**_YOGURT, "group_by": "store", **LAST_WEEK})),
        # A participle tells what the speaker does meanwhile.
        ("morning! need to know how many yogurts we sell next week, ordering from the wholesaler in an hour", ("forecast", {**_YOGURT, **NEXT_WEEK})),
    ],
)  # fmt: skip
def test_a_question_is_read_by_the_rule(said, call):
    assert calls_of(said) == [call]
