"""Advice that tests vary."""

from dataclasses import replace
from datetime import date

from forecasting.decisions.records import Advice
from forecasting.scope import Estimate

TODAY = date(2026, 7, 1)
ADVICE = Advice(
    product="1",
    store=None,
    stores=("1", "2"),
    start=date(2026, 7, 6),
    end=date(2026, 7, 12),
    action="discount",
    discount_pct=15.0,
    planned_discount_pct=0.0,
    objective="profit",
    unit="USD",
    planned=Estimate(1000.0, 900.0, 1100.0),
    gain=Estimate(120.0, 60.0, 180.0),
    level=80,
    unit_cost=2.0,
    arguments={"product": "1"},
    model="GradientBoosting_v20260701",
    data_version="sales@1",
)


def advice(**changes):
    """Return advice of 15 % off product 1 in both stores, with changes."""
    return replace(ADVICE, **changes)
