"""What rules are made of: a wish, and the patterns whose presence shows it."""

import re
from dataclasses import dataclass

MODEL = r"(?:models?|versions?|challenger|candidate|champion)"
MODEL_ID = r"(?:[a-z]\w*_v\d+|v\d+)"
SELL = r"(?:sells?|sold|selling|sales?|demand|revenue|turnover|units|takings|income)"
PRICING = r"(?:discounts?|mark-?downs?|price cuts?|promo(?:tion)?s?|offers?|prices?|pricing)"
# Anything but the end of a sentence.
HERE = r"(?:[^.?]|\.(?=\d))*"


@dataclass(frozen=True, slots=True)
class Intent:
    """What is wanted.

    Attributes:
        name: A tool's name, a social word, something no tool does yet, or `out_of_scope`.
        about: What to explain, or which business is out of scope.
    """

    name: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that show a wish."""

    intent: Intent
    pattern: re.Pattern[str]

    def fits(self, text: str) -> bool:
        """Tell whether a text in lower case, names blanked, shows the wish."""
        return self.pattern.search(text) is not None


def wants(name: str, *shown_by: str, about: str = "", unless: str = "") -> Rule:
    """Return the rule that any of these patterns shows a wish.

    Args:
        name: What is wanted.
        shown_by: Regular expressions, one a way of putting it.
        about: As in `Intent`.
        unless: Words anywhere in the text that speak against it.
    """
    joined = "|".join(shown_by)
    guard = rf"^(?!.*(?:{unless})).*?" if unless else ""
    return Rule(Intent(name, about), re.compile(f"{guard}(?:{joined})", re.DOTALL))
