"""Goods that a language calls otherwise than the catalogue does."""

import pytest

from agent.languages import language
from agent.planner.goods import with_goods
from tests.tools.harbor import HARBOR
from tools.catalogue import NamedItem, Status, Vocabulary, mentions

GERMAN = language("de")


def named(text, vocabulary=HARBOR, words=GERMAN):
    """Return what a text names, goods of the language among it."""
    return with_goods(mentions(text, vocabulary, words.code), text, vocabulary, words)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Erdbeeren", ["Strawberries 400g"]),
        ("Milch und Brot", ["Whole Milk 2L", "Sourdough Loaf"]),
        ("Küchenrollen in Downtown", ["Paper Towels 6-roll", "Downtown"]),
        ("gesalzene Butter", ["Salted Butter 250g"]),
        ("grüner Tee", ["Green Tea 500ml"]),
        ("Backwaren", ["Bakery"]),
        ("Obst und Gemüse", ["Produce"]),
    ],
)
def test_a_word_that_fits_one_name_means_it(text, names):
    assert [one.names[0] for one in named(text)] == names
    assert all(one.status is Status.EXACT for one in named(text))


def test_a_word_that_fits_two_products_is_left_open():
    two = Vocabulary((NamedItem("1", "Whole Milk 1L"), NamedItem("2", "Oat Milk 1L")))
    (milk,) = named("Milch", two)
    assert milk.status is Status.AMBIGUOUS
    assert milk.ids == ("1", "2")


def test_what_a_name_ends_with_is_what_it_is_rather():
    sold = Vocabulary((NamedItem("1", "Milk Chocolate Bar"), NamedItem("2", "Whole Milk 1L")))
    assert [one.ids for one in named("Milch", sold)] == [("2",)]


def test_a_word_of_the_catalogue_keeps_its_doubt():
    (butter,) = named("Butter")
    assert butter.status is Status.AMBIGUOUS


def test_a_word_that_fits_nothing_names_nothing():
    assert named("Hafermilch") == ()


def test_english_has_such_words_too():
    (bags,) = named("bin bags", words=language("en"))
    assert bags.names == ("Trash Bags 30-pack",)


def test_what_shops_call_a_product_means_it_whatever_else_its_words_resemble():
    sold = Vocabulary(
        (
            NamedItem("1", "Trail Running Shoes", "Footwear"),
            NamedItem("2", "Trekking Poles", "Hiking"),
            NamedItem("3", "Camp Stove", "Camping"),
        ),
        categories=("Footwear", "Hiking", "Camping"),
    )
    for text, number in (("trail runners", "1"), ("hiking sticks", "2"), ("camping cooker", "3")):
        assert [one.ids for one in named(text, sold, language("en"))] == [(number,)]
