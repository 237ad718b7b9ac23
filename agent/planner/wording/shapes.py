"""What of a long result is said, and in which order, before a template puts it in words."""

import json
from collections.abc import Callable, Mapping
from typing import Any

Result = Mapping[str, Any]

_MOST_ANOMALIES = 8
_MOST_EXPLAINED = 3
_MOST_DRIVERS = 6
# What a driver must hold of the largest one to be told beside it, if it goes the other way.
_AGAINST = 0.5
# The driver that holds what nothing on record accounts for.
_REST = "everything else"


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
    """Choose the largest drivers, and always the last: it holds what is left.

    `lead` goes furthest the way of the change and `against`, if it is large, the other way;
    `named` is the first to tell of those with a name of their own.
    """
    found = result["drivers"]
    way = -1 if result["change"] < 0 else 1
    ranked = sorted(found, key=lambda one: way * float(one["effect"]), reverse=True)
    lead = ranked[0] if ranked else None
    opposed = ranked[-1] if ranked and _is_against(ranked[-1], ranked[0], way) else None
    return {
        "told": [*found[: _MOST_DRIVERS - 1], *found[_MOST_DRIVERS - 1 :][-1:]],
        "lead": lead,
        "named": _first_named(ranked, way),
        "against": opposed,
    }


def _first_named(ranked: list[Result], way: int) -> Result | None:
    """Return the largest named one that goes the way of the change, or else the other way."""
    named = [one for one in ranked if one["name"] != _REST]
    if not named:
        return None
    return named[0] if way * float(named[0]["effect"]) > 0 else named[-1]


def _is_against(one: Result, lead: Result, way: int) -> bool:
    effect = way * float(one["effect"])
    return effect < 0 and -effect >= _AGAINST * abs(float(lead["effect"]))


def _discounts(result: Result) -> dict[str, Any]:
    """Tell whether one product was asked about, which plans should change, and what else to name.

    `spared` are the products that the budget keeps from more; `why` gives the reason for no advice
    without naming the product, which stands before it.
    """
    return {
        "single": result["product"] is not None and len(result["advice"]) == 1,
        "told": [one for one in result["advice"] if one["action"] != "keep"],
        "spared": [one["product"]["name"] for one in result["advice"] if "budget" in one["limits"]],
        "not_known": [{**one, "why": _why(one)} for one in result["not_known"]],
    }


def _why(one: Result) -> str:
    """Return the reason for no advice, short of the sentence that only names the product."""
    _opening, named, rest = str(one["reason"]).partition("answers to its price is not known. ")
    return rest if named else str(one["reason"])


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
