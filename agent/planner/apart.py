"""A message of several whole questions is read question by question.

"Forecast milk next week at Riverside. Also, how many bagels did Downtown sell last week?" says
in each of its sentences what it wants, of what, and of which days. The second is then read as if
it had been said after the answer to the first; where it leaves nothing out that the first says,
as if it had been said alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from agent.planner.details import read_details
from agent.planner.sharing import tail_of_all
from agent.planner.specs import CHANGES_SOMETHING, SPECS
from agent.planner.understanding.asking import (
    TIMES,
    is_subordinate,
    requests,
    says,
    sentences,
    stands_alone,
    tells,
)
from agent.planner.understanding.cutting import cuts
from agent.planner.understanding.sentence import Sentence

_SURE = 0.6
_QUITE_SURE = 0.8
_SURELY = 0.9
_OUTSIDE = "out_of_scope"
_ERASING = "deleting"
_THINGS = frozenset({"PRODUCT", "CATEGORY"})
_PLACES = frozenset({"STORE"})
_SPLIT = frozenset({"product", "store", "category"})
_SLOTS = (_THINGS, _PLACES, TIMES)
_GOES_ON = (":", "...", "\u2026")

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a message.

    Attributes:
        sentence: The message less all but this question and what is told beside it.
        goes_on: Whether it may leave out what the question before it says.
    """

    sentence: Sentence
    goes_on: bool


def questions_of(sentence: Sentence) -> list[Question]:
    """Return the questions of a message in their order; one where none is whole by itself."""
    asked = list(_whole(sentence))
    if len(asked) <= 1 or _has_a_tail(sentence, asked[-1]):
        return [Question(sentence, goes_on=True)]
    starts = [0, *(start for start, _ in asked[1:])]
    ends = [*starts[1:], len(sentence.text)]
    return [
        Question(
            _only(sentence, start, end),
            goes_on=before is None or _leaves_out(at, before, sentence),
        )
        for before, at, start, end in zip([None, *asked[:-1]], asked, starts, ends, strict=True)
    ]


def _only(sentence: Sentence, start: int, end: int) -> Sentence:
    """Return a message less all but a stretch of it."""
    names = sentence.names.muted((0, start), (end, len(sentence.text)))
    return replace(sentence, names=names)


def _has_a_tail(sentence: Sentence, last: Stretch) -> bool:
    """Tell whether the last words name what all questions are about: "…? Both at Lakeside"."""
    tail = tail_of_all(sentence)
    if tail is None:
        return False
    is_for_all = sentence.cues["pick_all"].search(sentence.text[slice(*tail)]) is not None
    return is_for_all or not (last[0] < tail[0] < last[1] or stands_alone(sentence, *tail))


def _whole(sentence: Sentence) -> Iterator[Stretch]:
    """Yield the first sentence of a message that asks, and those after it that are whole."""
    before: Stretch | None = None
    for at in (one for whole in _with_labels(sentence) for one in _joined(whole, sentence)):
        if not _asks(at, sentence):
            continue
        if before is None or (_is_whole(at, sentence) and not _adds_to(before, at, sentence)):
            before = at
            yield at


def _joined(at: Stretch, sentence: Sentence) -> Iterator[Stretch]:
    """Yield the whole questions that one sentence joins: "…, and how much milk will …?"."""
    begins = at[0]
    for last, first, end in _cut_at_joins(at, sentence):
        before, here = (begins, last), (first, end)
        ask = _asks(before, sentence) and _asks(here, sentence)
        if ask and _is_whole(here, sentence) and _are_alike(before, here, sentence):
            yield before
            begins = first
    yield begins, at[1]


def _are_alike(first: Stretch, second: Stretch, sentence: Sentence) -> bool:
    """Tell whether neither of two questions names what the other leaves out, or sets only more."""
    one, other = _wanted(first, sentence), _wanted(second, sentence)
    if other == _OUTSIDE or not SPECS[other].about_items:
        return one != other
    said, told = (_said(at, sentence) for at in (first, second))
    return all(bool(said & slot) == bool(told & slot) for slot in _SLOTS)


def _cut_at_joins(at: Stretch, sentence: Sentence) -> Iterator[tuple[int, int, int]]:
    """Yield where a sentence may end before "and", go on after it, and be cut the next time."""
    joins = sentence.cues["asks_besides"]
    clauses = [one for one in cuts(sentence) if at[0] <= one[0] < at[1]]
    places = [
        (last, first)
        for (_, last), (first, _) in pairwise(clauses)
        if joins.fullmatch(sentence.text, last, first) and sentence.text[last:first].strip(" ,")
    ]
    following = [*places[1:], (at[1], at[1])]
    for (last, first), (end, _) in zip(places, following, strict=False):
        yield last, first, end


def _with_labels(sentence: Sentence) -> Iterator[Stretch]:
    """Yield the sentences of a message, "Easter weekend:" with what it leads up to."""
    opening: int | None = None
    for start, end in sentences(sentence):
        begins = start if opening is None else opening
        text = sentence.text[start:end].rstrip()
        opening = begins if text.endswith(_GOES_ON) else None
        if opening is None:
            yield begins, end


