"""Putting scripted cases otherwise, so that their right answers stay known."""

from datetime import date
from random import Random

import pytest

from agent.evaluation.suite import Case, Expect, ExpectedCall, Turn
from benchmarks.variation.days import MEANINGS
from benchmarks.variation.kinds import CHANGES
from benchmarks.variation.playing import Setting, passes
from benchmarks.variation.words import Told, in_tongue, words_of

TODAY = date(2026, 7, 1)
NEXT_WEEK = {"start": date(2026, 7, 6), "end": date(2026, 7, 12)}


def call(tool, **args):
    return ExpectedCall(tool=tool, args=args)


def case(say, *calls, key="one"):
    return Case(id=key, kind="answer", turns=(Turn(say=say, expect=Expect(calls=calls)),))


MILK = case(
    "How much milk will Riverside sell next week?",
    call("forecast", product="9", store="1", **NEXT_WEEK),
)
CHIPS = case(
    "What did chips sell at Airport last week?",
    call("sales_history", product="17", store="3", start="2026-06-22", end="2026-06-28"),
    key="two",
)


@pytest.fixture(scope="module")
def harbor():
    return Setting.of("harbor", TODAY)


def put_otherwise(kind, harbor, told=MILK, others=()):
    draw = Random(kind)  # noqa: S311 - a draw that anybody can repeat
    words = Told(told, harbor, "harbor", in_tongue(told, harbor), draw, others)
    return CHANGES[kind](words)


# The table of the tool contract for Wednesday 2026-07-01, typed by hand.
@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("next_week", "07-06", "07-12"),
        ("last_week", "06-22", "06-28"),
        ("week_after_next", "07-13", "07-19"),
        ("two_weeks_ago", "06-15", "06-21"),
        ("next_10_days", "07-01", "07-10"),
        ("past_30_days", "06-01", "06-30"),
        ("next_two_weeks", "07-06", "07-19"),
        ("last_two_weeks", "06-15", "06-28"),
        ("next_weekend", "07-11", "07-12"),
        ("last_weekend", "06-27", "06-28"),
        ("next_three_months", "08-01", "10-31"),
        ("last_three_months", "04-01", "06-30"),
        ("next_quarter", "10-01", "12-31"),
        ("last_quarter", "04-01", "06-30"),
        ("next_friday", "07-10", "07-10"),
    ],
)
def test_a_phrase_means_what_the_contract_says(name, start, end):
    days = MEANINGS[name](TODAY)

    assert [day.strftime("%m-%d") for day in days] == [start, end]


@pytest.mark.parametrize("code", ["en", "de"])
def test_every_phrase_of_the_words_has_a_meaning(code):
    assert words_of(code)["periods"].keys() <= MEANINGS.keys()


def test_another_product_is_expected_where_another_is_named(harbor):
    other = put_otherwise("product by id", harbor)

    (turn,) = other.turns
    (expected,) = turn.expect.calls
    assert expected.args["product"] != "9"
    assert f" {expected.args['product']} " in turn.say
    assert expected.args | {"product": "9"} == MILK.turns[0].expect.calls[0].args


def test_other_days_are_expected_where_others_are_named(harbor):
    (turn,) = put_otherwise("other days", harbor).turns

    assert "next week" not in turn.say
    assert turn.expect.calls[0].args["start"] >= TODAY


def test_two_cases_in_one_message_expect_the_calls_of_both(harbor):
    (turn,) = put_otherwise("joined", harbor, others=(MILK, CHIPS)).turns

    assert [one.tool for one in turn.expect.calls] == ["forecast", "sales_history"]
    assert turn.say.startswith("How much milk")
    assert "chips" in turn.say


def test_a_case_that_leaves_its_days_unsaid_is_joined_with_none_that_says_them(harbor):
    vague = case("how is the milk doing", call("sales_history", product="9", store="1"))

    assert put_otherwise("joined", harbor, vague, others=(vague, CHIPS)) is None


def test_a_change_that_fits_nothing_changes_nothing(harbor):
    assert put_otherwise("no apostrophes", harbor) is None


@pytest.mark.parametrize("kind", CHANGES)
def test_the_same_case_is_put_otherwise_alike_every_time(kind, harbor):
    first, second = (put_otherwise(kind, harbor, others=(MILK, CHIPS)) for _ in range(2))

    assert first == second


def test_a_right_case_passes_and_one_with_another_expectation_does_not(harbor):
    wrong = case(MILK.turns[0].say, call("forecast", product="10", store="1", **NEXT_WEEK))

    assert passes(MILK, harbor)
    assert not passes(wrong, harbor)
