"""Asks about another product, store or category, in one of the ways people name them."""

import re
from collections.abc import Callable
from typing import Any, Literal

from agent.evaluation.suite import Case
from benchmarks.variation.changes.spelling import slipped
from benchmarks.variation.expecting import arguments_of, in_place_of, with_other
from benchmarks.variation.words import Told, nicknames
from tenants.errors import AppError
from tools.catalogue import Mention, Status, mentions, resolve

Kind = Literal["product", "store", "category"]
_STORE = ("store", "filiale")

Way = Callable[[Told, str, bool], str | None]
"""What a thing of this id is called; whether it is spoken of as many is told too."""


def by_name(told: Told, key: str, many: bool) -> str | None:  # noqa: FBT001, ARG001 - one of the ways
    """Call a product by its whole name."""
    return _name("product", key, told)


def by_word(told: Told, key: str, many: bool) -> str | None:  # noqa: FBT001 - one of the ways
    """Call a product as people call it, one or many."""
    known = nicknames(told.workspace, told.code).get(key)
    return known[many] if known else None


def by_id(told: Told, key: str, many: bool) -> str | None:  # noqa: FBT001, ARG001 - one of the ways
    """Call a product by its id."""
    return told.draw.choice((f"product {key}", f"item {key}", f"SKU {key}")) if _en(told) else None


def misspelt(told: Told, key: str, many: bool) -> str | None:  # noqa: FBT001 - one of the ways
    """Call a product as people call it, with a slip of the finger in its longest word."""
    known = by_word(told, key, many)
    longest = max(known.split(), key=len) if known else ""
    other = slipped(longest, told.draw) if longest else None
    return known.replace(longest, other) if known and other else None


def store_by_name(told: Told, key: str, many: bool) -> str | None:  # noqa: FBT001, ARG001
    """Call a store by its name."""
    return _name("store", key, told)


def store_by_id(told: Told, key: str, many: bool) -> str | None:  # noqa: FBT001, ARG001
    """Call a store by its id."""
    return f"{'store' if _en(told) else 'Filiale'} {key}" if key.isdigit() else None


def store_misspelt(told: Told, key: str, many: bool) -> str | None:  # noqa: FBT001, ARG001
    """Call a store by its name with a slip of the finger."""
    return slipped(_name("store", key, told), told.draw)


def category_by_name(told: Told, key: str, many: bool) -> str | None:  # noqa: FBT001, ARG001
    """Call a category by its name, as people write it."""
    return key.lower() if _en(told) else key


def exchanged(told: Told, kind: Kind, way: Way) -> Case | None:
    """Return the case about another thing of a kind; None where it names none, or not clearly."""
    places = [_named(turn.say or "", told) for turn in told.case.turns]
    ids = {one.ids[0] for found in places for one in found if one.kind == kind}
    expected = {key for key in ids if _is_expected(kind, key, told)}
    if len(expected) != 1 or _is_told_otherwise(kind, expected, places, told):
        return None
    (old,) = expected
    new = _another(kind, ids, told)
    if new is None or way(told, new, False) is None:
        return None
    return _with(kind, (old, new), way, places, told)


def _with(
    kind: Kind, pair: tuple[str, str], way: Way, places: list[list[Mention]], told: Told
) -> Case | None:
    old, new = pair

    def exchange(arguments: dict[str, Any]) -> dict[str, Any]:
        if kind not in arguments:
            return arguments
        other = in_place_of(arguments[kind], lambda one: _resolved(kind, one, told) == old, new)
        return arguments | {kind: other}

    turns = []
    for turn, found in zip(told.case.turns, places, strict=True):
        say = turn.say
        if say is None:
            turns.append(turn)
            continue
        for one in sorted(found, key=lambda one: -one.start):
            if one.kind != kind or one.ids[0] != old:
                continue
            name = way(told, new, one.text.lower().endswith("s"))
            at = _place(say, one, name)
            if name is None or at is None:
                return None
            say = say[: at[0]] + name + say[at[1] :]
        turns.append(with_other(turn, say, exchange))
    return told.case.model_copy(update={"turns": tuple(turns)})


def _place(say: str, one: Mention, name: str | None) -> tuple[int, int] | None:
    """Return what a name takes the place of: of "the Lakeside" all, for "store 5"."""
    if name is None or name.split(maxsplit=1)[0].lower() not in _STORE:
        return one.start, one.end
    if re.match(r"\s*(?:store|shop|branch)", say[one.end :], re.IGNORECASE):
        return None
    article = re.search(r"\b(?:the|our|der|die|dem)\s+$", say[: one.start], re.IGNORECASE)
    return (article.start() if article else one.start), one.end


def _named(say: str, told: Told) -> list[Mention]:
    found = mentions(say, told.setting.vocabulary, told.code)
    return [one for one in found if one.status is Status.EXACT]


def _is_expected(kind: Kind, key: str, told: Told) -> bool:
    return any(
        _resolved(kind, value, told) == key
        for arguments in arguments_of(told.case)
        for value in _values(arguments.get(kind))
    )


def _values(value: Any) -> tuple[Any, ...]:
    return tuple(getattr(value, "any_of", (value,)))


def _is_told_otherwise(
    kind: Kind, expected: set[str], places: list[list[Mention]], told: Told
) -> bool:
    """Tell whether a group or another word also stands for the thing that is exchanged."""
    kinds = {one.kind for found in places for one in found}
    groups = {"product": {"category"}, "store": {"region", "format"}, "category": {"product"}}
    if kinds & groups[kind]:
        return True
    also = [value for one in arguments_of(told.case) for value in _values(one.get(kind))]
    others = {_resolved(kind, value, told) for value in also if value is not None}
    return len(others - expected) > 1


def _another(kind: Kind, taken: set[str], told: Told) -> str | None:
    known = told.setting.vocabulary
    keys = {
        "product": [item.id for item in known.products],
        "store": [store.id for store in known.stores if store.region],
        "category": list(known.categories),
    }[kind]
    left = [key for key in keys if key not in taken]
    if kind == "product":
        names = nicknames(told.workspace, told.code)
        left = [key for key in left if key in names]
    return told.draw.choice(left) if left else None


def _resolved(kind: Kind, value: Any, told: Told) -> str | None:
    try:
        return resolve(str(value), kind, told.setting.vocabulary) if value is not None else None
    except AppError:
        return f"?{value}"


def _name(kind: Kind, key: str, told: Told) -> str:
    known = told.setting.vocabulary
    items = known.products if kind == "product" else known.stores
    return next(item.name for item in items if item.id == key)


def _en(told: Told) -> bool:
    return told.code == "en"
