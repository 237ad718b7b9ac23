"""A message is cut into wishes; what is said in passing is none."""

# ruff: noqa: E501 - a table reads best with one message a line

import pytest

from agent.planner.entities import read_names
from agent.planner.understanding import ranking_of
from agent.planner.understanding.parts import parts_of
from agent.planner.understanding.sentence import Sentence
from tests.agent.conversing import HARBOR_CONTEXT


def sentence(words):
    context = HARBOR_CONTEXT
    names = read_names(words, context.vocabulary, context.own_names)
    return Sentence(names, context, ranking_of(context.language))


def wishes(words):
    return [part.intent.label if part.intent else None for part in parts_of(sentence(words))]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("forecast bagels next week and tell me the best discount for them", ["forecast", "optimize_discount"]),
        ("forecast bagels, muffins and milk next week", ["forecast"]),
        ("if we cut milk by 10%, what happens?", ["what_if"]),
        ("retrain the model and promote it if it is better", ["retrain"]),
        ("Right, so, um, sorry for the noise, how many bagels did we sell at Riverside last Saturday, full stop.", ["sales_history"]),
        ("My supplier, who is a lovely man, is slow. How many bagels should we order?", ["plan_inventory"]),
        ("sales of milk fell last week, how come?", ["explain.change"]),
        ("forecast bagels next week and write me a poem", ["forecast", "out_of_scope.topic"]),
        ("at Riverside", [None]),
    ],
)  # fmt: skip
def test_a_message_is_cut_into_its_wishes(words, wanted):
    assert wishes(words) == wanted


def test_names_times_and_figures_are_ranked_by_their_kind():
    words = "would 10% off cold brew at Riverside help tomorrow, or $4.99?"

    assert sentence(words).normal(0, len(words)) == (
        "would PERCENT off PRODUCT at STORE help AHEAD , or MONEY ?"
    )


def test_another_company_is_none_of_the_tenants_names():
    words = "what did Target sell last week"

    assert sentence(words).normal(0, len(words)) == "what did COMPANY sell BEHIND"


def test_another_company_named_in_passing_leaves_one_wish():
    found = parts_of(sentence("What did the other shop here, Summit Outfitters, sell last month?"))

    assert [one.intent.name for one in found if one.intent] == ["out_of_scope"]


@pytest.mark.parametrize(
    "words",
    [
        "Can you pull May revenue for Lakeside, then Lakeside's August revenue forecast by week?",
        "last week's sales of milk, then milk's forecast for next week",
    ],
)
def test_a_name_said_twice_is_no_list(words):
    assert wishes(words) == ["sales_history", "forecast"]


def test_two_names_are_a_list():
    assert wishes("May revenue for Lakeside, then Downtown") == ["sales_history"]
