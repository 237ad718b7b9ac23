"""A category that stands for one of its products is asked about, not taken for all of them."""

import pytest

from agent.planner.drafts import Ask
from tests.agent.conversing import NEXT_WEEK, calls_of, steps_of

_BAKERY = ["5", "6", "7", "8"]


@pytest.mark.parametrize(
    "said",
    [
        "I want a promo next week on something from Bakery, what would it bring?",
        "what if one of our bakery products cost 20% less next week",
        "forecast for the bakery thing next week",
    ],
)
def test_one_of_a_category_is_asked_for_among_its_products(said):
    (step,) = steps_of(said)

    assert isinstance(step, Ask)
    assert (list(step.asks_for), [one for one, _ in step.choices]) == (["product"], _BAKERY)


def test_the_answer_goes_on_with_what_was_asked():
    said = ("forecast for the bakery thing next week", "the bagels")

    assert calls_of(*said) == [("forecast", {"product": "7", **NEXT_WEEK})]


@pytest.mark.parametrize(
    "said", ["which one of the drinks sold best last week?", "all of the snacks next week"]
)
def test_whoever_asks_which_one_means_all_of_them(said):
    ((_, arguments),) = calls_of(said)

    assert "category" in arguments
