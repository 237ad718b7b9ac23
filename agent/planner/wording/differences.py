"""How differences are written: with their sign, and ranges of them so that both ends read."""

from agent.planner.wording.phrases import span
from agent.planner.wording.style import Style


def signed(value: float, unit: str, style: Style) -> str:
    """Write a difference with its unit and sign: +12 units, minus $4.50."""
    text = style.amount(value, unit)
    return f"+{text}" if value > 0 else text


def ends(low: float, high: float, unit: str, style: Style) -> str:
    """Write the range of a difference; a dash between minus signs could not be read."""
    if low >= 0:
        return span(low, high, unit, style)
    return f"{style.amount(low, unit)} to {style.amount(high, unit)}"
