"""Figures about quantities: a target to reach, what is on hand, how long a delivery takes."""

from agent.planner.details.text import Found, Text


def target(text: Text) -> Found:
    """Read how many units are to be sold: "to sell 500", "at least 1,200 units"."""
    match = text.take("target_units")
    return {"target_units": text.number(match["units"])} if match else {}


def lead_time(text: Text) -> Found:
    """Read how long a delivery takes: "a two week lead time"."""
    match = text.take("lead_time")
    if match is None:
        return {}
    groups = match.groupdict()
    is_one = groups["count"] in text.language.words("periods", "article")
    count = None if is_one else groups["count"]
    days = text.meaning("unit_days", groups["unit"]) if groups.get("unit") else 1
    return {"lead_time_days": days * (text.number(count) if count else 1)}


def service_level(text: Text) -> Found:
    """Read how surely demand is to be met: "98% in stock"."""
    said = text.percent("service_level")
    return {} if said is None else {"service_level_pct": said}


def on_hand(text: Text) -> Found:
    """Read what is there already: "we have 120 left"."""
    if match := text.take("enough") or text.take("on_hand"):
        return {"on_hand": text.number(match["units"])}
    return {"on_hand": 0} if text.has("nothing_on_hand") else {}
