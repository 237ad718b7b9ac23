"""Slips are mended where a word of the work or of a name was meant, and nowhere else."""

# ruff: noqa: E501 - a table reads best with one message a line

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.languages import language
from agent.planner.dictated import in_figures
from agent.planner.slips import mended
from tests.tools.harbor import HARBOR

ENGLISH = language("en")
GERMAN = language("de")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("revenue by catagory on satuday", "revenue by category on saturday"),
        ("grean tea tomorrow", "green tea tomorrow"),
        ("forecast for green tee", "forecast for green tea"),
        ("lakeside in dolars", "lakeside in dollars"),
        ("how many untis in februuary", "how many units in february"),
        ("last monnth's revennue", "last month's revenue"),
        ("the whhole range by sotre", "the whole range by store"),
        ("Whcih one sold most", "Which one sold most"),
    ],
)
def test_a_slip_in_a_word_of_the_work_or_of_a_name_is_mended(typed, meant):
    assert mended(typed, ENGLISH, HARBOR) == meant


@pytest.mark.parametrize(
    "right",
    [
        "the golf tee sells",
        "stores and stories",
        "a stranger expects more",
        "oat milk",
        "a note from Wilks",
        "rice and soup",
        "chedar",
        "nxt wkend",
    ],
)
def test_what_is_a_word_of_its_own_is_left_alone(right):
    assert mended(right, ENGLISH, HARBOR) == right


@given(st.sampled_from([item.name for item in HARBOR.products]))
def test_the_names_of_the_catalogue_are_never_touched(name):
    assert mended(name, ENGLISH, HARBOR) == name


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("product seventeen in store three", "product 17 in store 3"),
        ("acknowledge alert two", "acknowledge alert 2"),
        ("detergent for q two", "detergent for q2"),
        ("milk at three dollars and nine cents", "milk at $3.09"),
        ("set the price of chips to three fifty next week", "set the price of chips to 3.50 next week"),
        ("store two weeks ago", "store two weeks ago"),
        ("two fifty packs of chips", "two fifty packs of chips"),
    ],
)  # fmt: skip
def test_dictated_ids_and_prices_are_written_in_digits(said, written):
    assert in_figures(said, ENGLISH) == written


def test_a_german_price_with_cents_is_one_amount():
    assert in_figures("drei Euro und neun Cent", GERMAN) == "3.09 €"
