"""Picking one of several by its place."""

import pytest

from agent.languages import language
from agent.planner.picking import in_order


@pytest.mark.parametrize(
    ("code", "words", "several", "picked"),
    [
        ("en", "the first one", "abc", ("a",)),
        ("en", "the third", "abc", ("c",)),
        ("en", "the last", "abcd", ("d",)),
        ("en", "the third", "ab", ()),
        ("en", "the last", "a", ()),
        ("en", "the first", "", ()),
        ("de", "die zweite", "abc", ("b",)),
        ("de", "der letzte", "abc", ("c",)),
    ],
)
def test_a_place_picks_one_of_several_or_none(code, words, several, picked):
    said = language(code).patterns("following")["in_order"].search(words)
    assert in_order(said, several) == picked
