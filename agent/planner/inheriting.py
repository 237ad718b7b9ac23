"""What a wish that names its own tool takes over from what was spoken of before."""

from collections.abc import Sequence
from typing import Any

from agent.planner.context import PlannerContext
from agent.planner.drafts import Draft, distinct
from agent.planner.specs import NEEDS, SPECS, looks_ahead
from agent.planner.wishes import Wish, follows

_DAYS = ("start", "end")
_SHORT = 5
_TERSE = 4
_A_DETAIL = 7
_SUBJECT = ("product", "category", "store")
_OWN_SUBJECT = frozenset({"explain", "detect_anomalies"})
_ELLIPTIC = frozenset({"plan_inventory", "optimize_discount", "counterfactual", "what_if"})
_RECORDS = frozenset({"audit_trail", "decision_report"})
_ADVICE = frozenset({"optimize_discount", "plan_inventory", "counterfactual", "what_if"})


def is_short_why(wish: Wish) -> bool:
    """Tell whether a wish only asks why, of what was spoken of."""
    return (
        wish.tool == "explain"
        and len(wish.text.split()) <= _SHORT
        and wish.items.is_empty
        and not wish.periods
    )


def is_precise(wish: Wish) -> bool:
    """Tell whether "why" says by itself what it is about."""
    return wish.details.get("about") in ("revision", "miss")


def builds_on(wish: Wish, frames: Sequence[Draft], *, same_question: bool) -> bool:
    """Tell whether a wish takes over items or days from what was spoken of before."""
    if not SPECS[wish.tool].about_items or _is_same_elliptic(wish, frames):
        return _is_same_elliptic(wish, frames) or _is_of_those_days(wish)
    lacks_product = wish.tool == "what_if" and not wish.items.things
    points_back = wish.refers_back or wish.shows("then_too") or _says(wish, "there")
    points_back = points_back or (wish.tool == "list_alerts" and _says(wish, "about_that"))
    if lacks_product or points_back or wish.is_set_against:
        return True
    comes_back_to_all = _says(wish, "returns") and _is_of_all(wish)
    if comes_back_to_all or (same_question and _stands_apart(wish, frames)):
        return False
    if any(shows(wish, frames) for shows in _GOES_ON):
        return True
    is_beside = same_question and wish.tool == "detect_anomalies"
    is_own = wish.tool in _OWN_SUBJECT and wish.periods and not is_beside
    if is_own and not _says(wish, "sells_what"):
        return False  # "why did Saturday collapse" after a forecast is about that Saturday alone
    goes_on = wish.shows("opens_more") or _says(wish, "connects") or _says(wish, "sells_what")
    return same_question or goes_on


def taken_over(
    wish: Wish, frames: Sequence[Draft], context: PlannerContext, *, keep_about: bool
) -> list[Draft]:
    """Return what a wish starts from: items and days of the calls before that still hold."""
    if _is_same_elliptic(wish, frames):
        if _says(wish, "asks_of_deeds"):  # of the same days, whatever else was asked of them
            return [Draft(wish.tool, _days_of(frame)) for frame in frames[:1]]
        return list(distinct(frames))  # "count with two days of lead time" leaves all else
    if _is_of_those_days(wish):
        return [Draft(wish.tool, days) for frame in frames[:1] if (days := _days_of(frame))]
    bases = [follows(f, wish.tool, context) for f in frames if SPECS[f.tool].about_items]
    kept: set[str] = (
        {*_SUBJECT, *_DAYS, "about"} if _looks_closer(wish, frames) else _kept(wish, frames)
    )
    if wish.tool == "explain" and not wish.periods:
        kept.add("compare_to")
    bases = [Draft(b.tool, {n: v for n, v in b.arguments.items() if n in kept}) for b in bases]
    if _says(wish, "of_that_figure") and all(one.tool == wish.tool for one in frames):
        shown = {one.arguments.get("measure") for one in frames}
        bases = [base.having(measure=one) for base in bases for one in shown]
    if is_precise(wish):
        bases = [_on_its_side(base, wish, context) for base in bases]
    if not keep_about or is_precise(wish):
        bases = [base.having(about=None) for base in bases]
    return list(distinct(bases))


