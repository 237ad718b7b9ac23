"""Several wishes in one message: none is swallowed, and each is of its own days and figures."""

# ruff: noqa: E501 - a table reads best with one message a line

from dataclasses import replace

import pytest

from agent.languages import language
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of

GERMAN = replace(HARBOR_CONTEXT, language=language("de"))
BAGELS, CHIPS = {"product": "7", **NEXT_WEEK}, {"product": "17", **NEXT_WEEK}
JUNE = {"start": "2026-06-01", "end": "2026-06-30"}


def tools_of(said, context=HARBOR_CONTEXT):
    return [tool for tool, _ in calls_of(said, context=context)]


@pytest.mark.parametrize(
    "said",
    [
        "Forecast bagels for next week; then the same at 15% off",
        "Forecast bagels next week. Same again with 15% off.",
        "How many bagels next week, and how many at 15% off?",
        "Give me the forecast for bagels next week and another with 15% off",
        "Forecast bagels next week, plain and at 15% off",
        "Bagels next week: normal forecast and one with 15 percent off",
        "Forecast bagels next week, once at the regular price and once at 15%",
        "Forecast bagels next week, without a discount and with 15%",
    ],
)
def test_a_forecast_as_it_stands_is_asked_beside_one_with_a_discount(said):
    assert calls_of(said) == [("forecast", BAGELS), ("forecast", BAGELS | {"discount_pct": 15})]


@pytest.mark.parametrize(
    "said",
    [
        "Prognose für Chips nächste Woche, einmal normal und einmal mit 15 % Rabatt",
        "Prognose für Chips nächste Woche, dann das Gleiche mit 15 % Rabatt",
        "Wie viele Chips verkaufen wir nächste Woche, und wie viele bei 15 % Rabatt?",
    ],
)
def test_a_german_forecast_is_asked_with_and_without_a_discount_too(said):
    asked = [("forecast", CHIPS), ("forecast", CHIPS | {"discount_pct": 15})]

    assert calls_of(said, context=GERMAN) == asked


def test_a_plain_forecast_may_stand_beside_several_discounts():
    said = "I'd like the normal forecast for bagels next week plus one at 10% and one at 20% off"

    assert [one.get("discount_pct") for _, one in calls_of(said)] == [None, 10, 20]


@pytest.mark.parametrize(
    "said",
    [
        "Forecast bagels next week, one with 15% off",
        "Forecast bagels next week as usual at 15% off",
        "Bagels next week at 15% off please, again",
    ],
)
def test_a_forecast_with_a_discount_alone_stays_one(said):
    assert calls_of(said) == [("forecast", BAGELS | {"discount_pct": 15})]


def test_the_same_with_a_discount_in_a_later_message_is_one_forecast():
    assert calls_of("Forecast bagels next week", "the same at 15% off") == [
        ("forecast", BAGELS | {"discount_pct": 15})
    ]


@pytest.mark.parametrize(
    ("said", "tools"),
    [
        ("I accept RC-1, I reject RC-2 because the supplier can't deliver, and then show me the decision report for June", ["record_decision", "record_decision", "decision_report"]),
        ("We accept RC-3 as it fits our plan, we turn down RC-4 since the margin is too thin, and after that list the open alerts please", ["record_decision", "record_decision", "list_alerts"]),
        ("Show me the decision report for June because I accepted RC-1 back then, and it was quite a risk for all of us", ["decision_report"]),
    ],
)  # fmt: skip
def test_what_is_decided_before_a_question_is_written_down(said, tools):
    assert tools_of(said) == tools


@pytest.mark.parametrize(
    ("said", "tools"),
    [
        ("Weekly sales of dairy for the last two months; and which of our stores did best on it in May, top 1?", ["sales_history", "sales_history"]),
        ("The forecast for bagels next week at Downtown; also, were there any unusual days for them in June?", ["forecast", "detect_anomalies"]),
        ("I looked at the sales of bagels at Downtown last week; and I wonder how many we will sell next week", ["forecast"]),
        ("Bagels: last week against the same week a year ago, please. Plus what drives next week's forecast for them?", ["sales_history", "explain"]),
        ("What's the best discount for bagels next week, and what if we only promote them?", ["optimize_discount", "what_if"]),
    ],
)  # fmt: skip
def test_a_wish_in_few_words_before_another_is_no_tale(said, tools):
    assert tools_of(said) == tools


