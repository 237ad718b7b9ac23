"""Leaves out what people say around a question that has nothing to do with it.

"Riverside only. I need it for a meeting this afternoon." is about Riverside, and not about this
afternoon. A sentence is idle when the ranking takes it for an aside and it names, counts and
prices nothing; one that says why something is to be done is kept as the reason.
"""

from agent.planner.specs import CHANGES_SOMETHING
from agent.planner.understanding.asking import NAMES, sentences, tells_how, turns_to_days
from agent.planner.understanding.clause import SOCIAL
from agent.planner.understanding.sentence import Sentence

_IDLE = frozenset({"aside", *SOCIAL}) - {"help"}
_SURE = 0.85
_IDS = frozenset({"ALERT_ID", "ADVICE_ID", "MODEL_ID"})
_KEPT = NAMES | {"NUMBER", "PERCENT", "MONEY"}
_TAKE_MANNERS = ("optimize_discount", "detect_anomalies", "plan_inventory")
_FILE = "asking"
_POINTING = ("points_then", "points_at_a_day")

Stretch = tuple[int, int]


def without_idle_talk(sentence: Sentence) -> str:
    """Return a message less its idle sentences; all of it where nothing else would be left."""
    said = sentence.names.sentence
    stretches = sentences(sentence)
    idle = [one for one in stretches if len(stretches) > 1 and _is_idle(sentence, *one)]
    left = [one for one in stretches if one not in idle]
    if not idle or not left or _may_be_needed(sentence, left):
        return said
    return " ".join(
        said[_begin(stretches, one) : _end(stretches, one, said)].strip() for one in left
    )


def _is_idle(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a sentence wants nothing and says nothing that a question could lack."""
    if _KEPT & set(sentence.normal(start, end).split()):
        return False
    if any(tells_how(tool, sentence, start, end) for tool in _TAKE_MANNERS):
        return False  # "I care about volume here"
    has_days = any(start <= at < end for at, _ in sentence.times)
    if has_days and sentence.cues["opens_more"].match(sentence.text[start:end]):
        return False  # "no wait, just last weekend"
    if turns_to_days(sentence, start, end):
        return False
    ranked = sentence.ranked(start, end)
    return sum(one.share for one in ranked if one.intent.name in _IDLE) >= _SURE


def _may_be_needed(sentence: Sentence, left: list[Stretch]) -> bool:
    """Tell whether the rest points at days told around it, or is a deed that takes a reason."""
    if _IDS & set(sentence.normal(0, len(sentence.text)).split()):
        return True
    cues = sentence.context.language.patterns(_FILE)
    return any(
        any(cues[name].search(sentence.text[start:end]) for name in _POINTING)
        or sentence.ranked(start, end)[0].intent.name in CHANGES_SOMETHING
        for start, end in left
    )


def _begin(stretches: list[Stretch], one: Stretch) -> int:
    return 0 if one == stretches[0] else one[0]


def _end(stretches: list[Stretch], one: Stretch, said: str) -> int:
    """Return where a sentence ends, with the sign that parts it from the next."""
    return next((first for first, _ in stretches if first > one[0]), len(said))
