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

from agent.channels.web.plots import forecast_plot, plot_of
from tenants.principal import Principal
from tools.gateway import Succeeded, ToolCall, ToolGateway

_WEEKS_BEFORE = 5
_SAME_SERIES = ("product", "store", "category")


def illustrate(
    calls: Sequence[Mapping[str, Any]], gateway: ToolGateway, principal: Principal
) -> go.Figure | None:
    """Return a plot of what the calls found, or None where none helps."""
    last = next((call for call in reversed(calls) if call.get("outcome") == "succeeded"), None)
    if last is None or last.get("tool") != "forecast":
        return plot_of(calls)
    by_day = last["result"]
    if not by_day.get("points"):
        days = dict(last["arguments"]) | {"granularity": "day"}
        by_day = _asked("forecast", days, gateway, principal) or by_day
    return forecast_plot(by_day, _past(last, by_day, gateway, principal))


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
