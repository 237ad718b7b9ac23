"""Made-up fields brought into the order and agreement that a tool gives them."""

from datetime import date


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
    known = [row for row in found["rows"] if row["value"] is not None]
    found["rows"] = sorted(known, key=lambda r: r["value"], reverse=found["order"] == "desc")
    for row in found["rows"]:
        row["start"], row["end"] = found["start"], found["end"]
    found["groups"] = len(found["rows"]) + 2


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
    else:
        found["money"] = None
    if found["money"] is not None:
        found["money"]["unit"] = "USD"
    if found["about"] in ("forecast", "change"):
        found["told_on"] = None


def _gain(found):
    found["expected"] = found["planned"] + found["gain"]
    found["gain_pct"] = 100 * found["gain"] / found["planned"]


def _alarms(found):
    found["alarms"], found["known_reasons"] = len(found["anomalies"]), len(found["explained"])


_TIMES = {"spike": 3.0, "drop": 0.3, "zero": 0.0, "unit_error": 1000.0, "level_shift": 1.4}


def _odd(found):
    expected = found["expected"]
    times = _TIMES.get(found["kind"])
    found["actual"] = None if times is None or expected is None else times * expected
    found["change_pct"] = None if found["actual"] is None else 100 * (times - 1)


def _listed(found):
    found["found"] = len(found["alerts"])


def _alert(found):
    _odd(found)
    found["acknowledged_by"] = "analyst1" if found["status"] == "acknowledged" else ""
    found["factor"] = 1000 if found["kind"] == "unit_error" else None
    if found["kind"] == "decay":
        found["unit"] = "percent"
        found["actual"], found["expected"] = 24.0, 21.5


def _aimed(found):
    found["products"] = max(found["products"], found["changes"])
    for one in found["advice"]:
        if one["action"] == "keep":
            one["objective"]["expected"] = one["objective"]["planned"]
            one["objective"].update(dict.fromkeys(("gain", "gain_lower", "gain_upper"), 0.0))
        one["product"] = found["product"] or one["product"]
        one["objective"]["unit"] = "units" if found["objective"] == "units" else "USD"
        if one["money"] is not None:
            one["money"]["unit"] = "USD"
    found["total"]["unit"] = "units" if found["objective"] == "units" else "USD"


_OF_STOCK = (
    *("on_hand", "on_order", "order", "days_of_cover", "spoiled"),
    *("lost_before_delivery", "lost_without_order", "lost_with_order"),
)


def _lost(line):
    """Let no more be lost before the delivery, or with an order, than without one."""
    names = [name for name in ("lost_before_delivery", "lost_with_order") if line[name] is not None]
    if line["lost_without_order"] is not None:
        for name in names:
            line[name] = min(line[name], line["lost_without_order"])


def _stock(found):
    found["unit"] = "units"
    for line in found["lines"]:
        kind = "store" if found["product"] is None else "product"
        line[kind] = found[kind]
        if line["on_hand"] is None or line["order"] is None:
            line.update(dict.fromkeys(_OF_STOCK), urgency="unknown")
        _lost(line)
    for line in found["lines"]:
        line["product"] = found["product"] or line["product"]
        line["store"] = found["store"] or (line["store"] if found["product"] else None)
    if len(found["lines"]) > 1 and found["total"] is None:
        found["total"] = dict.fromkeys(
            ("on_hand", "order", "lost_before_delivery", "lost_without_order")
        ) | {"demand": 812.5, "safety_stock": 31.0}


def _target(found):
    found["unit"], found["currency"] = "units", "USD"
    goal = found["planned"]["units"] * (0.8 if found["outcome"] == "planned" else 1.5)
    found["target_units"] = goal
    found["missing_units"] = max(0.0, goal - found["planned"]["units"])
    found["least"] = found["most"] if found["outcome"] == "reached" else None
    if found["outcome"] != "out_of_reach" or found["min_margin_pct"] is None:
        found["without_floor"] = None


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


def _shared(found):
    found["series"] = max(found["series"], found["series_assigned"])


def _accuracy(found):
    found["r2"] = 0.861


_AGREE = {
    "Anomaly": _odd,
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
    "RolloutStarted": _shared,
    "OptimizeDiscountResult": _aimed,
    "PlanInventoryResult": _stock,
    "CounterfactualResult": _target,
}
