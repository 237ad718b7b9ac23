"""How people write numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.languages import language
from agent.languages.numbers import number, price

ENGLISH = language("en")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", 1234.5),
        ("12.5", 12.5),
        ("12,5", 12.5),
        ("2,500", 2500),
        ("2.500", 2.5),
        ("1,234,567", 1234567),
        ("1.5k", 1500),
        ("5 thousand", 5000),
        ("fifteen", 15),
        ("twenty-five", 25),
        ("fifteen hundred", 1500),
        ("two hundred and fifty", 250),
        ("half a dozen", 6),
        ("a dozen", 12),
    ],
)
def test_a_number_in_english_is_read(text, value):
    assert number(text, ENGLISH) == value


def test_words_that_are_no_number_are_refused():
    with pytest.raises(ValueError, match="no number"):
        number("plenty", ENGLISH)


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_a_grouped_number_is_read_back(whole, cents):
    assert number(f"{whole:,}.{cents:02d}", ENGLISH) == float(f"{whole}.{cents:02d}")


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("en", "two fifty", 2.5),
        ("en", "twelve fifty", 12.5),
        ("en", "two ninety nine", 2.99),
        ("de", "zwei fünfzig", 2.5),
        ("en", "two hundred", 200),
        ("en", "one hundred and eighty nine", 189),
        ("en", "one thousand", 1000),
        ("en", "200", 200),
        ("de", "zweihundert", 200),
        ("de", "hundertneunundachtzig", 189),
    ],
)
def test_a_price_in_words_is_in_cents_only_where_no_hundred_is_said(code, text, value):
    assert price(text, language(code)) == value
