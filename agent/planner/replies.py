"""What a person's reply does to a question that was asked back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.planner.context import PlannerContext
from agent.planner.details import read_details
from agent.planner.dialogue import Pending
from agent.planner.drafts import Draft, distinct
from agent.planner.entities import Choice, Items, among, read_names
from agent.planner.intents import rule_for
from agent.planner.periods import Period, read_periods
from agent.planner.specs import SPECS, looks_ahead

_DROPPED = re.compile(
    r"\W*(?:never ?mind|forget (?:it|about it|that)|cancel(?: that| it)?|nothing|drop it|stop|"
    r"no(?: thanks| thank you)?|skip(?: it)?|leave it)\W*"
)
_NUMBER = re.compile(r"\W*(?:(?:product|store|number|no\.?|#)\s*)?(\d+(?:\.\d+)?)\W*")
_A_PRICE = re.compile(r"\d+\.\d\d")
_YES_PROMOTION = re.compile(r"\W*(?:yes|a promotion|promotion)\W*")
_ITEM_KINDS = ("product", "store", "category")
_CHANGES = ("discount_pct", "price", "promotion")
_DAYS = ("start", "end")
_SHORT_REPLY = 8

Drafts = tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class _Reply:
    """A reply to a pending question, and what it names."""

    words: str
    blanked: str
    items: Items
    pending: Pending
    context: PlannerContext

    def periods(self, draft: Draft) -> Sequence[Period]:
        """Return the periods it speaks of, as the tool of a draft looks at time."""
        ahead = looks_ahead(draft.tool, draft.arguments.get("about"))
        return read_periods(self.blanked, self.context.now(ahead=ahead)).periods


def is_dropped(text: str) -> bool:
    """Tell whether the person no longer wants an answer."""
    return _DROPPED.fullmatch(text.strip().lower()) is not None


def completed(words: str, pending: Pending, context: PlannerContext) -> Drafts | None:
    """Return the waiting calls with what the reply adds, or None when it is no answer.

    A long reply that wants something by itself is a new question, not an answer.
    """
    names = read_names(words, context.vocabulary, context.own_names)
    if len(words.split()) > _SHORT_REPLY and rule_for(names.blanked()):
        return None
    reply = _Reply(words, names.blanked(), names.within(0, len(words)), pending, context)
    drafts, answered = pending.drafts, False
    for slot in pending.asks_for:
        filled = _filled(slot, reply, drafts)
        if filled is not None:
            drafts, answered = filled, True
    return distinct(_with_the_rest(reply, drafts)) if answered else None


def _filled(slot: str, reply: _Reply, drafts: Drafts) -> Drafts | None:
    if slot in _ITEM_KINDS:
        return _with_items(slot, reply, drafts)
    if slot in _CHANGES:
        return _with_change(slot, reply, drafts)
    return _with_days(slot, reply, drafts) if slot in _DAYS else None


def _with_items(slot: str, reply: _Reply, drafts: Drafts) -> Drafts | None:
    picked = _picked(slot, reply)
    if not picked:
        return None
    replaced = ("store",) if slot == "store" else ("product", "category")
    filled = [
        Draft(draft.tool, _without(draft, replaced) | {kind: value})
        for draft in drafts
        for kind, value in picked
    ]
    # Other items of the question that were clear keep their own calls.
    clear = [draft for draft in drafts if slot != "store" and slot in draft.arguments]
    return distinct([*clear, *filled])


def _picked(slot: str, reply: _Reply) -> list[tuple[str, str]]:
    """Return the items a reply names: one of the choices, any item, or a bare id."""
    choices = [Choice(*pair) for pair in reply.pending.choices]
    chosen = among(reply.words, slot, choices) if choices else []
    if chosen:
        return [(slot, value) for value in chosen]
    if reply.items.doubts:
        return []
    named = list(reply.items.things)
    if slot == "store":
        named = [("store", store) for store in reply.items.stores]
    number = _NUMBER.fullmatch(reply.words)
    return named or ([(slot, number[1])] if number else [])


def _with_change(slot: str, reply: _Reply, drafts: Drafts) -> Drafts | None:
    said = read_details("what_if", reply.blanked)
    number = _NUMBER.fullmatch(reply.blanked)
    if number and "price" in reply.pending.asks_for and _A_PRICE.fullmatch(number[1]):
        said = {"price": float(number[1])}
    if not said and number and reply.pending.asks_for[0] == slot:
        said = {slot: float(number[1]) if "." in number[1] else int(number[1])}
    if not said and slot == "promotion" and _YES_PROMOTION.fullmatch(reply.blanked):
        said = {"promotion": True}
    is_raise = slot == "price" and "discount_pct" not in reply.pending.asks_for
    if is_raise and "discount_pct" in said:
        said = {"price_up_pct": said["discount_pct"]}
    return tuple(draft.having(**said) for draft in drafts) if said else None


def _with_days(slot: str, reply: _Reply, drafts: Drafts) -> Drafts | None:
    filled = []
    for draft in drafts:
        periods = reply.periods(draft)
        if not periods:
            return None
        start, end = periods[0].start.isoformat(), periods[-1].end.isoformat()
        only_one = len(reply.pending.asks_for) == 1
        days = (
            {slot: start if slot == "start" else end} if only_one else {"start": start, "end": end}
        )
        filled.append(draft.having(**days))
    return tuple(filled)


def _with_the_rest(reply: _Reply, drafts: Drafts) -> list[Draft]:
    """Add what the reply says besides what was asked: "cold brew at Riverside, next month"."""
    asked = set(reply.pending.asks_for)
    full = []
    for draft in drafts:
        more = {}
        if reply.items.stores and "store" not in asked and "store" in SPECS[draft.tool].takes:
            more["store"] = reply.items.stores[0]
        periods = [] if asked & set(_DAYS) else reply.periods(draft)
        if periods:
            more |= {"start": periods[0].start.isoformat(), "end": periods[0].end.isoformat()}
        if draft.tool == "what_if" and not set(_CHANGES) & {*draft.arguments, *asked}:
            more |= read_details("what_if", reply.blanked)
        full.append(draft.having(**more))
    return full


def _without(draft: Draft, names: Sequence[str]) -> dict[str, object]:
    return {name: value for name, value in draft.arguments.items() if name not in names}
