"""Values that are each wanted: "at 10, 15 and 20%", "units and revenue", "10% off or a promo"."""

import re
from typing import Any

from agent.languages import Language
from agent.languages.language import Patterns
from agent.planner.details import cuts, prices
from agent.planner.details.text import Found, Text, plain

_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
_MEASURED = {
    "forecast": ("units", "revenue"),
    "sales_history": ("units", "revenue", "price", "discount"),
}
_NUMBERED = ("alert_id", "recommendation_id")
_TRIED = frozenset({"what_if", "forecast"})
_LEVERS = ("discount_pct", "price", "promotion")
_PRICED = frozenset({"discount_pct", "price"})
_SPLIT = {("forecast", by): "granularity" for by in ("day", "week", "month")} | {
    ("sales_history", by): "group_by"
    for by in ("day", "week", "month", "store", "product", "category")
}
"""Which argument splits what a tool tells."""

Each = dict[str, list[Found]]
"""What is each to be asked for, under a name of its own: the arguments of every one."""


def each_value(tool: str, text: str, found: Found, words: Language) -> Each:
    """Return what is each to be asked for.

    Args:
        tool: The tool that is asked.
        text: The question in lower case, names blanked.
        found: The details that were read.
        words: The language.
    """
    cues = words.patterns("cues")
    each = _tried(tool, text, found, cues) | _shown(tool, text, found, words)
    if tool == "what_if" and (levers := _levers(text, words)):
        each = {"levers": levers}
    if tool == "sales_history" and (ends := _ends(text, words)):
        each["order"] = ends
    if tool == "optimize_discount" and (both := cues["each_objective"].search(text)):
        said = (plain_objective(both[name], words) for name in ("first", "second"))
        each["objective"] = _values("objective", [one for one in said if one])
    for name in _NUMBERED:
        if listed_ids := found.pop(f"{name}s", None):
            each[name] = _values(name, listed_ids)
    return each


def plain_objective(word: str, words: Language) -> str:
    """Return the objective that a word names."""
    patterns = words.patterns("details")
    aims = ("revenue", "units", "profit")
    return next(
        (aim for aim in aims if any(p.search(word) for p in patterns.each(f"objective_{aim}"))), ""
    )


def _values(name: str, values: list[Any]) -> list[Found]:
    return [{name: value} for value in values]


def _tried(tool: str, text: str, found: Found, cues: Patterns) -> Each:
    """Return the discounts and prices that are each tried."""
    each: Each = {}
    if tool in _TRIED and "discount_pct" in found and (listed := cues["each_figure"].search(text)):
        each["discount_pct"] = _values("discount_pct", _figures(listed[0]))
    if tool == "forecast" and (beside := cues["plain_too"].search(text)):
        tried = each.get("discount_pct") or _values("discount_pct", [plain(beside["percent"])])
        each["discount_pct"] = [*_values("discount_pct", [None]), *tried]
    elif cues["with_and_without"].search(text):
        each |= _with_and_without(tool, found)
    if tool == "what_if" and "price" in found and (listed := cues["each_price"].search(text)):
        each["price"] = _values("price", _figures(listed[0]))
    return each


def _figures(text: str) -> list[float]:
    return [plain(one) for one in _FIGURE.findall(text)]


def _shown(tool: str, text: str, found: Found, words: Language) -> Each:
    """Return the measures that are each shown, or the total and its split."""
    cues = words.patterns("cues")
    each: Each = {}
    listed = cues["each_measure"].search(text) if tool in _MEASURED else None
    if listed and len(measures := _measures(listed[0], tool, words)) > 1:
        each["measure"] = _values("measure", [None if one == "units" else one for one in measures])
    if tool == "sales_history" and cues["each_paid"].search(text):
        each["measure"] = _values("measure", ["price", "discount"])
    if (tool, found.get("by")) in _SPLIT and cues["total_and_split"].search(text):
        split = _SPLIT[tool, found["by"]]
        each["split"] = _values(split, [None, found["by"]])
    return each


