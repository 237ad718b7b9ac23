"""Values of one argument that are each wanted: "at 10, 15 and 20%", "units and revenue"."""

import re
from typing import Any

from agent.languages import Language
from agent.languages.language import Patterns
from agent.planner.details.text import plain

_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
_MEASURED = frozenset({"forecast", "sales_history"})
_NUMBERED = ("alert_id", "recommendation_id")
_TRIED = frozenset({"what_if", "forecast"})


def each_value(
    tool: str, text: str, found: dict[str, Any], words: Language
) -> dict[str, list[Any]]:
    """Return the values of arguments that are each to be asked for, under their names.

    Args:
        tool: The tool that is asked.
        text: The question in lower case, names blanked.
        found: The details that were read.
        words: The language.
    """
    cues = words.patterns("cues")
    each = _tried(tool, text, found, cues) | _shown(tool, text, cues)
    if tool == "optimize_discount" and (both := cues["each_objective"].search(text)):
        said = (plain_objective(both[name], words) for name in ("first", "second"))
        each["objective"] = [one for one in said if one]
    for name in _NUMBERED:
        if listed_ids := found.pop(f"{name}s", None):
            each[name] = listed_ids
    return each


def plain_objective(word: str, words: Language) -> str:
    """Return the objective that a word names."""
    patterns = words.patterns("details")
    aims = ("revenue", "units", "profit")
    return next(
        (aim for aim in aims if any(p.search(word) for p in patterns.each(f"objective_{aim}"))), ""
    )


def _tried(tool: str, text: str, found: dict[str, Any], cues: Patterns) -> dict[str, list[Any]]:
    """Return the discounts and prices that are each tried."""
    each: dict[str, list[Any]] = {}
    if tool in _TRIED and "discount_pct" in found and (listed := cues["each_figure"].search(text)):
        each["discount_pct"] = [plain(one) for one in _FIGURE.findall(listed[0])]
    if cues["with_and_without"].search(text):
        each |= _with_and_without(tool, found)
    if tool == "what_if" and "price" in found and (prices := cues["each_price"].search(text)):
        each["price"] = [plain(one) for one in _FIGURE.findall(prices[0])]
    return each


def _shown(tool: str, text: str, cues: Patterns) -> dict[str, list[Any]]:
    """Return the measures that are each shown, and the ends of a ranking."""
    each: dict[str, list[Any]] = {}
    if tool in _MEASURED and cues["each_measure"].search(text):
        each["measure"] = [None, "revenue"]
    if tool == "sales_history" and cues["each_paid"].search(text):
        each["measure"] = ["price", "discount"]
    if tool == "sales_history" and cues["each_end"].search(text):
        each["order"] = ["desc", "asc"]
    return each


def _with_and_without(tool: str, found: dict[str, Any]) -> dict[str, list[Any]]:
    """Return both values of what is to be tried "with and without"."""
    if "discount_pct" in found and tool in _TRIED:
        return {"discount_pct": [None if tool == "forecast" else 0, found["discount_pct"]]}
    return {"promotion": [True, False]} if "promotion" in found else {}
