"""What of a long result is said, and in which order, before a template puts it in words."""

import json
from collections.abc import Callable, Mapping
from typing import Any

Result = Mapping[str, Any]

_MOST_ANOMALIES = 8
_MOST_EXPLAINED = 3
_MOST_DRIVERS = 6


def shaped(tool: str, result: Result) -> dict[str, Any]:
    """Return a result with what its template needs besides."""
    shape = _SHAPES.get(tool)
    return {**result, **(shape(result) if shape else {})}


def _anomalies(result: Result) -> dict[str, Any]:
    """Choose the most surprising findings, newest first."""
    return {
        "told": _most_surprising(result["anomalies"], _MOST_ANOMALIES),
        "told_explained": _most_surprising(result["explained"], _MOST_EXPLAINED),
        "first": max(result["anomalies"], key=_surprise, default=None),
    }


def _most_surprising(found: list[Result], most: int) -> list[Result]:
    largest = sorted(found, key=_surprise, reverse=True)[:most]
    return sorted(largest, key=lambda one: str(one["start"]), reverse=True)


def _surprise(one: Result) -> float:
    return abs(float(one["score"]))


def _explanation(result: Result) -> dict[str, Any]:
    """Choose the largest drivers, and always the last: it holds what is left."""
    found = result["drivers"]
    return {"told": [*found[: _MOST_DRIVERS - 1], *found[_MOST_DRIVERS - 1 :][-1:]]}


def _discounts(result: Result) -> dict[str, Any]:
    """Tell whether one product was asked about, and which plans should change."""
    return {
        "single": result["product"] is not None and len(result["advice"]) == 1,
        "told": [one for one in result["advice"] if one["action"] != "keep"],
    }


def _calls(result: Result) -> dict[str, Any]:
    """Say the arguments of each call as names and values, where they are whole."""
    return {"entries": [{**one, "said": _said(str(one["arguments"]))} for one in result["entries"]]}


def _said(arguments: str) -> str:
    try:
        given = json.loads(arguments)
    except ValueError:
        return arguments  # cut because it is long
    if not isinstance(given, dict):
        return arguments
    return ", ".join(f"{name} = {json.dumps(v, ensure_ascii=False)}" for name, v in given.items())


_SHAPES: dict[str, Callable[[Result], dict[str, Any]]] = {
    "audit_trail": _calls,
    "detect_anomalies": _anomalies,
    "explain": _explanation,
    "optimize_discount": _discounts,
}
