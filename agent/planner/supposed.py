"""Changes that are only thought of: "if it were cheaper", "should we give 20% off?"."""

from typing import Any

from agent.languages import Language
from agent.planner.context import PlannerContext
from agent.planner.details.text import plain


def is_supposed(details: dict[str, Any], text: str, context: PlannerContext) -> bool:
    """Tell whether a forecast is of a change only thought of: "what would sell if it were cheaper".

    A price can be nothing else, a discount may be part of the plan: "the forecast at 10% off".
    """
    if {"price", "price_up_pct"} & details.keys():
        return True
    cues = context.language.patterns("cues")
    is_told = "discount_pct" in details and cues["if_changed"].search(text)
    return bool(is_told) and not cues["names_forecast"].search(text)


def names_the_discount(details: dict[str, Any], text: str, context: PlannerContext) -> bool:
    """Tell whether "should we give 20% off?" names the discount that is to be found otherwise.

    Beside "the best discount" a percentage is the most it may be.
    """
    if "discount_pct" not in details:
        return False
    if not context.language.patterns("details")["seeks_best"].search(text):
        return True
    details.setdefault("max_discount_pct", details.pop("discount_pct"))
    return False


def last_resort(text: str, language: Language) -> dict[str, Any]:
    """Read a change that is said in the barest words: "it at 2.99", "the discount to zero"."""
    cues = language.patterns("cues")
    if cues["to_nothing"].search(text):
        return {"discount_pct": 0}
    price = cues["bare_price"].search(text)
    return {"price": plain(price["price"])} if price else {}
