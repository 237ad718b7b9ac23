"""Say what was sold."""

from typing import Any

from agent.planner.wording.phrases import Result, about, notes, paragraphs, sentences, source
from agent.planner.wording.style import Style

_MOST_LINES = 10
_VERBS = {
    "units": "{} sold",
    "revenue": "{} taken",
    "price": "{} paid on average, weighted by sales",
    "discount": "{} discount on average, weighted by sales",
}
_PER_UNIT = " per unit"
_ORDERS = {"desc": "highest first", "asc": "lowest first"}


def say(result: Result, style: Style) -> str:
    """Say the whole with its comparison, then the groups and the source."""
    period = style.period(result["start"], result["end"])
    if result["value"] is None:
        head = f"{about(result)}, {period}: nothing is on record."
    else:
        said = _VERBS[result["measure"]].format(_figure(result["value"], result["unit"], style))
        head = f"{about(result)}, {period}: {said}."
    return paragraphs(
        sentences(head, _compared(result, style), notes(result, style)),
        _groups(result, style),
        source(result, style),
    )


def _compared(result: Result, style: Style) -> str:
    previous = result.get("previous")
    if result.get("previous_start") is None:
        return ""
    period = style.period(result["previous_start"], result["previous_end"])
    if previous is None:
        return f"Nothing is on record for {period}."
    change = result.get("change_pct")
    against = f"{_figure(previous, result['unit'], style)} in {period}"
    return (
        f"That is {style.change(change)} against {against}."
        if change is not None
        else (f"It was {against}.")
    )


def _groups(result: Result, style: Style) -> str:
    rows: list[dict[str, Any]] = result["rows"]
    if not rows:
        return ""
    by_time = result["group_by"] in {"day", "week", "month"}
    ranked = "" if by_time and len(rows) == result["groups"] else f", {_ORDERS[result['order']]}"
    lines = [f"By {result['group_by']}{ranked}:"]
    lines += [_line(row, result, style) for row in rows[:_MOST_LINES]]
    if len(rows) > _MOST_LINES:
        lines.append("- the rest is in the table")
    return "\n".join(lines)


def _line(row: dict[str, Any], result: Result, style: Style) -> str:
    by_time = result["group_by"] in {"day", "week", "month"}
    name = style.period(row["start"], row["end"]) if by_time else row["name"]
    if row["value"] is None:
        return f"- {name}: nothing on record"
    change = f" ({style.change(row['change_pct'])})" if row["change_pct"] is not None else ""
    return f"- {name}: {_figure(row['value'], result['unit'], style)}{change}"


def _figure(value: float, unit: str, style: Style) -> str:
    if unit == "percent":
        return style.percent(value)
    if unit.endswith(_PER_UNIT):
        return f"{style.money(value, unit.removesuffix(_PER_UNIT))}{_PER_UNIT}"
    return style.amount(value, unit)
