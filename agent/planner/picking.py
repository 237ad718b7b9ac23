"""Which of several things words pick: of the choices that were offered, or by its place."""

import re
from collections.abc import Sequence
from typing import TypeVar

from agent.languages import Language, language
from agent.planner.entities import Choice
from agent.planner.goods import with_goods
from tools.catalogue import NamedItem, NamedStore, Status, Vocabulary, mentions

_IN_ORDER = ("first", "second", "third")
One = TypeVar("One")


def in_order(said: re.Match[str], several: Sequence[One]) -> tuple[One, ...]:
    """Return the one of several that "the second" or "the last" is; empty where none is."""
    if len(several) < 1 + bool(said["last"]):
        return ()
    if said["last"]:
        return tuple(several[-1:])
    place = next((n for n, name in enumerate(_IN_ORDER) if said[name]), len(several))
    return tuple(several[place : place + 1])


def among(
    reply: str, doubt_kind: str, choices: Sequence[Choice], words: Language | None = None
) -> list[str]:
    """Return the ids that a reply picks from choices that were offered; empty when none."""
    text = reply.casefold()
    tongue = words or language("en")
    cues = tongue.patterns("cues")
    if cues["pick_all"].search(text):
        return [choice.id for choice in choices]
    if order := cues["pick_one"].search(text):
        place = list(order.groupdict().values()).index(order[0])
        picked = choices[-1:] if order["last"] else choices[place : place + 1]
        return [choice.id for choice in picked]
    narrowed = (
        Vocabulary(stores=tuple(NamedStore(c.id, c.name) for c in choices))
        if doubt_kind == "store"
        else Vocabulary(products=tuple(NamedItem(c.id, c.name) for c in choices))
    )
    named = with_goods(mentions(reply, narrowed, tongue.code), reply, narrowed, tongue)
    found = [one for one in named if one.status is Status.EXACT]
    ids = [one.ids[0] for one in found if one.kind in ("product", "store")]
    bare = reply.strip().casefold()
    return ids or [choice.id for choice in choices if choice.id.casefold() == bare]
