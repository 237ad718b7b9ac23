"""Names that a message denies where it is about all of their kind."""

import pytest

from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, calls_of

GERMAN = in_turn(HARBOR_CONTEXT, ["Wie viele Brote haben wir letzte Woche verkauft?"])


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("milk forecast at Lakeside", "and across all stores, not only Lakeside"),
        ("what if chips were 10% off at Airport", "no, the whole chain, not Airport"),
        ("best discount for strawberries in Downtown", "not just in Downtown, in all stores"),
        ("how did chips do at Hillcrest last month", "everywhere instead of only Hillcrest"),
    ],
)
def test_a_store_that_is_denied_beside_all_stores_is_none(before, words):
    (_, before_that), (_, arguments) = calls_of(before)[0], calls_of(before, words)[0]

    assert {n: v for n, v in before_that.items() if n != "store"} == arguments


def test_a_category_that_is_denied_beside_the_whole_range_is_none():
    ((_, arguments),) = calls_of("bakery revenue in June", "not just bakery, the whole range")

    assert "category" not in arguments


def test_a_denied_store_is_none_in_german_too():
    talk = ("Vollmilch in Lakeside nächste Woche", "nein, alle Filialen, nicht nur Lakeside")

    ((_, arguments),) = calls_of(*talk, context=GERMAN)

    assert (arguments["product"], arguments.get("store")) == ("9", None)


def test_two_stores_are_meant_where_one_is_only_not_alone():
    made = calls_of("milk forecast for next week, not only at Lakeside but also at Airport")

    assert {"5", "3"} == {arguments["store"] for _, arguments in made}


@pytest.mark.parametrize(
    ("words", "product", "store"),
    [
        ("no, cheddar, not milk", "11", "1"),
        ("sorry, cheddar not milk", "11", "1"),
        ("not milk but cheddar", "11", "1"),
        ("I meant cheddar instead of milk", "11", "1"),
        ("swap milk for cheddar", "11", "1"),
        ("at Airport rather than Riverside", "9", "3"),
        ("replace Riverside with Lakeside", "9", "5"),
    ],
)
def test_a_name_denied_beside_another_gives_way_to_it(words, product, store):
    ((_, arguments),) = calls_of("forecast milk at Riverside next week", words)

    assert (arguments["product"], arguments["store"]) == (product, store)


@pytest.mark.parametrize("words", ["nein, Cheddar, nicht Milch", "ersetze Milch durch Cheddar"])
def test_it_gives_way_in_german_too(words):
    said = ("Prognose für Milch nächste Woche", words)

    assert [call["product"] for _, call in calls_of(*said, context=GERMAN)] == ["11"]


@pytest.mark.parametrize(
    "words",
    [
        "not only milk, cheddar too, next week",
        "what if we change milk to 2.99 and cheddar to 4.99 next week",
        "milk and cheddar next week, not last week",
    ],
)
def test_what_is_not_denied_stays(words):
    assert {call["product"] for _, call in calls_of(words)} == {"9", "11"}
