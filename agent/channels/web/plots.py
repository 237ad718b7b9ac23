"""Plots of tool results, drawn from their figures and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from agent.channels.web.decision_plots import (
    counterfactual,
    optimize_discount,
    plan_inventory,
    unusual,
)
from agent.channels.web.drawing import ACCENT, PAST, SECOND, band, bars, figure, line
from agent.channels.web.harmless import label

Result = Mapping[str, Any]

_FEWEST = 2
_MOST_BARS = 15


def plot_of(calls: Sequence[Mapping[str, Any]]) -> go.Figure | None:
    """Return a plot of the last result that one helps to read, or None."""
    for call in reversed(calls):
        draw = _DRAWN.get(str(call.get("tool")))
        result = call.get("result")
        if draw is not None and call.get("outcome") == "succeeded" and isinstance(result, Mapping):
            drawn = draw(result)
            if drawn is not None:
                return drawn
    return None


def forecast_plot(result: Result, past: Result | None = None) -> go.Figure | None:
    """Draw a forecast with its range, after the recent past where that is known."""
    points = result.get("points") or []
    if len(points) < _FEWEST:
        return None
    days = [point["start"] for point in points]
    traces = []
    rows = sorted((past or {}).get("rows") or [], key=lambda row: str(row["start"]))
    if rows:
        past_days = [row["start"] for row in rows]
        traces.append(line(past_days, [row["value"] for row in rows], "sold", PAST))
    lower, upper = ([point[edge] for point in points] for edge in ("lower", "upper"))
    traces += band(days, lower, upper, f"{result['level']}% range")
    traces.append(line(days, [point["mean"] for point in points], "forecast", ACCENT))
    return figure(traces, title=f"Forecast: {_about(result)}", unit=result["unit"])


def side_by_side(tool: str, results: Sequence[Result]) -> go.Figure | None:
    """Draw the one figure that each of several results is, with its range where it has one."""
    figures = [one["mean"] if tool == "forecast" else one["value"] for one in results]
    units = {one["unit"] for one in results}
    if len(units) > 1 or None in figures:
        return None
    names = _told_apart(results)
    ranges = [(one["lower"], one["upper"]) for one in results] if tool == "forecast" else None
    title = "Forecasts side by side" if tool == "forecast" else "Sales side by side"
    return figure(
        [bars(names, figures, ranges=ranges)], title=title, unit=units.pop(), rows=len(names)
    )


def _told_apart(results: Sequence[Result]) -> list[str]:
    """Name each result by what sets it apart from the others."""
    names = [label(_about(one), 40) for one in results]
    spans = [f"{one['start']} to {one['end']}" for one in results]
    if len(set(names)) == len(names):
        return names
    if len(set(names)) == 1:
        return spans
    return [f"{name}, {span}" for name, span in zip(names, spans, strict=True)]


def _what_if(result: Result) -> go.Figure | None:
    shown = [
        (name, result[name])
        for name in ("units", "revenue", "profit")
        if result.get(name) and result[name].get("change_pct") is not None
    ]
    if not shown:
        return None
    values = [change["change_pct"] for _, change in shown]
    drawn = bars(
        [name.capitalize() for name, _ in shown],
        values,
        colors=[ACCENT if value >= 0 else SECOND for value in values],
        ranges=[(change["change_pct_lower"], change["change_pct_upper"]) for _, change in shown],
    )
    title = f"Change against the plan, {result['level']}% range: {_about(result)}"
    return figure([drawn], title=title, unit="percent", rows=len(shown))


def _detect_anomalies(result: Result) -> go.Figure | None:
    found = sorted(result.get("anomalies") or [], key=lambda one: -abs(one["score"]))
    return unusual(found, "Unusual days: sold against expected")


def _list_alerts(result: Result) -> go.Figure | None:
    return unusual(result["alerts"], "Alerts: sold against expected")


def _sales_history(result: Result) -> go.Figure | None:
    rows = [row for row in result.get("rows") or [] if row["value"] is not None]
    if len(rows) < _FEWEST:
        return None
    title = f"{result['measure'].capitalize()}: {_about(result)}"
    if result["group_by"] in ("day", "week", "month"):
        rows = sorted(rows, key=lambda row: str(row["start"]))
        days = [row["start"] for row in rows]
        traces = [line(days, [row["value"] for row in rows], "sold", ACCENT)]
        if any(row["previous"] is not None for row in rows):
            before = [row["previous"] for row in rows]
            traces.append(line(days, before, "compared with", PAST, dash="dot"))
        return figure(traces, title=title, unit=result["unit"])
    shown = rows[:_MOST_BARS]
    drawn = bars([label(row["name"], 30) for row in shown], [row["value"] for row in shown])
    return figure([drawn], title=title, unit=result["unit"], rows=len(shown))


def _explain(result: Result) -> go.Figure | None:
    drivers = result.get("drivers") or []
    if not drivers:
        return None
    ends = _ENDS[result["about"]]
    drawn = go.Waterfall(
        orientation="v",
        x=[ends[0], *(label(one["name"], 24) for one in drivers), ends[1]],
        y=[result["reference"], *(one["effect"] for one in drivers), result["figure"]],
        measure=["absolute", *("relative" for _ in drivers), "total"],
        increasing={"marker": {"color": ACCENT}},
        decreasing={"marker": {"color": SECOND}},
        totals={"marker": {"color": PAST}},
        connector={"line": {"width": 1, "color": PAST}},
        showlegend=False,
        hovertemplate="%{x}: %{delta:,.1f}<extra></extra>",
    )
    return figure(
        [drawn], title=f"What makes the difference: {_about(result)}", unit=result["unit"]
    )


def _about(result: Result) -> str:
    names = [
        item["name"] if isinstance(item, Mapping) else str(item)
        for item in (result.get("product"), result.get("category"), result.get("store"))
        if item
    ]
    return ", ".join(names) or "everything"


# What a waterfall starts from and ends with.
_ENDS = {
    "forecast": ("recent normal", "forecast"),
    "change": ("before", "sold"),
    "revision": ("earlier forecast", "forecast"),
    "miss": ("forecast", "sold"),
}
_DRAWN: dict[str, Callable[[Result], go.Figure | None]] = {
    "forecast": forecast_plot,
    "sales_history": _sales_history,
    "explain": _explain,
    "what_if": _what_if,
    "optimize_discount": optimize_discount,
    "counterfactual": counterfactual,
    "plan_inventory": plan_inventory,
    "detect_anomalies": _detect_anomalies,
    "list_alerts": _list_alerts,
}
