"""Figures about price: discounts, prices, limits, promotions, and the level of an interval."""

from math import ceil

from agent.planner.details.text import MONEY, PERCENT, Found, Text, money, plain

_RAISE = r"(?:rais\w*|increas\w*|hik\w*|up\b|bump\w*|higher|more expensive|dearer|rise)"
_LOWER = (
    r"(?:cut\w*|low\w*|drop\w*|reduc\w*|decreas\w*|off\b|cheaper|discount\w*|mark\w* down|"
    r"markdown\w*|knock\w*|slash\w*|down\b)"
)
_SET_TO = r"\b(?:set|put|cut|drop|lower|raise|reduc)\w*\b[^.?%\d]{0,40}?\bto\s+(\d+\.\d\d)(?!\s*%)"
_NO_FIGURE = r"[^.?%$€£\d]"
_INTERVAL = r"(?:intervals?|levels?|confidence|certain\w*|sure|bands?|range|prediction)\b"
_AT_MOST = (
    r"(?:up to|at most|no more than|not more than|not (?:above|over|exceed\w*)|below|under|"
    r"max(?:imum)?(?: of| discount(?: of)?)?|capped at|exceed\w*|"
    r"(?:cap|ceiling|limit(?:ed)?)(?: it)?(?: of| to| at)?|"
    r"never (?:above|over|more than)|within)"
)
_SPEND = r"(?:spend\w*|cost\w*|giv\w* away|invest\w*)"
_ASKED = (
    r"\b(?:pric\w*|charg\w*|sell\w*|cost\w*|ask\w*)\b[^.?%\d]{0,24}?"
    r"(?:\bto|\bat|\bof|\bis|\bwas|\bwere|\bfor|=|\bcharge\w*)\s+"
    r"(\d+(?:\.\d{1,2})?)(?!\s*(?:%|percent|units|\d))"
)
_NO_PROMOTION = (
    r"\b(?:no|without(?: a| the| any)?|not|stop\w*|cancel\w*|drop\w*|end\w*|skip\w*|don'?t|"
    r"remov\w*|pull\w*|scrap\w*) "
    r"(?:the |a |any |run(?:ning)? (?:a |the )?)?promo(?:t\w+)?\b"
)
_MOST_LEVEL = 99


def level(text: Text) -> Found:
    """Read the coverage of an interval: "with a 90% interval"."""
    match = text.take(
        rf"{PERCENT}\s*(?:\w+\s+)?{_INTERVAL}",
        rf"{_INTERVAL}\s*(?:level\s*)?(?:of|at|is|=|:)?\s*{PERCENT}",
        rf"\b(?:range|interval|band)s?\b[^.?%\d]{{0,40}}\bat\s+{PERCENT}",
        r"\blevel\s*(?:of|at|=|:)?\s*(\d+(?:\.\d+)?)\b",
        # Nobody asks back for 95% off; "at 95%?" is about the range.
        r"^\W*(?:and |what about |how about )?(?:at|with) (9\d|8\d)\s*(?:%|percent)\W*$",
    )
    if match is None:
        return {}
    said = plain(match[1])
    # 99.5 is beyond the range, and is to be refused as that.
    return {"level": ceil(said) if said > _MOST_LEVEL else said}


def limits(text: Text) -> Found:
    """Read what a discount may cost: "up to 30%", "a 25% margin", "a budget of $2k"."""
    found: Found = {}
    margin = text.take(
        rf"\bmargins?\b[^.?\d]{{0,40}}{PERCENT}", rf"{PERCENT}\s+(?:\w+\s+){{0,2}}margins?\b"
    )
    if margin:
        found["min_margin_pct"] = plain(margin[1])
    cap = text.take(
        rf"{_AT_MOST}\s+(?:a\s+)?{PERCENT}(?:\s+(?:discount|off))?",
        rf"{PERCENT}\s+(?:discount\s+)?(?:at (?:the )?most|max(?:imum)?|tops)\b",
    )
    if cap:
        found["max_discount_pct"] = plain(cap[1])
    budget = text.take(
        rf"\bbudget\b[^.?\d$€£]{{0,20}}{MONEY}",
        rf"{MONEY}\s+(?:\w+\s+)?budget\b",
        rf"{MONEY}\s+(?:to spend|to give away|available)\b",
        rf"\b{_SPEND}\b[^.?\d$€£]{{0,20}}{MONEY}",
    )
    if budget:
        found["budget"] = money(budget)
    elif bare := text.take(r"\bbudget\b[^.?\d]{0,12}(\d[\d,]*(?:\.\d+)?)\s*(k\b)?"):
        found["budget"] = plain(bare[1], bare[2])
    return found


def price(text: Text) -> Found:
    """Read a price: an amount, a change by an amount, or a raise in percent."""
    raised = text.take(
        rf"\b{_RAISE}[^.?%$€£]{{0,40}}?\bby\s+{PERCENT}",
        rf"{PERCENT}\s+(?:price\s+)?(?:{_RAISE}|higher price)",
        rf"\bup\s+{PERCENT}",
        rf"\b{_RAISE}{_NO_FIGURE}{{0,40}}\bprices?\b{_NO_FIGURE}{{0,30}}{PERCENT}"
        r"(?! (?:off|discount))",
    )
    if raised:
        return {"price_up_pct": plain(raised[1])}
    if up := text.take(
        rf"\b{_RAISE}[^.?%]{{0,40}}?\bby\s+{MONEY}",
        rf"{MONEY}\s+(?:more|{_RAISE})(?! (?:profit|revenue))",
    ):
        return {"price_by": money(up)}
    down = text.take(
        rf"\b{_LOWER}[^.?%]{{0,40}}?\bby\s+{MONEY}", rf"{MONEY}\s+(?:off|cheaper|less|discount)\b"
    )
    if down:
        return {"price_by": -money(down)}
    if amount := text.take(MONEY):
        return {"price": money(amount)}
    asked = text.take(
        _ASKED, _SET_TO, r"\bcharg\w*\s+(\d+(?:\.\d{1,2})?)(?!\s*(?:%|percent|units|\d))"
    )
    return {"price": plain(asked[1])} if asked else {}


def discount(text: Text) -> Found:
    """Read percent off: "15% off", "half price"."""
    if text.take(r"\bhalf[ -]price\b", r"\bhalve the price\b"):
        return {"discount_pct": 50}
    none = r"\b(?:no|without (?:a|any|the)?) ?discounts?\b"
    if text.take(none, r"\bat (?:full|regular|list|normal) price\b"):
        return {"discount_pct": 0}
    match = text.take(PERCENT)
    return {"discount_pct": plain(match[1])} if match else {}


def promotion(text: Text) -> Found:
    """Read whether a promotion runs."""
    if text.take(_NO_PROMOTION):
        return {"promotion": False}
    if text.has(r"\bpromo(?:te|ted|ting|tion|tions|s)?\b", r"\badvertis\w+"):
        return {"promotion": True}
    return {}