def _measures(listed: str, tool: str, words: Language) -> list[str]:
    """Return the measures of a tool that words list: "units and average price"."""
    patterns = words.patterns("details")
    said = {one: patterns.each(f"measure_{one}") for one in _MEASURED[tool]}
    return [one for one, fit in said.items() if any(p.search(listed) for p in fit)]


def _with_and_without(tool: str, found: Found) -> Each:
    """Return both values of what is to be tried "with and without"."""
    is_of_promotion = tool == "what_if" and found.get("promotion") is False
    if "discount_pct" in found and tool in _TRIED and not is_of_promotion:
        without = None if tool == "forecast" else 0
        return {"discount_pct": _values("discount_pct", [without, found["discount_pct"]])}
    return {"promotion": _values("promotion", [True, False])} if "promotion" in found else {}


def _levers(text: str, words: Language) -> list[Found]:
    """Return the changes of several kinds that are each tried: "20% off, or only a promotion".

    A promotion beside figures that are listed goes with each: "a promotion at 10 or 15% off".
    """
    cues = words.patterns("cues")
    if cues["with_and_without"].search(text):
        return []
    said = _alternatives(text, words)
    told_apart = _alternatives(_with_the_last_listed(text, cues), words)
    are_several = all(len({frozenset(one) for one in each}) > 1 for each in (said, told_apart))
    return [dict.fromkeys(_LEVERS) | one for one in said] if are_several else []


def _with_the_last_listed(text: str, cues: Patterns) -> str:
    """Return a text with the last of listed figures alone: "at 10 or 15% off"."""
    listed = cues["each_figure"].search(text)
    figures = list(_FIGURE.finditer(listed[0])) if listed else []
    if listed is None or not figures:
        return text
    return text[: listed.start()] + text[listed.start() + figures[-1].start() :]


def _alternatives(text: str, words: Language) -> list[Found]:
    """Return the changes that a text sets side by side.

    A promotion that stands beside a price without "or" or "only" goes with it.
    """
    cues = words.patterns("cues")
    said: list[Found] = []
    for either in cues["either"].split(text):
        together: Found = {}
        for one in cues["beside"].split(either):
            lever = _lever(one, words)
            is_alone = cues["alone"].search(one) and not _takes_back(together)
            if lever and (_exclude(together, lever) or is_alone):
                said.append(together)
                together = {}
            together |= lever
        said.append(together)
    return [one for one in said if one]


def _exclude(one: Found, other: Found) -> bool:
    """Tell whether two changes cannot be made together: there is one price."""
    if any(one[name] != other[name] for name in one.keys() & other.keys()):
        return True
    priced = [_PRICED & each.keys() for each in (one, other)]
    return all(priced) and priced[0] != priced[1]


def _takes_back(one: Found) -> bool:
    """Tell whether all that is said is left out: "drop the discount, promotion only" is one."""
    return bool(one) and not any(one.values())


def _lever(said: str, words: Language) -> Found:
    """Return the change that a text says; a promotion at the usual price is no discount."""
    text = Text(said, words)
    lever = prices.price(text) | prices.discount(text) | prices.promotion(text)
    lever = {name: value for name, value in lever.items() if name in _LEVERS}
    if lever.get("promotion") and lever.get("discount_pct") == 0:
        lever.pop("discount_pct")
    return lever


def _ends(text: str, words: Language) -> list[Found]:
    """Return both ends of a ranking, each with its own count: "the top 5 and the bottom 3"."""
    cues = words.patterns("cues")
    both = cues["each_end"].search(text)
    if both is None:
        return []
    joined = cues["joins"].search(text, both.start(), both.end()) or both
    halves = (text[: joined.start()], text[joined.end() :])
    said = [cuts.ranking(Text(one, words)) for one in halves]
    orders = [one.get("order") for one in said]
    if set(orders) != {"desc", "asc"}:
        return _values("order", ["desc", "asc"])
    tops = [one["top"] for one in said if "top" in one]
    return [
        {"order": one["order"]} | ({"top": one.get("top", tops[0])} if tops else {}) for one in said
    ]
