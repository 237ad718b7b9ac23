"""Packs and short names are of the goods that a message names in full."""

# ruff: noqa: E501 - a table reads best with one message a line

import pytest

from tests.agent.conversing import LAST_WEEK, NEXT_WEEK, calls_of, steps_of


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("It's about the dark chocolate, for a bet. How many bars did Lakeside sell last week?", [("sales_history", {"product": "18", "store": "5", **LAST_WEEK})]),
        ("The almond man will be here at noon. How many packs did we sell last week, over all stores?", [("sales_history", {"product": "19", **LAST_WEEK})]),
        ("The spinach goes to waste at Lakeside. How many bags will they sell next week?", [("forecast", {"product": "15", "store": "5", **NEXT_WEEK})]),
        ("Butter. I could write a book on butter. What's the best discount for the salted butter next week?", [("optimize_discount", {"product": "12", **NEXT_WEEK})]),
        ("The people at Downtown have a fridge the size of a shoebox. How much salted butter should they order? The croissants with butter in them aren't mine.", [("plan_inventory", {"product": "12", "store": "2"})]),
        ("She asked me how many croissants people will want next week at Hillcrest.", [("forecast", {"product": "6", "store": "4", **NEXT_WEEK})]),
    ],
)  # fmt: skip
def test_packs_and_short_names_are_of_what_is_named_in_full(said, calls):
    assert calls_of(said) == calls


def test_packs_of_nothing_named_are_asked_about():
    [step] = steps_of("The man from the fair is here. How many packs did we sell last week?")

    assert step.asks_for == ("product",)
