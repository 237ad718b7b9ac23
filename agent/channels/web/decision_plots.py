"""Plots to decide by: discounts and what they bring, ways to a target, stock against demand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from agent.channels.web.drawing import ACCENT, BAD, PAST, SECOND, band, bars, figure, line
from agent.channels.web.harmless import label

Result = Mapping[str, Any]

_MOST_BARS = 15
_MOST_PAIRS = 8
_FEWEST_DEPTHS = 3


def optimize_discount(result: Result) -> go.Figure | None:
    """Draw what each discount advised should bring, with its range."""
    advice = [one for one in result.get("advice") or [] if one["action"] != "keep"][:_MOST_BARS]
    if not advice:
        return None
    gains = [one["objective"] for one in advice]
    drawn = bars(
        [f"{label(one['product']['name'], 28)} · {one['discount_pct']:g}%" for one in advice],
        [one["gain"] for one in gains],
        ranges=[(one["gain_lower"], one["gain_upper"]) for one in gains],
    )
    title = f"Expected gain in {result['objective']} over the plan, {result['level']}% range"
    return figure([drawn], title=title, unit=gains[0]["unit"], rows=len(advice))


def discount_curve(result: Result) -> go.Figure | None:
    """Draw what one product gains at each discount weighed, and mark the one advised.

    Args:
        result: Advice on one product.
    """
    advice = result["advice"][0]
    curve = sorted(advice["curve"], key=lambda one: float(one["discount_pct"]))
    if len(curve) < _FEWEST_DEPTHS:
        return optimize_discount(result)
    depths, values, lower, upper = (
        [one[name] for one in curve]
        for name in ("discount_pct", "gain", "gain_lower", "gain_upper")
    )
    drawn = figure(
        [
            *band(depths, lower, upper, f"{result['level']}% range"),
            line(depths, values, "gain over the plan", ACCENT),
        ],
        title=f"Gain in {result['objective']} by discount: {label(advice['product']['name'], 40)}",
        unit=curve[0]["unit"],
    )
    drawn.update_xaxes(title={"text": "percent off", "font": {"size": 12}}, ticksuffix="%")
    drawn.add_vline(x=advice["discount_pct"], line={"color": SECOND, "dash": "dot", "width": 1.5})
    return drawn


def counterfactual(result: Result) -> go.Figure | None:
    """Draw the sales that each way should bring, against the target."""
    planned, least, most = result["planned"], result["least"], result["most"]
    ways = {"as planned": planned}
    for way in (least, most):
        if way is not None:
            ways.setdefault(f"{way['discount_pct']:g}% off", way)
    drawn = figure(
        [
            bars(
                list(ways),
                [one["units"] for one in ways.values()],
                colors=[PAST, *([ACCENT] * (len(ways) - 1))],
                ranges=[(one["units_lower"], one["units_upper"]) for one in ways.values()],
            )
        ],
        title=f"Ways to the target, {result['level']}% range: {label(result['product']['name'])}",
        unit=result["unit"],
        rows=len(ways),
    )
    drawn.add_vline(
        x=result["target_units"],
        line={"color": SECOND, "dash": "dot", "width": 1.5},
        annotation={"text": "target", "font": {"size": 11}},
    )
    return drawn


def plan_inventory(result: Result) -> go.Figure | None:
    """Draw stock beside expected demand, the most urgent first."""
    lines = [one for one in result["lines"] if one["on_hand"] is not None][:_MOST_PAIRS]
    if not lines:
        return None
    one_product = result["product"] is not None
    names = [
        label(((one["store"] if one_product else None) or one["product"])["name"], 30)
        for one in lines
    ]
    demand = bars(
        names,
        [one["demand"] for one in lines],
        ranges=[(one["demand_lower"], one["demand_upper"]) for one in lines],
    )
    stock = bars(names, [one["on_hand"] for one in lines], colors=PAST)
    stock.update(name="in stock", showlegend=True)
    demand.update(name=f"expected demand, {result['level']}% range", showlegend=True)
    title = f"Stock against demand, {result['start']} to {result['end']}"
    return figure([stock, demand], title=title, unit=result["unit"], rows=2 * len(lines))


def unusual(found: Sequence[Result], title: str) -> go.Figure | None:
    """Draw what was sold beside what was expected, one row a finding."""
    shown = [one for one in found if one["actual"] is not None and one["expected"] is not None]
    shown = shown[:_MOST_PAIRS]
    if not shown:
        return None
    names = [
        f"{one['start']} {label((one['product'] or one['store'] or _ALL)['name'], 26)}"
        for one in shown
    ]
    expected = bars(names, [one["expected"] for one in shown], colors=PAST)
    actual = bars(names, [one["actual"] for one in shown], colors=BAD)
    expected.update(name="expected", showlegend=True)
    actual.update(name="sold", showlegend=True)
    return figure([expected, actual], title=title, unit=shown[0]["unit"], rows=2 * len(shown))


_ALL = {"name": "all sales"}
