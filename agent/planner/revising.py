"""What a message takes off the calls before, or puts another figure in place of, by naming it."""

import re
from collections.abc import Sequence

from agent.languages.numbers import number
from agent.planner.context import PlannerContext
from agent.planner.details import read_details
from agent.planner.drafts import UNRESOLVED, Draft, distinct
from agent.planner.specs import NEEDS, SPECS
from agent.planner.wishes import follows

PRICED = frozenset({"forecast", "what_if", "optimize_discount", "counterfactual"})
"""Tools whose calls may hold a discount, or look for one."""

_PRICES = ("discount_pct", "price", *UNRESOLVED)
_HALVES = {"discount": _PRICES, "promotion": ("promotion",)}
_CHANGES = (*_PRICES, "promotion")
_SUBJECT = ("product", "category", "store", "start", "end", "about")
_SPLIT_BY = frozenset({"group_by", "granularity"})
_SPLIT = (*sorted(_SPLIT_BY), "top", "order")


def revised(text: str, frames: Sequence[Draft], context: PlannerContext) -> tuple[Draft, ...]:
    """Return earlier calls less what a text names as open again, with figures put in its place.

    "All outcomes" and "I don't know the stock" take an argument off, as "only the discount" does
    with a promotion; "95 instead of 80" puts one figure where the other stood, and "flip it" ranks
    the other way round.
    """
    cues = context.language.patterns("following")
    opened = {said["slot"] for said in cues["opens_again"].finditer(text)}
    slots: dict[str, str] = context.language.words("following", "slots")
    gone = dict.fromkeys(name for one in opened for name in slots[" ".join(one.split())].split())
    if context.language.patterns("details")["any_outcome"].search(text):
        gone["outcome"] = None
    halves: dict[str, str] = context.language.words("following", "halves")
    kept = {halves[said["half"] or said["alone"]] for said in cues["keeps_only"].finditer(text)}
    figures = list(cues["figure_instead"].finditer(text))
    turns = cues["turns_order"].search(text) is not None
    changed = []
    is_as_usual = cues["usual_terms"].search(text) is not None
    for frame in less_what_is_replaced(text, summed_up(text, frames, context), context):
        one = _as_usual(frame) if is_as_usual else frame
        one = one.having(**{name: None for name in gone if name in frame.arguments})
        one = _less_the_other_half(one, kept)
        for said in figures:
            one = _with_other_figure(one, said, context)
        changed.append(_turned(one) if turns else one)
    return tuple(changed)


def less_what_is_replaced(
    text: str, frames: Sequence[Draft], context: PlannerContext
) -> tuple[Draft, ...]:
    """Return suppositions less the half that a text puts another in place of.

    "What if it were 10% off instead of a promotion?" supposes no promotion any more.
    """
    cues = context.language.patterns("following")
    halves: dict[str, str] = context.language.words("following", "halves")
    replaced = {halves[said["half"]] for said in cues["in_place_of_half"].finditer(text)}
    gone = [name for half in replaced for name in _HALVES[half]]
    return tuple(
        frame.having(**dict.fromkeys(gone)) if frame.tool == "what_if" else frame
        for frame in frames
    )


def _as_usual(frame: Draft) -> Draft:
    """Return a call with what it is of alone, all else being as the tool has it by itself."""
    kept = {*_SUBJECT, *NEEDS.get(frame.tool, ()), *(_CHANGES if frame.tool == "what_if" else ())}
    return Draft(frame.tool, {n: v for n, v in frame.arguments.items() if n in kept})


def _less_the_other_half(frame: Draft, kept: set[str]) -> Draft:
    """Return a supposition of a discount and a promotion with the one that is kept alone."""
    priced = [name for name in _PRICES if name in frame.arguments]
    if (
        frame.tool != "what_if"
        or len(kept) != 1
        or not priced
        or "promotion" not in frame.arguments
    ):
        return frame
    gone = priced if "promotion" in kept else ["promotion"]
    return frame.having(**dict.fromkeys(gone))


def summed_up(text: str, frames: Sequence[Draft], context: PlannerContext) -> tuple[Draft, ...]:
    """Return earlier calls as one figure each, where they were split and a text says "in total".

    After no split the same words are of the whole business.
    """
    if not context.language.patterns("following")["sums_up"].search(text):
        return tuple(frames)
    return tuple(
        frame.having(**dict.fromkeys(_SPLIT)) if frame.arguments.keys() & _SPLIT_BY else frame
        for frame in frames
    )


def taken_off(text: str, context: PlannerContext) -> list[tuple[int, int]]:
    """Return where a text names what it takes off, which says nothing else."""
    cues = context.language.patterns("following")
    return [
        said.span()
        for cue in ("opens_again", "without_discount", "sums_up", "keeps_only", "usual_terms")
        for said in cues[cue].finditer(text)
    ]


def _with_other_figure(frame: Draft, said: re.Match[str], context: PlannerContext) -> Draft:
    """Return a call with a figure in place of the one it had, be that its default."""
    new, old = (number(said[name], context.language) for name in ("figure", "other"))
    known = {**SPECS[frame.tool].defaults, **frame.arguments}
    for name, value in known.items():
        is_figure = isinstance(value, int | float) and not isinstance(value, bool)
        if is_figure and name in SPECS[frame.tool].takes and value == old:
            return frame.having(**{name: int(new) if new == int(new) else new})
    return frame


def _turned(frame: Draft) -> Draft:
    """Return a ranking the other way round."""
    if "top" not in frame.arguments and "order" not in frame.arguments:
        return frame
    return frame.having(order=None if frame.arguments.get("order") == "asc" else "asc")


def less_a_discount(
    text: str, frames: Sequence[Draft], context: PlannerContext
) -> tuple[Draft, ...]:
    """Return earlier calls without their discount where a text takes it off."""
    said = context.language.patterns("following")["without_discount"].search(text)
    if said is None or not can_be_undiscounted(text, frames, context):
        return tuple(frames)
    return distinct(undiscounted(frame, context, is_asked=False) for frame in frames)


def can_be_undiscounted(text: str, frames: Sequence[Draft], context: PlannerContext) -> bool:
    """Tell whether calls can do without a discount, and a text sets no other price."""
    says_another = context.language.patterns("following")["own_price"].search(text)
    are_priced = {frame.tool for frame in frames} <= PRICED
    return are_priced and not says_another and not _is_of_promotion(text, frames, context)


def undiscounted(frame: Draft, context: PlannerContext, *, is_asked: bool) -> Draft:
    """Return a call without the discount it had, or what would be sold without any."""
    if frame.tool == "what_if" and is_asked:
        return follows(frame, "forecast", context)  # "what do we sell without any of that?"
    if frame.tool == "forecast":
        return frame.having(discount_pct=None if "discount_pct" in frame.arguments else 0)
    if frame.tool == "what_if":
        return frame.having(**dict.fromkeys(("price", *UNRESOLVED)), discount_pct=0)
    return follows(frame, "forecast", context)


def _is_of_promotion(text: str, frames: Sequence[Draft], context: PlannerContext) -> bool:
    """Tell whether a text runs a promotion, or stops the one that was supposed.

    "A promotion without changing the price" and "leave the promotion out" take no discount off.
    """
    runs = read_details("what_if", text, context.language).get("promotion")
    return runs is True or (runs is False and any("promotion" in one.arguments for one in frames))
