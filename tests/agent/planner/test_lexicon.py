"""What a mistyped word was meant to be, and which words are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.languages import language
from agent.planner.lexicon import is_right, lexicon

ENGLISH = language("en")
GERMAN = language("de")
WORDS = sorted(lexicon(ENGLISH).known)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("untis", "units"),  # swapped
        ("uits", "units"),  # left out
        ("unnits", "units"),  # one too many
        ("momey", "money"),  # beside it on the keyboard
        ("prrcent", "percent"),
        ("thrity", "thirty"),
        ("recomendtion", "recommendation"),
    ],
)
def test_a_slip_of_the_finger_is_the_likeliest_word(typed, meant):
    assert lexicon(ENGLISH).meant(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [("umgeseyzt", "umgesetzt"), ("liefeerzeit", "lieferzeit")]
)
def test_a_german_slip_is_a_german_word(typed, meant):
    assert lexicon(GERMAN).meant(typed) == meant


@pytest.mark.parametrize("right", ["rice", "soup", "wine", "pears", "beans", "cake", "rented"])
def test_a_word_that_only_looks_like_one_of_ours_is_left_alone(right):
    assert lexicon(ENGLISH).meant(right) is None


@pytest.mark.parametrize("strange", ["kombucha", "skyr", "zzzzzz", "xylophonics"])
def test_a_word_unlike_all_is_left_alone(strange):
    assert lexicon(ENGLISH).meant(strange) is None


@given(st.sampled_from(WORDS))
def test_every_word_of_the_language_is_right(word):
    assert is_right(word, ENGLISH)
    assert lexicon(ENGLISH).meant(word) is None


def test_a_letter_far_off_on_the_keyboard_makes_another_short_word():
    assert lexicon(ENGLISH).meant("salxs") is None
    assert lexicon(ENGLISH).meant("salws") == "sales"