@pytest.mark.parametrize(
    ("said", "context", "splits"),
    [
        ("June revenue please, once per category and once per store", HARBOR_CONTEXT, ["category", "store"]),
        ("Umsatz im Juni, einmal pro Kategorie und einmal pro Filiale", GERMAN, ["category", "store"]),
        ("June revenue, once per store", HARBOR_CONTEXT, ["store"]),
    ],
)  # fmt: skip
def test_once_each_way_is_a_table_each(said, context, splits):
    assert [one["group_by"] for _, one in calls_of(said, context=context)] == splits


@pytest.mark.parametrize(
    "said",
    [
        "Spinach in 2025 and spinach in June: how many dollars, respectively?",
        "Spinach in 2025 and spinach in June: what revenue each?",
    ],
)
def test_a_measure_asked_of_each_is_of_all_questions(said):
    assert [one["measure"] for _, one in calls_of(said)] == ["revenue", "revenue"]


def test_measures_of_different_days_are_not_crossed():
    assert calls_of("Bananas: units last week, revenue in June, forecast for next week") == [
        ("sales_history", {"product": "16", **LAST_WEEK}),
        ("sales_history", {"product": "16", "measure": "revenue", **JUNE}),
        ("forecast", {"product": "16", **NEXT_WEEK}),
    ]


def test_measures_of_different_things_are_not_crossed():
    assert calls_of("Average price of chips and discount of bagels in June") == [
        ("sales_history", {"product": "17", "measure": "price", **JUNE}),
        ("sales_history", {"product": "7", "measure": "discount", **JUNE}),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "Sales of the last 7 days and the forecast of the next 7 days for bagels at Downtown",
        "Last week's sales and next week's forecast for bagels at Downtown",
    ],
)
def test_past_and_future_sales_share_what_is_named_last(said):
    assert [(tool, one["product"], one["store"]) for tool, one in calls_of(said)] == [
        ("sales_history", "7", "2"),
        ("forecast", "7", "2"),
    ]


def test_total_sales_are_of_no_product_that_is_forecast_beside_them():
    said = "Total sales of last week and the forecast of next week for bagels"

    assert "product" not in calls_of(said)[0][1]


@pytest.mark.parametrize(
    ("said", "tools"),
    [
        ("When is a forecast considered bad, and how many bagels did we sell last week?", ["search_knowledge", "sales_history"]),
        ("Anything odd in June for bagels, anything open in the alerts, anything refused in the audit?", ["detect_anomalies", "list_alerts", "audit_trail"]),
        ("What's our promotion policy, and is there anything about returns?", ["search_knowledge"]),
    ],
)  # fmt: skip
def test_documents_records_and_alerts_stand_beside_figures(said, tools):
    assert list(dict.fromkeys(tools_of(said))) == tools


@pytest.mark.parametrize(
    ("said", "context"),
    [
        ("Milk at Lakeside - sales last week, open alerts, stock plan", HARBOR_CONTEXT),
        ("Milch in Lakeside - Absatz letzte Woche, offene Alarme, Bestellvorschlag", GERMAN),
    ],
)
def test_what_is_named_before_a_dash_is_of_all_that_follows(said, context):
    at_lakeside = {"product": "9", "store": "5"}

    assert [
        (tool, {name: one.get(name) for name in at_lakeside})
        for tool, one in calls_of(said, context=context)
    ] == [(tool, at_lakeside) for tool in ("sales_history", "list_alerts", "plan_inventory")]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Plan stock for bagels at Lakeside and Downtown, and whole milk at Riverside", [("7", "5"), ("7", "2"), ("9", "1")]),
        ("Open alerts for whole milk at Lakeside and bagels at Downtown", [("9", "5"), ("7", "2")]),
        ("Plan stock for bagels and whole milk at Lakeside", [("7", "5"), ("9", "5")]),
    ],
)  # fmt: skip
def test_things_each_at_their_own_store_are_not_crossed(said, asked):
    assert [(one["product"], one["store"]) for _, one in calls_of(said)] == asked


@pytest.mark.parametrize(
    ("said", "context"),
    [
        ("Sales of chips in May this year and last year", HARBOR_CONTEXT),
        ("Sales of chips in May this year and last", HARBOR_CONTEXT),
        ("Absatz von Chips im Mai dieses Jahres und letzten Jahres", GERMAN),
    ],
)
def test_a_month_of_two_years_is_that_month_twice(said, context):
    starts = [one["start"] for _, one in calls_of(said, context=context)]

    assert starts == ["2026-05-01", "2025-05-01"]


