"""Say what a change of plan is associated with."""

from typing import Any

from agent.planner.wording.differences import ends
from agent.planner.wording.phrases import Result, about, notes, paragraphs, sentences, source
from agent.planner.wording.style import Style


def say(result: Result, style: Style) -> str:
    """Say the change in units, then revenue and profit, what it rests on, and the source."""
    units = result["units"]
    when = style.period(result["start"], result["end"])
    first = (
        f"{about(result)}, {when}: {_change(result, style)} is associated with "
        f"{_moved(units, style)}{_share(units, style)}, from about "
        f"{style.amount(units['planned'], units['unit'])} as planned to about "
        f"{style.amount(units['changed'], units['unit'])} "
        f"({style.percent(result['level'])} range of the difference {_range(units, style)})."
    )
    money = sentences(
        *(
            _money(word, result[word], style)
            for word in ("revenue", "profit")
            if result[word] is not None
        )
    )
    return paragraphs(
        sentences(first, money), sentences(_rests(result, style), notes(result, style)),
        source(result, style),
    )  # fmt: skip


def _change(result: Result, style: Style) -> str:
    parts = []
    if result["discount_pct"] is not None:
        parts.append(f"{style.percent(result['discount_pct'])} off")
    if result["price"] is not None:
        prices = result["prices"]
        parts.append(f"a price of {style.money(prices['changed'], prices['unit'])}")
    if result["promotion"] is not None:
        parts.append("a promotion" if result["promotion"] else "no promotion")
    return " with ".join(parts)


def _moved(one: dict[str, Any], style: Style) -> str:
    size = style.amount(abs(one["change"]), one["unit"])
    return f"{size} more" if one["change"] >= 0 else f"{size} less"


def _share(one: dict[str, Any], style: Style) -> str:
    return "" if one["change_pct"] is None else f" ({style.change(one['change_pct'])})"


def _money(word: str, one: dict[str, Any], style: Style) -> str:
    moved = f"{_moved(one, style)}{_share(one, style)}"
    return f"{word.capitalize()}: {moved}, range {_range(one, style)}."


def _range(one: dict[str, Any], style: Style) -> str:
    return ends(one["change_lower"], one["change_upper"], one["unit"], style)


def _rests(result: Result, style: Style) -> str:
    changes = style.number(result["changes_on_record"])
    return (
        f"This rests on {changes} past price changes (discounts up to "
        f"{style.percent(result['tried_discount_max_pct'])} were tried); it is observed, not "
        "proven by an experiment."
    )
