"""How the calls of a turn ended, in words: results, refusals, and what waits for a person."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol

from agent.planner.wording import say
from agent.planner.wording.joining import joined
from agent.planner.wording.notes import noted
from agent.planner.wording.style import ENGLISH, Style
from agent.planner.wording.templates import phrase
from agent.planner.wording.together import say_together

_FILE = "outcomes"
# How the gateway speaks to a model of arguments that are missing; a person is asked in words.
_NAMES_ARGUMENTS = "must be given."


class Told(Protocol):
    """What the gateway told about one call."""

    @property
    def tool(self) -> str:
        """The tool called."""
        ...

    @property
    def outcome(self) -> str:
        """The word the audit trail uses."""
        ...

    @property
    def arguments(self) -> dict[str, Any]:
        """Its arguments."""
        ...

    @property
    def result(self) -> dict[str, Any] | None:
        """Its figures, when it succeeded."""
        ...

    @property
    def told(self) -> dict[str, Any]:
        """Everything the gateway said."""
        ...


def say_all(
    outcomes: Sequence[Told],
    style: Style,
    asides: Sequence[str] = (),
    names: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return the answer of a turn: each result, then what must be said besides.

    Args:
        outcomes: How the calls ended.
        style: The tenant's way of writing.
        asides: Sentences that follow.
        names: Product names by id, to tell which of several things could not be answered.
    """
    together = _together(outcomes, style)
    texts = []
    for one in outcomes:
        if one.outcome == "succeeded" and one.tool in together:
            texts.append(together[one.tool])  # said once, by `joined`
            continue
        text = say_one(one, style)
        name = names.get(str(one.arguments.get("product", "")))
        if len(outcomes) > 1 and one.outcome == "failed" and name and name not in text:
            text = phrase(_FILE, "named", style, name=name, text=text)
        texts.append(text)
    return "\n\n".join([joined(texts, style), *asides])


def _together(outcomes: Sequence[Told], style: Style) -> dict[str, str]:
    """Return one text for all results of a tool, where they answer one question."""
    results: dict[str, list[dict[str, Any]]] = {}
    for one in outcomes:
        if one.outcome == "succeeded" and one.result is not None:
            results.setdefault(one.tool, []).append(one.result)
    said = {tool: say_together(tool, found, style) for tool, found in results.items()}
    return {tool: text for tool, text in said.items() if text is not None}


def say_one(one: Told, style: Style) -> str:
    """Return how one call ended."""
    if one.outcome == "succeeded" and one.result is not None:
        return say(one.tool, one.result, style)
    if one.outcome == "awaiting":
        return waiting(one.told.get("approval") or {}, style)
    if one.told.get("asks_for"):
        return asked_back(one.told, style)
    return phrase(_FILE, "failed", style, message=str(one.told.get("message") or ""))


def asked_back(told: Mapping[str, Any], style: Style) -> str:
    """Return the gateway's own question, which names what it needs or what to choose from."""
    asks_for, message = told.get("asks_for") or [""], str(told.get("message") or "")
    if message.endswith(_NAMES_ARGUMENTS):
        return phrase("questions", "about_missing", style, argument=str(asks_for[0]))
    return noted(style, message)


def waiting(approval: Mapping[str, Any], style: Style) -> str:
    """Return what a person is asked to approve, from the stored request and nothing else."""
    expires = _moment(str(approval.get("expires_at", "")))
    return phrase(
        _FILE,
        "waiting",
        style,
        id=approval.get("id"),
        action=action(approval, style),
        approvers=[str(name) for name in approval.get("approvers", ())],
        day=expires and expires.date().isoformat(),
        time=expires and f"{expires:%H:%M}",
    )


def action(approval: Mapping[str, Any], style: Style = ENGLISH) -> str:
    """Return what a request is for: the tool, the models concerned, and its exact arguments."""
    arguments = sorted((approval.get("arguments") or {}).items())
    told = {
        "tool": str(approval.get("tool", "")),
        "binding": approval.get("binding") or {},
        "arguments": [f"{name} = {_exactly(name, value)}" for name, value in arguments],
    }
    return phrase(_FILE, "action", style, **told)


def _exactly(name: str, value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) + ("%" if name.endswith("_pct") else "")


def denied(approval: Mapping[str, Any], style: Style = ENGLISH) -> str:
    """Return that a person decided against a request."""
    return phrase(_FILE, "denied", style, id=approval.get("id"))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
