"""A bare question at the end of a message is about what was told before it."""

# ruff: noqa: E501 - a table reads best with one message a line

import pytest

from tests.agent.conversing import LAST_WEEK, NEXT_WEEK, calls_of

_SOLD = {"product": "22", "store": "2", **LAST_WEEK}


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ("Last week was strange. Detergent hardly moved in Downtown though nothing changed. Any explanation?", ("explain", {"about": "change", **_SOLD})),
        ("Laundry detergent was dreadful in Downtown last week, how come?", ("explain", {"about": "change", **_SOLD})),
        ("You said last Thursday that we'd sell way more green tea than we did. What happened there?", ("explain", {"about": "miss", "product": "4", "start": "2026-06-25", "end": "2026-06-25"})),
        ("Bagels 15% off next week at Lakeside. Worth it?", ("what_if", {"product": "7", "store": "5", **NEXT_WEEK, "discount_pct": 15})),
        ("Assume avocados go on promotion next week without a price change. Effect?", ("what_if", {"product": "13", **NEXT_WEEK, "promotion": True})),
    ],
)  # fmt: skip
def test_the_last_words_ask_about_what_was_told(said, call):
    assert calls_of(said) == [call]


def test_a_bare_why_after_a_question_explains_what_that_asked():
    said = "How many bagels did we sell last week? And why?"

    tools = [tool for tool, _ in calls_of(said)]

    assert tools == ["sales_history", "explain"]
