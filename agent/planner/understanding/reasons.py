"""Days that a message names only to say why: nobody asks about them.

"The week after next, because next week the shelf is being rebuilt" and "per day, please, because
Sunday's crew is another one" are of the days said beside the reason.
"""

from agent.planner.understanding.asking import Stretch, requests, sentences
from agent.planner.understanding.sentence import Sentence

_FILE = "asking"


def less_days_of_reasons(sentence: Sentence) -> str:
    """Return a message, the days of its reasons blanked where it asks about others."""
    said = sentence.names.sentence
    reasons = [one for at in sentences(sentence) if (one := _reason_in(at, sentence))]
    if not reasons or _takes_a_reason(sentence):
        return said
    told = [at for at in sentence.times if any(a <= at[0] < b for a, b in reasons)]
    for first, last in told:
        if _asks_of_others(first, told, sentence):
            said = said[:first] + " " * (last - first) + said[last:]
    return said


def _reason_in(at: Stretch, sentence: Sentence) -> Stretch | None:
    """Return where a sentence says why, and asks for nothing."""
    start, end = at
    cues = sentence.context.language.patterns(_FILE)
    leads = cues["leads_to_reason"].search(sentence.text, start, end)
    if leads is None:
        return None
    comma = sentence.text.find(",", leads.end(), end)
    asked = len(sentence.text[:end].rstrip(" ?"))  # the sentence asks, not its reason
    reason = (leads.end(), asked if comma < 0 else comma)
    return None if requests(sentence, *reason) else reason


def _takes_a_reason(sentence: Sentence) -> bool:
    """Tell whether a message may do something whose reason is written down."""
    normal = sentence.normal(0, len(sentence.text))
    return "_ID" in normal or sentence.cues["shows_model"].search(normal) is not None


def _asks_of_others(place: int, told: list[Stretch], sentence: Sentence) -> bool:
    """Tell whether other days stand beside a reason's in its sentence, or in one that asks."""
    others = [at for at in sentence.times if at not in told]
    return any(
        a <= first < b and (a <= place < b or requests(sentence, a, b))
        for a, b in sentences(sentence)
        for first, _ in others
    )
