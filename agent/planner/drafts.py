"""Calls that are being put together, and what may still be missing for them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from agent.planner.entities import Doubt, Items
from agent.planner.specs import SPECS, without_defaults

MOST_CALLS = 8
"""How many tool calls one question may make."""

_SPANS = ("day", "week", "month")

_THING = ("product", "category")
_REPLACES = {"product": _THING, "category": _THING, "store": ("store",)}

UNRESOLVED = ("price_up_pct", "price_by")
"""Changes of a price that need the price in force before they are an argument."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One call of a tool; `arguments` may still hold what is not an argument yet."""

    tool: str
    arguments: dict[str, Any] = field(default_factory=dict)

    def having(self, **changes: Any) -> "Draft":
        """Return the draft with arguments set; None takes one away."""
        arguments = self.arguments | changes
        return replace(
            self, arguments={name: value for name, value in arguments.items() if value is not None}
        )

    def facing(self, today: date) -> "Draft":
        """Return the draft on the side of today where its days lie.

        A forecast of days that are over asks what was sold on them; past sales of days to come
        are their forecast.
        """
        arguments, day = self.arguments, today.isoformat()
        if self.tool == "forecast" and str(arguments.get("end", day)) < day:
            taken = SPECS["sales_history"].takes
            return Draft("sales_history", {n: v for n, v in arguments.items() if n in taken})
        if self.tool == "sales_history" and str(arguments.get("start", "")) > day:
            taken = SPECS["forecast"].takes
            split = {"granularity": arguments.get("group_by")}
            kept = {n: v for n, v in arguments.items() if n in taken}
            return Draft("forecast", kept | (split if split["granularity"] in _SPANS else {}))
        return self

    @property
    def ready(self) -> dict[str, Any]:
        """Return the arguments as the tool takes them, without defaults."""
        return without_defaults(self.tool, self.arguments)

    @property
    def waits_for_a_price(self) -> bool:
        """Tell whether the price in force must be looked up first."""
        return any(name in self.arguments for name in UNRESOLVED)

    def to_json(self) -> dict[str, Any]:
        """Return the draft ready for JSON."""
        return {"tool": self.tool, "arguments": self.arguments}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Draft":
        """Return the draft that `to_json` wrote; unknown tools are refused by a KeyError."""
        tool = str(data["tool"])
        SPECS[tool]
        return cls(tool, dict(data["arguments"]))


@dataclass(frozen=True, slots=True)
class Ask:
    """A question back.

    Attributes:
        message: What is asked, in words.
        asks_for: The arguments asked for, by their names in the tool contract.
        choices: What the person may choose from: pairs of id and name.
        pending: The calls that wait for the answer.
        later: Words that fit several things too, to be asked about next.
    """

    message: str
    asks_for: tuple[str, ...]
    choices: tuple[tuple[str, str], ...] = ()
    pending: tuple[Draft, ...] = ()
    later: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Say:
    """A final answer without a call."""

    message: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls to make now.

    Attributes:
        drafts: The calls, in order.
        asides: Sentences the answer must hold besides, e.g. how an exclusion was read.
        reason: The refusal class of a part of the question that was refused.
    """

    drafts: tuple[Draft, ...]
    asides: tuple[str, ...] = ()
    reason: str = ""


Step = Ask | Say | Calls


def distinct(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """Return the drafts in order, each call once."""
    kept: list[Draft] = []
    for draft in drafts:
        if draft not in kept:
            kept.append(draft)
    return tuple(kept)


def less_what_is_doubted(items: Items, drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """Return calls less the thing or place of before that an unclear word takes the place of.

    Else "butter next week" after a forecast for milk, once it is known which, would ask for both.

    Args:
        items: What is named, some of it unclear.
        drafts: The calls that build on those before.
    """
    named = {*items.things, *(("store", one) for one in items.stores)}
    gone = {name for doubt in items.doubts for name in _REPLACES.get(doubt.kind, ())}
    return distinct(
        draft.having(**{n: None for n in gone if (n, draft.arguments.get(n)) not in named})
        for draft in drafts
    )