def _days_of(frame: Draft) -> dict[str, Any]:
    return {name: frame.arguments[name] for name in _DAYS if name in frame.arguments}


def _is_of_those_days(wish: Wish) -> bool:
    """Tell whether a record is asked for over the days spoken of: "who did what that week?"."""
    return wish.tool in _RECORDS and not wish.periods and wish.shows("then_too")


def _on_its_side(base: Draft, wish: Wish, context: PlannerContext) -> Draft:
    """Return a base less days that cannot be asked of: a revision is of days to come."""
    is_over = str(base.arguments.get("end", context.today)) < context.today.isoformat()
    ahead = looks_ahead(wish.tool, str(wish.details.get("about")))
    return base.having(**dict.fromkeys(_DAYS)) if ahead == is_over else base


def _kept(wish: Wish, frames: Sequence[Draft]) -> set[str]:
    """Return the arguments that what is named now does not take the place of."""
    everything = {*_SUBJECT, *_DAYS, "about"}
    elliptic = wish.refers_back or (wish.tool == "what_if" and not wish.items.things)
    if _asks_which(wish) and not wish.refers_back:
        which_store = "store" in (wish.details.get("rank_by"), wish.details.get("by"))
        subject = {"product", "category"} if which_store else {"store"}
        return {*_DAYS, *(subject if _says(wish, "there") or wish.items.is_empty else ())}
    if wish.tool == "list_alerts" and _says(wish, "there"):
        return {"store"}  # "any alerts for that store?" is of all that it sells
    if wish.items.is_empty or elliptic or _advises_elsewhere(wish, frames):
        return everything
    of_the_same = (bool(wish.items.things) and _names_it_again(wish, frames)) or (
        wish.tool in _OWN_SUBJECT and _is_within(wish, frames)
    )
    of_the_same = of_the_same or _comes_back(wish, frames)
    if of_the_same or _says(wish, "there"):
        return everything
    goes_on = _says(wish, "connects") and (len(frames) == 1 or not wish.periods)
    if goes_on or _says(wish, "sells_what"):
        return everything
    return set(_DAYS)


def _comes_back(wish: Wish, frames: Sequence[Draft]) -> bool:
    """Tell whether "back to the sourdough, next week?" is of the very sourdough spoken of."""
    known = {pair for frame in frames for pair in _subject_of(frame)}
    comes_back = _says(wish, "returns") and not wish.items.stores and not wish.items.doubts
    return comes_back and bool(wish.items.things) and set(wish.items.things) <= known


def _names_it_again(wish: Wish, frames: Sequence[Draft]) -> bool:
    """Tell whether "so why did milk drop?" is of the very milk, place and days spoken of."""
    if wish.periods or wish.items.is_empty or wish.items.doubts:
        return False
    said = {*wish.items.things, *(("store", one) for one in wish.items.stores)}
    return any(said <= set(_subject_of(frame)) for frame in frames)


def _is_within(wish: Wish, frames: Sequence[Draft]) -> bool:
    """Tell whether a wish is of days that were spoken of: "explain that Friday"."""
    return not _is_of_all(wish) and any(
        str(frame.arguments.get("start", "9")) <= one.start.isoformat()
        and one.end.isoformat() <= str(frame.arguments.get("end", ""))
        for one in wish.periods
        for frame in frames
    )


def _subject_of(frame: Draft) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in frame.arguments.items() if name in _SUBJECT]


def _stands_apart(wish: Wish, frames: Sequence[Draft]) -> bool:
    """Tell whether a wish is about nothing that others of its message are about.

    So is the third of "a stock plan for milk, a discount for tea, last week's sales"; and "the
    best discount for chips, and open alerts" asks for all alerts.
    """
    is_other = are_apart(frames) and not any(frame.tool == wish.tool for frame in frames)
    return (is_other and bool(wish.periods)) or (wish.tool == "list_alerts" and wish.items.is_empty)


def are_apart(frames: Sequence[Draft]) -> bool:
    """Tell whether calls of several tools are each about something else."""
    subjects = {(f.arguments.get("product"), f.arguments.get("category")) for f in frames}
    return len(subjects) > 1 and len({frame.tool for frame in frames}) > 1


