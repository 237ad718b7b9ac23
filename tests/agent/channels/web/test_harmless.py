import json
import re

from hypothesis import given
from hypothesis import strategies as st

from agent.channels.web.harmless import code, harmless, label, literal


def test_a_picture_becomes_text():
    assert "](" not in harmless("![x](https://evil.example/?d=7131717)")
    assert "![" not in harmless("![x][ref]\n\n[ref]: https://evil.example")


def test_an_address_is_not_a_link():
    shown = harmless("see https://evil.example, www.evil.example and me@evil.example")

    assert "://" not in shown
    assert "www." not in shown
    assert "@" not in shown


def test_a_tag_is_shown_not_run():
    assert harmless("<script>x</script>") == "&lt;script&gt;x&lt;/script&gt;"


def test_emphasis_and_lists_stay():
    assert harmless("**412 units**\n- one") == "**412 units**\n- one"


@given(st.text())
def test_no_link_no_picture_no_tag_whatever_the_text(text):
    shown = harmless(text)

    assert not re.search(r"[<\[\]]|://|javascript:", shown, re.IGNORECASE)


@given(st.text())
def test_literal_text_holds_no_markup_at_all(text):
    shown = re.sub(r"&#\d+;", "", literal(text))

    assert not re.search(r"[!-/:-@\[-`{-~\n]", shown)


@given(st.dictionaries(st.text(), st.text()))
def test_a_code_block_ends_where_it_should_and_reads_back(value):
    lines = code(value).split("\n")

    assert lines[0] == "```json"
    assert not any("```" in line for line in lines[1:-1])


def test_a_fence_in_a_value_cannot_end_the_block():
    inside = "\n".join(code({"name": "```\n# free"}).split("\n")[1:-1])

    assert json.loads(inside) == {"name": "```\n# free"}


def test_a_chart_label_is_plain_text():
    assert label("<b>Tea</b> $x$") == "&lt;b&gt;Tea&lt;/b&gt; &#36;x&#36;"
    assert label("a\u202eb\x1b") == "ab"
    assert len(label("x" * 100)) == 60
