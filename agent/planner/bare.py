"""What bare words mean by the call that they follow: "3" after a store, "make it 10", "a week"."""

from dataclasses import replace

from agent.languages.numbers import number
from agent.planner.context import PlannerContext
from agent.planner.drafts import Draft
from agent.planner.entities import Items
from agent.planner.specs import SPECS
from agent.planner.wishes import Wish, figure_alone

_FIGURES = (
    *("top", "limit", "discount_pct", "max_discount_pct", "level", "price", "target_units"),
    *("traffic_pct", "service_level_pct", "lead_time_days", "on_hand"),
)
_STOCKED = frozenset({"lead_time_days", "service_level_pct", "on_hand"})
_MONEY = "$€£"


def by_its_call(wish: Wish, frame: Draft, context: PlannerContext) -> Wish:
    """Return what was said with the sense that the call before gives it.

    Args:
        wish: What was said, read as a wish for the tool of the call.
        frame: The call.
        context: The tenant.
    """
    wish = _figured_again(_raised_again(_ranked_again(wish), frame), frame)
    wish = _lasting(_lasting_as_well(wish, frame), frame)
    return _other_of_these(_numbered(wish, frame, context), frame)


def _ranked_again(wish: Wish) -> Wish:
    """Read "rank it by units instead" as ranked from the end that it was ranked from."""
    if not wish.language.patterns("following")["ranks_again"].search(wish.text):
        return wish
    details = {n: v for n, v in wish.details.items() if n not in ("order", "rank_by")}
    return replace(wish, details=details)


def _raised_again(wish: Wish, frame: Draft) -> Wish:
    """Read a bare "and by 8%?" after a raised price as another raise, never as a discount."""
    is_raise = frame.tool == "what_if" and "price_up_pct" in frame.arguments
    if not is_raise or "discount_pct" not in wish.details or wish.shows("lowers"):
        return wish
    details = {n: v for n, v in wish.details.items() if n != "discount_pct"}
    return replace(wish, details=details | {"price_up_pct": wish.details["discount_pct"]})


def _figured_again(wish: Wish, frame: Draft) -> Wish:
    """Read a bare "make it 10" as the one figure that the call before was given."""
    is_percent = "%" in wish.text
    name = next(
        (one for one in _FIGURES if one in frame.arguments and (not is_percent or _is_share(one))),
        None,
    )
    if frame.tool == "forecast" and wish.language.patterns("following")["widens"].search(wish.text):
        name = "level"
    figure = figure_alone(wish.text, wish.language, of=name or "")
    is_money = any(sign in wish.text for sign in _MONEY) and name not in ("price", "budget")
    if figure is None or name is None or is_money or not wish.says_nothing:
        return wish
    return replace(wish, details={name: figure})


def _is_share(name: str) -> bool:
    return name.endswith("_pct") or name == "level"


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


def _other_of_these(wish: Wish, frame: Draft) -> Wish:
    """Read "the other butter" as that of two which was not spoken of."""
    other = wish.language.patterns("answers")["other_of_these"].search(wish.text)
    doubts = [one for one in wish.items.doubts if one.kind == "product"]
    if other is None or len(doubts) != 1:
        return wish
    left = [one.id for one in doubts[0].choices if one.id != frame.arguments.get("product")]
    if len(left) != 1 or len(left) == len(doubts[0].choices):
        return wish
    return replace(wish, items=replace(wish.items, things=(("product", left[0]),), doubts=()))


def _lasting_as_well(wish: Wish, frame: Draft) -> Wish:
    """Read "and dish soap with 5" after a lead time alone as another one, and no stock."""
    said = wish.language.patterns("following")["figure_beside"].search(wish.text)
    figures = _STOCKED & frame.arguments.keys()
    if said is None or figures != {"lead_time_days"} or not wish.details.keys() <= {"on_hand"}:
        return wish
    days = int(number(said["figure"], wish.language))
    return replace(wish, details={"lead_time_days": days})


def _lasting(wish: Wish, frame: Draft) -> Wish:
    """Read a bare "it's eight days actually" as how long a delivery takes."""
    said = wish.language.patterns("following")["length_told"].match(wish.text)
    if said is None or "lead_time_days" not in SPECS[frame.tool].takes:
        return wish
    each = wish.language.words("following", "days")[said["unit"].lower()]
    days = number(said["count"], wish.language) * each
    return replace(wish, details=wish.details | {"lead_time_days": int(days)})
