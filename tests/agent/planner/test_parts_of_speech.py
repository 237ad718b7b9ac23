"""A dictionary tells words that can name goods from words that never do."""

import pytest

from agent.planner.parts_of_speech import is_never_a_noun


@pytest.mark.parametrize("word", ["restrict", "kidding", "deepest", "nicely", "reckon"])
def test_verbs_and_words_that_describe_name_no_goods(word):
    assert is_never_a_noun(word, "en")


@pytest.mark.parametrize("word", ["pineapple", "oat", "pizza", "quick"])
def test_what_can_be_a_noun_may_name_goods(word):
    assert not is_never_a_noun(word, "en")


@pytest.mark.parametrize("word", ["halloumi", "brw", "1l"])
def test_of_words_that_no_dictionary_knows_nothing_is_said(word):
    assert not is_never_a_noun(word, "en")


def test_a_language_without_a_dictionary_knows_no_word():
    assert not is_never_a_noun("restrict", "de")
