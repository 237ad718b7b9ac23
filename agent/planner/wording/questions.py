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
_CHANGES = {
    "depth": ("about_depth", ("discount_pct",)),
    "raise": ("about_raise", ("price",)),
    "cut": ("about_cut", ("discount_pct", "price")),
    "any": ("about_change", ("discount_pct", "price", "promotion")),
}
"""What somebody may have in mind who asks about a change: how it is asked, and for what."""


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


def about_change(
    text: str, pending: Sequence[Draft], style: Style = ENGLISH, *, besides: Sequence[str] = ()
) -> Ask:
    """Ask what should change: the discount, the price, or a promotion.

    Args:
        text: What was said; it may tell which of them is meant.
        pending: The calls that wait for it.
        style: The language.
        besides: Other arguments that are missing, asked for at once.
    """
    cues = style.words.patterns("wording/changes")
    kind = next((one for one in _CHANGES if one in cues.names() and cues[one].search(text)), "any")
    macro, asks_for = _CHANGES[kind]
    message = " ".join([*_missing(besides, style), _asked(macro, style)])
    return Ask(message, (*besides, *asks_for), (), tuple(pending))


def about_direction(pending: Sequence[Draft], style: Style = ENGLISH) -> Ask:
    """Ask whether a price should go up or down."""
    return Ask(_asked("about_direction", style), ("discount_pct", "price"), (), tuple(pending))


def about_missing(
    arguments: Sequence[str], pending: Sequence[Draft], style: Style = ENGLISH
) -> Ask:
    """Ask for all the arguments that a tool cannot do without and was not told.

    Args:
        arguments: By their names in the tool contract.
        pending: The calls that wait for them.
        style: The language.
    """
    return Ask(" ".join(_missing(arguments, style)), tuple(arguments), (), tuple(pending))


def about_intention(tool: str, style: Style = ENGLISH) -> Ask:
    """Ask for plain words before a call that would change something."""
    return Ask(_asked("about_intention", style, tool=tool), ())


def about_wish(pending: Sequence[Draft], style: Style = ENGLISH) -> Ask:
    """Ask what is wanted at all."""
    return Ask(_asked("about_wish", style), (), (), tuple(pending))


def _missing(arguments: Sequence[str], style: Style) -> list[str]:
    return [
        _asked("about_product", style)
        if name == "product"
        else _asked("about_missing", style, argument=name)
        for name in arguments
    ]


def _asked(macro: str, style: Style, **values: Any) -> str:
    return phrase("questions", macro, style, **values)
