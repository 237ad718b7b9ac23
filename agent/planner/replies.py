"""What a person's reply does to a question that was asked back."""

import re
from collections.abc import Sequence

from agent.planner.context import PlannerContext
from agent.planner.details import read_details
from agent.planner.dialogue import Pending
from agent.planner.drafts import Draft, distinct
from agent.planner.entities import Choice, Items, among, read_names
from agent.planner.intents import rule_for
from agent.planner.periods import Period, read_periods
from agent.planner.specs import SPECS, looks_ahead

_DROPPED = re.compile(
    r"\W*(?:never ?mind|forget (?:it|about it|that)|cancel(?: that| it)?|nothing|drop it|stop|no(?: thanks| thank you)?|skip(?: it)?|"
    r"leave it)\W*"
)
_NUMBER = re.compile(r"\W*(?:(?:product|store|number|no\.?|#)\s*)?(\d+(?:\.\d+)?)\W*")
_ITEM_KINDS = ("product", "store", "category")
_CHANGES = ("discount_pct", "price", "promotion")
_SHORT_REPLY = 8


def is_dropped(text: str) -> bool:
    """Tell whether the person no longer wants an answer."""
    return _DROPPED.fullmatch(text.strip().lower()) is not None


def completed(reply: str, pending: Pending, context: PlannerContext) -> tuple[Draft, ...] | None:
    """Return the waiting calls with what the reply adds, or None when it is no answer.

    A long reply that wants something by itself is a new question, not an answer.
    """
    names = read_names(reply, context.vocabulary, context.own_names)
    blanked = names.blanked()
    intent = rule_for(blanked)
    tools = {draft.tool for draft in pending.drafts}
    if intent and intent.name not in tools and len(reply.split()) > _SHORT_REPLY:
        return None
    if intent and intent.name in tools and len(reply.split()) > _SHORT_REPLY:
        return None
    items = names.within(0, len(reply))
    drafts = pending.drafts
    answered = False
    for slot in pending.asks_for:
        filled = _with_slot(slot, reply, blanked, items, pending, drafts, context)
        if filled is not None:
            drafts, answered = filled, True
    if not answered:
        return None
    return distinct(_with_the_rest(blanked, items, pending, drafts, context))


def _with_slot(
    slot: str,
    reply: str,
    blanked: str,
    items: Items,
    pending: Pending,
    drafts: tuple[Draft, ...],
    context: PlannerContext,
) -> tuple[Draft, ...] | None:
    if slot in _ITEM_KINDS:
        return _with_items(slot, reply, items, pending, drafts)
    if slot in _CHANGES:
        return _with_change(slot, blanked, pending, drafts)
    if slot in ("start", "end"):
        return _with_days(slot, blanked, pending, drafts, context)
    return None


def _with_items(
    slot: str, reply: str, items: Items, pending: Pending, drafts: tuple[Draft, ...]
) -> tuple[Draft, ...] | None:
    choices = [Choice(*pair) for pair in pending.choices]
    picked = [(slot, value) for value in among(reply, slot, choices)] if choices else []
    if not picked and items.doubt is None:
        named = (
            [("store", store) for store in items.stores] if slot == "store" else list(items.things)
        )
        number = _NUMBER.fullmatch(reply)
        picked = named or ([(slot, number[1])] if number else [])
    if not picked:
        return None
    filled = []
    for draft in drafts:
        for kind, value in picked:
            rest = {
                n: v
                for n, v in draft.arguments.items()
                if slot == "store" or n not in ("product", "category")
            }
            filled.append(Draft(draft.tool, rest | {kind: value}))
    # Other items of the question that were clear keep their own calls.
    clear = [d for d in drafts if slot != "store" and slot in d.arguments]
    return distinct([*clear, *filled])


def _with_change(
    slot: str, blanked: str, pending: Pending, drafts: tuple[Draft, ...]
) -> tuple[Draft, ...] | None:
    said = read_details("what_if", blanked)
    number = _NUMBER.fullmatch(blanked)
    if not said and number and pending.asks_for[0] == slot:
        said = {slot: float(number[1]) if "." in number[1] else int(number[1])}
    if (
        not said
        and slot == "promotion"
        and re.fullmatch(r"\W*(?:yes|a promotion|promotion)\W*", blanked)
    ):
        said = {"promotion": True}
    if slot == "price" and "discount_pct" in said and "discount_pct" not in pending.asks_for:
        said = {"price_up_pct": said["discount_pct"]}
    return tuple(draft.having(**said) for draft in drafts) if said else None


def _with_days(
    slot: str, blanked: str, pending: Pending, drafts: tuple[Draft, ...], context: PlannerContext
) -> tuple[Draft, ...] | None:
    filled = []
    for draft in drafts:
        ahead = looks_ahead(draft.tool, draft.arguments.get("about"))
        reading = read_periods(blanked, context.now(ahead=ahead))
        if reading.unclear or not reading.periods:
            return None
        filled.append(draft.having(**_days(reading.periods, slot, pending)))
    return tuple(filled)


def _days(periods: Sequence[Period], slot: str, pending: Pending) -> dict[str, str]:
    first, last = periods[0], periods[-1]
    if len(pending.asks_for) == 1:
        return {slot: (first.start if slot == "start" else last.end).isoformat()}
    return {"start": first.start.isoformat(), "end": last.end.isoformat()}


def _with_the_rest(
    blanked: str,
    items: Items,
    pending: Pending,
    drafts: tuple[Draft, ...],
    context: PlannerContext,
) -> list[Draft]:
    """Add what the reply says besides what was asked: "cold brew at Riverside, next month"."""
    full = []
    for draft in drafts:
        if items.stores and "store" not in pending.asks_for and "store" in SPECS[draft.tool].takes:
            draft = draft.having(store=items.stores[0])  # noqa: PLW2901 - a draft is built up
        if not {"start", "end"} & set(pending.asks_for):
            ahead = looks_ahead(draft.tool, draft.arguments.get("about"))
            reading = read_periods(blanked, context.now(ahead=ahead))
            if reading.periods:
                first = reading.periods[0]
                draft = draft.having(  # noqa: PLW2901 - a draft is built up
                    start=first.start.isoformat(), end=first.end.isoformat()
                )
        full.append(draft)
    return full