def _leaves_out_items(wish: Wish, frames: Sequence[Draft]) -> bool:
    """Tell whether a wish that names nothing plainly means what was spoken of."""
    named = any(set(_SUBJECT) & frame.arguments.keys() for frame in frames)
    is_of_all = _is_of_all(wish)
    is_price = wish.items.is_empty and wish.details.get("measure") in ("price", "discount")
    if named and (is_price or _advises_elsewhere(wish, frames)):  # a price is of one thing
        return True
    if not named or not wish.items.is_empty or is_of_all or _asks_which(wish):
        return False
    if wish.tool in _ADVICE or "product" in NEEDS.get(wish.tool, ()):
        return True
    if wish.tool == "list_alerts":
        return False
    if wish.tool in _OWN_SUBJECT:
        of_one_tool = all(frame.tool == wish.tool for frame in frames)
        return not wish.periods or of_one_tool or _looks_the_same_way(wish, frames)
    # "What sold best last week?" ranks all there is.
    ranks = {"top", "order"} & wish.details.keys() and len(wish.text.split()) > _TERSE
    return not (ranks and wish.periods)


def _advises_elsewhere(wish: Wish, frames: Sequence[Draft]) -> bool:
    """Tell whether "what would you suggest for Lakeside?" is of the product spoken of."""
    names_a_place = bool(wish.items.stores) and not wish.items.things and not wish.items.doubts
    spoken_of = any({"product", "category"} & frame.arguments.keys() for frame in frames)
    is_of_all = wish.shows("everything") or wish.periods
    is_price = wish.tool in ("optimize_discount", "counterfactual")
    return is_price and names_a_place and spoken_of and not is_of_all


def _looks_closer(wish: Wish, frames: Sequence[Draft]) -> bool:
    """Tell whether "why are snacks so low?" asks about a line of the table before."""
    is_of_part = wish.tool in _OWN_SUBJECT and not wish.items.is_empty and not wish.periods
    groups = {frame.arguments.get("group_by") for frame in frames}
    named = {*(kind for kind, _ in wish.items.things), *(("store",) if wish.items.stores else ())}
    return is_of_part and bool(groups & named)


def _looks_the_same_way(wish: Wish, frames: Sequence[Draft]) -> bool:
    """Tell whether "why was June so weak?" follows what was told of other days gone by too."""
    ahead = looks_ahead(wish.tool, str(wish.details.get("about") or "forecast"))
    about = [str(frame.arguments.get("about", "forecast")) for frame in frames]
    both = zip(frames, about, strict=True)
    return all(looks_ahead(frame.tool, said) == ahead for frame, said in both)


def _is_of_all(wish: Wish) -> bool:
    return wish.shows("everywhere") or wish.shows("everything") or _says(wish, "in_total")


def _is_elliptic(wish: Wish, frames: Sequence[Draft]) -> bool:
    """Tell whether "use a 99% service level" only sets a detail of what was spoken of."""
    if wish.periods or not wish.items.is_empty or not any(f.tool == wish.tool for f in frames):
        return False
    says_a_detail = bool(wish.details) and len(wish.text.split()) <= _A_DETAIL
    return _asks_which(wish) or (wish.tool in _ELLIPTIC and says_a_detail)


def _is_same_elliptic(wish: Wish, frames: Sequence[Draft]) -> bool:
    """Tell whether a wish only sets what the last calls of its own tool were given or lack."""
    tools = {frame.tool for frame in frames}
    if wish.tool in _RECORDS and tools == {wish.tool}:
        return not wish.periods and not _says(wish, "names_a_record")
    if tools == {wish.tool} and _says(wish, "same_terms"):
        return True
    is_same = wish.tool in {*_ELLIPTIC, "start_rollout"} and tools == {wish.tool}
    return is_same and wish.items.is_empty and not wish.periods and bool(wish.details)


def _asks_which(wish: Wish) -> bool:
    """Tell whether a wish asks which store or product it is, and so is about all of them."""
    return bool(
        {"store", "product", "category"} & {wish.details.get("rank_by"), wish.details.get("by")}
    )


def _says(wish: Wish, cue: str) -> bool:
    return wish.language.patterns("following")[cue].search(wish.text) is not None


_GOES_ON = (_is_elliptic, _leaves_out_items, _names_it_again, _looks_closer, _is_within)
"""What shows by itself that a wish is of what was spoken of."""
