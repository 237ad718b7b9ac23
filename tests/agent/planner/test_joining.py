"""A name that is told in two goes is put together where one product is called so."""

import pytest

from agent.languages import language
from agent.planner.joining import with_joined_names
from tools.catalogue import NamedItem, Vocabulary

ENGLISH = Vocabulary(
    products=(
        NamedItem("1", "Salted Butter", "Dairy"),
        NamedItem("2", "Sweet Butter", "Dairy"),
        NamedItem("3", "Milk", "Dairy"),
    )
)
GERMAN = Vocabulary(
    products=(
        NamedItem("1", "Gesalzene Butter", "Molkerei"),
        NamedItem("2", "Süße Butter", "Molkerei"),
    )
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("sales of butter, the salted one", "sales of salted butter"),
        ("butter, I mean the sweet one, last week", "sweet butter, last week"),
        ("milk, the salted one", "milk, the salted one"),
    ],
)
def test_a_name_in_two_goes_is_one_name(said, meant):
    assert with_joined_names(said, language("en"), ENGLISH) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Butter, die gesalzene", "gesalzene Butter"),
        ("Butter, ich meine die süße, letzte Woche", "süße Butter, letzte Woche"),
    ],
)
def test_so_is_one_in_german(said, meant):
    assert with_joined_names(said, language("de"), GERMAN) == meant
