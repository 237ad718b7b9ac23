"""The plot beside an answer; where the answer's figures are too few, more are asked for.

"How much next week?" is answered by one figure. The plot shows its days after the weeks before, so
the same tools are asked again by the same person, on record like any other call.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from agent.channels.web.decision_plots import discount_curve
from agent.channels.web.plots import forecast_plot, plot_of, side_by_side
from tenants.principal import Principal
from tools.gateway import Succeeded, ToolCall, ToolGateway

_WEEKS_BEFORE = 5
_LONGEST_GAP = timedelta(days=28)
_COMPARABLE = frozenset({"forecast", "sales_history"})
_SAME_SERIES = ("product", "store", "category")


def illustrate(
    calls: Sequence[Mapping[str, Any]], gateway: ToolGateway, principal: Principal
) -> go.Figure | None:
    """Return a plot of what the calls found, or None where none helps."""
    done = [call for call in calls if call.get("outcome") == "succeeded"]
    if not done:
        return None
    last, told = done[-1], done[-1]["result"]
    if _is_compared(done):
        return side_by_side(last["tool"], [call["result"] for call in done])
    if last["tool"] == "optimize_discount" and told["product"] and told["changes"]:
        return discount_curve(told)
    if last["tool"] != "forecast":
        return plot_of(calls)
    past = _past(last, told, gateway, principal)
    return forecast_plot(_by_day(last, told, gateway, principal), past)


def _is_compared(done: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether several calls of one tool are one figure each, to be seen side by side."""
    tools = {call["tool"] for call in done}
    parts = [call["result"].get("points") or call["result"].get("rows") for call in done]
    return len(done) > 1 and len(tools) == 1 and tools <= _COMPARABLE and not any(parts)


def _by_day(
    call: Mapping[str, Any],
    told: Mapping[str, Any],
    gateway: ToolGateway,
    principal: Principal,
) -> Mapping[str, Any]:
    """Return the forecast by day, from the day after the last sale where that is not far off."""
    if told.get("points"):
        return told
    soon = date.fromisoformat(told["cutoff"]) + timedelta(days=1)
    gap = date.fromisoformat(told["start"]) - soon
    start = str(soon) if gap <= _LONGEST_GAP and told["discount_pct"] is None else told["start"]
    days = {"start": start, "end": told["end"], "granularity": "day"}
    return _asked("forecast", dict(call["arguments"]) | days, gateway, principal) or told


def _past(
    call: Mapping[str, Any],
    result: Mapping[str, Any],
    gateway: ToolGateway,
    principal: Principal,
) -> dict[str, Any] | None:
    """Return sales of the weeks before, by day; money has no past in the same unit here."""
    if call["arguments"].get("granularity", "day") not in ("day", "total"):
        return None
    end = date.fromisoformat(result["cutoff"])
    same = {key: value for key, value in call["arguments"].items() if key in _SAME_SERIES}
    measure = {"measure": call["arguments"].get("measure", "units"), "group_by": "day"}
    span = {"start": str(end - timedelta(weeks=_WEEKS_BEFORE)), "end": str(end)}
    return _asked("sales_history", same | measure | span, gateway, principal)


def _asked(
    tool: str, arguments: dict[str, Any], gateway: ToolGateway, principal: Principal
) -> dict[str, Any] | None:
    call = ToolCall(f"plot-{uuid.uuid4().hex}", tool, json.dumps(arguments))
    done = gateway.call(call, principal)
    return done.result.model_dump(mode="json") if isinstance(done, Succeeded) else None
