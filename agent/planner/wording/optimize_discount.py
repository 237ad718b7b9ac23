"""Say which discount is best, and recommend it in one sentence."""

from typing import Any

from agent.planner.wording.differences import ends
from agent.planner.wording.phrases import Result, about, notes, paragraphs, sentences, source
from agent.planner.wording.style import Style

_MOST_LINES = 12
_NO_DISCOUNT = 0.05


def say(result: Result, style: Style) -> str:
    """Say the advice with its gain and range, what is not known, and the source."""
    told = _one(result, style) if _single(result) else _many(result, style)
    return paragraphs(
        recommend(result, style) + ".",
        told,
        _not_known(result),
        sentences(notes(result, style), source(result, style)),
    )


def recommend(result: Result, style: Style) -> str:
    """Return the advice in one sentence, as "Apply 15% discount for $2.3K revenue increase"."""
    if not _single(result):
        if not result["changes"]:
            return f"Keep the plan for all {style.number(result['products'])} products"
        return (
            f"Change the discount of {style.number(result['changes'])} of "
            f"{style.number(result['products'])} products for "
            f"{_increase(result['total'], result['objective'], style)}"
        )
    advice = result["advice"][0]
    if advice["action"] == "keep":
        planned = advice["planned_discount_pct"]
        if planned < _NO_DISCOUNT:
            return "Keep the current price"
        return f"Keep the planned discount of {style.percent(planned)}"
    gain = _increase(advice["objective"], result["objective"], style)
    if advice["action"] == "drop":
        return f"Drop the planned discount for {gain}"
    return f"Apply {style.percent(advice['discount_pct'])} discount for {gain}"


def _single(result: Result) -> bool:
    return result["product"] is not None and len(result["advice"]) == 1


def _increase(one: dict[str, Any], objective: str, style: Style) -> str:
    if one["unit"] == "units":
        return f"an increase of {style.amount(one['gain'], 'units')}"
    return f"{style.compact_money(one['gain'], one['unit'])} {objective} increase"


def _one(result: Result, style: Style) -> str:
    advice = result["advice"][0]
    goal, sales, unit = advice["objective"], advice["sales"], advice["objective"]["unit"]
    opening = f"{about(result)}, {style.period(result['start'], result['end'])}:"
    if advice["action"] == "keep":
        return sentences(
            f"{opening} none of the discounts tried is likely to bring more {result['objective']} "
            f"than the plan, about {style.amount(goal['planned'], unit)}.",
            _tried(advice, style),
        )
    off = (
        "no discount"
        if advice["action"] == "drop"
        else f"{style.percent(advice['discount_pct'])} off"
    )
    sold = (
        f" from about {style.amount(sales['expected'], 'units')} instead of "
        f"{style.amount(sales['planned'], 'units')}"
        if unit != "units"
        else ""
    )
    low, high = goal["gain_lower"], goal["gain_upper"]
    return sentences(
        f"{opening} {off} is associated with {result['objective']} of about "
        f"{style.amount(goal['expected'], unit)}{sold}, against "
        f"{style.amount(goal['planned'], unit)} as planned; the gain's "
        f"{style.percent(result['level'])} range is {ends(low, high, unit, style)}.",
        _price(advice, style),
        _tried(advice, style),
    )


def _price(advice: dict[str, Any], style: Style) -> str:
    if advice["money"] is None:
        return ""
    price = style.money(advice["money"]["price"], advice["money"]["unit"])
    margin = advice["margin_pct"]
    left = "" if margin is None else f", a margin of at least {style.percent(margin)}"
    return f"The price would be {price}{left}."


def _tried(advice: dict[str, Any], style: Style) -> str:
    changes = style.number(advice["changes_on_record"])
    return (
        f"Learned from {changes} past price changes with discounts up to "
        f"{style.percent(advice['tried_discount_max_pct'])}; observed, not proven by an "
        "experiment."
    )


def _many(result: Result, style: Style) -> str:
    total = result["total"]
    low, high = total["gain_lower"], total["gain_upper"]
    lines = [_line(one, style) for one in result["advice"] if one["action"] != "keep"]
    more = ["- the rest is in the table"] if len(lines) > _MOST_LINES else []
    opening = (
        f"{about(result)}, {style.period(result['start'], result['end'])}, aiming for "
        f"{result['objective']}: the gains together are associated with about "
        f"{style.amount(total['gain'], total['unit'])} "
        f"({style.percent(result['level'])} range {ends(low, high, total['unit'], style)})."
    )
    return "\n".join([opening, *lines[:_MOST_LINES], *more]) if lines else ""


def _line(advice: dict[str, Any], style: Style) -> str:
    goal = advice["objective"]
    off = (
        "no discount"
        if advice["action"] == "drop"
        else f"{style.percent(advice['discount_pct'])} off"
    )
    planned = advice["planned_discount_pct"]
    instead = f" instead of {style.percent(planned)}" if planned >= _NO_DISCOUNT else ""
    gain = style.amount(goal["gain"], goal["unit"])
    low, high = goal["gain_lower"], goal["gain_upper"]
    return (
        f"- {advice['product']['name']}: {off}{instead}, gain about {gain} "
        f"(range {ends(low, high, goal['unit'], style)})"
    )


def _not_known(result: Result) -> str:
    lines = [f"- {one['product']['name']}: {one['reason']}" for one in result["not_known"]]
    return "\n".join(["Not known:", *lines]) if lines else ""