@pytest.mark.parametrize(
    ("said", "context", "tools"),
    [
        ("Compare the staging model against production, then ask for it to be promoted.", HARBOR_CONTEXT, ["compare_models", "promote"]),
        ("Show me the model history and ask for a rollback", HARBOR_CONTEXT, ["model_history", "rollback"]),
        ("Vergleiche Staging mit der Produktion und beantrage die Freigabe", GERMAN, ["compare_models", "promote"]),
        ("Who asked for a rollback last week?", HARBOR_CONTEXT, ["audit_trail"]),
    ],
)  # fmt: skip
def test_to_ask_for_a_deed_is_to_want_it(said, context, tools):
    assert tools_of(said, context) == tools


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Audit trail for retrain over the last 7 days - and the refused calls of analyst1 in the same days", [{"tool": "retrain"}, {"user": "analyst1", "outcome": "refused"}]),
        ("Show me the audit trail of the last 7 days, and all calls of manager1 in June", [{}, {"user": "manager1"}]),
        ("Audit trail of the last 7 days, and only of analyst1", [{"user": "analyst1"}]),
    ],
)  # fmt: skip
def test_the_calls_of_a_person_are_asked_for_besides(said, asked):
    days = {"start", "end"}

    assert [{n: v for n, v in one.items() if n not in days} for _, one in calls_of(said)] == asked


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("Acknowledge AL-1 with the note 'fridge broken', and acknowledge AL-2 too", "fridge broken"),
        ("Acknowledge AL-1 with the note \"it's the fridge\"", "it's the fridge"),
        ("Done: AL-1 (fridge fixed).", "fridge fixed"),
    ],
)  # fmt: skip
def test_a_note_is_kept_without_its_quotation_marks(said, note):
    assert calls_of(said)[0] == ("acknowledge_alert", {"alert_id": "AL-1", "note": note})


@pytest.mark.parametrize(
    "said",
    [
        "Which five products earned us the most last month?",
        "Which five products brought us the most revenue last month?",
    ],
)
def test_what_earned_us_the_most_is_a_ranking(said):
    ranked = {"measure": "revenue", "group_by": "product", "top": 5, **JUNE}

    assert calls_of(said) == [("sales_history", ranked)]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Bagels: forecast next week. Milk: stock for Riverside. Chips: what if 10% off next week?", [("forecast", "7"), ("plan_inventory", "9"), ("what_if", "17")]),
        ("Forecast bagels next week. Milk: same.", [("forecast", "7"), ("forecast", "9")]),
        ("Forecast bagels next week. Please: for Lakeside only.", [("forecast", "7")]),
    ],
)  # fmt: skip
def test_a_label_heads_what_follows_it(said, asked):
    assert [(tool, one["product"]) for tool, one in calls_of(said)] == asked


@pytest.mark.parametrize(
    ("said", "context"),
    [
        ("Compare June's sales of chips with the July forecast", HARBOR_CONTEXT),
        ("Put the sales of chips in June next to the forecast for July", HARBOR_CONTEXT),
        ("Vergleiche den Absatz von Chips im Juni mit der Prognose für Juli", GERMAN),
    ],
)
def test_sales_beside_a_forecast_are_of_the_past(said, context):
    july = {"start": "2026-07-01", "end": "2026-07-31"}

    assert calls_of(said, context=context) == [
        ("sales_history", {"product": "17", **JUNE}),
        ("forecast", {"product": "17", **july}),
    ]


@pytest.mark.parametrize(
    ("said", "context"),
    [
        ("Forecast chips for this week and the next", HARBOR_CONTEXT),
        ("What will chips do next week and this one?", HARBOR_CONTEXT),
        ("Prognose für Chips diese Woche und die nächste", GERMAN),
    ],
)
def test_a_span_named_once_is_that_of_both(said, context):
    starts = {one["start"] for _, one in calls_of(said, context=context)}

    assert starts == {"2026-06-29", "2026-07-06"}


def test_a_reason_ends_before_what_leads_on():
    said = "Please retrain, reason drift, and meanwhile tell me how accurate the current model is"

    assert calls_of(said) == [("retrain", {"reason": "drift"}), ("model_status", {})]
