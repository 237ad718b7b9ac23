"""A message that fits what the last call was given changes that, and asks nothing new."""

import pytest

from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of, steps_of

GERMAN = in_turn(HARBOR_CONTEXT, ["Wie viele Brote haben wir letzte Woche verkauft?"])


@pytest.mark.parametrize("words", ["five are enough", "5 would be plenty", "5 should do"])
def test_fewer_that_are_enough_shorten_the_ranking(words):
    ((tool, arguments),) = calls_of("top 10 products last month", words)

    assert (tool, arguments["top"]) == ("sales_history", 5)


def test_fewer_that_are_enough_shorten_it_in_german_too():
    ((_, arguments),) = calls_of("Die 10 besten Produkte im Juni", "fünf reichen", context=GERMAN)

    assert arguments["top"] == 5


def test_back_to_a_figure_returns_to_no_earlier_topic():
    said = ("stock plan for tea at Airport, 14 days lead time, 99% service", "back to 95")
    ((tool, arguments),) = calls_of(*said)

    assert tool == "plan_inventory"
    assert arguments == {"product": "4", "store": "3", "lead_time_days": 14}


def test_another_product_in_the_same_way_keeps_the_terms():
    said = ("stock plan for tea, lead time 14 days", "now the bananas the same way")
    ((_, arguments),) = calls_of(*said)

    assert (arguments["product"], arguments["lead_time_days"]) == ("16", 14)


@pytest.mark.parametrize(
    ("words", "product", "store"),
    [("without the discount at Lakeside?", "11", "5"), ("drop the discount, bananas", "16", None)],
)
def test_a_discount_is_taken_off_whatever_else_is_changed(words, product, store):
    ((_, arguments),) = calls_of("cheddar forecast next week at 10% off", words)

    assert "discount_pct" not in arguments
    assert (arguments["product"], arguments.get("store")) == (product, store)


def test_how_it_would_look_elsewhere_asks_the_same():
    said = ("best discounts for Household next week", "how would it look for Lakeside by itself?")

    assert calls_of(*said) == [
        ("optimize_discount", {"category": "Household", "store": "5", **NEXT_WEEK})
    ]


def test_each_stands_for_all_things_spoken_of():
    said = ("forecasts for croissants and bagels", "how much should I stock of each at Riverside?")

    assert [arguments["product"] for _, arguments in calls_of(*said)] == ["6", "7"]


def test_a_deed_named_after_its_record_is_looked_up_and_not_done():
    said = ("who called promote in June?", "and rollback, same month")
    ((tool, arguments),) = calls_of(*said)

    assert (tool, arguments["tool"]) == ("audit_trail", "rollback")


def test_what_is_named_again_without_days_is_of_the_same_days():
    said = ("why were dairy sales down last week?", "break dairy down by product, just the sales")

    assert calls_of(*said) == [
        ("sales_history", {"category": "Dairy", "group_by": "product", **LAST_WEEK})
    ]


def test_coming_back_to_the_whole_chain_leaves_the_product():
    said = ("paper towels at Lakeside next week", "back to the chain: units in total last week")
    ((_, arguments),) = calls_of(*said)

    assert not {"product", "store"} & arguments.keys()


def test_the_words_around_a_whole_name_are_no_slips_of_another():
    ((_, arguments),) = calls_of("what's whole milk looking like next week")

    assert arguments["product"] == "9"


def test_what_something_sold_for_is_its_price():
    ((_, arguments),) = calls_of("what did the cheddar sell for in June on average?")

    assert arguments["measure"] == "price"


def test_a_question_put_anew_takes_the_place_of_the_first():
    (_, step) = steps_of(
        "discount for spinach next week", "how sure is that, I mean what would 20% off do?"
    )

    assert [one.tool for one in step.drafts] == ["what_if"]
