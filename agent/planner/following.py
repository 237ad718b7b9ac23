"""What a message that leaves things unsaid goes on from: the calls before, or those before them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from agent.planner.bare import by_its_call
from agent.planner.beside import set_against
from agent.planner.context import PlannerContext
from agent.planner.days_before import put_together, with_other_ends
from agent.planner.deeds import told_of
from agent.planner.dialogue import Drafts
from agent.planner.drafts import Ask, Calls, Draft, Step, distinct
from agent.planner.entities import Items, Names
from agent.planner.loosely import with_figure_beside
from agent.planner.neighbours import moved_on
from agent.planner.revising import (
    can_be_undiscounted,
    less_a_discount,
    revised,
    taken_off,
    undiscounted,
)
from agent.planner.specs import CHANGES_SOMETHING, SPECS
from agent.planner.turning import FLIPS, in_another_year, toward_tense, turned, year_before
from agent.planner.understanding import Intent
from agent.planner.understanding.part import Part
from agent.planner.wishes import (
    Wish,
    drafts_of,
    read_wish,
    what_is_missing,
)

_SAID_OF_ONE = ("price", "discount")
_TOLD_BESIDE = frozenset({"about", "note", "reason"})
_TURNS_BACK = 4
_CHANGES = frozenset({"discount_pct", "price", "price_up_pct", "price_by", "promotion"})
_TIMES = ("day", "week", "month")
_SEVERAL = 2
_A_WEEK = 7
_A_MONTH = 31


def follow_up(
    part: Part,
    names: Names,
    turns: Sequence[Drafts],
    context: PlannerContext,
    toward: str | None = None,
) -> Step | None:
    """Plan "and downtown?": the calls before, with what is said now in its place.

    Args:
        part: The stretch that leaves things unsaid.
        names: What it names.
        turns: The calls it may go on from; the first that can take what it says is built on.
        context: The tenant.
        toward: The tool that its verb looks to: "and what will it be in January?".
    """
    text = names.blanked()[part.start : part.end]
    for turn in turns[:_TURNS_BACK]:
        if not turn:
            continue
        asked_of = [told_of(frame, text, context) for frame in turn]
        frames = tuple(toward_tense(toward, frame, text, context) for frame in asked_of)
        step = _on_from(part, names, frames, context)
        if step is not None and not _does_again(step, frames):
            return step
        if tuple(asked_of) != turn:
            return Calls(distinct(asked_of))  # "has it started?"
    return None


def _does_again(step: Step, frames: Drafts) -> bool:
    """Tell whether a step would only do again what was done: nobody asks for that in passing."""
    made = step.drafts if isinstance(step, Calls) else ()
    return any(one.tool in CHANGES_SOMETHING and one in frames for one in made)


def _on_from(part: Part, names: Names, frames: Drafts, context: PlannerContext) -> Step | None:
    text = names.blanked()[part.start : part.end]
    items = names.within(part.start, part.end)
    for changed_by in (moved_on, _without_a_condition, with_other_ends, put_together):
        if (whole := changed_by(text, frames, context)) is not None:
            return Calls(_of_others(items, whole))
    before, frames = frames, revised(text, less_a_discount(text, frames, context), context)
    if frames != before:
        names = names.muted(
            *((part.start + a, part.start + b) for a, b in taken_off(text, context))
        )
        text = names.blanked()[part.start : part.end]
    stays = frames != before or _means_several(text, frames, context)
    if items.excluded and (rest := _less_what_is_left_out(items.excluded, frames, context)):
        return Calls(rest)
    if not items.is_empty:
        # A product says nothing about a list of models.
        frames = tuple(frame for frame in frames if SPECS[frame.tool].about_items)
    changed: list[Drafts | None] = []
    for frame in frames:
        found = _changed(frame, part, names, context, stays=stays)
        if isinstance(found, Ask):
            return found
        changed.append(found)
    drafts = _those_meant(frames, changed)
    return Calls(distinct(drafts)) if drafts else None


def _of_others(items: Items, drafts: Drafts) -> Drafts:
    """Return calls with what is named beside their change: "bagels, both days as one number"."""
    if items.doubts:
        return drafts
    bare = {"product": None, "category": None}
    things: list[dict[str, Any]] = [bare | {kind: one} for kind, one in items.things]
    stores = [{"store": one} for one in items.stores]
    ways = [thing | store for thing in things or [{}] for store in stores or [{}]]
    return distinct(one.having(**way) for one in drafts for way in ways)


def _those_meant(frames: Drafts, changed: Sequence[Drafts | None]) -> list[Draft]:
    """Return the calls that a text changes; of several tools those alone that can take it.

    "Top 5 only" after best sellers and open alerts is of the sellers.
    """
    are_of_one = len({frame.tool for frame in frames}) < _SEVERAL
    if are_of_one and any(found is None for found in changed):
        return []
    both = zip(frames, changed, strict=True)
    moved = [found for frame, found in both if found and found != (frame,)]
    kept = moved if moved and not are_of_one else [found for found in changed if found]
    return [draft for found in kept for draft in found]


def _changed(
    frame: Draft, part: Part, names: Names, context: PlannerContext, *, stays: bool
) -> Drafts | Ask | None:
    """Return one earlier call with what a part says in its place, or None where it says nothing.

    Args:
        frame: The call.
        part: The stretch that leaves things unsaid.
        names: What it names.
        context: The tenant.
        stays: Whether the call holds as it is where nothing else is said.
    """
    intent = Intent(frame.tool, str(frame.arguments.get("about", "")))
    wish = by_its_call(read_wish(intent, names, part.start, part.end, context), frame, context)
    wish = set_against(wish, [frame], context)
    frame_now = frame
    if not _compares(wish, frame):
        wish, frame_now = turned(wish, frame, names, part, context)
    other = year_before(wish, frame, context) or in_another_year(wish, frame, context)
    if other is not None:
        return (other,)
    if wish.says_nothing and (stays or wish.tool != frame.tool):
        return (frame_now,)  # "what is it now?" after a why
    # "Which ones are done, all shops?" after a deed does nothing again.
    if frame.tool in CHANGES_SOMETHING and not _tells_of_deed(wish):
        return None
    if wish.says_nothing or not _can_take(wish, part, names, context):
        return None
    base = _less(frame_now, wish, names.blanked()[part.start : part.end], context)
    found = drafts_of(wish, [base], context)
    if missing := what_is_missing(wish, found, context, goes_on=True):
        return missing
    if not wish.items.is_empty and wish.tool == frame.tool:
        found = with_figure_beside(wish, found, context)
    return tuple(_split_anew(one, wish) for one in found)


def _compares(wish: Wish, frame: Draft) -> bool:
    """Tell whether a text only sets something beside the days that were spoken of."""
    of_change = frame.tool == "explain" and "compare_to" in wish.details and not wish.periods
    return wish.is_set_against or of_change


def _less_what_is_left_out(
    excluded: Sequence[str], frames: Drafts, context: PlannerContext
) -> Drafts:
    """Return the calls of several that "without Lakeside" leaves; empty where it takes none."""
    known = context.vocabulary
    gone = {one.id for one in known.products if one.name in excluded}
    gone |= {one.id for one in known.stores if one.name in excluded}
    kept = tuple(
        one for one in frames if not gone & {one.arguments.get(k) for k in ("product", "store")}
    )
    return kept if len(kept) < len(frames) else ()


def _tells_of_deed(wish: Wish) -> bool:
    """Tell whether a text changes a deed, or says plainly that it tells its reason or a note."""
    told = wish.language.patterns("following")["adds_reason"].match(wish.text)
    return bool(wish.details.keys() - _TOLD_BESIDE) or told is not None


def _split_anew(draft: Draft, wish: Wish) -> Draft:
    """Return a call without a split that its new, shorter days leave nothing of."""
    split = draft.arguments.get("granularity")
    start, end = draft.arguments.get("start"), draft.arguments.get("end")
    if not wish.periods or wish.details.get("by") or not split or not start or not end:
        return draft
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    least = {"day": 1, "week": _A_WEEK, "month": _A_MONTH}[split]
    return draft.having(granularity=None) if days <= least else draft


def _less(frame: Draft, wish: Wish, text: str, context: PlannerContext) -> Draft:
    """Return an earlier call without what the text puts something else in place of."""
    cues = context.language.patterns("following")
    if frame.tool == "forecast" and wish.details.get("discount_pct") == 0:
        wish.details.pop("discount_pct")  # at the normal price again: no argument at all
        frame = frame.having(discount_pct=None)
    by = wish.details.get("by") or wish.details.get("rank_by")
    split = frame.arguments.get("group_by", by)
    if frame.tool == "sales_history" and by and by != split:
        frame = frame.having(top=None, order=None)
        frame = frame.having(compare_to=None) if by in _TIMES and split not in _TIMES else frame
    if frame.tool == "sales_history" and wish.details.get("measure") in _SAID_OF_ONE:
        frame = frame.having(top=None, order=None)  # a price is of one thing, and ranks none
    if cues["without_comparison"].search(text):
        frame = frame.having(compare_to=None)
    if frame.tool == "what_if" and wish.details and _tries_anew(wish, text):
        return frame.having(**dict.fromkeys(_CHANGES))
    counts = "measure" in frame.arguments and "measure" not in wish.details
    return frame.having(measure=None) if counts and cues["counts"].search(text) else frame


def _tries_anew(wish: Wish, text: str) -> bool:
    """Tell whether a change is tried in place of the one before, or of another thing."""
    cues = wish.language.patterns("following")
    if cues["instead_of"].search(text) or cues["tried_instead"].search(text):
        return True
    adds = wish.language.patterns("asking")["besides_it"].search(text)
    return bool(wish.items.things) and not adds and bool(_CHANGES & wish.details.keys())


def _means_several(text: str, frames: Drafts, context: PlannerContext) -> bool:
    """Tell whether a text only says of which things: "both of them", "the other one"."""
    cues = context.language.patterns("following")
    return bool((len(frames) > 1 and cues["both"].search(text)) or cues["other_one"].match(text))


def _can_take(wish: Wish, part: Part, names: Names, context: PlannerContext) -> bool:
    """Tell whether a tool can do with the days that are said."""
    if "start" in SPECS[wish.tool].takes:
        return True
    there = read_wish(Intent("forecast"), names, part.start, part.end, context)
    return not there.periods or bool(wish.details)


def _without_a_condition(
    text: str, frames: Drafts, context: PlannerContext
) -> tuple[Draft, ...] | None:
    """Return earlier forecasts or sums without what the text takes off, or None."""
    cues = context.language.patterns("following")
    tools = {frame.tool for frame in frames}
    if cues["sells_as_it_is"].search(text) and can_be_undiscounted(text, frames, context):
        return distinct(undiscounted(frame, context, is_asked=True) for frame in frames)
    if cues["nth_alone"].match(text) and len(frames) == 1:
        return frames  # "just the first one", picked already
    if cues["all_of_them"].match(text) and len(frames) == 1:
        kind = "store" if "store" in frames[0].arguments else "product"
        return (frames[0].having(**{kind: None}),)
    if cues["back_to_total"].match(text) and tools <= FLIPS.keys():
        split = ("granularity", "group_by", "top", "order")
        return distinct(frame.having(**dict.fromkeys(split)) for frame in frames)
    return None
