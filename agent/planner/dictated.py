"""Figures as they are dictated, written in digits before a question is read.

"product seventeen", "alert two", "q three", "three dollars and nine cents", "to three fifty":
what a person says aloud is a figure only where the words around it make it one.
"""

import re

from agent.languages import Language
from agent.languages.numbers import number, prices_in_figures

_FILE = "shorthand"
_A_COIN = 100


def in_figures(text: str, words: Language) -> str:
    """Return a text with its dictated ids, quarters and prices in digits.

    Args:
        text: What was said.
        words: The language it is in.
    """
    patterns = words.patterns(_FILE)
    written = str(words.table(_FILE)["texts"]["cents"])

    def digits(found: re.Match[str]) -> str:
        return f"{found['lead']}{number(found['number'], words)}"

    def whole_and_cents(found: re.Match[str]) -> str:
        amount = number(found["whole"], words) + number(found["cents"], words) / _A_COIN
        return written.format(amount=amount)

    def cents(found: re.Match[str]) -> str:
        return written.format(amount=number(found["cents"] or found["short"], words) / _A_COIN)

    def price(found: re.Match[str]) -> str:
        amount = number(found["whole"], words) + number(found["cents"], words) / _A_COIN
        return f"{found['lead']}{amount:.2f}"

    for pattern in patterns.each("dictated_id"):
        text = pattern.sub(digits, text)
    text = patterns["whole_and_cents"].sub(whole_and_cents, text)
    text = patterns["cents"].sub(cents, text)
    text = prices_in_figures(text, words)
    return patterns["dictated_price"].sub(price, text)
