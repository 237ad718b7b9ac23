"""What people say in the practice suites is written down as the ranking sees it."""

from datetime import date

import pytest

from agent.evaluation.suite import Case
from benchmarks.heard import LANGUAGES, Heard, files_of, heard_in
from benchmarks.variation.playing import Setting

TODAY = date(2026, 7, 1)
WEEK = {"start": "2026-07-06", "end": "2026-07-12"}


@pytest.fixture(scope="module")
def harbor():
    return Setting.of("harbor", TODAY)


def talk(*turns):
    expected = [
        {"say": said, "expect": {"calls": [{"tool": tool, "args": args}]}}
        for said, tool, args in turns
    ]
    return Case.model_validate({"id": "a", "kind": "answer", "turns": expected})


def test_a_question_stands_under_its_tool_and_a_follow_up_under_what_adds(harbor):
    milk = {"product": "9", **WEEK}
    case = talk(
        ("forecast for milk next week", "forecast", milk),
        ("and at Riverside?", "forecast", {**milk, "store": "1"}),
        ("why?", "explain", {**milk, "store": "1"}),
    )

    assert list(heard_in(case, harbor)) == [
        Heard("en", "forecast", "forecast for PRODUCT AHEAD"),
        Heard("en", "more", "and at STORE ?"),
        Heard("en", "explain", "why?"),
    ]


def test_what_follows_a_misunderstanding_is_not_written_down(harbor):
    case = talk(
        ("forecast for milk next week", "forecast", {"product": "10", **WEEK}),
        ("and at Riverside?", "forecast", {"product": "10", "store": "1", **WEEK}),
    )

    assert [one.label for one in heard_in(case, harbor)] == ["forecast"]


def test_a_message_stands_where_it_is_said_most_often():
    milk, doubted = Heard("en", "forecast", "PRODUCT AHEAD"), Heard("en", "more", "PRODUCT EITHER")
    said = [milk, milk, Heard("en", "more", "PRODUCT AHEAD"), doubted]
    said.append(Heard("en", "forecast", "PRODUCT EITHER"))

    written = dict(files_of(said))

    assert list(written) == [LANGUAGES / "en" / "heard" / "forecast.txt"]
    assert [text.splitlines()[1:] for text in written.values()] == [["PRODUCT AHEAD"]]
