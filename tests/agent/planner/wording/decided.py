"""Made-up results of the tools that advise and watch."""

from datetime import date

from tools.contract import Item
from tools.detect_anomalies import Anomaly, DetectAnomaliesResult
from tools.discount_advice import Advice, Gain, Money, Quantity
from tools.moved import Moved
from tools.optimize_discount import OptimizeDiscountResult, Total
from tools.what_if import Difference, Prices, WhatIfResult

COLD_BREW, RIVERSIDE = Item(id="1", name="Cold Brew"), Item(id="1", name="Riverside")
WEEK = {"start": date(2026, 7, 6), "end": date(2026, 7, 12)}
SERVED = {"cutoff": date(2026, 6, 30), "model": "GradientBoosting_v20260701"}


def moved(neighbours=-204.4, later=-86.2):
    return Moved(
        unit="USD",
        neighbours=neighbours,
        neighbours_lower=neighbours - 20,
        neighbours_upper=neighbours + 25,
        later=later,
        later_lower=later - 30,
        later_upper=later + 35,
        neighbours_units=-110.0,
        later_units=-44.0,
    )


def difference(unit, planned, change, low, high):
    return Difference(
        unit=unit,
        planned=planned,
        changed=planned + change,
        change=change,
        change_lower=low,
        change_upper=high,
        change_pct=100 * change / planned,
        change_pct_lower=100 * low / planned,
        change_pct_upper=100 * high / planned,
    )


def asked(**changes):
    fields = {
        "product": COLD_BREW,
        "store": RIVERSIDE,
        "discount_pct": 15.0,
        "price": None,
        "promotion": None,
        "units": difference("units", 1276.0, 908.7, 837.6, 979.2),
        "revenue": difference("USD", 7048.3, 3209.0, 2950.9, 3472.0),
        "profit": None,
        "level": 80,
        "planned_discount_pct": 0.0,
        "prices": Prices(unit="USD", planned=5.56, changed=4.72),
        "elasticity": -2.4,
        "elasticity_lower": -2.7,
        "elasticity_upper": -2.1,
        "changes_on_record": 57,
        "tried_discount_max_pct": 30.0,
        "hidden_driver_pct": 41.3,
        "elsewhere": moved(),
    }
    return WhatIfResult(**(WEEK | SERVED | fields | changes)).model_dump(mode="json")


def advised(*, action="discount", discount=20.0, gain=2345.0, unit="USD", **changes):
    advice = Advice(
        product=COLD_BREW,
        action=action,
        discount_pct=discount,
        planned_discount_pct=15.0 if action != "discount" else 0.0,
        objective=Gain(
            unit=unit,
            planned=3731.0,
            expected=3731.0 + gain,
            gain=gain,
            gain_lower=gain * 0.8,
            gain_upper=gain * 1.2,
            gain_pct=100 * gain / 3731,
        ),
        sales=Quantity(planned=1276.0, expected=2524.0),
        money=Money(unit="USD", price=4.45, given_away=2788.0),
        margin_pct=40.8,
        likely_pct=None if action == "keep" else 100.0,
        elsewhere=None if action == "keep" else moved(),
        tried_discount_max_pct=30.0,
        changes_on_record=57,
        hidden_driver_pct=41.3,
    )
    fields = {
        "product": COLD_BREW,
        "category": None,
        "store": None,
        "objective": "profit",
        "max_discount_pct": 50.0,
        "min_margin_pct": None,
        "budget": None,
        "advice": (advice,),
        "not_known": (),
        "products": 1,
        "changes": int(action != "keep"),
        "total": Total(
            unit=unit,
            gain=gain,
            gain_lower=gain * 0.8,
            gain_upper=gain * 1.2,
            currency="USD",
            given_away=2788.0,
        ),
        "level": 80,
    }
    return OptimizeDiscountResult(**(WEEK | SERVED | fields | changes)).model_dump(mode="json")


def saving():
    result = advised(product=None, action="drop", discount=0.0, budget=3000.0)
    result["advice"][0]["money"]["given_away"] = result["total"]["given_away"] = -1786.86
    return result


def odd(**changes):
    fields = {
        "kind": "spike",
        "start": date(2026, 6, 26),
        "end": date(2026, 6, 26),
        "store": RIVERSIDE,
        "product": COLD_BREW,
        "actual": 156.0,
        "expected": 30.2,
        "change_pct": 416.6,
        "score": 8.4,
        "unit": "units",
        "detail": "",
        "likely_reason": "",
        "series": 1,
    }
    return Anomaly(**(fields | changes))


def watched(*anomalies, explained=()):
    return DetectAnomaliesResult(
        product=None,
        store=None,
        category=None,
        start=date(2026, 6, 3),
        end=date(2026, 6, 30),
        sensitivity="normal",
        anomalies=anomalies,
        explained=explained,
        alarms=len(anomalies),
        known_reasons=len(explained),
        series=136,
        false_alarms_per_1000=1.0,
        cutoff=date(2026, 6, 30),
    ).model_dump(mode="json")


SAID = [
    ("what_if", asked()),
    (
        "what_if",
        asked(discount_pct=None, price=5.0, prices=Prices(unit="USD", planned=5.56, changed=5.0)),
    ),
    ("what_if", asked(discount_pct=None, promotion=False)),
    ("what_if", asked(units=difference("units", 900.0, -300.5, -380.0, -220.0))),
    ("optimize_discount", advised()),
    ("optimize_discount", advised(action="keep", gain=0.0, discount=15.0)),
    ("optimize_discount", advised(action="drop", discount=0.0)),
    ("optimize_discount", advised(unit="units", objective="units")),
    ("optimize_discount", advised(product=None)),
    ("optimize_discount", advised(budget=3000.0)),
    ("optimize_discount", advised(product=None, budget=3000.0)),
    ("optimize_discount", saving()),
    ("detect_anomalies", watched()),
    ("detect_anomalies", watched(odd(), odd(kind="missing", actual=None, product=None))),
    ("detect_anomalies", watched(odd(kind="unit_error", detail="about 1000 times too high"))),
    ("detect_anomalies", watched(explained=(odd(likely_reason="a public holiday"),))),
]
