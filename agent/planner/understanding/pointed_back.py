"""What a question points back to in the sentences around it: "that", "at this discount"."""

from agent.planner.understanding.asking import NAMES, TIMES, requests, sentences, tells_how
from agent.planner.understanding.part import Part
from agent.planner.understanding.sentence import Sentence

_CHANGES = frozenset({"PERCENT", "MONEY"})
_FILE = "asking"

Stretch = tuple[int, int]


def pointed_back(tool: str, part: Part, sentence: Sentence) -> list[Stretch]:
    """Return the asides that a question points back to, or that say how it is to be answered.

    Args:
        tool: What is asked; empty where a thing and a time are only named.
        part: The question with its asides.
        sentence: The message.
    """
    kept = wanted_before(part, sentence)
    manner = tool or "forecast"  # "Bananas this weekend. The range is to be 95 % sure."
    kept += [one for one in part.asides if tells_how(manner, sentence, *one) and one not in kept]
    if _points_at_change(part, sentence):
        kept += [one for one in _with_changes(part, sentence)[-1:] if one not in kept]
    return kept


def wanted_before(part: Part, sentence: Sentence) -> list[Stretch]:
    """Return what is told before "could you get me that?", and is what is wanted.

    That is what its own sentence says before, else what the sentence before asks or says.
    """
    cues = sentence.context.language.patterns(_FILE)
    found = [cues["gives_that"].search(sentence.text, *one) for one in part.own]
    place = max((match.start() for match in found if match), default=None)
    if place is None:
        return []
    begins = max(first for first, _ in sentences(sentence) if first <= place)
    if part.own[0][0] < begins:
        return []  # "I mean the alerts nobody has read. Could you show me those?"
    told = [one for one in part.asides if one[1] <= place]
    before = [(first, place) for first, _ in part.own if first < place]
    if any(requests(sentence, *one) and _names_or_dates(sentence, *one) for one in before):
        return []  # the question itself says it
    for first, last in reversed([one for one in sentences(sentence) if one[0] < place]):
        within = [one for one in told if first <= one[0] < last]
        if asked := [one for one in within if requests(sentence, *one)]:
            return asked
        if within:
            return within
    return []


def _names_or_dates(sentence: Sentence, start: int, end: int) -> bool:
    return bool((NAMES | TIMES) & set(sentence.normal(start, end).split()))


def _points_at_change(part: Part, sentence: Sentence) -> bool:
    """Tell whether a change told before is pointed at: "the forecast at that discount"."""
    cues = sentence.context.language.patterns(_FILE)
    asked = [one for one in part.asides if requests(sentence, *one)]
    text = " ".join(sentence.text[slice(*one)] for one in (*part.own, *asked))
    return cues["points_at_change"].search(text) is not None


def _with_changes(part: Part, sentence: Sentence) -> list[Stretch]:
    """Return the asides that tell a price or a percentage."""
    return [one for one in part.asides if _CHANGES & set(sentence.normal(*one).split())]
