"""What the objects around a value say of it: its unit, place, period and kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agent.grounding.facts import ALL, Period, Place

_ISO_DAY = 10
ITEMS = ("product", "store", "category")
"""What results are about."""

# Learned from all past prices, and so the same at whatever discount a result is about.
_AT_EVERY_DEPTH = frozenset({"elasticity", "records", "tried"})
_TIMELESS = frozenset(
    {
        "error",
        "rmse",
        "mae",
        "mase",
        "r2",
        "bias",
        "coverage",
        "elasticity",
        "level",
        "service",
        "chance",
        "margin",
        "tried",
        "records",
        "series",
        "windows",
        "days",
        "latency",
        "median",
        "tail",
        "seconds",
        "lead",
        "traffic",
        "counted",
        "alerts",
        "advice",
        "outcomes",
        "calls",
        "stock",
        "reorder",
        "safety",
        "spoiled",
        "coming",
        "pack",
        "upto",
        "order",
        "cover",
    }
)


@dataclass(frozen=True, slots=True)
class Around:
    """What the objects around a value say of it."""

    unit: str = ""
    measure: str = ""
    place: Place = ()
    period: Period | None = None
    compared: Period | None = None
    owners: tuple[int, ...] = ()
    group: str = ""
    about: str = ""
    key: str = ""
    outer: str = ""
    order: str = ""
    root: Place = ()
    currency: str = ""


def inside(found: Mapping[str, Any], around: Around, owner: int) -> Around:
    """Return what an object adds to what the objects around it say."""
    unit = found.get("unit")
    group = found.get("group_by", around.group)
    return Around(
        # "USD per unit" is money too.
        unit=unit.split(" ")[0] if isinstance(unit, str) else around.unit,
        measure=_measure(found) or around.measure,
        place=_place(found, around),
        period=_span(found, "start", "end") or around.period,
        compared=_span(found, "previous_start", "previous_end")
        or _span(found, "compare_start", "compare_end")
        or around.compared,
        owners=(*around.owners, owner),
        group=group if isinstance(group, str) else "",
        about=str(found.get("about") or around.about),
        key=around.key,
        outer=around.key,
        currency=str(found.get("currency") or around.currency),
        order=str(found.get("order") or "") if isinstance(found.get("group_by"), str) else "",
        root=around.root if around.owners else _place(found, around),
    )


def _measure(found: Mapping[str, Any]) -> str:
    """Return what an object's figures measure, by itself or by the advice in it."""
    if isinstance(found.get("recommendation"), Mapping):
        return _measure(found["recommendation"])
    named = found.get("measure") or found.get("objective")
    return named if isinstance(named, str) else ""


def _span(found: Mapping[str, Any], first: str, last: str) -> Period | None:
    start, end = found.get(first), found.get(last)
    if isinstance(start, str) and isinstance(end, str):
        return start[:_ISO_DAY], end[:_ISO_DAY]
    return None


def _place(found: Mapping[str, Any], around: Around) -> Place:
    """Return where an object's figures belong: product, store, category, row, id."""
    place = dict(around.place)
    for kind in ITEMS:
        if kind in found:
            item = found[kind]
            if isinstance(item, Mapping):
                place[kind] = str(item.get("id"))
            elif isinstance(item, str):
                place[kind] = item
            elif kind == "product" or kind not in place:
                place[kind] = ALL
    item = found.get("item")
    if isinstance(item, Mapping) and around.key in ("products", "stores"):
        place[around.key.removesuffix("s")] = str(item.get("id"))
    if around.group in ITEMS and "key" in found and "name" in found:
        place[around.group] = str(found["key"])
    if "effect" in found and isinstance(found.get("name"), str):
        place["driver"] = found["name"]
    place |= _ids(found, around)
    return tuple(place.items())


def _ids(found: Mapping[str, Any], around: Around) -> dict[str, str]:
    """Return what else tells an object from its neighbours: an id, the depth of a discount."""
    ids = {}
    if around.key == "what_if" and isinstance(found.get("discount_pct"), int | float):
        ids["depth"] = f"{found['discount_pct']:g}"
    if around.key == "curve" and isinstance(found.get("discount_pct"), int | float):
        ids["depth"] = f"{found['discount_pct']:g}"
    own = found.get("id")
    if isinstance(own, str) and ("stage" in found or "-" in own):
        ids["id"] = own
    return ids


def place_of(kind: str, inner: Around) -> Place:
    """Return where a figure of a kind belongs."""
    if kind not in _AT_EVERY_DEPTH:
        return inner.place
    return tuple(one for one in inner.place if one[0] != "depth")


def own(inner: Around) -> Place:
    """Return what only a row says of its place: the result as a whole says nothing of it."""
    whole = dict(inner.root)
    return tuple(
        (kind, key) for kind, key in inner.place if key != ALL and whole.get(kind, ALL) == ALL
    )


def measured(name: str, parent: str, inner: Around, unit: str) -> str:
    """Return what a result measures, for fields whose names do not say."""
    named = _NAMED_KINDS.get(parent) or _NAMED_KINDS.get(name, "")
    if named:
        return named
    if inner.measure:
        return inner.measure
    if inner.unit == "percent":
        return "error"
    if unit == "percent" or inner.unit == "units":
        return "units"
    return "revenue" if inner.unit else ""


# What an object or field of this name holds.
_NAMED_KINDS = {
    "units": "units",
    "revenue": "revenue",
    "profit": "profit",
    "prices": "price",
    "sales": "units",
}


def stance(stance: str, name: str, parent: str, inner: Around) -> str:
    """Return how a figure is meant, by its field and the object it is in."""
    if parent in ("same_windows", "segments") and name.startswith("gain"):
        return "improvement"
    if parent == "now":
        return "difference" if name.startswith("worse") else "now"
    if parent == "planned":
        return stance or "planned"
    if parent == "realised":
        return "realised" if name == "gain" else stance
    if name == "figure" and inner.about in ("change", "miss"):
        return "actual"
    return stance


def periods(kind: str, stance: str, stem: str, inner: Around) -> tuple[Period, ...]:
    """Return the periods that a figure may be said to belong to."""
    if kind in _TIMELESS or inner.period is None or stem == "asked_discount_pct":
        return ()
    if inner.key == "realised":
        return ()
    if stance == "reference" and inner.about != "change":
        return ()
    if inner.compared is None:
        return (inner.period,)
    if stance == "previous" or (stance == "reference" and inner.about == "change"):
        return (inner.compared,)
    return (
        (inner.period, inner.compared)
        if stance == "difference" or stem == "effect"
        else (inner.period,)
    )
