"""Figures about price, rank and measure, in the many ways people say them."""

import pytest

from agent.planner.details import read_details
from agent.planner.shorthand import written_out

PRICES = [
    ("15% off", {"discount_pct": 15}),
    ("fifteen percent off", {"discount_pct": 15}),
    ("a twenty-five percent cut", {"discount_pct": 25}),
    ("15 pct discount", {"discount_pct": 15}),
    ("take 15 off ____", {"discount_pct": 15}),
    ("2.5% cheaper", {"discount_pct": 2.5}),
    ("discount of 12.5", {"discount_pct": 12.5}),
    ("half off", {"discount_pct": 50}),
    ("cut the price in half", {"discount_pct": 50}),
    ("a third off", {"discount_pct": 33.33}),
    ("a quarter off", {"discount_pct": 25}),
    ("at two thirds of its price", {"discount_pct": 33.33}),
    ("at 80% of the usual price", {"discount_pct": 20}),
    ("at half of their normal price", {"discount_pct": 50}),
    ("a quarter of the price off", {"discount_pct": 25}),
    ("no discount", {"discount_pct": 0}),
    ("back to full price", {"discount_pct": 0}),
    ("two for one on ____", {}),
    ("buy one get one free", {}),
    ("at $4.99", {"price": 4.99}),
    ("at €2.49", {"price": 2.49}),
    ("3 dollars", {"price": 3}),
    ("three bucks each", {"price": 3}),
    ("bring ____ down to 1.99", {"price": 1.99}),
    ("sell it for 3.49", {"price": 3.49}),
    ("99 cents", {"price": 0.99}),
    ("50c cheaper", {"price_by": -0.5}),
    ("a dollar off", {"price_by": -1}),
    ("$1 lower", {"price_by": -1}),
    ("twenty cents more expensive", {"price_by": 0.2}),
    ("raise the price by 5%", {"price_up_pct": 5}),
    ("5% price increase", {"price_up_pct": 5}),
    ("raise the price by a tenth", {"price_up_pct": 10}),
    ("a quarter dearer", {"price_up_pct": 25}),
    ("if it cost a fifth more", {"price_up_pct": 20}),
    ("put the price up a fifth", {"price_up_pct": 20}),
    ("if they cost half as much", {"discount_pct": 50}),
    ("stop discounting ____", {"discount_pct": 0}),
    ("sell a fifth more", {}),
    ("no promo", {"promotion": False}),
    ("on special", {"promotion": True}),
    ("20% off with a promotion", {"discount_pct": 20, "promotion": True}),
]
LIMITS = [
    ("at most 30%", {"max_discount_pct": 30}),
    ("nothing deeper than 30%", {"max_discount_pct": 30}),
    ("not above 15", {"max_discount_pct": 15}),
    ("between 0 and 20%", {"max_discount_pct": 20}),
    ("up to forty percent off", {"max_discount_pct": 40}),
    ("keep a margin of at least thirty percent", {"min_margin_pct": 30}),
    ("budget of $2k", {"budget": 2000}),
    ("we can spend 500 dollars", {"budget": 500}),
    ("we have exactly 1,500 dollars left", {"budget": 1500}),
    ("which leaves us $800 remaining", {"budget": 800}),
    ("sell the most units", {"objective": "units"}),
    ("maximum turnover", {"objective": "revenue"}),
]
CUTS = [
    ("top five", {"top": 5, "order": "desc"}),
    ("the ten worst products", {"top": 10, "order": "asc", "rank_by": "product"}),
    ("top half dozen products", {"top": 6, "order": "desc", "rank_by": "product"}),
    (
        "the five products that sold the fewest units",
        {"top": 5, "order": "asc", "rank_by": "product", "measure": "units"},
    ),
    (
        "which store made the most",
        {"order": "desc", "top": 1, "rank_by": "store", "measure": "revenue"},
    ),
    ("slow movers", {"order": "asc", "rank_by": "product"}),
    ("most sold thing", {"order": "desc", "top": 1, "rank_by": "product"}),
    ("what did ____ go for on average", {"measure": "price"}),
    ("how much discounting was there", {"measure": "discount"}),
    ("revenue by store", {"by": "store", "measure": "revenue"}),
]


@pytest.mark.parametrize(
    ("tool", "words", "expected"),
    [
        *(("what_if", words, expected) for words, expected in PRICES),
        *(("optimize_discount", words, expected) for words, expected in LIMITS),
        *(("sales_history", words, expected) for words, expected in CUTS),
    ],
)
def test_words_become_arguments(tool, words, expected):
    assert read_details(tool, written_out(words)) == expected


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("with a 90% interval", 90),
        ("95 percent confidence", 95),
        ("confidence level 99", 99),
        ("an interval of ninety percent", 90),
        ("at 99.5% confidence", 100),
    ],
)
def test_the_level_of_an_interval_is_read(words, level):
    assert read_details("forecast", words)["level"] == level
