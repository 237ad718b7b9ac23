"""What a message that fits nothing else still changes in the calls before it.

"Too deep for my boss, try 12" or "no, I said it wrong, the weekend after" hold one figure or one
step in time among words that say nothing of it. With calls to go on from, that is what is meant.
"""

import re
from collections.abc import Sequence

from agent.languages import Language
from agent.languages.numbers import number, price
from agent.planner.context import PlannerContext
from agent.planner.details import read_details
from agent.planner.drafts import Calls, Draft
from agent.planner.neighbours import moved_within
from agent.planner.specs import SPECS
from agent.planner.wishes import Wish, follows

_SHARES = ("discount_pct", "max_discount_pct", "level", "service_level_pct", "traffic_pct")
_COUNTS = ("target_units", "on_hand", "lead_time_days", "top", "limit")
_MOST = {"discount_pct": 90, "max_discount_pct": 90, "traffic_pct": 50} | dict.fromkeys(
    ("level", "service_level_pct"), 99.9
)
"""A bare figure beyond what a share may be is none: "and if I gave you 1500" is a budget."""

_AT_DEFAULT = {"audit_trail": "limit", "model_history": "limit", "start_rollout": "traffic_pct"}
"""What a bare figure sets although it was not set before: "show me 10"."""

_COUNTED = {"plan_inventory": "on_hand", "counterfactual": "target_units"}
_TRIES_A_PRICE = frozenset({"forecast", "counterfactual"})
"""After these, an amount of money is a price that is tried: "and with 99 cents?"."""

_MOST_WORDS = 14


def changed_loosely(text: str, frames: Sequence[Draft], context: PlannerContext) -> Calls | None:
    """Return earlier calls with the one figure or step in time that a text holds, or None.

    Args:
        text: The message in lower case, names blanked.
        frames: The calls it may be about.
        context: The tenant.
    """
    if not frames or len(text.split()) > _MOST_WORDS:
        return None
    if (moved := moved_within(text, frames, context)) is not None:
        return Calls(moved)
    if (tried := _with_promotion(text, frames, context)) is not None:
        return Calls(tried)
    figures = list(context.language.patterns("following")["any_figure"].finditer(text))
    if not figures:
        return None
    changed = [_with_figure(frame, figures[-1], context) for frame in frames]
    kept = tuple(frame for frame in changed if frame is not None)
    return Calls(kept) if len(kept) == len(frames) else None


def _with_promotion(
    text: str, frames: Sequence[Draft], context: PlannerContext
) -> tuple[Draft, ...] | None:
    """Return "without the promotion?" after forecasts as the change of plan that it tries."""
    said = read_details("what_if", text, context.language)
    can_try = all(one.tool in _TRIES_A_PRICE and "product" in one.arguments for one in frames)
    if "promotion" not in said or not can_try:
        return None
    return tuple(
        follows(one, "what_if", context).having(promotion=said["promotion"]) for one in frames
    )


def with_figure_beside(
    wish: Wish, drafts: tuple[Draft, ...], context: PlannerContext
) -> tuple[Draft, ...]:
    """Return calls with the figure that a text tells beside a name: "at Lakeside, say 140"."""
    if wish.periods or _figures_of(wish):
        return drafts
    found = list(context.language.patterns("following")["any_figure"].finditer(wish.text))
    if len(found) != 1:
        return drafts
    changed = [_with_figure(one, found[0], context) or one for one in drafts]
    return tuple(changed)


def _figures_of(wish: Wish) -> set[str]:
    """Return the details of a wish that are figures."""
    names = {*_SHARES, *_COUNTS, "price", "price_up_pct", "price_by", "budget", "min_margin_pct"}
    return names & wish.details.keys()


def only_figure(text: str, frames: Sequence[Draft], language: Language) -> dict[str, float]:
    """Return the one figure of a text under the argument of the calls that it would be."""
    found = list(language.patterns("following")["any_figure"].finditer(text))
    if len(found) != 1 or not frames:
        return {}
    name = _argument_of(frames[-1], found[0], language)
    return {} if name is None else {name: number(found[0]["figure"], language)}


def has_a_figure(text: str, frames: Sequence[Draft], context: PlannerContext) -> bool:
    """Tell whether a text holds a figure that the calls before can take."""
    figures = list(context.language.patterns("following")["any_figure"].finditer(text))
    return bool(figures) and all(_with_figure(one, figures[-1], context) for one in frames)


def _with_figure(frame: Draft, said: re.Match[str], context: PlannerContext) -> Draft | None:
    """Return a call with a figure in place of the one it had, or None where it had none."""
    value = number(said["figure"], context.language)
    if said["things"] and frame.tool in _COUNTED:
        return frame.having(**{_COUNTED[frame.tool]: value})
    name = _argument_of(frame, said, context.language)
    if name is None and said["money"] and frame.tool in _TRIES_A_PRICE:
        return follows(frame, "what_if", context).having(price=value)
    if name is None:
        return None
    if name == "price":
        value = price(said["figure"], context.language)
    if name in ("price", "discount_pct"):
        frame = frame.having(price=None, discount_pct=None, price_up_pct=None, price_by=None)
    return frame.having(**{name: int(value) if value == int(value) else value})


def _argument_of(frame: Draft, said: re.Match[str], language: Language) -> str | None:
    """Return which argument a figure is: by its sign, else that which the call had already."""
    takes = SPECS[frame.tool].takes
    if said["money"] or said["coin"] or (said["cents"] and not said["percent"]):
        return next((name for name in ("price", "budget") if name in takes), None)
    if "price_up_pct" in frame.arguments:
        return "price_up_pct"
    value = number(said["figure"], language)
    names = _SHARES if said["percent"] else (*_SHARES, "price", *_COUNTS, "budget")
    fits = [name for name in names if value <= _MOST.get(name, value) and name in takes]
    found = next((name for name in fits if name in frame.arguments), None)
    is_ranking = {"group_by", "order"} <= frame.arguments.keys() and "top" in fits
    unsaid = "top" if is_ranking else _AT_DEFAULT.get(frame.tool)
    return found or (None if said["percent"] else unsaid)
