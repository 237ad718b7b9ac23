"""Changes that are only thought of, with prices and parts of prices in words."""

# ruff: noqa: E501 - a table reads best with one question a line

from dataclasses import replace

import pytest

from agent.languages import language
from agent.planner.details import read_details
from tests.agent.conversing import HARBOR_CONTEXT, NEXT_WEEK, calls_of


@pytest.mark.parametrize(
    ("question", "arguments"),
    [
        ("if green tea were a fifth cheaper, how much of it would go next week?", {"product": "4", "discount_pct": 20}),
        ("how many muffins would we sell next week if they cost a tenner?", {"product": "8", "price": 10}),
        ("if I sold a bottle of orange juice for a fiver next week, how many would go?", {"product": "2", "price": 5}),
        ("what would happen if the sourdough went for four fifty next week", {"product": "5", "price": 4.5}),
        ("what if we left cold brew out of the promotion next week", {"product": "1", "promotion": False}),
        ("what if almonds were kept off the flyer next week", {"product": "19", "promotion": False}),
    ],
)  # fmt: skip
def test_what_would_sell_if_is_tried_and_not_forecast(question, arguments):
    assert calls_of(question) == [("what_if", arguments | NEXT_WEEK)]


@pytest.mark.parametrize(
    "words",
    [
        "forecast chips next week with a quarter knocked off the price",
        "I'd like the forecast of chips for next week if we sold them at 25 percent off",
        "give me the forecast for chips next week if we offer them with a 25% discount",
    ],
)
def test_a_forecast_at_a_discount_stays_a_forecast(words):
    assert calls_of(words) == [("forecast", {"product": "17", "discount_pct": 25, **NEXT_WEEK})]


def test_a_german_forecast_at_a_discount_stays_a_forecast():
    words = "Ich hätte gern die Prognose für Chips nächste Woche bei einem Rabatt von 25 Prozent"

    calls = calls_of(words, context=replace(HARBOR_CONTEXT, language=language("de")))

    assert calls == [("forecast", {"product": "17", "discount_pct": 25, **NEXT_WEEK})]


@pytest.mark.parametrize(
    "words", ["3 for the price of 2 on ____", "buy one get one half price", "two for one"]
)
def test_a_bundle_is_neither_price_nor_discount(words):
    assert read_details("what_if", words) == {}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a wider range, please, for ____, 95%", {"level": 95}),
        ("____ with a 90% corridor", {"level": 90}),
        ("____ at 80%", {"level": 80}),
        ("____ at 80% off", {"discount_pct": 80}),
        ("____ with the interval at 95", {"level": 95}),
        ("____ at 20%", {"discount_pct": 20}),
    ],
)
def test_a_large_share_without_a_cut_is_how_sure_a_forecast_is(words, expected):
    assert read_details("forecast", words) == expected


@pytest.mark.parametrize(
    "question",
    ["how deep should we discount the chips next week, tops 25%", "how far can we cut the chips next week, 25% at most"],
)  # fmt: skip
def test_how_deep_to_go_asks_for_the_best_discount(question):
    calls = calls_of(question)

    best = {"product": "17", "max_discount_pct": 25, **NEXT_WEEK}
    assert calls == [("optimize_discount", best)]
