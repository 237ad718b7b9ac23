"""Puts a case beside another: two in one message, or one in the midst of a conversation."""

from typing import Any

from agent.evaluation.suite import Case, Expect, Turn
from agent.planner.specs import SPECS
from benchmarks.variation.expecting import arguments_of
from benchmarks.variation.words import Told, in_tongue

_MOST_CALLS = 4
_SHORT = 14


def joined(told: Told) -> Case | None:
    """Say two cases as two sentences of one message."""
    return _joined(told, "with")


def joined_within(told: Told) -> Case | None:
    """Say two cases as two clauses of one sentence."""
    return _joined(told, "within")


def in_the_midst(told: Told) -> Case | None:
    """Ask after other questions that have nothing to do with it."""
    if not _stands_alone(told.case):
        return None
    first = told.words["elsewhere"]["first"]
    before = told.draw.sample(first, 2)
    turns = [*(Turn(say=say) for say in before), *told.case.turns]
    return told.case.model_copy(update={"turns": tuple(turns)})


def returned_to(told: Told) -> Case | None:
    """Go on with a conversation after another question, by saying its first message again."""
    if len(told.case.turns) == 1 or not _stands_alone(told.case):
        return None
    beside = told.draw.choice(told.words["elsewhere"]["first"])
    turns = (told.case.turns[0], Turn(say=beside), *told.case.turns)
    return told.case.model_copy(update={"turns": turns})


def _joined(told: Told, how: str) -> Case | None:
    fitting = [
        one
        for one in told.others
        if one.role == told.case.role
        and _fit(told.case, one, told)
        and in_tongue(one, told.setting).language == told.context.language
    ]
    if not fitting or told.alone is None:
        return None
    other = told.draw.choice(fitting)
    join = told.draw.choice(told.words["joins"][how])
    mine, theirs = told.first.strip(), (other.turns[0].say or "").strip()
    if how == "within" or join.strip() == "+":
        mine = mine.rstrip("?.! ")
    elif mine[-1:] not in "?.!":
        mine += "."
    if how == "within" or join.strip() in ("And", "Then", "Und"):
        theirs = theirs[0].lower() + theirs[1:] if theirs[:2].istitle() else theirs
    calls = [*(told.alone.expect.calls or ()), *(other.turns[0].expect.calls or ())]
    turn = Turn(say=mine + join + theirs, expect=Expect(calls=tuple(calls)))
    return told.case.model_copy(update={"turns": (turn,)})


def _fit(one: Case, other: Case, told: Told) -> bool:
    """Tell whether neither of two cases leaves unsaid what the other says."""
    if one == other or not (_can_be_joined(one, told) and _can_be_joined(other, told)):
        return False
    first, second = (_said(case) for case in (one, other))
    mine, theirs = arguments_of(one), arguments_of(other)
    is_plain = len(mine) + len(theirs) <= _MOST_CALLS
    about_other_things = not any(call in theirs for call in mine)
    return first == second and is_plain and about_other_things


def _can_be_joined(case: Case, told: Told) -> bool:
    (turn, *more) = case.turns
    if more or not turn.expect.calls or turn.expect.refused or turn.expect.asks_for:
        return False
    short = len((turn.say or "").split()) <= _SHORT and not turn.expect.approval
    is_one = len((turn.say or "").rstrip("?.! ").split(".")) == 1
    tools = {call.tool for call in turn.expect.calls}
    plain = all(SPECS[tool].about_items and SPECS[tool].ahead is not None for tool in tools)
    return short and is_one and plain and bool(told.words)


def _said(case: Case) -> frozenset[str]:
    """Return what a case says itself: a thing, a store, its days."""
    calls: list[dict[str, Any]] = arguments_of(case)
    kinds = {"product": "thing", "category": "thing", "store": "store", "start": "days"}
    return frozenset(kinds[name] for one in calls for name in one if name in kinds)


def _stands_alone(case: Case) -> bool:
    """Tell whether a case's first message names all it is about, and answers nothing."""
    expect = case.turns[0].expect
    if not expect.calls or expect.asks_for:
        return False
    (first, *_) = expect.calls
    if first.tool not in SPECS or not SPECS[first.tool].about_items:
        return True
    names = {"product", "category"} & first.args.keys()
    return bool(names) and ("start" in first.args or SPECS[first.tool].ahead is None)
