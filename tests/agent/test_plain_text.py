"""Text made harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.plain_text import asked_text, shown_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![x](https://evil.example/?d=1)", "x"),
        ("[here](https://evil.example)", "here"),
        ("[a][r]\n[r]: https://evil.example", "a"),
        ("see <https://evil.example/x> now", "see [address removed] now"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("javascript:alert(1)", "[address removed])"),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
        ("a\x1b[31mred\u202e\u200b", "a[31mred"),
        ("- Mon: 3 units\n- Tue: 4 units", "- Mon: 3 units\n- Tue: 4 units"),
    ],
)
def test_links_tags_and_hidden_characters_are_taken_out(text, shown):
    assert shown_text(text) == shown


def test_a_question_has_one_spelling():
    assert asked_text(" ｐｒｏｍｏｔｅ\u200b it ") == "promote it"


@given(st.text())
def test_making_harmless_twice_changes_nothing_more(text):
    once = shown_text(text)
    assert shown_text(once) == once or len(shown_text(once)) < len(once)
    assert "\u202e" not in once
