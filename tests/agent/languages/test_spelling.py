"""Words typed on a keyboard without the language's letters are put right."""

import pytest

from agent.languages import language
from agent.languages.spelling import respelt, without_letters

GERMAN = language("de")


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("fuer naechste Woche", "für nächste Woche"),
        ("fur nachste Woche", "für nächste Woche"),
        ("wie viele Muellbeutel", "wie viele Müllbeutel"),
        ("am dreissigsten Maerz", "am dreißigsten März"),
        ("Kaese", "Käse"),
    ],
)
def test_letters_that_a_keyboard_lacks_are_put_in(typed, right):
    assert respelt(typed, GERMAN) == right


@pytest.mark.parametrize(
    "text", ["das neue Modell", "genaue Zahlen", "wurde", "zahlen", "Riverside"]
)
def test_words_that_are_right_stay_as_they_are(text):
    assert respelt(text, GERMAN) == text


def test_a_language_without_such_letters_changes_nothing():
    assert respelt("fuer naechste", language("en")) == "fuer naechste"


def test_a_word_is_told_as_a_plain_keyboard_has_it():
    assert without_letters("größe", GERMAN) == "groesse"
