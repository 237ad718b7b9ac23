"""How a mail is signed changes nothing about what it asks."""

from dataclasses import replace

import pytest

from agent.languages import language
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of

_IN_GERMAN = replace(HARBOR_CONTEXT, language=language("de"))
_MILK = [("forecast", {"product": "9", **NEXT_WEEK})]


@pytest.mark.parametrize(
    "signature",
    [
        "Cheers, Tom",
        "Salut, Amélie (ops manager)",
        "Kind regards, Philippa Grant",
        "Yours in poverty, Clive",
        "Best wishes from the third floor,\nMay",
        "Thanks a lot, Ines and Bo",
        "With best regards, J. van Dijk",
        "Take care – Ute from accounting",
    ],
)
def test_whoever_signs_a_mail_is_nobodys_product_and_no_day(signature):
    assert calls_of(f"How much milk will we sell next week? {signature}") == _MILK


@pytest.mark.parametrize(
    "signature",
    ["Viele Grüße, Tom", "LG, Amélie (Einkauf)", "Mit freundlichen Grüßen\nAugust Braun"],
)
def test_whoever_signs_a_german_mail_is_nobodys_product_and_no_day(signature):
    said = f"Wie viel Milch verkaufen wir nächste Woche? {signature}"

    assert calls_of(said, context=_IN_GERMAN) == _MILK


def test_a_name_of_the_tenants_below_a_mail_is_read():
    (call,) = calls_of("How much milk did we sell last week? Thanks, Lakeside")

    assert call == ("sales_history", {"product": "9", "store": "5", **LAST_WEEK})
