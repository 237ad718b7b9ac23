"""Arguments that were asked back for, filled from what a reply says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.planner.context import PlannerContext
from agent.planner.days_replied import days_named, last_day
from agent.planner.details import read_details
from agent.planner.dialogue import Pending
from agent.planner.drafts import Draft, distinct
from agent.planner.entities import Choice, Items
from agent.planner.figures_replied import Figures
from agent.planner.periods import Period, read_periods
from agent.planner.picking import among
from agent.planner.specs import NEEDS, SPECS, looks_ahead
from agent.planner.wishes import details_in

_ITEM_KINDS = ("product", "store", "category")
_CHANGES = ("discount_pct", "price", "promotion")
_SAID_OF_A_CHANGE = (*_CHANGES, "price_up_pct", "price_by")
_DAYS = ("start", "end")
_ARGUMENTS = frozenset({"lead_time_days", "on_hand", "service_level_pct", "target_units"}) | {
    *("min_margin_pct", "max_discount_pct", "budget", "objective", "sensitivity", "level"),
}
_COUNTED = ("units", "pct", "days", "hand")

Drafts = tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to a pending question, and what it names."""

    words: str
    blanked: str
    items: Items
    pending: Pending
    context: PlannerContext

    def cue(self, name: str) -> re.Match[str] | None:
        """Return the match of a cue that the whole reply is."""
        return self.context.language.patterns("cues")[name].fullmatch(self.words)

    def periods(self, draft: Draft) -> Sequence[Period]:
        """Return the periods it speaks of, as the tool of a draft looks at time."""
        ahead = looks_ahead(draft.tool, draft.arguments.get("about"))
        return read_periods(self.blanked, self.context.now(ahead=ahead)).periods

    def figures(self, draft: Draft) -> Figures:
        """Return its figures, those of the days that it speaks of left out."""
        text = self.blanked
        for period in self.periods(draft):
            start, end = period.at
            text = text[:start] + " " * (end - start) + text[end:]
        return Figures(" ".join(text.replace("_", " ").split()), self.context.language)


def filled(reply: Reply, drafts: Drafts) -> Drafts | None:
    """Return waiting calls with what a reply to them says, or None where it answers nothing."""
    answered = False
    for slot in reply.pending.asks_for:
        if slot == "end" and "start" in reply.pending.asks_for:
            continue  # both are told at once
        more = _filled(slot, reply, drafts)
        if more is not None:
            drafts, answered = more, True
    return distinct(_with_the_rest(reply, drafts)) if answered else None


def _filled(slot: str, reply: Reply, drafts: Drafts) -> Drafts | None:
    if slot in _ITEM_KINDS:
        return _with_items(slot, reply, drafts)
    if slot in _CHANGES:
        return _with_change(slot, reply, drafts)
    if slot in _DAYS:
        return _with_days(slot, reply, drafts)
    return _with_detail(slot, reply, drafts)


def _with_detail(slot: str, reply: Reply, drafts: Drafts) -> Drafts | None:
    """Fill any other argument from the words, or from the one figure they hold."""
    more = []
    for draft in drafts:
        if slot not in SPECS[draft.tool].takes:
            more.append(draft)
            continue
        said = details_in(draft.tool, reply.blanked, reply.words, reply.context)
        if slot not in said and slot.endswith(_COUNTED):
            count = reply.figures(draft).count
            said |= {} if count is None else {slot: count}
        if slot not in draft.arguments and slot not in said:
            return None
        more.append(draft.having(**said))
    return tuple(more)


def _with_items(slot: str, reply: Reply, drafts: Drafts) -> Drafts | None:
    picked = _picked(slot, reply)
    if not picked:
        return None
    replaced = ("store",) if slot == "store" else ("product", "category")
    waiting = drafts if slot == "store" else _without_a_thing(drafts)
    more = [
        Draft(draft.tool, _without(draft, replaced) | {kind: value})
        for draft in waiting
        for kind, value in picked
    ]
    # Other items of the question that were clear keep their own calls.
    clear = [
        one for one in drafts if one not in waiting or (slot != "store" and slot in one.arguments)
    ]
    return distinct([*clear, *more])


