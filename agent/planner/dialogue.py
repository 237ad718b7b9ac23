"""Where a conversation stands, recovered from its messages alone.

Nothing is remembered elsewhere: the calls of earlier turns are in their messages, a question
asked back carries the calls that wait for its answer, and the results of this turn follow the
person's last message. Messages are data of the tenant's own store, but read with care: a
waiting call that names no known tool is forgotten.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, BaseMessage, HumanMessage, ToolMessage

from agent.planner.context import PlannerContext
from agent.planner.drafts import Draft
from agent.planner.entities import Choice, Doubt
from agent.planner.specs import SPECS
from agent.planner.turns import in_turn

_TURNS_BACK = 13
_LEFT_OPEN = 4
_ID = re.compile(r"\b(?P<kind>RC|AL)-\d+\b")

Drafts = tuple[Draft, ...]
Turn = Sequence[BaseMessage]
"""What followed a message of the person, oldest first."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A question asked back that the person may be answering now."""

    drafts: tuple[Draft, ...]
    asks_for: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]
    later: tuple[Doubt, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one call of this turn ended, as the gateway told it."""

    tool: str
    outcome: str
    arguments: dict[str, Any]
    result: dict[str, Any] | None
    told: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The state of a conversation at the person's last message.

    Attributes:
        question: What the person said last.
        frames: The calls of the last turn that had any, to build follow-ups on.
        pending: The question that the last message may answer.
        outcomes: How the calls of this turn ended so far.
        earlier: The calls of each earlier turn that had any, newest first; `frames` is the first.
        said: What the person said before, oldest first.
        carried: What the planner noted beside its calls of this turn.
        ids: Ids of advice and alerts that each recent turn told of, by their letters, newest first.
        advised: The discount advised last, in percent; None where none was.
        offered: What could be chosen from when something was asked back last: the argument, ids.
        told: What the calls of `frames` came back with.
        left_open: A question asked back before the last message that nothing has answered yet.
    """

    question: str
    frames: tuple[Draft, ...] = ()
    pending: Pending | None = None
    outcomes: tuple[Outcome, ...] = ()
    earlier: tuple[Drafts, ...] = ()
    said: tuple[str, ...] = ()
    carried: dict[str, Any] | None = None
    advised: float | None = None
    offered: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ids: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    told: tuple[Outcome, ...] = ()
    left_open: Pending | None = None


def dialogue_of(messages: Sequence[BaseMessage]) -> Dialogue:
    """Return where the conversation stands."""
    last = max(n for n, message in enumerate(messages) if isinstance(message, HumanMessage))
    before, now = messages[:last], messages[last + 1 :]
    recent = tuple(islice(_by_turn(before), _TURNS_BACK))
    notes = [m.additional_kwargs for m in now if isinstance(m, AIMessage) and m.tool_calls]
    earlier = _turns(recent)
    return Dialogue(
        question=text_of(messages[last]),
        frames=earlier[0] if earlier else (),
        earlier=earlier,
        said=tuple(text_of(message) for message in before if isinstance(message, HumanMessage)),
        pending=_pending(before),
        outcomes=_outcomes(now),
        carried=notes[-1] if notes else None,
        advised=_advised(before),
        offered=_offered(before),
        ids=_ids(recent),
        told=_told(recent),
        left_open=_left_open(recent),
    )


def in_its_language(dialogue: Dialogue, context: PlannerContext) -> PlannerContext:
    """Return the tenant in the language of the turn: that of the message, else of those before."""
    return in_turn(context, (*dialogue.said, dialogue.question))


def text_of(message: BaseMessage) -> str:
    """Return the text of a message, whose content may be in blocks."""
    if isinstance(message.content, str):
        return message.content
    parts = [part if isinstance(part, str) else part.get("text", "") for part in message.content]
    return "".join(str(part) for part in parts)


def told_by(message: ToolMessage) -> dict[str, Any]:
    """Return the gateway's JSON of a tool message; an empty dictionary when it is none."""
    try:
        told = json.loads(text_of(message))
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _outcomes(messages: Sequence[BaseMessage]) -> tuple[Outcome, ...]:
    outcomes = []
    for message in messages:
        if isinstance(message, ToolMessage):
            told = told_by(message)
            outcomes.append(
                Outcome(
                    tool=str(told.get("tool") or message.name or ""),
                    outcome=str(told.get("outcome", "failed")),
                    arguments=told.get("arguments") or {},
                    result=told.get("result"),
                    told=told,
                )
            )
    return tuple(outcomes)


def _turns(turns: Sequence[Turn]) -> tuple[Drafts, ...]:
    """Return the calls of each earlier turn that made any, newest first."""
    found = [
        _frames(message, turn[place + 1 :])
        for turn in turns
        for place, message in reversed(tuple(enumerate(turn)))
        if isinstance(message, AIMessage) and message.tool_calls
    ]
    return tuple(frames for frames in found if frames)


def _frames(message: AIMessage, after: Sequence[BaseMessage]) -> Drafts:
    """Return the calls of one message, as the gateway understood them."""
    if wanted := message.additional_kwargs.get("wanted"):
        return tuple(Draft.from_json(one) for one in wanted if one.get("tool") in SPECS)
    canonical = {str(m.tool_call_id): told_by(m) for m in after if isinstance(m, ToolMessage)}
    return tuple(
        Draft(call["name"], _arguments(call["args"], canonical.get(str(call["id"]), {})))
        for call in message.tool_calls
        if call["name"] in SPECS
    )


def _arguments(asked: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments as the gateway understood them, or as they were asked."""
    canonical = told.get("arguments")
    return dict(canonical) if isinstance(canonical, dict) and canonical else dict(asked)


def _pending(messages: Sequence[BaseMessage]) -> Pending | None:
    last: AnyMessage | BaseMessage | None = messages[-1] if messages else None
    if not isinstance(last, AIMessage) or last.additional_kwargs.get("kind") != "clarify":
        return None
    said = last.additional_kwargs
    drafts = [
        Draft.from_json(draft) for draft in said.get("pending", ()) if draft.get("tool") in SPECS
    ]
    choices = tuple((str(pair[0]), str(pair[1])) for pair in said.get("choices", ()))
    later = tuple(_doubt(one) for one in said.get("later", ()))
    asks_for = tuple(said.get("asks_for", ()))
    return Pending(tuple(drafts), asks_for, choices, later, text_of(last))


def _left_open(turns: Sequence[Turn]) -> Pending | None:
    """Return the newest question asked back, the last message left out, that no call answered."""
    called: set[str] = set()
    for turn in turns[:_LEFT_OPEN]:
        pending = None if turn is turns[0] else _pending(turn)
        if pending is not None and pending.asks_for:
            return None if called & {draft.tool for draft in pending.drafts} else pending
        called |= {one.tool for frames in _turns([turn]) for one in frames}
    return None


def _told(turns: Sequence[Turn]) -> tuple[Outcome, ...]:
    """Return what came back in the last turn that called anything."""
    return next((outcomes for turn in turns if (outcomes := _outcomes(turn))), ())


def _by_turn(messages: Sequence[BaseMessage]) -> Iterator[Turn]:
    """Yield what followed each message of the person, the newest turn first."""
    end = len(messages)
    for place in range(len(messages) - 1, -1, -1):
        if isinstance(messages[place], HumanMessage):
            yield messages[place + 1 : end]
            end = place


def _ids(turns: Sequence[Turn]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the ids that each turn with any of their kind spoke of, the newest turn first."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for turn in turns:
        here: dict[str, list[str]] = {}
        for message in turn:
            for match in _ID.finditer(_spoken_in(message)):
                here.setdefault(match["kind"], []).append(match[0])
        for kind, ids in here.items():
            found[kind] = (*found.get(kind, ()), tuple(dict.fromkeys(ids)))
    return found


def _spoken_in(message: BaseMessage) -> str:
    """Return where a message of the assistant or of a tool can name ids."""
    if isinstance(message, AIMessage) and message.tool_calls:
        return json.dumps([call["args"] for call in message.tool_calls])
    return text_of(message) if isinstance(message, ToolMessage) else ""


def _advised(messages: Sequence[BaseMessage]) -> float | None:
    """Return the discount of the newest advice that was on one product."""
    for message in reversed(messages):
        if isinstance(message, ToolMessage):
            result = told_by(message).get("result")
            advice = result.get("advice") if isinstance(result, dict) else None
            if isinstance(advice, list) and len(advice) == 1:
                depth = advice[0].get("discount_pct")
                return float(depth) if depth is not None else None
    return None


def _offered(messages: Sequence[BaseMessage]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the choices of the last question that had any, under the argument asked for."""
    for message in reversed(messages):
        said = message.additional_kwargs
        if said.get("kind") == "clarify" and said.get("choices") and said.get("asks_for"):
            ids = tuple(str(pair[0]) for pair in said["choices"])
            return ((str(said["asks_for"][0]), ids),)
    return ()


def _doubt(kept: dict[str, Any]) -> Doubt:
    choices = tuple(Choice(str(one["id"]), str(one["name"])) for one in kept["choices"])
    return Doubt(str(kept["kind"]), str(kept["text"]), choices)
