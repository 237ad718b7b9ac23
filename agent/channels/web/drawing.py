"""How every plot looks: colours for the light and the dark page, plain text, no toolbar."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from agent.channels.web.harmless import label

ACCENT = "#0d9488"
BAND = "rgba(13, 148, 136, 0.18)"
PAST = "#94a3b8"
SECOND = "#d97706"
BAD = "#dc2626"
# Readable on the light and on the dark page alike.
_INK = "#7c8a83"
_GRID = "rgba(124, 138, 131, 0.22)"
_HEIGHT = 300
_ROW = 30
_FRAME = 110


def figure(traces: list[Any], *, title: str, unit: str = "", rows: int | None = None) -> go.Figure:
    """Return a figure; `rows` gives one of horizontal bars its height, `unit` heads the values."""
    drawn = go.Figure(traces)
    drawn.update_layout(
        template="none",
        title={
            "text": label(title, 90),
            "font": {"size": 14},
            "x": 0.01,
            "xref": "container",
            "y": 0.97,
        },
        height=_HEIGHT if rows is None else _FRAME + _ROW * rows,
        margin={"l": 56, "r": 16, "t": 44, "b": 40},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": "system-ui, DejaVu Sans, sans-serif", "size": 12, "color": _INK},
        showlegend=sum(trace.showlegend is not False for trace in drawn.data) > 1,
        legend={"orientation": "h", "x": 0, "y": -0.16},
        hovermode="closest" if rows is not None else "x unified",
        bargap=0.3,
    )
    axis = {"gridcolor": _GRID, "zerolinecolor": _GRID, "linecolor": _GRID, "automargin": True}
    drawn.update_xaxes(**axis)
    drawn.update_yaxes(**axis)
    values = {"title": {"text": label(unit), "font": {"size": 12}}}
    if rows is None:
        drawn.update_yaxes(**values, rangemode="tozero")
    else:
        drawn.update_xaxes(**values)
        drawn.update_yaxes(autorange="reversed", showgrid=False)
    return drawn


def line(days: list[Any], values: list[Any], name: str, color: str, *, dash: str = "solid") -> Any:
    """Return a line through days."""
    style = {"color": color, "width": 2.5, "dash": dash}
    return go.Scatter(x=days, y=values, name=name, mode="lines", line=style)


def band(days: list[Any], lower: list[float], upper: list[float], name: str) -> list[Any]:
    """Return the area between two lines."""
    edge = {"mode": "lines", "line": {"width": 0}}
    top = go.Scatter(x=days, y=upper, showlegend=False, hoverinfo="skip", **edge)
    area = go.Scatter(
        x=days, y=lower, name=name, fill="tonexty", fillcolor=BAND, hoverinfo="skip", **edge
    )
    return [top, area]


def bars(
    names: list[str],
    values: list[float],
    *,
    colors: list[str] | str = ACCENT,
    ranges: list[tuple[float, float]] | None = None,
) -> Any:
    """Return horizontal bars, with the range of each where there is one."""
    errors = None
    if ranges is not None:
        errors = {
            "type": "data",
            "symmetric": False,
            "array": [upper - value for value, (_, upper) in zip(values, ranges, strict=True)],
            "arrayminus": [value - lower for value, (lower, _) in zip(values, ranges, strict=True)],
            "color": _INK,
            "thickness": 1.2,
        }
    return go.Bar(
        x=values,
        y=names,
        orientation="h",
        marker={"color": colors},
        error_x=errors,
        showlegend=False,
        hovertemplate="%{x:,.1f}<extra></extra>",
    )
