"""Say a forecast."""

from typing import Any

from agent.planner.wording.phrases import (
    Result,
    about,
    notes,
    paragraphs,
    sentences,
    source,
    span,
)
from agent.planner.wording.style import Style

_MOST_LINES = 10


def say(result: Result, style: Style) -> str:
    """Say the total with its range, then the points, the error and the source."""
    unit = result["unit"]
    discount = result.get("discount_pct")
    at = f" at {style.percent(discount)} off" if discount is not None else ""
    total = (
        f"{about(result)}{at}, {style.period(result['start'], result['end'])}: "
        f"about {style.amount(result['mean'], unit)} "
        f"({style.percent(result['level'])} range "
        f"{span(result['lower'], result['upper'], unit, style)})."
    )
    return paragraphs(
        sentences(total, notes(result, style)),
        _points(result, style),
        sentences(_error(result, style), source(result, style)),
    )


def _points(result: Result, style: Style) -> str:
    points: list[dict[str, Any]] = result["points"]
    unit = result["unit"]
    lines = [
        f"- {style.period(point['start'], point['end'])}: {style.amount(point['mean'], unit)} "
        f"({span(point['lower'], point['upper'], unit, style)})"
        for point in points[:_MOST_LINES]
    ]
    if len(points) > _MOST_LINES:
        lines.append("- the rest is in the table")
    return "\n".join(lines)


def _error(result: Result, style: Style) -> str:
    wape, naive = result.get("wape_pct"), result.get("naive_wape_pct")
    if wape is None:
        return ""
    beside = f", against {style.percent(naive)} for repeating last season" if naive else ""
    return f"In backtests its error was {style.percent(wape)} of sales (WAPE){beside}."
