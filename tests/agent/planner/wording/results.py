"""Results of every tool, made up at random from their types, as a truthful tool could give them."""

import random
import types
from datetime import UTC, date, datetime, timedelta
from typing import Literal, Union, get_args, get_origin, get_type_hints

from tools.assortment import assistant_tools
from tools.contract import ToolResult

RESULTS = {tool.name: tool.result_type for tool in assistant_tools()}
TODAY = date(2026, 7, 1)

_NAMES = (
    "Cold Brew Coffee 1L",
    "Sparkling Water 6-pack",
    "St. Mary",
    "Café “7 {{ up }}”",
    "Bagels",
)
_TEXTS = {
    "id": ("1", "12"),
    "production": ("GradientBoosting_v20260701",),
    "staging": ("GradientBoosting_v20260701.2",),
    "replaced": ("SeasonalNaive_v20260628",),
    "key": ("9", "Dairy"),
    "unit": ("units", "USD"),
    "currency": ("USD",),
    "model": ("GradientBoosting_v20260701", "SeasonalNaive_v20260628.1"),
    "approval": ("AP-3",),
    "notes": ("Sales through 2026-06-30 are already recorded.", "Drift is not measured."),
    "likely_reason": ("", "a public holiday"),
    "detail": ("", "about 1000 times too high, as if in another unit"),
    "arguments": ('{"product": "1"}',),
    "user": ("analyst1",),
    "decided_by": ("manager1",),
    "acknowledged_by": ("analyst1", ""),
    "approved_by": ("manager2", ""),
    "reason": ("", "Not enough price changes."),
    "note": ("", "a delivery came late"),
    "stage": ("production", "staging", "archived"),
    "group_by": ("product", "store", "day", "week", "month"),
    "measure": ("units", "revenue", "price", "discount"),
    "period": ("day", "week"),
    "outcome": ("succeeded", "refused"),
    "role": ("viewer",),
}
_PERCENTS = ("_pct", "percent", "coverage")


class Invented:
    """Makes up one result after the other, always the same for the same seed."""

    def __init__(self, seed):
        self._random = random.Random(seed)  # noqa: S311 - nothing is guarded by it

    def result(self, tool):
        """Return a result of a tool, as JSON."""
        found = self._of(RESULTS[tool], "", "units")
        return RESULTS[tool].model_validate(found).model_dump(mode="json")

    def _of(self, kind, name, unit):
        origin = get_origin(kind)
        if origin in (Union, types.UnionType):
            inner = [one for one in get_args(kind) if one is not type(None)]
            return None if self._random.random() < 0.3 else self._of(inner[0], name, unit)
        if origin is Literal:
            return self._random.choice(get_args(kind))
        if origin is tuple:
            count = self._random.choice((0, 1, 2, 3, 11))
            return [self._of(get_args(kind)[0], name, unit) for _ in range(count)]
        if origin is dict:
            return {"succeeded": self._random.randint(1, 900), "refused": 2}
        if isinstance(kind, type) and issubclass(kind, ToolResult):
            return self._fields(kind, unit)
        return self._plain(kind, name)

    def _fields(self, kind, unit):
        hints = get_type_hints(kind)
        unit = self._of(str, "unit", unit) if "unit" in hints else unit
        found = {
            name: self._of(hint, name, unit)
            for name, hint in hints.items()
            if name in kind.model_fields
        }
        if "unit" in hints:
            found["unit"] = unit
        return truthful(kind.__name__, found)

    def _plain(self, kind, name):
        made = {
            bool: lambda: self._random.random() < 0.5,
            datetime: lambda: datetime(2026, 6, self._random.randint(1, 30), 9, 5, tzinfo=UTC),
            date: lambda: TODAY - timedelta(days=self._random.randint(-60, 400)),
            int: lambda: 80 if name == "level" else self._random.choice((0, 1, 2, 17, 80, 1234)),
            float: lambda: self._number(name),
            str: lambda: self._random.choice(_TEXTS.get(name, _NAMES)),
        }
        return made[kind]()

    def _number(self, name):
        if name.endswith(_PERCENTS):
            return round(self._random.uniform(0.5, 60), 2)
        return round(self._random.choice((0.4, 7.3, 1.0)) * self._random.uniform(1, 9000), 2)


def truthful(kind, found):
    """Bring made-up fields into the order and agreement that a tool gives them."""
    _in_order(found)
    if found.get("change") is not None and {"reference", "figure"} <= found.keys():
        found["change"] = found["figure"] - found["reference"]
        found["change_pct"] = 100 * found["change"] / found["reference"]
    if {"planned", "changed", "change"} <= found.keys():
        _differ(found)
    if found.get("actual") is not None and found.get("expected") is not None:
        found["change_pct"] = 100 * (found["actual"] / found["expected"] - 1)
    if kind in _IDS:
        found["id"] = _IDS[kind]
    if agree := _AGREE.get(kind):
        agree(found)
    return found


def _in_order(found):
    for low in [name for name in found if "lower" in name]:
        high = low.replace("lower", "upper")
        middle = low.replace("_lower", "").replace("lower", "mean")
        names = [low, *([middle] if middle in found else []), high]
        values = [found[name] for name in names]
        if None in values:
            found.update(dict.fromkeys((low, high)))
        else:
            found.update(zip(names, sorted(values), strict=True))
    for first, last in (
        ("start", "end"),
        ("previous_start", "previous_end"),
        ("compare_start", "compare_end"),
    ):
        days = [found.get(first), found.get(last)]
        if None in days:
            found.update(dict.fromkeys({first, last} & found.keys()))
        else:
            found.update(zip((first, last), sorted(days), strict=True))


