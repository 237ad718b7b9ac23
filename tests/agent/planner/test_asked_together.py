"""Whole questions in one message stay whole: none takes over what another says."""

# ruff: noqa: E501 - a table reads best with one message a line

import pytest

from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of

SATURDAY = {"start": "2026-07-04", "end": "2026-07-04"}
MARCH = {"start": "2026-03-01", "end": "2026-03-31"}
WEEK_AFTER = {"start": "2026-07-13", "end": "2026-07-19"}
GERMAN = in_turn(HARBOR_CONTEXT, ["Wie viele Brote haben wir letzte Woche verkauft?"])
LAST_MONTH = {"start": "2026-06-01", "end": "2026-06-30"}


@pytest.mark.parametrize("join", [", then ", " and also ", "; ", ". Also, ", " + "])
def test_a_thing_and_its_days_are_not_crossed_with_others(join):
    said = f"what did we sell of dark chocolate last week{join}dish soap revenue in March"

    assert calls_of(said) == [
        ("sales_history", {"product": "18", **LAST_WEEK}),
        ("sales_history", {"product": "23", "measure": "revenue", **MARCH}),
    ]


def test_a_split_asked_of_one_thing_is_not_taken_over_by_the_next_question():
    said = "Monthly turnover of Household last month? And how many muffins sold in March"

    assert calls_of(said)[1] == ("sales_history", {"product": "8", **MARCH})


@pytest.mark.parametrize(
    ("second", "tool", "arguments"),
    [
        ("whatif milk -10% next week", "what_if", {"product": "9", "discount_pct": 10}),
        ("need 600 spinach next week", "counterfactual", {"product": "15", "target_units": 600}),
    ],
)  # fmt: skip
def test_a_question_of_its_own_after_a_forecast_is_no_forecast(second, tool, arguments):
    said = f"forecast cold brew next week. And {second}"

    assert calls_of(said) == [
        ("forecast", {"product": "1", **NEXT_WEEK}),
        (tool, arguments | NEXT_WEEK),
    ]


def test_a_sentence_that_asks_on_is_no_tale():
    said = (
        "How many dollars of beverages went through the tills at Downtown last week? "
        "Also, daily sales of sourdough at Hillcrest last month"
    )

    assert [one["product"] for _, one in calls_of(said)[1:]] == ["5"]


def test_names_and_days_before_a_question_are_one_by_themselves():
    said = "strawberries on Saturday and how did orange juice do last week?"

    assert calls_of(said) == [
        ("forecast", {"product": "14", **SATURDAY}),
        ("sales_history", {"product": "2", **LAST_WEEK}),
    ]


def test_days_of_one_sentence_are_not_given_to_the_one_before():
    first, second = calls_of("Forecast granola bars. Forecast for detergent on Saturday.")

    assert "start" not in first[1]
    assert second[1]["start"] == "2026-07-04"


@pytest.mark.parametrize(
    ("said", "tools"),
    [
        ("what happens if cheddar goes 10% off, and what's the forecast if we leave it alone", ["what_if", "forecast"]),
        ("What would it take to sell 400 almonds next week, and what do we sell without doing anything?", ["counterfactual", "forecast"]),
        ("for strawberries next week: the forecast, why it is what it is, and the best discount", ["forecast", "explain", "optimize_discount"]),
        ("show me the forecast and the history of milk", ["forecast", "sales_history"]),
        ("if we take 20% off OJ next week what happens, and how many do I need to order", ["what_if", "plan_inventory"]),
    ],
)  # fmt: skip
def test_what_is_asked_besides_is_answered_too(said, tools):
    calls = calls_of(said)

    assert [tool for tool, _ in calls] == tools
    assert len({call["product"] for _, call in calls}) == 1


def test_three_things_and_their_days_stay_apart():
    said = "forecast milk tomorrow, bananas on Friday and chips next week"

    assert [(call["product"], call["start"]) for _, call in calls_of(said)] == [
        ("9", "2026-07-02"), ("16", "2026-07-03"), ("17", NEXT_WEEK["start"]),
    ]  # fmt: skip


def test_a_target_without_a_number_is_only_why_a_discount_is_asked_for():
    said = "I need to clear strawberries next week, what discount would you put on them?"

    assert calls_of(said) == [("optimize_discount", {"product": "14", **NEXT_WEEK})]


@pytest.mark.parametrize(
    ("said", "split"),
    [
        ("milk revenue in June - total, then broken down per store", {"group_by": "store"}),
        ("milk revenue in June per week and in total", {"group_by": "week"}),
        ("Umsatz Milch im Juni insgesamt und pro Filiale", {"group_by": "store"}),
    ],
)
def test_a_total_and_its_split_are_two_tables(said, split):
    total = {"product": "9", "measure": "revenue", **LAST_MONTH}

    assert calls_of(said, context=in_turn(HARBOR_CONTEXT, [said])) == [
        ("sales_history", total),
        ("sales_history", total | split),
    ]