def _without_a_thing(drafts: Drafts) -> Drafts:
    """Return the calls that wait for a thing: those that cannot do without, else that name none."""
    bare = [one for one in drafts if not {"product", "category"} & one.arguments.keys()]
    needy = [one for one in bare if "product" in NEEDS.get(one.tool, ())]
    return tuple(needy or bare) or drafts


def _picked(slot: str, reply: Reply) -> list[tuple[str, str]]:
    """Return the items a reply names: one of the choices, any item, or a bare id."""
    choices = [Choice(*pair) for pair in reply.pending.choices]
    chosen = among(reply.words, slot, choices, reply.context.language) if choices else []
    if chosen:
        return [(slot, value) for value in chosen]
    if reply.items.doubts:
        return []
    named = list(reply.items.things)
    if slot == "store":
        named = [("store", store) for store in reply.items.stores]
    number = reply.cue("number_alone")
    return named or ([(slot, number["number"])] if number else [])


def _with_change(slot: str, reply: Reply, drafts: Drafts) -> Drafts | None:
    """Fill a change of the price from the words, or from the one figure they hold."""
    asked = [name for name in reply.pending.asks_for if name in _CHANGES]
    said = read_details("what_if", reply.blanked, reply.context.language)
    said = {name: value for name, value in said.items() if name in _SAID_OF_A_CHANGE}
    is_margin = "min_margin_pct" in read_details(
        "counterfactual", reply.blanked, reply.context.language
    )
    if not said and slot == asked[0] and not is_margin:
        said = reply.figures(drafts[0]).change(asked[0])
    if not said and slot == "promotion" and reply.cue("yes_promotion"):
        said = {"promotion": True}
    is_raise = slot == "price" and "discount_pct" not in asked
    if is_raise and "discount_pct" in said:
        said = {"price_up_pct": said["discount_pct"]}
    if not said:
        return None
    return tuple(one.having(**said) if one.tool == "what_if" else one for one in drafts)


def _with_days(slot: str, reply: Reply, drafts: Drafts) -> Drafts | None:
    more = []
    for draft in drafts:
        if set(_DAYS) <= draft.arguments.keys():
            more.append(draft)  # another wish of the question, with its own days
            continue
        periods = days_named(reply.blanked, draft, reply.context)
        if slot == "end" and (last := last_day(reply.words, draft, reply.context)):
            more.append(draft.having(end=last))
            continue
        if not periods:
            return None
        start, end = periods[0].start.isoformat(), periods[-1].end.isoformat()
        only_one = len(reply.pending.asks_for) == 1
        days = (
            {slot: start if slot == "start" else end} if only_one else {"start": start, "end": end}
        )
        more.append(draft.having(near=None, **days).facing(reply.context.today))
    return tuple(more)


def _with_the_rest(reply: Reply, drafts: Drafts) -> list[Draft]:
    """Add what the reply says besides what was asked: "cold brew at Riverside, next month"."""
    asked = set(reply.pending.asks_for)
    full = []
    for draft in drafts:
        more = {}
        if reply.items.stores and "store" not in asked and "store" in SPECS[draft.tool].takes:
            more["store"] = reply.items.stores[0]
        said = details_in(draft.tool, reply.blanked, reply.words, reply.context)
        more |= {name: said[name] for name in _ARGUMENTS & said.keys() if name not in asked}
        periods = [] if asked & set(_DAYS) else reply.periods(draft)
        if periods:
            more |= {"start": periods[0].start.isoformat(), "end": periods[0].end.isoformat()}
        if draft.tool == "what_if" and not set(_CHANGES) & {*draft.arguments, *asked}:
            more |= read_details("what_if", reply.blanked, reply.context.language)
        full.append(draft.having(**more))
    return full


def _without(draft: Draft, names: Sequence[str]) -> dict[str, object]:
    return {name: value for name, value in draft.arguments.items() if name not in names}
