"""What people type in a hurry and in a chat, and what it is read as."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.languages import language
from agent.planner.shorthand import written_out
from tests.tools.harbor import HARBOR

ENGLISH = language("en")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fc 7 riverside nxt wk", "forecast product 7 riverside next week"),
        ("forecast 3 july", "forecast 3 july"),
        ("rev last mnth vs b4", "revenue last month vs before"),
        ("@tillsight how’d we do yest?", "how did we do yesterday?"),
        ("<@U123ABC> bagels :chart_with_upwards_trend: 🙏", "bagels"),
        ("<!here> *bagels* _next week_", "bagels next week"),
        ("bagels @riverside", "bagels at riverside"),
        ("rc-1 👍", "rc-1 thumbs up"),
        ("rc-1 :-1:", "rc-1 thumbs down"),
        ("“bagels” at 10% off", '"bagels" at 10% off'),
        ("bagels\u200b next\u00a0week", "bagels next week"),
        ("what if milk is 99 cents", "what if milk is $0.99"),
        ("put it in prod", "put it in production"),
        ("croissants 4 to 10 may", "croissants 4 to 10 may"),
        ("croissants sold may", "croissants sold in May"),
        ("wape = ?", "what does wape mean?"),
        ("what if milk costs a fiver", "what if milk costs $5"),
        ("promote gb_v20260101", "promote gb_v20260101"),
    ],
)
def test_shorthand_and_chat_signs_are_written_out(typed, meant):
    assert written_out(typed, ENGLISH, HARBOR) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tommorow", "tomorrow"),
        ("tomorow", "tomorrow"),
        ("wendesday", "wednesday"),
        ("thurdsay", "thursday"),
        ("Tuseday", "Tuesday"),
        ("feburary", "february"),
        ("setpember", "september"),
        ("next quater", "next quarter"),
        ("nxt wknd", "next weekend"),
        ("yesteday", "yesterday"),
        ("forcast", "forecast"),
    ],
)
def test_a_slip_in_a_word_about_time_is_mended(typed, meant):
    assert written_out(typed, ENGLISH, HARBOR) == meant


@pytest.mark.parametrize(
    "typed", ["pasta", "sundae", "sundays", "dairy", "discounted chips", "eastern", "marsh mallow"]
)
def test_other_words_are_left_alone(typed):
    assert written_out(typed, ENGLISH, HARBOR) == typed


def test_a_name_of_the_tenants_is_no_slip():
    (product, *_) = HARBOR.products
    named = type(HARBOR)(products=(type(product)("1", "Mondai Rolls"),))

    assert written_out("mondai", ENGLISH, named) == "mondai"
    assert written_out("mondai", ENGLISH, HARBOR) == "monday"


@given(st.text(max_size=80))
def test_no_text_breaks_it(text):
    assert isinstance(written_out(text, ENGLISH, HARBOR), str)
