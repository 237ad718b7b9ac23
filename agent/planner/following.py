"""What a message that leaves things unsaid goes on from: the calls before, or those before them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from agent.planner.comparing import relation
from agent.planner.context import PlannerContext
from agent.planner.dialogue import Dialogue, Drafts
from agent.planner.drafts import Calls, Draft, Step, distinct
from agent.planner.entities import Names
from agent.planner.neighbours import moved_on
from agent.planner.periods import Period
from agent.planner.specs import SPECS
from agent.planner.understanding import Intent
from agent.planner.understanding.parts import Part
from agent.planner.understanding.sentence import Sentence
from agent.planner.wishes import (
    Wish,
    drafts_of,
    figured_again,
    follows,
    raised_again,
    read_wish,
    what_is_missing,
)

FLIPS = {"forecast": "sales_history", "sales_history": "forecast"}
"""What a question becomes when its days lie on the other side of today."""

_LIKELIEST = 3
_TWO = 2


def spoken_of(part: Part, names: Names, sentence: Sentence, dialogue: Dialogue) -> Drafts:
    """Return the earlier calls that a part goes on from."""
    text = sentence.text[part.start : part.end]
    if dialogue.pending is not None and not dialogue.pending.asks_for:
        return dialogue.pending.drafts or dialogue.frames
    if sentence.cues["returns"].search(text) and len(dialogue.earlier) >= _TWO:
        return _returned_to(part, names, sentence, dialogue.earlier)
    if sentence.cues["several"].search(text):
        return _of_several(dialogue.earlier)
    return dialogue.frames


def _returned_to(
    part: Part, names: Names, sentence: Sentence, earlier: tuple[Drafts, ...]
) -> Drafts:
    """Return the calls that "back to the cold brew" or "back to the forecast" means."""
    items = names.within(part.start, part.end)
    named = {*items.things, *(("store", store) for store in items.stores)}
    for frames in earlier:
        if any(named & set(frame.arguments.items()) for frame in frames):
            return frames
    ranked = sentence.ranked(part.start, part.end)[:_LIKELIEST]
    for likely in ranked:
        for frames in earlier[1:]:
            if any(frame.tool == likely.intent.name for frame in frames):
                return frames
    return earlier[1]


def _of_several(earlier: tuple[Drafts, ...]) -> Drafts:
    """Return the calls about the last two things spoken of, for "which of these"."""
    frames = earlier[0] if earlier else ()
    if len(frames) != 1:
        return frames
    kind = next((kind for kind in ("product", "store") if kind in frames[0].arguments), None)
    if kind is None:
        return frames
    said = [draft.arguments[kind] for turn in earlier for draft in turn if kind in draft.arguments]
    two = list(dict.fromkeys(said))[:_TWO]
    return tuple(frames[0].having(**{kind: value}) for value in reversed(two))


def set_against(wish: Wish, frames: Sequence[Draft], context: PlannerContext) -> Wish:
    """Read "what changed against April?" as a comparison with what was spoken of before."""
    if len(wish.periods) != 1 or "compare_to" not in SPECS[wish.tool].takes:
        return wish
    said = wish.periods[0]
    is_against = context.language.patterns("cues")["sets_against"].search(wish.text[: said.at[0]])
    if not is_against and not wish.shows("compares"):
        return wish
    for frame in frames:
        start, end = frame.arguments.get("start"), frame.arguments.get("end")
        if not start or not end:
            continue
        main = Period(date.fromisoformat(start), date.fromisoformat(end), said.grain, said.at)
        compared = relation(main, said) or _by_year(main, said)
        if compared:
            details = wish.details | {"compare_to": compared}
            return replace(wish, periods=(), details=details, is_set_against=True)
    return wish


def _by_year(main: Period, other: Period) -> str | None:
    """Tell whether the other is the whole year before."""
    return (
        "last_year" if other.grain == "year" and other.start.year == main.start.year - 1 else None
    )


def follow_up(
    part: Part, names: Names, frames: Sequence[Draft], context: PlannerContext
) -> Step | None:
    """Plan "and downtown?": the calls before, with what is said now in its place."""
    if not frames:
        return None
    text = names.blanked()[part.start : part.end]
    if (moved := moved_on(text, frames, context)) is not None:
        return Calls(moved)
    drafts: list[Draft] = []
    about_items = [frame for frame in frames if SPECS[frame.tool].about_items]
    named = not names.within(part.start, part.end).is_empty
    if named and not about_items:
        return None  # a product says nothing about a list of models
    for frame in about_items if named else frames:
        intent = Intent(frame.tool, str(frame.arguments.get("about", "")))
        wish = raised_again(read_wish(intent, names, part.start, part.end, context), frame)
        wish = set_against(figured_again(wish, frame), [frame], context)
        wish, frame_now = _flipped(wish, frame, names, part, context)
        if wish.says_nothing:
            return None
        found = drafts_of(wish, [frame_now], context)
        if missing := what_is_missing(wish, found, context):
            return missing
        drafts += found
    return Calls(distinct(drafts))


def _flipped(
    wish: Wish, frame: Draft, names: Names, part: Part, context: PlannerContext
) -> tuple[Wish, Draft]:
    """Turn a forecast into past sales, and back, when the new period lies on the other side."""
    other = FLIPS.get(frame.tool)
    if wish.tool != frame.tool:  # `read_wish` has turned it already
        return wish, Draft(wish.tool, follows(frame, wish.tool, context).arguments)
    if other is None or not wish.periods:
        return wish, frame
    first = wish.periods[0]
    is_past = first.end < context.today
    if is_past != (frame.tool == "forecast"):
        return wish, frame
    if not is_past and first.start < context.today:
        return wish, frame
    turned = read_wish(Intent(other), names, part.start, part.end, context)
    return turned, follows(frame, other, context)
