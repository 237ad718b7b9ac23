"""What a person's reply does to a question that was asked back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agent.languages.numbers import number
from agent.planner.context import PlannerContext
from agent.planner.details import read_details
from agent.planner.details.text import plain
from agent.planner.dialogue import Pending
from agent.planner.drafts import Ask, Calls, Draft, Step, distinct
from agent.planner.entities import Choice, Items
from agent.planner.following import follow_up
from agent.planner.loosely import changed_loosely
from agent.planner.periods import Period, read_periods
from agent.planner.picking import among
from agent.planner.specs import SPECS, looks_ahead
from agent.planner.turning import turned_over
from agent.planner.understanding.clause import ADDS
from agent.planner.understanding.part import Part
from agent.planner.understanding.sentence import Sentence
from agent.planner.wishes import details_in, figure_alone

_A_PRICE = re.compile(r"\d+[.,]\d\d")
_ITEM_KINDS = ("product", "store", "category")
_CHANGES = ("discount_pct", "price", "promotion")
_DAYS = ("start", "end")
_SHORT_REPLY = 8
_SURE = 0.8
_LIKE_A_REPLY = frozenset({"forecast", "sales_history", "thanks", "approve", "what_if"})
_ARGUMENTS = frozenset({"lead_time_days", "on_hand", "service_level_pct", "target_units"}) | {
    *("min_margin_pct", "max_discount_pct", "budget", "objective", "sensitivity", "level"),
}
_COUNTED = ("units", "pct", "days", "hand")

Drafts = tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class _Reply:
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


def is_dropped(text: str, context: PlannerContext) -> bool:
    """Tell whether the person no longer wants an answer."""
    return context.language.patterns("cues")["dropped"].fullmatch(text.strip()) is not None


def completed(sentence: Sentence, pending: Pending) -> Drafts | None:
    """Return the waiting calls with what the reply adds, or None when it is no answer.

    A reply that wants something else by itself is a new question, not an answer.
    """
    if _is_new_wish(sentence, pending):
        return None
    names = sentence.names
    items = names.within(0, len(names.sentence))
    reply = _Reply(names.sentence, names.blanked(), items, pending, sentence.context)
    drafts, answered = _as_asked_now(reply, pending.drafts), False
    for slot in pending.asks_for:
        filled = _filled(slot, reply, drafts)
        if filled is not None:
            drafts, answered = filled, True
    return distinct(_with_the_rest(reply, drafts)) if answered else None


def _as_asked_now(reply: _Reply, drafts: Drafts) -> Drafts:
    """Return past sales as a forecast where the reply says so: "the 28th then, as a forecast"."""
    foretold = reply.context.language.patterns("direction")["foretold"].search(reply.words)
    if not foretold:
        return drafts
    return tuple(
        turned_over(one, "forecast", reply.context) if one.tool == "sales_history" else one
        for one in drafts
    )


def still_asking(sentence: Sentence, pending: Pending) -> Ask | None:
    """Ask the same again where a reply adds something else: "at Riverside, next week"."""
    if not pending.asks_for or pending.later or _is_new_wish(sentence, pending):
        return None
    names = sentence.names
    items = names.within(0, len(names.sentence))
    if items.things or items.doubts or len(names.sentence.split()) > _SHORT_REPLY:
        return None
    whole = Part(0, len(names.sentence), None)
    changed = follow_up(whole, names, [pending.drafts], sentence.context)
    drafts = changed.pending if isinstance(changed, Ask) else _drafts_of(changed)
    if not drafts or drafts == pending.drafts:
        return None
    return Ask(pending.message, pending.asks_for, pending.choices, drafts)


def asked_again(sentence: Sentence, pending: Pending) -> Ask:
    """Ask the same once more where a reply is no answer nor anything else, with its figure."""
    changed = changed_loosely(sentence.text, pending.drafts, sentence.context)
    drafts = _drafts_of(changed) or pending.drafts
    return Ask(pending.message, pending.asks_for, pending.choices, drafts, pending.later)


def _drafts_of(step: Step | None) -> Drafts:
    return step.drafts if isinstance(step, Calls) else ()


def _is_new_wish(sentence: Sentence, pending: Pending) -> bool:
    everything = sentence.normal(0, len(sentence.text))
    if sentence.cues["only_names"].search(everything):
        return False
    best = sentence.ranked(0, len(sentence.text))[0]
    if best.intent.name in ADDS or best.share < _SURE:
        return False
    waiting = {draft.tool for draft in pending.drafts}
    is_long = len(sentence.text.split()) > _SHORT_REPLY
    return is_long or best.intent.name not in {*waiting, *_LIKE_A_REPLY}


def _filled(slot: str, reply: _Reply, drafts: Drafts) -> Drafts | None:
    if slot in _ITEM_KINDS:
        return _with_items(slot, reply, drafts)
    if slot in _CHANGES:
        return _with_change(slot, reply, drafts)
    if slot in _DAYS:
        return _with_days(slot, reply, drafts)
    return _with_detail(slot, reply, drafts)


def _with_detail(slot: str, reply: _Reply, drafts: Drafts) -> Drafts | None:
    """Fill any other argument from the words, or a number by itself."""
    filled = []
    for draft in drafts:
        if slot not in SPECS[draft.tool].takes:
            filled.append(draft)
            continue
        said = details_in(draft.tool, reply.blanked, reply.words, reply.context)
        number = reply.cue("number_alone")
        figure = figure_alone(_without_days(reply, draft), reply.context.language)
        if slot not in said and (number or figure is not None) and slot.endswith(_COUNTED):
            said[slot] = plain(number["number"]) if number else figure
        if slot not in draft.arguments and slot not in said:
            return None
        filled.append(draft.having(**said))
    return tuple(filled)


def _without_days(reply: _Reply, draft: Draft) -> str:
    """Return a reply in lower case, names and days left out: the 400 of "400 next week"."""
    text = reply.blanked
    for period in reply.periods(draft):
        start, end = period.at
        text = text[:start] + " " * (end - start) + text[end:]
    return " ".join(text.replace("_", " ").split())


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


def _with_change(slot: str, reply: _Reply, drafts: Drafts) -> Drafts | None:
    said = read_details("what_if", reply.blanked, reply.context.language)
    language = reply.context.language
    told = language.patterns("following")["figure_alone"].match(reply.words.lower())
    if told and "price" in reply.pending.asks_for and _A_PRICE.fullmatch(told["figure"]):
        said = {"price": plain(told["figure"])}
    if not said and told and reply.pending.asks_for[0] == slot:
        said = {slot: plain(str(number(told["figure"], language)))}
    if not said and slot == "promotion" and reply.cue("yes_promotion"):
        said = {"promotion": True}
    is_raise = slot == "price" and "discount_pct" not in reply.pending.asks_for
    if is_raise and "discount_pct" in said:
        said = {"price_up_pct": said["discount_pct"]}
    return tuple(draft.having(**said) for draft in drafts) if said else None


def _with_days(slot: str, reply: _Reply, drafts: Drafts) -> Drafts | None:
    filled = []
    for draft in drafts:
        periods = reply.periods(draft)
        if slot == "end" and (last := _length(reply, draft)):
            filled.append(draft.having(end=last))
            continue
        if not periods:
            return None
        start, end = periods[0].start.isoformat(), periods[-1].end.isoformat()
        only_one = len(reply.pending.asks_for) == 1
        days = (
            {slot: start if slot == "start" else end} if only_one else {"start": start, "end": end}
        )
        filled.append(draft.having(**days).facing(reply.context.today))
    return tuple(filled)


def _length(reply: _Reply, draft: Draft) -> str | None:
    """Return the last day where a reply tells how long it lasts: "for two weeks"."""
    match = reply.context.language.patterns("following")["length"].fullmatch(reply.words.strip())
    if match is None or "start" not in draft.arguments:
        return None
    language = reply.context.language
    days = (
        number(match["count"], language)
        * language.words("following", "days")[match["unit"].lower()]
    )
    return (date.fromisoformat(draft.arguments["start"]) + timedelta(days=days - 1)).isoformat()


def _with_the_rest(reply: _Reply, drafts: Drafts) -> list[Draft]:
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
