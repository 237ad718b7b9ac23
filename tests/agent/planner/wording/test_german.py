"""The same results in German: other words, other figures, the same facts."""

import re

import pytest

from agent.planner.wording import manners, recommend, say
from agent.planner.wording.joining import joined
from agent.planner.wording.notes import noted
from agent.planner.wording.outcomes import waiting
from agent.planner.wording.style import Style
from tests.agent.planner.wording.decided import advised
from tests.agent.planner.wording.results import RESULTS, Invented
from tests.agent.planner.wording.test_counter_tools import FORECAST

GERMAN = Style(currency="EUR", locale="de-DE").speaking("de")
NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (GERMAN.number(1234.5, 1), "1.234,5"),
        (GERMAN.percent(12.5), f"12,5{NBSP}%"),
        (GERMAN.percent(15), f"15{NBSP}%"),
        (GERMAN.change(-3), f"−3{NBSP}%"),
        (GERMAN.money(5.49), f"5,49{NBSP}€"),
        (GERMAN.money(-1234.4, "USD"), f"−1.234{NBSP}$"),
        (GERMAN.compact_money(2345), f"2,3 Tsd.{NBSP}€"),
        (GERMAN.amount(1, "units"), "1 Stück"),
        (GERMAN.amount(4.6, "EUR per unit"), f"4,60{NBSP}€ je Stück"),
        (GERMAN.date("2026-07-06"), "Mo., 6. Juli 2026"),
        (GERMAN.ends(-380.0, 20.0, "units"), "−380 Stück bis 20 Stück"),
    ],
)
def test_figures_are_written_the_german_way(written, expected):
    assert written == expected


def test_a_tenant_in_switzerland_keeps_its_own_figures():
    swiss = Style(currency="CHF", locale="de-CH").speaking("de")

    assert swiss.number(1234.5, 1) == "1’234.5"


def test_a_forecast_in_german_says_what_the_english_one_says():
    assert say("forecast", FORECAST, GERMAN) == (
        "Für Cold Brew Coffee 1L in Riverside sind von Mo., 6. Juli bis So., 12. Juli 2026 "
        f"etwa 340 Stück zu erwarten (mit 80{NBSP}% Wahrscheinlichkeit 290–392). Das rechnet "
        "Modell GradientBoosting_v20260701 mit Daten bis Di., 30. Juni 2026.\n\n"
        f"Im Rückblick lag der Fehler bei 21,9{NBSP}% des Absatzes (WAPE), gegenüber 37,7{NBSP}% "
        "beim Wiederholen der letzten Saison. Verkäufe bis Di., 30. Juni 2026 sind schon "
        "verzeichnet."
    )


def test_advice_in_german_is_one_sentence_too():
    assert recommend("optimize_discount", advised(), GERMAN) == (
        f"20{NBSP}% Rabatt geben, für 2,3 Tsd.{NBSP}$ mehr Gewinn (mit 80{NBSP}% "
        f"Wahrscheinlichkeit 1,9 Tsd.{NBSP}$ bis 2,8 Tsd.{NBSP}$)"
    )


@pytest.mark.parametrize("tool", sorted(RESULTS))
def test_no_tool_answers_half_in_english(tool):
    for seed in range(25):
        result = Invented(seed).result(tool) | {"notes": []}
        text = say(tool, result, GERMAN.speaking("de", seed))

        english = re.search(r"\b(?:the|units|from|range|through|were|and|of|with|should)\b", text)
        assert english is None, text


def test_what_a_tool_notes_is_said_in_german():
    text = "Sales through 2026-06-30 are already recorded, so this starts on 2026-07-01."

    assert noted(GERMAN, text) == (
        "Verkäufe bis Di., 30. Juni 2026 sind schon verzeichnet, deshalb beginnt es am "
        "Mi., 1. Juli 2026."
    )


def test_a_decimal_in_a_note_gets_its_comma():
    text = "0.5% off is deeper than any discount on record (30%), so its effect is less certain "

    assert noted(GERMAN, text + "than its range says.").startswith("0,5 % Rabatt ist mehr als")


def test_a_note_nobody_has_put_in_german_stays_as_it_is():
    assert (
        noted(GERMAN, "Something new since 2026-06-30.")
        == "Something new since Di., 30. Juni 2026."
    )


def test_an_ordinal_number_ends_no_sentence():
    source = "Grundlage sind Daten bis Di., 30. Juni 2026."
    texts = [f"{name}: etwa 5 Stück. {source}" for name in ("Milch", "Brot")]

    assert joined(texts, GERMAN) == f"Milch: etwa 5 Stück.\n\nBrot: etwa 5 Stück.\n\n{source}"


def test_a_request_for_approval_keeps_the_words_that_decide_it():
    text = waiting({"id": "AP-1", "tool": "retrain", "approvers": ["manager2"]}, GERMAN)

    assert "AP-1" in text
    assert "manager2" in text
    assert "„approve AP-1“" in text


def test_manners_are_german():
    assert manners.social("thanks", GERMAN) == "Gern geschehen."


def test_why_a_model_was_not_promoted_is_said_in_german():
    text = (
        "On 8 windows from 2026-05-01 on, its WAPE is 21.8 % and that of the production model "
        "22.4 %: 2.7 % smaller, not shown to be better (p = 0.12). Its bias is +1.3 % against "
        "-0.2 %: more than 1 points further from zero."
    )

    assert noted(GERMAN, text) == (
        "In 8 Fenstern ab Fr., 1. Mai 2026 ist sein WAPE 21,8 % und der des Modells in Produktion "
        "22,4 %: 2,7 % kleiner, nicht nachweislich besser (p = 0,12). Seine Verzerrung (Bias) ist "
        "+1,3 % gegenüber -0,2 %: mehr als 1 Punkte weiter von null."
    )
