"""Figures that things or places each have of their own: "milk with 40 on hand, bagels with 12"."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from agent.languages import Language
from agent.languages.numbers import number, price
from agent.planner.details import read_details
from agent.planner.details.text import Text
from agent.planner.entities import Names

_OWN = {
    "plan_inventory": ("on_hand", "lead_time_days", "service_level_pct"),
    "counterfactual": ("target_units", "min_margin_pct"),
    "optimize_discount": ("max_discount_pct", "min_margin_pct", "budget"),
    "what_if": ("discount_pct", "price", "price_up_pct", "price_by"),
    "forecast": ("discount_pct",),
}
"""Figures by which the calls of one wish for a tool may differ."""

_KINDS = (("product", "category"), ("store",))
_SEVERAL = 2
_PAID = frozenset({"price", "price_by", "budget"})

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Own:
    """Figures of each thing, or of each store, in the order they are named."""

    by_store: bool
    figures: tuple[dict[str, Any], ...]

    def of(self, place: int, *, store: bool) -> dict[str, Any]:
        """Return the figures of the thing, or of the store, that is named at a place."""
        fits = store == self.by_store and place < len(self.figures)
        return self.figures[place] if fits else {}


def own_figures(tool: str, names: Names, at: Stretch, text: str) -> Own | None:
    """Return the figures of each thing or store of a wish; None where they share them.

    A figure stands behind its name or before it, but on the same side of all.

    Args:
        tool: The tool that is asked.
        names: What the message names.
        at: Where in it the wish stands.
        text: The wish in lower case, names and times blanked.
    """
    own, items = _OWN.get(tool), names.within(*at)
    for kinds, meant in zip(_KINDS, (items.things, items.stores), strict=True):
        here = [one for one in names.found if at[0] <= one.start and one.end <= at[1]]
        spans = [(one.start - at[0], one.end - at[0]) for one in here if one.kind in kinds]
        is_each_one = _SEVERAL <= len(spans) == len(meant)
        if own and is_each_one and (found := _each(tool, own, spans, text, names)):
            return Own("store" in kinds, found)
    return None


def _each(
    tool: str, own: tuple[str, ...], spans: list[Stretch], text: str, names: Names
) -> tuple[dict[str, Any], ...]:
    """Return the figures beside each of several names, where each has some that differ."""
    begins, ends = [a for a, _ in spans], [b for _, b in spans]
    behind = [text[a:b] for a, b in pairwise([*begins, len(text)])]
    before = [text[a:b] for a, b in pairwise([0, *ends])]
    read = [[read_details(tool, one, names.language) for one in at] for at in (behind, before)]
    told = [[{n: one[n] for n in own if n in one} for one in said] for said in read]
    bare = [_with_bare(one, said, names.language) for one in told for said in (behind, before)]
    # "Milk in 3 days, 40 on hand, and bagels, 12 on hand" differ in what is on hand alone.
    for found in (*told, *map(_of_each, told), *bare):
        is_of_one_kind = len({frozenset(one) for one in found}) == 1
        if all(found) and is_of_one_kind and any(a != b for a, b in pairwise(found)):
            return tuple(found)
    return ()


def _of_each(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the figures less those that are not told of all."""
    return [{n: v for n, v in one.items() if all(n in other for other in found)} for one in found]


def _with_bare(
    told: list[dict[str, Any]], said: list[str], language: Language
) -> list[dict[str, Any]]:
    """Return the figures with those said without a word of what they are.

    "Milk with a lead time of 3 days, bagels: 5 days" tells by the first what the second is.
    """
    names = {name for one in told for name in one}
    if len(names) != 1:
        return told
    name = names.pop()
    return [one or _bare(name, text, language) for one, text in zip(told, said, strict=True)]


def _bare(name: str, text: str, language: Language) -> dict[str, Any]:
    """Return the one figure of a text as that of an argument; nothing where it is none."""
    if name == "lead_time_days":
        days = list(language.patterns("details")["days_alone"].finditer(text))
        reading = Text(text, language)
        counts = [
            reading.meaning("unit_days", one["unit"]) * reading.number(one["count"]) for one in days
        ]
        return {name: counts[0]} if len(counts) == 1 else {}
    found = list(language.patterns("following")["any_figure"].finditer(text))
    if len(found) != 1 or bool(found[0]["percent"]) > name.endswith("_pct"):
        return {}
    is_money = bool(found[0]["money"] or found[0]["coin"])
    if is_money > (name in _PAID):
        return {}
    read = price if name in _PAID else number
    return {name: read(found[0]["figure"], language)}