def test_days_each_told_with_their_own_word_are_no_comparison():
    asked = calls_of("sold units of milk on 12 June and on 13 June")

    assert [one["start"] for _, one in asked] == ["2026-06-12", "2026-06-13"]


@pytest.mark.parametrize(
    "said",
    [
        "what sold worst at Lakeside last week, and what does next week look like for that shop in total?",
        "was lief in Lakeside letzte Woche schlecht, und was erwarten wir nächste Woche in diesem Laden insgesamt?",
    ],
)
def test_that_shop_in_total_is_still_the_shop(said):
    asked = calls_of(said, context=in_turn(HARBOR_CONTEXT, [said]))

    assert asked[1] == ("forecast", {"store": "5", **NEXT_WEEK})


def test_a_question_to_the_documents_stands_beside_one_of_sales():
    said = "How do you spot an anomaly? And how much cheddar did we sell last month?"

    assert [tool for tool, _ in calls_of(said)] == ["search_knowledge", "sales_history"]


@pytest.mark.parametrize(
    "said",
    [
        "Milk sold last week and its average discount",
        "What did milk sell last week, and the average discount on it?",
    ],
)
def test_its_discount_is_asked_besides_what_was_sold(said):
    milk = {"product": "9", **LAST_WEEK}

    assert calls_of(said) == [
        ("sales_history", milk),
        ("sales_history", milk | {"measure": "discount"}),
    ]


def test_a_price_that_only_leads_up_to_a_forecast_is_the_price_of_that():
    milk = {"product": "9", "discount_pct": 10, **NEXT_WEEK}

    assert calls_of("Milk at 10% off next week, forecast please") == [("forecast", milk)]


def test_what_is_counted_before_a_colon_is_what_follows_it():
    said = "I need stock plans for two products: milk and bagels"

    assert calls_of(said) == [
        ("plan_inventory", {"product": "9"}),
        ("plan_inventory", {"product": "7"}),
    ]


def test_a_whole_year_beside_another_time_is_asked_for_by_itself():
    said = "how many bagels did we sell in 2025, and in the year so far?"

    assert [one["start"] for _, one in calls_of(said)] == ["2025-01-01", "2026-01-01"]


def test_what_a_short_sentence_adds_in_a_long_message_is_no_tale():
    said = (
        "Next week of milk at Riverside, day by day. And bagels. I pour the stuff myself, you see."
    )
    asked = {"store": "1", "granularity": "day", **NEXT_WEEK}

    assert calls_of(said) == [("forecast", {"product": one} | asked) for one in ("9", "7")]


def test_a_sentence_without_a_verb_asks_on_in_a_long_message():
    said = "Anything odd in the sales of Airport in the last week? also the daily totals there for that week"

    assert [tool for tool, _ in calls_of(said)] == ["detect_anomalies", "sales_history"]


@pytest.mark.parametrize(
    ("said", "context"),
    [
        ("How many bagels will Downtown sell next week? And the week after, and why it differs.", HARBOR_CONTEXT),
        ("forecast bagels at Downtown next week. Now the week after that", HARBOR_CONTEXT),
        ("Prognose Bagels in Downtown nächste Woche. Dann die Woche danach", GERMAN),
    ],
)  # fmt: skip
def test_the_week_after_is_asked_for_besides(said, context):
    asked = {"product": "7", "store": "2"}
    forecasts = [one for one in calls_of(said, context=context) if one[0] == "forecast"]

    assert forecasts == [("forecast", asked | NEXT_WEEK), ("forecast", asked | WEEK_AFTER)]


@pytest.mark.parametrize(
    "said",
    [
        "Who was refused last week, and separately everything manager1 did in that time.",
        "Refused calls last week, and what manager1 did then.",
        "Refused calls last week, and what manager1 got up to last week.",
    ],
)
def test_what_a_person_did_then_is_of_the_same_days_alone(said):
    assert calls_of(said) == [
        ("audit_trail", {"outcome": "refused", **LAST_WEEK}),
        ("audit_trail", {"user": "manager1", **LAST_WEEK}),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "milk next week at Downtown? also what if it was 10% off there",
        "milk next week at Downtown, and what if it was 10% off there",
    ],
)
def test_a_thing_and_its_days_before_a_change_are_asked_besides(said):
    assert [tool for tool, _ in calls_of(said)] == ["forecast", "what_if"]


def test_days_to_come_and_days_gone_of_the_same_things_are_two_questions():
    said = "muffins and bagels next week please, and what each of them did last week"

    assert [tool for tool, _ in calls_of(said)] == [
        "forecast",
        "forecast",
        "sales_history",
        "sales_history",
    ]


@pytest.mark.parametrize("days", ["next week", "in July", "on Friday"])
def test_what_a_shop_will_take_has_no_target(days):
    said = f"What did the Airport take last week, and what will it take {days}?"

    assert [tool for tool, _ in calls_of(said)] == ["sales_history", "forecast"]


def test_a_wish_for_a_happy_new_year_names_no_day():
    said = "Happy new year. What did we take last week?"

    assert calls_of(said) == [("sales_history", {"measure": "revenue", **LAST_WEEK})]
