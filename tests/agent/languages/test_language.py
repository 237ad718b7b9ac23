"""A language is data: every pattern compiles, and every language has what English has."""

import re
import sys

import pytest

from agent.languages import Language, codes, language
from agent.languages.language import any_of, filled

FILES = ("periods", "details", "comparing", "direction", "shorthand", "following")


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("name", FILES)
def test_every_pattern_compiles(code, name):
    patterns = language(code).patterns(name)

    assert all(patterns.each(one) for one in patterns.names())


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("name", FILES)
def test_every_language_has_the_patterns_of_english(code, name):
    english = set(language("en").patterns(name).names())

    assert set(language(code).patterns(name).names()) == english


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("name", ["periods", "details"])
def test_patterns_of_one_name_give_the_groups_of_english(code, name):
    def groups(patterns, one):
        return {group for pattern in patterns.each(one) for group in pattern.groupindex}

    english, other = language("en").patterns(name), language(code).patterns(name)
    for one in english.names():
        assert groups(other, one) <= groups(english, one) | {"month"}, one


@pytest.mark.parametrize("code", codes())
def test_every_word_about_time_has_a_meaning_that_english_knows(code):
    ours, english = (language(c).table("periods")["words"] for c in (code, "en"))

    assert ours.keys() == english.keys()
    for name in ("unit", "span", "width", "span_end"):
        assert set(ours[name].values()) <= set(english[name].values())


def test_an_unknown_language_is_refused():
    with pytest.raises(KeyError):
        language("tlh")


def test_a_fragment_that_uses_itself_is_refused():
    with pytest.raises(ValueError, match="uses itself"):
        filled("{{a}}", {"a": "{{a}}"})


def test_the_longest_of_several_words_is_matched():
    assert re.match(any_of(["next", "next week"]), "next  week")[0] == "next  week"


@pytest.mark.parametrize("code", codes())
def test_what_is_compiled_beforehand_is_not_compiled_again(code):
    words = Language(code)
    words.compile_all()
    compiled = []

    def note(frame, event, _value):
        if event == "call" and frame.f_code.co_name == "filled":
            compiled.append(frame)

    sys.setprofile(note)
    try:
        for name in FILES:
            for one in words.patterns(name).names():
                words.patterns(name).each(one)
    finally:
        sys.setprofile(None)

    assert not compiled
