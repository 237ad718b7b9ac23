"""Several results of one tool that answer one question: two products, three stores, two weeks."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from agent.planner.wording.style import Style
from agent.planner.wording.templates import exists, rendered

Result = Mapping[str, Any]

_FEWEST = 2
# What the results of one comparison have in common, or they are said one by one.
_SHARED: dict[str, tuple[str, ...]] = {
    "forecast": ("unit", "level", "granularity", "model", "cutoff"),
    "sales_history": ("unit", "measure", "group_by", "model", "cutoff", "compare_to"),
    "what_if": ("level", "model", "cutoff"),
}
# What may tell one from the other; it is what each line of the answer is named by.
_APART = ("product", "store", "category", "days", "discount_pct", "price", "promotion")


def say_together(tool: str, results: Sequence[Result], style: Style) -> str | None:
    """Return one answer from several results, or None where they are better said one by one."""
    name = f"{tool}.several"
    if len(results) < _FEWEST or not exists(style.language, name):
        return None
    if not _is_one_question(tool, results):
        return None
    apart = tuple(one for one in _APART if _differs(one, results))
    if not apart:
        return None
    parts = sorted(results, key=_SIZES[tool], reverse=True)
    shared = {**results[0], "notes": _notes(results)}
    told = {**shared, "parts": parts, "by": {one: one in apart for one in _APART}}
    return rendered(name, style, told)


def _is_one_question(tool: str, results: Sequence[Result]) -> bool:
    alike = all(len({str(one.get(name)) for one in results}) == 1 for name in _SHARED[tool])
    return alike and all(_is_one_figure(one) for one in results)


def _is_one_figure(result: Result) -> bool:
    has_figure = "value" not in result or result["value"] is not None
    return has_figure and not result.get("points") and not result.get("rows")


def _differs(name: str, results: Sequence[Result]) -> bool:
    def said(one: Result) -> str:
        return f"{one['start']} {one['end']}" if name == "days" else str(one.get(name))

    return len({said(one) for one in results}) > 1


def _notes(results: Sequence[Result]) -> list[str]:
    return list(dict.fromkeys(note for one in results for note in one["notes"]))


_SIZES: dict[str, Callable[[Result], float]] = {
    "forecast": lambda result: float(result["mean"]),
    "sales_history": lambda result: float(result["value"]),
    "what_if": lambda result: float(result["units"]["change"]),
}
