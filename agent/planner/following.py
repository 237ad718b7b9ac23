"""What a message that leaves things unsaid goes on from: the calls before, or those before them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from agent.languages.numbers import number
from agent.planner.antecedents import is_about_items
from agent.planner.beside import beside, set_against
from agent.planner.context import PlannerContext
from agent.planner.dialogue import Drafts
from agent.planner.drafts import UNRESOLVED, Calls, Draft, Step, distinct
from agent.planner.entities import Items, Names
from agent.planner.loosely import with_figure_beside
from agent.planner.neighbours import a_year_before, moved_on
from agent.planner.periods import Period
from agent.planner.revising import revised
from agent.planner.specs import SPECS, looks_ahead
from agent.planner.understanding import Intent
from agent.planner.understanding.parts import Part
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

_SAID_OF_ONE = ("price", "discount")
_TURNS_BACK = 4
_A_YEAR = 300
_A_WEEK = 7
_A_MONTH = 31
PRICED = frozenset({"forecast", "what_if", "optimize_discount", "counterfactual"})


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
        frames = tuple(_toward(toward, frame, text, context) for frame in turn)
        step = _on_from(part, names, frames, context)
        if step is not None:
            return step
    return None


def _toward(tool: str | None, frame: Draft, text: str, context: PlannerContext) -> Draft:
    """Return a forecast as past sales, or the other way, where the verb says so."""
    if context.language.patterns("following")["year_ago"].search(text):
        return frame  # a year before its days, which it has to keep
    tenses = context.language.patterns("direction")
    behind, ahead = tenses["past"].search(text), tenses["ahead"].search(text)
    tense = behind if tool == "sales_history" else ahead
    if tool in FLIPS and FLIPS.get(frame.tool) == tool and tense:
        return turned_over(frame, tool, context)
    looks_on = context.language.patterns("following")["looks_on"].search(text)
    if frame.tool == "sales_history" and looks_on and not behind:
        return turned_over(frame, "forecast", context)  # "what do you think they'll do in April"
    return frame


def _on_from(part: Part, names: Names, frames: Drafts, context: PlannerContext) -> Step | None:
    text = names.blanked()[part.start : part.end]
    if (moved := moved_on(text, frames, context)) is not None:
        return Calls(moved)
    if (again := _without_a_condition(text, frames, context)) is not None:
        return Calls(again)
    before, frames = frames, revised(text, frames, context)
    is_revised = frames != before
    drafts: list[Draft] = []
    about_items = [frame for frame in frames if SPECS[frame.tool].about_items]
    named = not names.within(part.start, part.end).is_empty
    if named and not about_items:
        return None  # a product says nothing about a list of models
    for frame in about_items if named else frames:
        intent = Intent(frame.tool, str(frame.arguments.get("about", "")))
        wish = raised_again(read_wish(intent, names, part.start, part.end, context), frame)
        wish = set_against(figured_again(wish, frame), [frame], context)
        wish = _lasting(_numbered(wish, frame, context), frame)
        wish, frame_now = _flipped(wish, frame, names, part, context)
        if (earlier := year_before(wish, frame, context)) is not None:
            drafts.append(earlier)
            continue
        if wish.says_nothing and (is_revised or _means_several(text, frames, context)):
            drafts.append(frame)
            continue
        if wish.says_nothing or not _can_take(wish, part, names, context):
            return None
        base = _less(frame_now, wish, text, context)
        found = drafts_of(wish, [base], context)
        if missing := what_is_missing(wish, found, context, goes_on=True):
            return missing
        if not wish.items.is_empty and wish.tool == frame.tool:
            found = with_figure_beside(wish, found, context)
        drafts += [_split_anew(one, wish) for one in found]
    return Calls(distinct(drafts))


def _split_anew(draft: Draft, wish: Wish) -> Draft:
    """Return a call without a split that its new, shorter days leave nothing of."""
    split = draft.arguments.get("granularity")
    start, end = draft.arguments.get("start"), draft.arguments.get("end")
    if not wish.periods or wish.details.get("by") or not split or not start or not end:
        return draft
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    least = {"day": 1, "week": _A_WEEK, "month": _A_MONTH}[split]
    return draft.having(granularity=None) if days <= least else draft


def _numbered(wish: Wish, frame: Draft, context: PlannerContext) -> Wish:
    """Read a bare "3" after "store 2" as the store of that number."""
    said = context.language.patterns("cues")["number_alone"].fullmatch(wish.text)
    if said is None or not wish.says_nothing:
        return wish
    number = said["number"]
    if "store" in frame.arguments and number in {one.id for one in context.vocabulary.stores}:
        return replace(wish, items=Items(stores=(number,)))
    if "product" in frame.arguments and number in {one.id for one in context.vocabulary.products}:
        return replace(wish, items=Items(things=(("product", number),)))
    return wish


def _lasting(wish: Wish, frame: Draft) -> Wish:
    """Read a bare "it's eight days actually" as the lead time told before."""
    said = wish.language.patterns("following")["length_told"].match(wish.text)
    if said is None or "lead_time_days" not in frame.arguments:
        return wish
    each = wish.language.words("following", "days")[said["unit"].lower()]
    days = number(said["count"], wish.language) * each
    return replace(wish, details=wish.details | {"lead_time_days": int(days)})


def _less(frame: Draft, wish: Wish, text: str, context: PlannerContext) -> Draft:
    """Return an earlier call without what the text puts something else in place of."""
    cues = context.language.patterns("following")
    if frame.tool == "forecast" and wish.details.get("discount_pct") == 0:
        wish.details.pop("discount_pct")  # at the normal price again: no argument at all
        frame = frame.having(discount_pct=None)
    by = wish.details.get("by") or wish.details.get("rank_by")
    if frame.tool == "sales_history" and by and by != frame.arguments.get("group_by", by):
        frame = frame.having(top=None, order=None, compare_to=None)
    if frame.tool == "sales_history" and wish.details.get("measure") in _SAID_OF_ONE:
        frame = frame.having(top=None, order=None)  # a price is of one thing, and ranks none
    if cues["without_comparison"].search(text):
        frame = frame.having(compare_to=None)
    if frame.tool == "what_if" and cues["instead_of"].search(text) and wish.details:
        return frame.having(discount_pct=None, price=None, promotion=None)
    counts = frame.arguments.get("measure") == "revenue" and "measure" not in wish.details
    return frame.having(measure=None) if counts and cues["counts"].search(text) else frame


def _means_several(text: str, frames: Drafts, context: PlannerContext) -> bool:
    """Tell whether a text only says of which things: "both of them", "the other one"."""
    cues = context.language.patterns("following")
    return bool((len(frames) > 1 and cues["both"].search(text)) or cues["other_one"].match(text))


def year_before(wish: Wish, frame: Draft, context: PlannerContext) -> Draft | None:
    """Return what was sold a year before the days that a call looks ahead to, where asked."""
    compares = wish.details.get("compare_to") == "last_year" and not wish.periods
    asked = compares or (len(wish.periods) == 1 and _is_year_before(wish.periods[0], frame))
    start, end = frame.arguments.get("start"), frame.arguments.get("end")
    is_ahead = looks_ahead(frame.tool, frame.arguments.get("about", "forecast"))
    if not asked or not start or not end:
        return None
    if frame.tool == "sales_history":
        compared = drafts_of(replace(wish, periods=()), [frame], context)
        return compared[0].having(compare_to="last_year")
    if not is_ahead or not wish.items.is_empty:
        return None
    days = a_year_before(date.fromisoformat(start), date.fromisoformat(end))
    there = turned_over(frame, "sales_history", context)
    return there.having(start=days[0].isoformat(), end=days[1].isoformat())


def _is_year_before(period: Period, frame: Draft) -> bool:
    """Tell whether a period is the whole year before that of shorter days."""
    start, end = str(frame.arguments.get("start", "")), str(frame.arguments.get("end", ""))
    is_short = bool(start and end) and not _is_whole_year(start, end)
    return period.grain == "year" and is_short and period.start.year == int(start[:4]) - 1


def _is_whole_year(start: str, end: str) -> bool:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days >= _A_YEAR


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
    if (
        tools <= PRICED
        and cues["without_discount"].search(text)
        and not cues["own_price"].search(text)
    ):
        asks = cues["sells_as_it_is"].search(text)
        return distinct(_undiscounted(frame, context, is_asked=bool(asks)) for frame in frames)
    if cues["nth_alone"].match(text) and len(frames) == 1:
        return frames  # "just the first one", picked already
    if cues["all_of_them"].match(text) and len(frames) == 1:
        kind = "store" if "store" in frames[0].arguments else "product"
        return (frames[0].having(**{kind: None}),)
    if cues["back_to_total"].match(text) and tools <= FLIPS.keys():
        split = ("granularity", "group_by", "top", "order")
        return distinct(frame.having(**dict.fromkeys(split)) for frame in frames)
    return None


def _flipped(
    wish: Wish, frame: Draft, names: Names, part: Part, context: PlannerContext
) -> tuple[Wish, Draft]:
    """Turn a forecast into past sales, and back, when the new period lies on the other side."""
    other = FLIPS.get(frame.tool)
    if (amount := _amount(frame, names, part, context)) is not None:
        return amount, turned_over(frame, amount.tool, context)
    if wish.tool != frame.tool:  # `read_wish` has turned it already
        return beside(wish, context), turned_over(frame, wish.tool, context)
    if other is None or not wish.periods:
        return wish, frame
    first = wish.periods[0]
    is_past = first.end < context.today
    if is_past != (frame.tool == "forecast"):
        return wish, frame
    if not is_past and first.start < context.today:
        return wish, frame
    turned = read_wish(Intent(other), names, part.start, part.end, context)
    return beside(turned, context), turned_over(frame, other, context)


def _amount(frame: Draft, names: Names, part: Part, context: PlannerContext) -> Wish | None:
    """Read "and yesterday, how many?" after another question as one about what was sold."""
    told = context.language.patterns("following")["length_told"]
    is_lead_time = "lead_time_days" in frame.arguments
    if frame.tool in FLIPS or not is_about_items((frame,)):
        return None
    if is_lead_time and told.match(names.blanked()[part.start : part.end]):
        return None
    ahead = read_wish(Intent("forecast"), names, part.start, part.end, context)
    if not ahead.periods or frame.tool == "explain":
        split = _figure_of(frame, ahead, names, part, context)
        if split is not None or not ahead.periods:
            return split
    asks = context.language.patterns("following")["asks_amount"].search(ahead.text)
    said = ahead.periods[0]
    is_over = said.end < context.today
    looks_on = looks_ahead(frame.tool, frame.arguments.get("about", "forecast"))
    has_begun = is_over or (said.start <= context.today and not asks)
    wrong_side = (is_over if looks_on else not has_begun) and frame.tool != "explain"
    foretold_change = frame.tool == "explain" and not looks_on and not is_over
    # "Produce there next week" after a why asks what will be sold, not why.
    told_anew = frame.tool == "explain" and not ahead.items.is_empty and said.start > context.today
    return ahead if asks or wrong_side or foretold_change or told_anew else None


def _figure_of(
    frame: Draft, ahead: Wish, names: Names, part: Part, context: PlannerContext
) -> Wish | None:
    """Read "what is it now?" or "by category?" after a why as asking for the figures."""
    if frame.tool != "explain":
        return None
    asks = context.language.patterns("following")["asks_the_figure"].search(ahead.text)
    behind = read_wish(Intent("sales_history"), names, part.start, part.end, context)
    if (
        behind.details.get("by")
        and str(frame.arguments.get("start", "9")) < context.today.isoformat()
    ):
        return behind
    return ahead if asks else None


def _undiscounted(frame: Draft, context: PlannerContext, *, is_asked: bool) -> Draft:
    """Return a call without the discount it had, or what would be sold without any."""
    if frame.tool == "what_if" and is_asked:
        return follows(frame, "forecast", context)  # "what do we sell without any of that?"
    if frame.tool == "forecast":
        return frame.having(discount_pct=None if "discount_pct" in frame.arguments else 0)
    if frame.tool == "what_if":
        return frame.having(**dict.fromkeys(("price", *UNRESOLVED)), discount_pct=0)
    return follows(frame, "forecast", context)


def turned_over(frame: Draft, tool: str, context: PlannerContext) -> Draft:
    """Return a forecast as past sales, or the other way, in the same measure."""
    measure = frame.arguments.get("measure")
    shown = {"measure": measure} if measure == "revenue" else {}
    return follows(frame, tool, context).having(**shown)
