"""Say why: what a figure is set against, and the drivers in between."""

from typing import Any

from agent.planner.wording.differences import signed
from agent.planner.wording.phrases import Result, about, notes, paragraphs, sentences, source, span
from agent.planner.wording.style import Style

_MOST_DRIVERS = 6
_MOST_MOVERS = 3
_EVIDENCE = {
    "model behaviour": "This is how the model arrives at its figure, not proof of a cause.",
    "account of sales": "This accounts for the difference; it does not prove a cause.",
}


def say(result: Result, style: Style) -> str:
    """Say the figure against its reference, the drivers, the movers, and the source."""
    return paragraphs(
        _headline(result, style),
        _drivers(result, style),
        sentences(
            _movers("Products", result["products"], result["unit"], style),
            _movers("Stores", result["stores"], result["unit"], style),
        ),
        sentences(_EVIDENCE[result["evidence"]], notes(result, style), source(result, style)),
    )


def _headline(result: Result, style: Style) -> str:
    unit = result["unit"]
    figure = style.amount(result["figure"], unit)
    reference = style.amount(result["reference"], unit)
    opening = f"{about(result)}, {style.period(result['start'], result['end'])}:"
    moved = _moved(result, style)
    if result["about"] == "forecast":
        return (
            f"{opening} the forecast is about {figure}{_range(result, style)}, {moved} the recent "
            f"normal of {reference} (the last four weeks, over as many days)."
        )
    if result["about"] == "change":
        other = style.period(result["compare_start"], result["compare_end"])
        return f"{opening} {figure} were sold, {moved} the {reference} of {other}."
    if result["about"] == "revision":
        return f"{opening} the forecast is now about {figure}, {moved} the earlier {reference}."
    inside = "inside" if result["inside"] else "outside"
    return (
        f"{opening} {figure} were sold, {moved} the forecast of {reference}, {inside} its range"
        f"{_range(result, style)}."
    )


def _range(result: Result, style: Style) -> str:
    ends = span(result["lower"], result["upper"], result["unit"], style)
    return f" ({style.percent(result['level'])} range {ends})"


def _moved(result: Result, style: Style) -> str:
    size = style.amount(abs(result["change"]), result["unit"])
    share = "" if result["change_pct"] is None else f" ({style.change(result['change_pct'])})"
    return f"{size}{share} {'more' if result['change'] >= 0 else 'less'} than"


def _drivers(result: Result, style: Style) -> str:
    found = result["drivers"]
    lines = [
        f"- {one['name']}: {signed(one['effect'], result['unit'], style)}{_share(one, style)}"
        for one in (*found[: _MOST_DRIVERS - 1], *found[_MOST_DRIVERS - 1 :][-1:])
    ]
    more = ["- the rest is in the table"] if len(found) > _MOST_DRIVERS else []
    return "\n".join(["What goes with the difference:", *lines, *more])


def _share(one: dict[str, Any], style: Style) -> str:
    return "" if one["effect_pct"] is None else f" ({style.change(one['effect_pct'])})"


def _movers(word: str, found: list[dict[str, Any]], unit: str, style: Style) -> str:
    if not found:
        return ""
    told = ", ".join(
        f"{one['item']['name']} ({signed(one['change'], unit, style)})"
        for one in found[:_MOST_MOVERS]
    )
    return f"{word} that moved most: {told}."
