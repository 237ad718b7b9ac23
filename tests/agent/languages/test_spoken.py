"""Which language a message is in."""

import pytest

from agent.languages import codes, language, spoken
from agent.languages.spoken import typical

ENGLISH, GERMAN = language("en"), language("de")


@pytest.mark.parametrize(
    "text",
    [
        "Wie viele Bagels verkaufen wir nächste Woche?",
        "und downtown?",
        "Umsatz letzte Woche",
        "warum?",
        "Die Prognose für Cold Brew bitte",
        "was war das beste Produkt",
    ],
)
def test_a_message_that_is_clearly_german_is_german(text):
    assert spoken(text, ENGLISH) is GERMAN


@pytest.mark.parametrize(
    "text",
    [
        "how many bagels next week",
        "what was the best product",
        "why?",
        "optimize the discount for Bratwurst next week",
        "show me the Umsatz",
    ],
)
def test_a_message_that_is_clearly_english_is_english(text):
    assert spoken(text, GERMAN) is ENGLISH


@pytest.mark.parametrize(
    "text", ["Silvester: Sprudelwasser?", "Bagels, erste Augustwoche", "Juliumsatz der Filialen"]
)
def test_goods_feasts_and_words_made_of_german_ones_tell_it_is_german(text):
    assert spoken(text, ENGLISH, {"bagels"}) is GERMAN


@pytest.mark.parametrize("text", ["Riverside?", "Cold Brew", "10 %", "", "ok"])
def test_a_message_that_does_not_tell_keeps_the_language_so_far(text):
    assert spoken(text, GERMAN) is GERMAN
    assert spoken(text, ENGLISH) is ENGLISH


def test_no_word_is_typical_of_two_languages():
    words = [word for code in codes() for word in typical(code)]

    assert len(words) == len(set(words))
