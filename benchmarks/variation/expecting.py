"""What is expected of a case in which a thing or its days are others."""

from collections.abc import Callable
from typing import Any

from agent.evaluation.suite import AnyOf, Calls, Case, Expect, ExpectedCall, Turn

Exchange = Callable[[dict[str, Any]], dict[str, Any]]
"""Returns the arguments of an expected call with some of them others."""


def with_other(turn: Turn, say: str, exchange: Exchange) -> Turn:
    """Return a turn said in other words, and its expected calls with other arguments."""
    return turn.model_copy(update={"say": say, "expect": _exchanged(turn.expect, exchange)})


def arguments_of(case: Case) -> list[dict[str, Any]]:
    """Return the arguments of all calls a case expects."""
    return [
        dict(call.args)
        for turn in case.turns
        for calls in turn.expect.alternatives
        for call in calls
    ]


def _exchanged(expect: Expect, exchange: Exchange) -> Expect:
    def one(calls: Calls) -> Calls:
        return tuple(ExpectedCall(tool=c.tool, args=exchange(dict(c.args))) for c in calls)

    changes: dict[str, Any] = {}
    if expect.calls is not None:
        changes["calls"] = one(expect.calls)
    if expect.calls_any_of is not None:
        changes["calls_any_of"] = tuple(one(calls) for calls in expect.calls_any_of)
    return expect.model_copy(update=changes)


def in_place_of(value: Any, old: Callable[[Any], bool], new: Any) -> Any:
    """Return a value, or one of several that would do, with another in place of the old."""
    if isinstance(value, AnyOf):
        return AnyOf(any_of=tuple(new if old(one) else one for one in value.any_of))
    return new if old(value) else value
