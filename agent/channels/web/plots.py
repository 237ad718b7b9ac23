"""Plots of tool results, drawn from their figures; text in them is plain text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

Result = Mapping[str, Any]

_ACCENT = "#0d9488"
_BAND = "rgba(13, 148, 136, 0.18)"
_SECOND = "#d97706"
_BAD = "#dc2626"
# Readable on the light and on the dark page alike.
_INK = "#7c8a83"
_GRID = "rgba(124, 138, 131, 0.22)"
_FEWEST_POINTS = 2


def plot_of(calls: Sequence[Mapping[str, Any]]) -> go.Figure | None:
    """Return a plot of the last result that one helps to read, or None."""
    for call in reversed(calls):
        draw = _DRAWN.get(str(call.get("tool")))
        result = call.get("result")
        if draw is not None and call.get("outcome") == "succeeded" and isinstance(result, Mapping):
            figure = draw(result)
            if figure is not None:
                return figure
    return None


_DRAWN: dict[str, Callable[[Result], go.Figure | None]] = {}
