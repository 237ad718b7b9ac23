"""The planner's questions back: each names the argument it asks for, and the choices."""

from collections.abc import Sequence
from typing import Any

from agent.planner.drafts import Ask, Draft
from agent.planner.entities import Doubt
from agent.planner.periods import Unclear
from agent.planner.wording.style import ENGLISH, Style
from agent.planner.wording.templates import phrase

_MOST_SHOWN = 8
_KINDS = {"product": "product", "store": "store", "category": "category", "region": "store"}


def about_item(doubts: Sequence[Doubt], pending: Sequence[Draft], style: Style = ENGLISH) -> Ask:
    """Ask which of several items the first of the words means; the others are asked later."""
    doubt, *later = doubts
    kind = _KINDS.get(doubt.kind, "store")
    choices = tuple((choice.id, choice.name) for choice in doubt.choices[:_MOST_SHOWN])
    names = [name for _, name in choices]
    message = _asked("about_item", style, kind=kind, text=doubt.text, names=names)
    return Ask(message, (kind,), choices, tuple(pending), tuple(later))


def about_product(pending: Sequence[Draft], style: Style = ENGLISH) -> Ask:
    """Ask which product is meant."""
    return Ask(_asked("about_product", style), ("product",), (), tuple(pending))


def about_each_product(
    tool: str, most: int, pending: Sequence[Draft], style: Style = ENGLISH
) -> Ask:
    """Ask for names where one call for each product of a catalogue would be too many."""
    message = _asked("about_each_product", style, tool=tool, most=most)
    return Ask(message, ("product",), (), tuple(pending))


def about_too_many(count: int, most: int, pending: Sequence[Draft], style: Style = ENGLISH) -> Ask:
    """Ask to narrow a question that needs too many calls."""
    named = {name for draft in pending for name in ("product", "store") if name in draft.arguments}
    kind = "store" if named == {"store"} else "product"
    message = _asked("about_too_many", style, count=count, most=most, kind=kind)
    return Ask(message, (kind,), (), tuple(pending[:1]))


def about_period(unclear: Unclear, pending: Sequence[Draft], style: Style = ENGLISH) -> Ask:
    """Ask for days that the words did not name."""
    message = _asked("about_period", style, trouble=unclear.message)
    return Ask(message, unclear.asks_for, (), tuple(pending))


def about_change(text: str, pending: Sequence[Draft], style: Style = ENGLISH) -> Ask:
    """Ask what should change: the discount, the price, or a promotion."""
    cues = style.words.patterns("wording/changes")
    waiting = tuple(pending)
    if cues["depth"].search(text):
        return Ask(_asked("about_depth", style), ("discount_pct",), (), waiting)
    if cues["raise"].search(text):
        return Ask(_asked("about_raise", style), ("price",), (), waiting)
    if cues["cut"].search(text):
        return Ask(_asked("about_cut", style), ("discount_pct", "price"), (), waiting)
    return Ask(_asked("about_change", style), ("discount_pct", "price", "promotion"), (), waiting)


def about_direction(pending: Sequence[Draft], style: Style = ENGLISH) -> Ask:
    """Ask whether a price should go up or down."""
    return Ask(_asked("about_direction", style), ("discount_pct", "price"), (), tuple(pending))


def about_missing(
    arguments: Sequence[str], pending: Sequence[Draft], style: Style = ENGLISH
) -> Ask:
    """Ask for the first of the arguments that a tool cannot do without.

    Args:
        arguments: By their names in the tool contract.
        pending: The calls that wait for them.
        style: The language.
    """
    message = _asked("about_missing", style, argument=arguments[0])
    return Ask(message, tuple(arguments), (), tuple(pending))


def about_intention(tool: str, style: Style = ENGLISH) -> Ask:
    """Ask for plain words before a call that would change something."""
    return Ask(_asked("about_intention", style, tool=tool), ())


def about_wish(pending: Sequence[Draft], style: Style = ENGLISH) -> Ask:
    """Ask what is wanted at all."""
    return Ask(_asked("about_wish", style), (), (), tuple(pending))


def _asked(macro: str, style: Style, **values: Any) -> str:
    return phrase("questions", macro, style, **values)
