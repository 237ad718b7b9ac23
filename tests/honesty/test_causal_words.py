"""No answer says that something caused sales: only an experiment could tell (Q24).

What is learned from sales as they came is an association, and contributions are those of a model.
So no template and no note may use a word for causing, in any language; the one thing that may be
said of causes is that they are not proven.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CAUSAL = {
    "en": r"\bcaus(?:e|es|ed|ing|al|ally)\b|\bbecause of\b|\bdue to\b|\b(?:led|leads?) to\b"
    r"|\bthanks to\b|\bas a result of\b|\bresult(?:s|ed)? (?:in|from)\b|\bdrove\b|\bdriven by\b"
    r"|\bbrought about\b|\bowing to\b|\bresponsible for\b",
    "de": r"\bverursach\w*|\bUrsachen?\b|\bwegen\b|\baufgrund\b|\bdank\b|\bführt(?:e|en)? zu\b"
    r"|\bbewirkt\w*|\bgetrieben von\b|\binfolge\b|\bauslös\w*|\bausgelöst\b",
}
ALLOWED = {
    "en": (r"not proof of a cause", r"does not prove a cause", r"not proven cause"),
    "de": (
        r"ein Beweis für eine Ursache ist das nicht",
        r"ein Beweis für eine Ursache ist es nicht",
        # Of what an experiment would show.
        r"[^.]*\bTest\b[^.]*\bbewirkt\b",
    ),
}
# Words for why a step of our own was not done, which is no matter of sales.
OPERATIONS = {"model_history", "promote", "rollback", "retrain", "start_rollout", "stop_rollout"}


def wordings(language):
    folder = ROOT / "agent" / "languages" / language / "wording"
    return [path for path in sorted(folder.iterdir()) if path.stem not in OPERATIONS]


def causal_words(text, language):
    for allowed in ALLOWED[language]:
        text = re.sub(allowed, "", text)
    return re.findall(CAUSAL[language], text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("language", "path"),
    [(language, path) for language in CAUSAL for path in wordings(language)],
    ids=lambda one: one if isinstance(one, str) else one.name,
)
def test_no_wording_says_that_something_caused_sales(language, path):
    assert causal_words(path.read_text(encoding="utf-8"), language) == []


def test_no_note_of_a_tool_says_so():
    said = [
        text
        for folder in ("tools", "forecasting/pricing", "forecasting/explanation")
        for path in (ROOT / folder).glob("*.py")
        for text in re.findall(r'f?"([^"\n]{12,})"', path.read_text(encoding="utf-8"))
    ]

    # What tools tell the model about its words is a rule, not an answer.
    told = [text for text in said if causal_words(text, "en") and "never" not in text]
    assert told == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The discount caused the rise."),
        ("en", "Sales fell because of the weather"),
        ("en", "This is due to a promotion."),
        ("de", "Die Aktion hat das verursacht."),
        ("de", "Wegen des Feiertags war es mehr."),
    ],
)
def test_words_for_causing_are_recognised(language, sentence):
    assert causal_words(sentence, language)
