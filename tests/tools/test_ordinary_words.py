"""Words of a language that name nothing of a catalogue."""

import pytest

from tests.tools.harbor import HARBOR
from tools.catalogue import mentions, strangers
from tools.ordinary_words import ordinary_words


@pytest.mark.parametrize(
    "sentence",
    [
        "Wie viele Bagels verkaufen wir nächste Woche in Riverside?",
        "Was hat Lakeside gestern mit Spinach eingenommen?",
        "Welcher Rabatt auf Dark Chocolate bringt am meisten Gewinn?",
        "Zeig mir bitte den Umsatz der letzten 30 Tage nach Filialen",
    ],
)
def test_german_questions_name_nothing_unknown(sentence):
    assert strangers(sentence, HARBOR, "de") == []


@pytest.mark.parametrize("sentence", ["Wie viel kostet Einhornstaub?", "Umsatz von Zauberbohnen"])
def test_an_unknown_german_name_is_one(sentence):
    found = strangers(sentence, HARBOR, "de")

    assert [sentence[start:end] for start, end in found] == [sentence.rstrip("?").split()[-1]]


def test_german_ids_are_read():
    found = mentions("Prognose für Produkt 9 in Filiale 2", HARBOR, "de")

    assert [(one.kind, one.ids) for one in found] == [("product", ("9",)), ("store", ("2",))]


def test_a_german_word_does_not_hide_an_english_name():
    assert "hat" in ordinary_words("de").ordinary
    assert "hat" not in ordinary_words("en").ordinary


def test_a_language_without_a_file_has_the_words_of_english():
    assert ordinary_words("xx") == ordinary_words("en")
