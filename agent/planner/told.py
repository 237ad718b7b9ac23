"""What the answers just given told: the lines of a table, and how much was sold or expected."""

from collections.abc import Sequence
from typing import Any

from agent.planner.dialogue import Outcome
from agent.planner.drafts import Draft

_LISTS = ("rows", "anomalies", "alerts", "advice")
"""Under which names results list their lines."""

_DAYS = ("start", "end")
_COUNTS = {"forecast": ("mean",), "sales_history": ("value",), "what_if": ("units", "changed")}
"""Where results tell how many units they are about."""

_UNITS = "units"
Line = dict[str, Any]


def lines_of(told: Sequence[Outcome]) -> tuple[Line, ...]:
    """Return what each line of the one table that was told is about, as arguments of a call."""
    tables = [(one, _listed(one)) for one in told if one.outcome == "succeeded"]
    if len(tables) != 1:
        return ()
    (outcome, lines), *_ = tables
    return tuple(_about(line, outcome) for line in lines)


def narrowed(frame: Draft, line: Line) -> Draft:
    """Return a call about one line of the table that it told; an alert's is of past sales."""
    tool = "detect_anomalies" if frame.tool == "list_alerts" else frame.tool
    whole = frame.having(group_by=None, top=None, order=None, compare_to=None, status=None)
    whole = whole.having(category=None) if "product" in line else whole
    return Draft(tool, whole.arguments).having(**line)


def count_told(told: Sequence[Outcome]) -> float | None:
    """Return how many units the one call of the last turn told of, or None."""
    done = [one for one in told if one.outcome == "succeeded" and one.tool in _COUNTS]
    if len(done) != 1:
        return None
    found: Any = done[0].result or {}
    unit = found.get("unit", _UNITS)
    for name in _COUNTS[done[0].tool]:
        found = found.get(name) if isinstance(found, dict) else None
    return float(found) if isinstance(found, int | float) and unit == _UNITS else None


def _listed(outcome: Outcome) -> list[dict[str, Any]]:
    result = outcome.result or {}
    found = next((result[name] for name in _LISTS if result.get(name)), ())
    return [line for line in found if isinstance(line, dict)]


def _about(line: dict[str, Any], outcome: Outcome) -> Line:
    grouped = (outcome.result or {}).get("group_by")
    if grouped in ("product", "store", "category"):
        return {grouped: str(line.get("key"))}
    days = {name: str(line[name]) for name in _DAYS if line.get(name)}
    items = {name: _id(line.get(name)) for name in ("product", "store")}
    return days | {name: one for name, one in items.items() if one is not None}


def _id(item: object) -> str | None:
    return str(item["id"]) if isinstance(item, dict) and "id" in item else None
