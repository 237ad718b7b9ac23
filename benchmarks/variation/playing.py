"""Plays a scripted conversation with the planner alone, and judges what it would do.

No tool runs, so that thousands of conversations take minutes. What a result would tell the
planner of later turns (an alert's or an advice's id) is told by a few fixed results. What only a
tool can find out (a product too new, a day out of range) counts as right where the call is made.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from agent.evaluation.matching import Contract
from agent.evaluation.suite import AnyOf, Calls, Case, Expect, Value
from agent.planner.context import PlannerContext
from agent.planner.dialogue import Dialogue, dialogue_of, in_its_language
from agent.planner.drafts import Ask, Say, Step
from agent.planner.drafts import Calls as Planned
from agent.planner.plan import next_step
from agent.planner.steps import first_message
from benchmarks.variation.tenants import context_of, contract_of
from tenants.errors import AppError
from tenants.roles import Role
from tools.catalogue import Kind, Vocabulary, resolve

_ITEMS: tuple[Kind, ...] = ("product", "store", "category")
_FOUND_BY_TOOLS = frozenset({"unknown_item", "out_of_range", "not_enough_data"})
_PRICE = "price"
_TOLD: Mapping[str, dict[str, Any]] = {
    "list_alerts": {"alerts": [{"id": "AL-1"}, {"id": "AL-2"}, {"id": "AL-3"}]},
    "optimize_discount": {"advice": [{"discount_pct": 20.0, "recommendation": "RC-1"}]},
}


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when a conversation takes place."""

    context: PlannerContext
    contract: Contract

    @classmethod
    def of(cls, workspace: str, today: date, kept_in: Path | None = None) -> "Setting":
        """Return that of a demo tenant on a day."""
        return cls(context_of(workspace, today, kept_in), contract_of(workspace, today))

    @property
    def vocabulary(self) -> Vocabulary:
        """The tenant's names."""
        return self.context.vocabulary

    @property
    def today(self) -> date:
        """The tenant's day."""
        return self.context.today


@dataclass(frozen=True, slots=True)
class Played:
    """What the planner did at one turn, and where the conversation stood before."""

    said: str
    step: Step
    wrong: tuple[str, ...]
    before: Dialogue


def played(case: Case, setting: Setting) -> list[Played]:
    """Return what the planner does at each turn that says something, and what is wrong with it."""
    history: list[BaseMessage] = []
    turns = []
    for turn in case.turns:
        if turn.say is None:
            continue
        history.append(HumanMessage(turn.say))
        dialogue = dialogue_of(history)
        step = next_step(dialogue, in_its_language(dialogue, setting.context))
        made, refused = _tell(step, case.role, history, setting)
        wrong = _judged(turn.expect, step, made, refused, setting.contract)
        turns.append(Played(turn.say, step, tuple(wrong), dialogue))
    return turns


def passes(case: Case, setting: Setting) -> bool:
    """Tell whether the planner does at every turn what is expected."""
    return not any(turn.wrong for turn in played(case, setting))


def _tell(
    step: Step, role: str, history: list[BaseMessage], setting: Setting
) -> tuple[list[dict[str, Any]], str]:
    """Go on as if the calls had been made; return those allowed, and the refusal's class."""
    message = first_message(step)
    history.append(message)
    refused = step.reason if isinstance(step, Say | Planned) else ""
    if not isinstance(step, Planned):
        return [], refused
    made = []
    for place, draft in enumerate(step.drafts):
        arguments = _canonical(draft.ready, setting.vocabulary)
        allowed = Role[role.upper()] >= setting.contract.tools[draft.tool].minimum_role
        told: dict[str, Any] = {"tool": draft.tool, "outcome": "refused"}
        if allowed:
            waits = {_PRICE: None} if draft.waits_for_a_price else {}
            made.append({"tool": draft.tool, "arguments": arguments | waits})
            told |= {"outcome": "succeeded", "arguments": arguments}
            told["result"] = _TOLD.get(draft.tool, {})
        refused = refused or ("" if allowed else "permission")
        calls = message.tool_calls
        called = str(calls[min(place, len(calls) - 1)]["id"])
        history.append(
            ToolMessage(json.dumps(told, default=str), tool_call_id=called, name=draft.tool)
        )
    history.append(AIMessage("Here you are."))
    return made, refused


def _canonical(arguments: dict[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    """Return arguments as the gateway tells them, with ids for names where they are known."""
    known = dict(arguments)
    for kind in _ITEMS:
        if kind in known:
            try:
                known[kind] = resolve(str(known[kind]), kind, vocabulary)
            except AppError:
                continue
    return known


def _judged(
    expect: Expect, step: Step, made: list[dict[str, Any]], refused: str, contract: Contract
) -> list[str]:
    wrong: list[str] = []
    if expect.alternatives:
        tries = [_unlike(calls, made, contract) for calls in expect.alternatives]
        closest = min(tries, key=len)
        wrong += closest
    if expect.asks_for is not None:
        wrong += _asks(expect.asks_for, step)
    elif isinstance(step, Ask) and expect.alternatives and not wrong:
        wrong.append(f"asks for {', '.join(step.asks_for) or 'the wish'}")
    if expect.refused is not None:
        one_of = expect.refused.any_of if isinstance(expect.refused, AnyOf) else (expect.refused,)
        is_left_to_tools = bool(made) and bool(_FOUND_BY_TOOLS & set(one_of))
        if refused not in one_of and not is_left_to_tools:
            wrong.append(f"refused as {refused or 'nothing'}, not {one_of}")
    return wrong


def _one_of(value: Value) -> Value:
    """Return a value that would do: the first of several."""
    return value.any_of[0] if isinstance(value, AnyOf) else value


def _unlike(calls: Calls, made: list[dict[str, Any]], contract: Contract) -> list[str]:
    """Return in what the calls made are others than these; a price looked up is any price."""
    prices = [_one_of(call.args[_PRICE]) for call in calls if _PRICE in call.args]
    filled = [
        one | {"arguments": one["arguments"] | {_PRICE: prices[0] if prices else 0}}
        if one["arguments"].get(_PRICE, 0) is None
        else one
        for one in made
    ]
    wrong = contract.unmet(calls, filled)
    extra = contract.unexpected(calls, filled)
    return wrong + [
        f"{one['tool']} besides" for one in extra if not calls or not contract.reads(one["tool"])
    ]


def _asks(wanted: tuple[str | AnyOf, ...], step: Step) -> list[str]:
    if not isinstance(step, Ask):
        return ["asks for nothing"]
    left = set(step.asks_for)
    for one in wanted:
        choices = {str(name) for name in one.any_of} if isinstance(one, AnyOf) else {one}
        if not choices & left:
            return [f"asks for {', '.join(step.asks_for) or 'the wish'}, not {one}"]
        left -= choices
    return [f"asks for {', '.join(sorted(left))} too"] if left else []
