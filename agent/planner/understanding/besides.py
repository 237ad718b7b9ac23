"""Whether what stands before a wish of a conversation is a question by itself.

After the forecast for Riverside, "same for Downtown, and how much did it sell there last week?"
asks twice; "and Downtown, how much did it sell there?" asks once, of Downtown.
"""

from agent.planner.understanding.asking import NAMES, TIMES, requests, stands_alone
from agent.planner.understanding.sentence import Sentence

_NAMED = NAMES | TIMES | {"ALERT_ID", "ADVICE_ID"}

Stretch = tuple[int, int]


def goes_on_first(before: Stretch, here: Stretch, sentence: Sentence) -> bool:
    """Tell whether words before a wish go on from the calls before, and the wish asks besides.

    Args:
        before: The words before the wish, which only add.
        here: The wish.
        sentence: The message.
    """
    is_in_talk = bool(sentence.leaning.factors)  # there are calls to go on from
    following = sentence.context.language.patterns("following")
    if not is_in_talk or following["connects"].match(sentence.text[slice(*before)]) is None:
        return False
    named = [end for start, end, kind in sentence.replaced if _is_in(before, start, end, kind)]
    joined = named and sentence.cues["joins_besides"].match(sentence.text, max(named))
    if not joined:
        return False
    asks = requests(sentence, *here) or stands_alone(sentence, *here)
    return bool(joined["also"]) or asks


def _is_in(stretch: Stretch, start: int, end: int, kind: str) -> bool:
    return stretch[0] <= start and end <= stretch[1] and kind in _NAMED
