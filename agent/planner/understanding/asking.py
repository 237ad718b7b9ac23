"""Which sentences of a long message ask for something, and which only tell."""

from dataclasses import replace

from agent.planner.details import read_details
from agent.planner.specs import CHANGES_SOMETHING, SPECS
from agent.planner.understanding.ranking import Ranked
from agent.planner.understanding.sentence import Sentence

_SHORT = 9
_A_FEW = 4
_ENOUGH = 0.4
_SURELY = 0.9
_SURE_OF_DEED = 0.8
_MANNERS = {
    "optimize_discount": frozenset({"objective"}),
    "detect_anomalies": frozenset({"sensitivity"}),
    "record_decision": frozenset({"decision"}),
    "forecast": frozenset({"level"}),
    "plan_inventory": frozenset({"lead_time_days", "on_hand"}),
    "start_rollout": frozenset({"traffic_pct", "kind"}),
    "retrain": frozenset({"auto_promote"}),
}
_ADDS = frozenset({"more", "aside"})
_FIGURES = frozenset({"NUMBER", "PERCENT", "MONEY", "AHEAD", "BEHIND", "EITHER", "SPAN"})
_THINGS = frozenset({"PRODUCT", "CATEGORY"})
TIMES = frozenset({"AHEAD", "BEHIND", "EITHER"})
NAMES = frozenset({"PRODUCT", "CATEGORY", "STORE", "UNKNOWN"})

Stretch = tuple[int, int]


def requests(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a stretch asks or orders, by its form."""
    text = sentence.text[start:end]
    cues = sentence.context.language.patterns("asking")
    if "?" in text:
        return True
    if is_subordinate(sentence, start, end):
        return False  # "which is a strange rule"
    if cues["requests"].search(text):
        return True
    goes_on = cues["inverts"].match(text) and not _begins_a_sentence(sentence, start)
    return cues["orders"].search(text) is not None and not goes_on


def acts(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a stretch does something to what it gives the id of: "AL-2 can be closed"."""
    best = sentence.ranked(start, end)[0]
    is_deed = best.intent.name in CHANGES_SOMETHING and best.share >= _SURE_OF_DEED
    return is_deed and "_ID" in sentence.normal(start, end) and not tells(sentence, start, end)


def is_relative(sentence: Sentence, start: int) -> bool:
    """Tell whether a clause only describes the word before it: "my supplier, who is slow"."""
    follows_a_comma = sentence.text[:start].rstrip().endswith(",")
    return follows_a_comma and sentence.cues["relative"].match(sentence.text[start:]) is not None


def is_subordinate(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a clause only says of another why, of what or what for: "because it rained"."""
    if is_relative(sentence, start):
        return True
    cues = sentence.context.language.patterns("asking")
    return cues["subordinate"].match(sentence.text[start:end]) is not None


def states(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a stretch says that something is or does so, and supposes nothing."""
    text = sentence.text[start:end]
    if sentence.cues["opens_condition"].match(text) or sentence.cues["shows_supposing"].search(
        text
    ):
        return False
    return says(sentence, start, end)


def says(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a stretch has a verb: "the grower can give us more"."""
    cues = sentence.context.language.patterns("asking")
    return cues["predicate"].search(sentence.normal(start, end)) is not None


def _begins_a_sentence(sentence: Sentence, start: int) -> bool:
    return any(
        first <= start and not sentence.text[first:start].strip(" ,")
        for first, _ in sentences(sentence)
    )


def tells(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a stretch tells what somebody did or thinks: "last year we ran out of milk"."""
    cues = sentence.context.language.patterns("asking")
    told = cues["tells"].search(sentence.normal(start, end))
    return told is not None and not cues["asks"].search(sentence.text[start:end])


def tells_a_figure(tool: str, sentence: Sentence, start: int, end: int, *, or_when: bool) -> bool:
    """Tell whether a stretch tells a figure that a tool takes, or a time that is not over."""
    told = _FIGURES - ({"BEHIND"} if or_when else TIMES)
    if tool == "what_if":
        told -= {"NUMBER"}  # "a form of 4 pages" is no price
    return bool(told & set(sentence.normal(start, end).split()))


def tells_how(tool: str, sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a stretch says how a tool is to go about it: "I care about volume here"."""
    if tool not in _MANNERS:
        return False
    said = read_details(tool, sentence.text[start:end], sentence.context.language)
    return bool(_MANNERS[tool] & said.keys())


def turns_to_days(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a stretch leads up to days: "plans for Easter:", "Christmas is coming"."""
    if not any(start <= at < end for at, _ in sentence.times):
        return False
    text = sentence.text[start:end]
    turns = sentence.context.language.patterns("asking")["turns_to_days"]
    return text.rstrip().endswith(":") or turns.search(text) is not None


def stands_alone(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether "milk next week" is a question by itself: it names a thing and a time."""
    said = set(sentence.normal(start, end).split())
    return bool(said & _THINGS) and bool(said & TIMES)


def asked_most(sentence: Sentence) -> tuple[int, int, Ranked] | None:
    """Return the sentence that asks most clearly for something a tool does, and what for.

    Where none asks by its form, it is one that names, dates or counts what a tool does.
    """
    stretches = sentences(sentence)
    asking = [one for one in stretches if requests(sentence, *one)]
    found = []
    for start, end in asking or [one for one in stretches if _has_content(sentence, *one)]:
        ranked = sentence.ranked(start, end)
        left = [one for one in ranked if one.intent.name not in _ADDS]
        told = next(one.share for one in ranked if one.intent.name == "aside")
        share = left[0].share / sum(one.share for one in left)
        if share >= _ENOUGH and told < _SURELY and left[0].intent.name in SPECS:
            found.append((start, end, replace(left[0], share=share)))
    return max(found, key=lambda one: one[2].share, default=None)


def sentences(sentence: Sentence) -> list[Stretch]:
    """Return where the sentences of a message stand."""
    text = sentence.text
    found, place = [], 0
    for cut in sentence.cues["cut_sentence"].finditer(text):
        found.append((place, cut.start()))
        place = cut.end()
    found.append((place, len(text)))
    return [(a, b) for a, b in found if text[a:b].strip(" .?!,;")]


def adds_a_detail(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a short sentence says how to show it: "a monthly split would be ideal".

    Why it is to be so makes it no longer: "by week, please, as the crates are agreed weekly".
    """
    cues = sentence.context.language.patterns("asking")
    said = cues["gives_reason"].split(sentence.text[start:end], maxsplit=1)[0]
    return len(said.split()) <= _SHORT and cues["detail"].search(said) is not None


def only_names_a_place(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a few words name a place and nothing else: "whatever: Downtown then"."""
    words = sentence.normal(start, end).split()
    return len(words) <= _A_FEW and [one for one in words if one.isupper()] == ["STORE"]


def _has_content(sentence: Sentence, start: int, end: int) -> bool:
    told = {*NAMES, *_FIGURES} & set(sentence.normal(start, end).split())
    return bool(told) and not only_names_a_place(sentence, start, end)