def _differ(found):
    found["changed"] = found["planned"] + found["change"]
    for name in ("change", "change_lower", "change_upper"):
        found[name.replace("change", "change_pct")] = 100 * found[name] / found["planned"]


def _history(found):
    found["unit"] = {"units": "units", "revenue": "USD", "price": "USD per unit"}.get(
        found["measure"], "percent"
    )
    if found["previous_start"] is None:
        found["previous"] = None
    comparable = found["value"] is not None and found["previous"] is not None
    found["change_pct"] = 100 * (found["value"] / found["previous"] - 1) if comparable else None
    if found["group_by"] is None:
        found["rows"] = []
    found["groups"] = len(found["rows"])


def _row(found):
    comparable = found["value"] is not None and found["previous"] is not None
    found["change_pct"] = 100 * (found["value"] / found["previous"] - 1) if comparable else None


def _what_if(found):
    found["units"]["unit"] = "units"
    for word in ("revenue", "profit", "prices"):
        if found[word] is not None:
            found[word]["unit"] = "USD"
    if found["prices"] is None:
        found["price"] = None
    elif found["price"] is not None:
        found["prices"]["changed"] = found["price"]
    if found["discount_pct"] is None and found["price"] is None:
        found["promotion"] = True


def _explained(found):
    if found["about"] in ("change", "revision"):
        found.update(lower=None, upper=None, level=None)
    else:
        found["lower"], found["upper"] = found["figure"] * 0.9, found["figure"] * 1.1
        found["level"] = found["level"] or 80
    if found["about"] == "change":
        found["compare_start"], found["compare_end"] = date(2026, 5, 1), date(2026, 5, 28)


def _gain(found):
    found["expected"] = found["planned"] + found["gain"]
    found["gain_pct"] = 100 * found["gain"] / found["planned"]


def _alarms(found):
    found["alarms"], found["known_reasons"] = len(found["anomalies"]), len(found["explained"])


def _listed(found):
    found["found"] = len(found["alerts"])


def _alert(found):
    if found["kind"] == "decay":
        found["unit"] = "percent"
        found["actual"], found["expected"] = 24.0, 21.5
    if found["factor"] is not None:
        found["factor"] = 1000


def _aimed(found):
    for one in found["advice"]:
        one["objective"]["unit"] = "units" if found["objective"] == "units" else "USD"
        if one["money"] is not None:
            one["money"]["unit"] = "USD"
    found["total"]["unit"] = "units" if found["objective"] == "units" else "USD"


def _stock(found):
    found["unit"] = "units"
    if len(found["lines"]) > 1 and found["total"] is None:
        found["total"] = dict.fromkeys(
            ("on_hand", "order", "lost_before_delivery", "lost_without_order")
        ) | {"demand": 812.5, "safety_stock": 31.0}


def _target(found):
    found["unit"], found["currency"] = "units", "USD"
    if found["outcome"] == "reached":
        found["least"] = found["least"] or found["most"]


def _compared(found):
    if found["same_windows"] is None:
        found["better"] = "not_known"
    elif found["better"] == "not_known":
        found["better"] = "neither"


def _windows(found):
    gain = 100 * (1 - found["wape_a_pct"] / found["wape_b_pct"])
    found["gain_pct"] = gain
    if found.get("gain_lower_pct") is not None:
        found["gain_lower_pct"], found["gain_upper_pct"] = gain - 3.2, gain + 4.1


def _tally(found):
    measured = [name for name in found if name.startswith(("measured_", "realised"))]
    if not found["measured"]:
        found.update(dict.fromkeys(measured))
    else:
        found.update({name: found[name] or 12.5 for name in measured})
        _in_order(found)


def _reported(found):
    if found["realised"] is not None:
        found["realised"]["unit"] = found["recommendation"]["unit"]
    if found["outcome"] == "realised":
        found["realised"] = found["realised"] or {
            "unit": "units",
            "actual": 612.0,
            "planned": 500.0,
            "gain": 112.0,
            "gain_lower": -20.0,
            "gain_upper": 240.0,
            "as_promised": True,
        }


def _quantity(found):
    found["unit"] = "units"


def _searched(found):
    found["found"] = bool(found["passages"])
    if found["found"]:
        found["titles"] = []


def _accuracy(found):
    found["r2"] = 0.861


_IDS = {
    "Alert": "AL-7",
    "Recommendation": "RC-12",
    "ModelVersion": "GradientBoosting_v20260701.2",
    "Contestant": "SeasonalNaive_v20260628",
}
_AGREE = {
    "Accuracy": _accuracy,
    "SearchKnowledgeResult": _searched,
    "Quantity": _quantity,
    "CompareModelsResult": _compared,
    "SameWindows": _windows,
    "SegmentComparison": _windows,
    "Tally": _tally,
    "Reported": _reported,
    "SalesHistoryResult": _history,
    "SalesRow": _row,
    "WhatIfResult": _what_if,
    "ExplainResult": _explained,
    "Gain": _gain,
    "DetectAnomaliesResult": _alarms,
    "ListAlertsResult": _listed,
    "Alert": _alert,
    "OptimizeDiscountResult": _aimed,
    "PlanInventoryResult": _stock,
    "CounterfactualResult": _target,
}
