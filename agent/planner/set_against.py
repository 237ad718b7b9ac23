"""What was sold set against what is expected of other days, which are two questions.

"How almonds did in December versus what we expect in February" asks for sales and for a forecast,
each of its own days, though its words compare the one with the other. A forecast set against the
sales of the days it was made for stays one question: how far it was off.
"""

import re

from agent.languages import Language
from agent.languages.language import Patterns

_FILE = "shorthand"
_SENTENCE_ENDS = re.compile(r"[.?!;]+(?=\s|$)")


def asked_for_both(text: str, words: Language) -> str:
    """Return a text that asks for both sides where one is set against the other.

    Args:
        text: What was said.
        words: The language it is in.
    """
    patterns, said = words.patterns(_FILE), words.table(_FILE)["texts"]
    pieces, place = [], 0
    for end in [*(found.end() for found in _SENTENCE_ENDS.finditer(text)), len(text)]:
        pieces.append(_both(text[place:end], patterns, said["show"], said["and"]))
        place = end
    return "".join(pieces)


def _both(sentence: str, patterns: Patterns, show: str, joined: str) -> str:
    """Join the two sides of a sentence's first comparison of sales with a forecast."""
    for found in patterns["set_against"].finditer(sentence):
        sides = sentence[: found.start()], sentence[found.end() :]
        if not _differ(*sides, patterns):
            continue
        first = patterns["sets"].sub(show, sides[0], 1)
        return f"{first}{joined}{sides[1]}"
    return sentence


def _differ(first: str, second: str, patterns: Patterns) -> bool:
    """Tell whether one side says what was sold, the other what is expected, of other days."""
    sides = (first, second)
    days = [{one[0].lower() for one in patterns["dated"].finditer(side)} for side in sides]
    if not all(days) or days[0] & days[1]:
        return False
    kinds = [
        {kind for kind in ("sold", "expected") if patterns[kind].search(side)} for side in sides
    ]
    return kinds in ([{"sold"}, {"expected"}], [{"expected"}, {"sold"}])