def _asks(at: Stretch, sentence: Sentence) -> bool:
    """Tell whether a sentence surely asks for something that a tool does."""
    best = sentence.ranked(*at)[0]
    if best.intent.name == _OUTSIDE:
        is_asked = requests(sentence, *at) or best.intent.about == _ERASING
        return best.share >= _SURELY and is_asked
    is_deed = best.intent.name in CHANGES_SOMETHING
    is_label = stands_alone(sentence, *at) and not _has_a_verb(at, sentence)
    if best.intent.name not in SPECS or best.share < (_QUITE_SURE if is_deed else _SURE):
        return is_label and not is_deed and best.intent.name in SPECS
    if is_label or sentence.text[slice(*at)].rstrip().endswith("?"):
        return True
    if is_subordinate(sentence, *at) or tells(sentence, *at):
        return False
    names = not _has_a_verb(at, sentence) and best.share >= _QUITE_SURE
    return (names and not is_deed) or requests(sentence, *at)


def _has_a_verb(at: Stretch, sentence: Sentence) -> bool:
    """Tell whether a sentence says that something is so, or what somebody says."""
    reports = sentence.context.language.patterns("asking")["reports"]
    return says(sentence, *at) or reports.search(sentence.normal(*at)) is not None


def _is_whole(at: Stretch, sentence: Sentence) -> bool:
    """Tell whether a sentence that asks says what it is about, where what is before it does."""
    wanted = _wanted(at, sentence)
    if wanted == _OUTSIDE:
        return not _is_of_a_company_named_before(at, sentence)
    asks_to_reach = sentence.context.language.patterns("asking")["reach"]
    if _refers(at, sentence) or asks_to_reach.search(sentence.normal(*at)):
        return False
    if not SPECS[wanted].about_items:
        return True
    said, told = _said(at, sentence), _said((0, at[0]), sentence)
    is_of_a_place = bool(said & _PLACES) and not told & _THINGS
    is_of_something = bool(said & _THINGS) or is_of_a_place or _is_of_all(at, sentence)
    return is_of_something and (bool(said & TIMES) or not told & TIMES)


def _is_of_a_company_named_before(at: Stretch, sentence: Sentence) -> bool:
    """Tell whether "they" in a sentence is another company that an earlier one names."""
    is_of_others = "COMPANY" in _said(at, sentence)
    return is_of_others and not sentence.cues["other_company"].search(sentence.text, *at)


def _adds_to(before: Stretch, at: Stretch, sentence: Sentence) -> bool:
    """Tell whether a sentence asks the one before it again, and says more of what is asked.

    "Anything still waiting for approval? Check the audit log of last week" is one question.
    """
    tool = _wanted(at, sentence)
    if tool == _OUTSIDE or tool != _wanted(before, sentence):
        return False
    if SPECS[tool].about_items:  # "How much will we take? I mean all stores, in August"
        is_open = not _said(before, sentence) & (_THINGS | _PLACES | TIMES)
        return is_open and not _is_of_all(before, sentence)
    return tool != "search_knowledge" and not (_narrows(before, sentence) & _narrows(at, sentence))


def _narrows(at: Stretch, sentence: Sentence) -> set[str]:
    """Return what a sentence says of its question: names, days, an outcome, a number."""
    details = read_details(
        _wanted(at, sentence), sentence.text[slice(*at)], sentence.context.language
    )
    return {word for word in _said(at, sentence) if word.isupper()} | details.keys()


def _leaves_out(at: Stretch, before: Stretch, sentence: Sentence) -> bool:
    """Tell whether a question says less than the one before it: of no store, say."""
    said, told = _said(at, sentence), _said(before, sentence)
    return any(told & slot and not said & slot for slot in _SLOTS)


def _wanted(at: Stretch, sentence: Sentence) -> str:
    return sentence.ranked(*at)[0].intent.name


def _said(at: Stretch, sentence: Sentence) -> set[str]:
    return set(sentence.normal(*at).split())


def _refers(at: Stretch, sentence: Sentence) -> bool:
    """Tell whether a sentence points at a thing, a place or days that it has not said itself."""
    asking, cues = sentence.context.language.patterns("asking"), sentence.cues
    connects = cues["opens_more"].match(sentence.text[slice(*at)])
    begins = at[0] + connects.end() if connects else at[0]
    named = [one.start for one in sentence.names.found if at[0] <= one.start < at[1]]
    points = {
        _THINGS: (asking["refers"], cues["pronoun"]),
        _PLACES: (sentence.context.language.patterns("following")["there"],),
        TIMES: (asking["points_then"],),
    }
    said = _said(at, sentence)
    return any(
        one.search(sentence.text, begins, min(named, default=at[1]) if slot & said else at[1])
        for slot, patterns in points.items()
        for one in patterns
        if slot is _THINGS or not slot & said
    )


def _is_of_all(at: Stretch, sentence: Sentence) -> bool:
    """Tell whether a sentence asks of all there is: "total revenue", "the five best sellers"."""
    text = sentence.text[slice(*at)]
    if any(sentence.cues[cue].search(text) for cue in ("everything", "everywhere")):
        return True
    said = read_details("sales_history", text, sentence.context.language)
    return "top" in said or bool({said.get("by"), said.get("rank_by")} & _SPLIT)
