"""Figures about price: discounts, prices, limits, promotions, and the level of an interval."""

from math import ceil

from agent.languages.numbers import whole
from agent.planner.details.text import Found, Text

_MOST_LEVEL = 99


def level(text: Text) -> Found:
    """Read the coverage of an interval: "with a 90% interval"."""
    said = text.percent("level")
    if said is None:
        return {}
    # 99.5 is beyond the range, and is to be refused as that.
    return {"level": ceil(said) if said > _MOST_LEVEL else said}


def likely_level(text: Text) -> Found:
    """Read "a wide range, please, 95%": so large a share is no discount unless a cut is told."""
    said = None if text.has("speaks_of_a_cut") else text.percent("likely_level")
    return {} if said is None else {"level": said}


def margin(text: Text) -> Found:
    """Read the least margin to keep: "a 25% margin", "a margin of a fifth"."""
    said = text.percent("min_margin")
    if said is None and (part := text.take("min_margin_fraction")):
        said = text.meaning("fraction", part["fraction"])
    return {} if said is None else {"min_margin_pct": said}


def limits(text: Text) -> Found:
    """Read what a discount may cost: "up to 30%", "a 25% margin", "a budget of $2k"."""
    found = margin(text)
    if (cap := text.percent("max_discount")) is not None:
        found["max_discount_pct"] = cap
    elif part := text.take("max_discount_fraction"):
        found["max_discount_pct"] = text.meaning("fraction", part["fraction"])
    if budget := text.take("budget"):
        found["budget"] = text.number(budget["money"])
    return found


def price(text: Text) -> Found:
    """Read a price: an amount, a change by an amount, or a raise in percent or by a fraction."""
    text.take("bundle")
    if (raised := text.percent("raised_by_percent")) is not None:
        return {"price_up_pct": raised}
    if part := text.take("raised_by_fraction"):
        return {"price_up_pct": text.meaning("fraction", part["fraction"])}
    if up := text.take("raised_by_amount"):
        return {"price_by": text.number(up["money"])}
    if down := text.take("lowered_by_amount"):
        return {"price_by": -text.number(down["money"])}
    amount = text.take("price")
    return {"price": text.number(amount["money"])} if amount else {}


def discount(text: Text) -> Found:
    """Read percent off: "15% off", "half price", "a third off"."""
    if left := text.take("price_left"):  # "two thirds of its price"
        said = left["fraction"]
        share = text.meaning("fraction", said) if said else text.number(left["percent"])
        return {"discount_pct": whole(round(100 - share, 2))}
    if text.take("half_price"):
        return {"discount_pct": 50}
    if part := text.take("fraction_off"):
        return {"discount_pct": text.meaning("fraction", part["fraction"])}
    said = text.percent("percent_off")  # "15% off the regular price"
    if said is None and text.take("no_discount"):
        return {"discount_pct": 0}
    said = text.percent("discount") if said is None else said
    return {} if said is None else {"discount_pct": said}


def promotion(text: Text) -> Found:
    """Read whether a promotion runs."""
    text.take("promotion_replaced")
    if text.take("no_promotion"):
        return {"promotion": False}
    return {"promotion": True} if text.has("promotion") else {}
