"""The planner's steps as messages of a chat model: calls, questions back, and the answer."""

import uuid
from dataclasses import asdict
from typing import Any

from langchain_core.messages import AIMessage, ToolCall

from agent.planner.context import PlannerContext
from agent.planner.dialogue import Dialogue, Outcome
from agent.planner.drafts import UNRESOLVED, Ask, Draft, Say, Step
from agent.planner.wording.outcomes import asked_back, say_all

_PRICE_LOOKUP = "what_if"
_CENTS = 2


def first_message(step: Step) -> AIMessage:
    """Return the message that takes a planned step."""
    if isinstance(step, Ask):
        return asking(step)
    if isinstance(step, Say):
        kind = {"kind": "refuse", "reason": step.reason} if step.reason else {"kind": "say"}
        return AIMessage(step.message, additional_kwargs=kind)
    notes = {"asides": list(step.asides), "reason": step.reason}
    if any(draft.waits_for_a_price for draft in step.drafts):
        # The price in force is looked up first; the calls that need it follow its answer.
        wanted = [draft.to_json() for draft in step.drafts]
        lookups = [_lookup(draft) for draft in step.drafts if draft.waits_for_a_price]
        return _calling(lookups, notes | {"then": wanted, "wanted": wanted})
    return _calling(list(step.drafts), notes)


def next_message(dialogue: Dialogue, context: PlannerContext) -> AIMessage:
    """Return what follows the results of this turn's calls: further calls, or the answer."""
    carried = dialogue.carried or {}
    if waiting := [Draft.from_json(draft) for draft in carried.get("then", ())]:
        resolved = _with_prices(waiting, dialogue.outcomes)
        if resolved is not None:
            notes = {
                "asides": carried.get("asides", []),
                "reason": carried.get("reason", ""),
                "looked_up": len(dialogue.outcomes),
                "wanted": carried["then"],
            }
            return _calling(resolved, notes)
    # A price that was looked up on the way is not what was asked for.
    asked_for = dialogue.outcomes[int(carried.get("looked_up", 0)) :]
    return _answering(asked_for, carried, context)


def asking(ask: Ask) -> AIMessage:
    """Return a question back, carrying the calls that wait for its answer."""
    kind = {
        "kind": "clarify",
        "asks_for": list(ask.asks_for),
        "choices": [list(choice) for choice in ask.choices],
        "pending": [draft.to_json() for draft in ask.pending],
        "later": [asdict(doubt) for doubt in ask.later],
    }
    return AIMessage(ask.message, additional_kwargs=kind)


def _calling(drafts: list[Draft], notes: dict[str, Any]) -> AIMessage:
    calls = [
        ToolCall(name=draft.tool, args=draft.ready, id=f"call-{uuid.uuid4().hex[:12]}")
        for draft in drafts
    ]
    return AIMessage("", tool_calls=calls, additional_kwargs=notes)


def _answering(
    outcomes: tuple[Outcome, ...], carried: dict[str, Any], context: PlannerContext
) -> AIMessage:
    asked = [one for one in outcomes if one.told.get("asks_for")]
    if asked and not any(one.outcome in ("succeeded", "awaiting") for one in outcomes):
        return _asking_after(asked[0], outcomes, context)
    reasons = [str(one.told.get("reason", "")) for one in outcomes if one.told.get("reason")]
    reason = reasons[0] if reasons else str(carried.get("reason", ""))
    kind = {"kind": "answer", "reason": reason}
    names = {item.id: item.name for item in context.vocabulary.products}
    text = say_all(outcomes, context.style, carried.get("asides", ()), names)
    return AIMessage(text, additional_kwargs=kind)


def _asking_after(
    asked: Outcome, outcomes: tuple[Outcome, ...], context: PlannerContext
) -> AIMessage:
    """Return the gateway's own question, with what it could not run waiting for the answer."""
    asks_for = tuple(str(name) for name in asked.told["asks_for"])
    names = [str(name) for name in asked.told.get("choices", ())]
    by_name = {item.name: item.id for item in context.vocabulary.products}
    by_name |= {store.name: store.id for store in context.vocabulary.stores}
    choices = tuple((by_name.get(name, name), name) for name in names)
    pending = tuple(
        Draft(one.tool, {n: v for n, v in one.arguments.items() if n not in asks_for})
        for one in outcomes
        if one.outcome == "invalid"
    )
    return asking(Ask(asked_back(asked.told, context.style), asks_for, choices, pending))


def _lookup(draft: Draft) -> Draft:
    """Return the call that finds the price a change in percent starts from."""
    kept = {n: v for n, v in draft.arguments.items() if n in ("product", "store", "start", "end")}
    return Draft(_PRICE_LOOKUP, kept | {"discount_pct": 0})


def _with_prices(waiting: list[Draft], outcomes: tuple[Outcome, ...]) -> list[Draft] | None:
    """Return the waiting calls with their prices worked out, or None when one is not known."""
    known = [one.result for one in outcomes if one.outcome == "succeeded"]
    resolved = []
    for draft in waiting:
        if not draft.waits_for_a_price:
            resolved.append(draft)
            continue
        price = _price_in(known.pop(0)) if known else None
        if price is None:
            return None
        up, by = draft.arguments.get("price_up_pct"), draft.arguments.get("price_by")
        changed = price * (1 + up / 100) if up is not None else price + (by or 0)
        without = draft.having(**dict.fromkeys(UNRESOLVED))
        resolved.append(without.having(price=round(changed, _CENTS)))
    return resolved


def _price_in(result: dict[str, Any] | None) -> float | None:
    # Without any discount what is asked is the regular price.
    value = ((result or {}).get("prices") or {}).get("changed")
    return float(value) if value is not None else None
