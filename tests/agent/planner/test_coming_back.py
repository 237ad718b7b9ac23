"""Who comes back to what was spoken of: to the total, to sales after a record, to a product."""

import pytest

from tests.agent.conversing import calls_of


@pytest.mark.parametrize(
    ("before", "words", "expected"),
    [
        (
            "how many bananas did we sell in June by store?",
            "what do you expect for August in total?",
            ("forecast", {"product": "16", "start": "2026-08-01", "end": "2026-08-31"}),
        ),
        (
            "milk sales in June by day",
            "and overall in May?",
            ("sales_history", {"product": "9", "start": "2026-05-01", "end": "2026-05-31"}),
        ),
        (
            "milk sales in June at Lakeside",
            "and overall?",
            ("sales_history", {"product": "9", "start": "2026-06-01", "end": "2026-06-30"}),
        ),
    ],
)
def test_in_total_takes_back_a_split_else_the_store(before, words, expected):
    assert [expected] == calls_of(before, words)


@pytest.mark.parametrize("words", ["and the revenue in May", "then just total revenue in May"])
@pytest.mark.parametrize("record", ["decision report for June", "audit trail for last week"])
def test_sales_after_a_record_are_no_record(record, words):
    expected = {"measure": "revenue", "start": "2026-05-01", "end": "2026-05-31"}

    assert [("sales_history", expected)] == calls_of(record, words)


def test_who_comes_back_to_a_product_finds_it_in_its_store():
    talk = ("sourdough at Lakeside tomorrow?", "what does WAPE mean?")

    ((_, arguments),) = calls_of(*talk, "back to the sourdough: the day after tomorrow?")

    assert tuple(arguments[n] for n in ("product", "store", "start")) == ("5", "5", "2026-07-03")


@pytest.mark.parametrize("then", ["and the same forecast for tea", "now the forecast of tea"])
def test_the_forecast_after_a_why_is_no_why(then):
    said = ("forecast milk for 20 to 26 July", "where does that number come from?", then)

    assert calls_of(*said) == [
        ("forecast", {"product": "4", "start": "2026-07-20", "end": "2026-07-26"})
    ]


def test_where_were_we_comes_back_to_what_is_named():
    said = (
        "what gets cold brew to 300 units at Downtown next week?",
        "keep at least 30% margin though",
        "is anything odd in Downtown's figures for June?",
        "where were we - the cold brew, 350, but Airport",
    )
    ((tool, arguments),) = calls_of(*said)

    assert tool == "counterfactual"
    assert arguments["target_units"] == 350
    assert arguments["min_margin_pct"] == 30
    assert arguments["store"] == "3"


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("go back to august but all stores", {"start": "2026-08-01", "end": "2026-08-31"}),
        ("return to August, all stores", {"start": "2026-08-01", "end": "2026-08-31"}),
    ],
)
def test_who_goes_back_to_days_rolls_back_no_model(words, days):
    said = ("cold brew forecast riverside august", "september?", words)

    assert calls_of(*said) == [("forecast", {"product": "1", **days})]


@pytest.mark.parametrize(
    "said",
    [
        ("cold brew forecast riverside august", "go back to last week's model"),
        ("which model is live?", "go back to last week's"),
    ],
)
def test_who_goes_back_to_a_model_rolls_back(said):
    ((tool, _),) = calls_of(*said)

    assert tool == "rollback"


def test_alerts_asked_beside_are_not_what_is_come_back_to():
    said = (
        "what if cold brew costs 4.99 the week after next at hillcrest",
        "btw any open alerts on cold brew?",
        "ok, back to that week in hillcrest: what discount makes the most profit",
    )
    days = {"start": "2026-07-13", "end": "2026-07-19"}

    assert calls_of(*said) == [("optimize_discount", {"product": "1", "store": "4", **days})]


@pytest.mark.parametrize(
    "words",
    [
        "and next week's total forecast, in units, with it?",
        "and the total forecast for August from it?",
    ],
)
def test_a_forecast_with_the_model_spoken_of_is_of_everything(words):
    ((tool, arguments),) = calls_of("which model are we on now?", words)

    assert (tool, "product" in arguments) == ("forecast", False)
