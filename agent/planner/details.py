"""Words and figures of a question that are arguments: "15% off", "by week", "top 5", "revenue".

`read_details` reads a part in which names and times are blanked, so that the 6 of "6-pack"
and the 3 of "3 July" are gone. Each figure belongs to one argument: what one reader takes,
the next does not see.
"""

import re
from collections.abc import Callable
from math import ceil
from typing import Any

from agent.planner.periods.words import NUMBERS

_PERCENT = r"(\d+(?:\.\d+)?)\s*(?:%|percent\b|per cent\b|pct\b|percentage points?\b|points?\b|pp\b)"
_MONEY = r"(?:[$€£]\s*(\d[\d,]*(?:\.\d+)?)\s*(k\b)?|(\d[\d,]*(?:\.\d+)?)\s*(k)?\s*(?:dollars?|bucks|usd|euros?|eur|pounds?|gbp)\b)"
_COUNT = (
    r"(\d{1,4}|"
    + "|".join(w for w in NUMBERS if " " not in w and w not in {"a", "an"})
    + r"|dozen)"
)
_RAISE = r"(?:rais\w*|increas\w*|hik\w*|up\b|bump\w*|higher|more expensive|dearer|rise)"
_LOWER = r"(?:cut\w*|low\w*|drop\w*|reduc\w*|decreas\w*|off\b|cheaper|discount\w*|mark\w* down|markdown\w*|knock\w*|slash\w*|down\b)"
_DEFAULT_TOP = 1
_MOST_LEVEL = 99


class _Text:
    """A text from which readers take what they understood."""

    def __init__(self, text: str) -> None:
        self.left = text

    def take(self, pattern: str) -> re.Match[str] | None:
        """Find a pattern and blank it out."""
        match = re.search(pattern, self.left)
        if match is not None:
            self.left = self.left[: match.start()] + " " * len(match[0]) + self.left[match.end() :]
        return match

    def has(self, pattern: str) -> bool:
        """Tell whether a pattern occurs."""
        return re.search(pattern, self.left) is not None


def _level(text: _Text) -> dict[str, Any]:
    match = text.take(
        rf"{_PERCENT}\s*(?:\w+\s+)?(?:intervals?|levels?|confidence|certain\w*|sure|bands?|range|prediction)\b"
    ) or text.take(
        rf"(?:intervals?|levels?|confidence|certainty|band|range)\s*(?:level\s*)?(?:of|at|is|=|:)?\s*{_PERCENT}"
    )
    match = match or text.take(r"\blevel\s*(?:of|at|=|:)?\s*(\d+(?:\.\d+)?)\b")
    if match is None:
        return {}
    level = _plain(match[1])
    # 99.5 is beyond the range, and is to be refused as that.
    return {"level": ceil(level) if level > _MOST_LEVEL else level}


def _limits(text: _Text) -> dict[str, Any]:
    found: dict[str, Any] = {}
    margin = text.take(rf"\bmargins?\b[^.?\d]{{0,40}}{_PERCENT}") or text.take(
        rf"{_PERCENT}\s+(?:\w+\s+){{0,2}}margins?\b"
    )
    if margin:
        found["min_margin_pct"] = _plain(margin[1])
    at_most = r"(?:up to|at most|no more than|not more than|not (?:above|over|exceed\w*)|below|under|max(?:imum)?(?: of| discount(?: of)?)?|capped at|cap of|limit(?:ed)? (?:of|to)|never (?:above|over|more than)|within)"
    cap = text.take(rf"{at_most}\s+(?:a\s+)?{_PERCENT}(?:\s+(?:discount|off))?") or text.take(
        rf"{_PERCENT}\s+(?:discount\s+)?(?:at (?:the )?most|max(?:imum)?|tops)\b"
    )
    if cap:
        found["max_discount_pct"] = _plain(cap[1])
    budget = (
        text.take(rf"\bbudget\b[^.?\d$€£]{{0,20}}{_MONEY}")
        or text.take(rf"(?:{_MONEY})\s+(?:\w+\s+)?budget\b")
        or text.take(rf"\b(?:spend\w*|cost\w*|giv\w* away|invest\w*)\b[^.?\d$€£]{{0,20}}{_MONEY}")
    )
    if budget is None and (
        bare := text.take(r"\bbudget\b[^.?\d]{0,12}(\d[\d,]*(?:\.\d+)?)\s*(k\b)?")
    ):
        found["budget"] = _plain(bare[1], bare[2])
    elif budget:
        found["budget"] = _money(budget)
    return found


def _price(text: _Text) -> dict[str, Any]:
    """Read prices: to an amount, by an amount, or up by a percentage."""
    if match := text.take(rf"\b{_RAISE}\b[^.?%$€£]{{0,40}}?\bby\s+{_PERCENT}") or text.take(
        rf"{_PERCENT}\s+(?:price\s+)?(?:{_RAISE}|higher price)"
    ):
        return {"price_up_pct": _plain(match[1])}
    if match := text.take(rf"\b{_RAISE}\b[^.?%]{{0,40}}?\bby\s+{_MONEY}") or text.take(
        rf"{_MONEY}\s+(?:{_RAISE})"
    ):
        return {"price_by": _money(match)}
    if match := text.take(rf"\b{_LOWER}[^.?%]{{0,40}}?\bby\s+{_MONEY}") or text.take(
        rf"{_MONEY}\s+(?:off|cheaper|less|discount)\b"
    ):
        return {"price_by": -_money(match)}
    if match := text.take(_MONEY):
        return {"price": _money(match)}
    match = text.take(
        r"\b(?:pric\w*|charg\w*|sell\w*|cost\w*|ask\w*)\b[^.?%\d]{0,24}?(?:\bto|\bat|\bof|\bis|\bwas|\bwere|\bfor|=|\bcharge\w*)\s+(\d+(?:\.\d{1,2})?)(?!\s*(?:%|percent|units|\d))"
    )
    return {"price": _plain(match[1])} if match else {}


def _discount(text: _Text) -> dict[str, Any]:
    if text.take(r"\bhalf[ -]price\b|\bhalve the price\b"):
        return {"discount_pct": 50}
    if text.take(
        r"\b(?:no|without (?:a|any|the)?) ?discounts?\b|\bat (?:full|regular|list|normal) price\b"
    ):
        return {"discount_pct": 0}
    match = text.take(_PERCENT)
    return {"discount_pct": _plain(match[1])} if match else {}


def _promotion(text: _Text) -> dict[str, Any]:
    if text.take(
        r"\b(?:no|without(?: a| the| any)?|not|stop\w*|cancel\w*|drop\w*|end\w*|skip\w*|don'?t|remove) (?:the |a |any |run(?:ning)? (?:a |the )?)?promo(?:t\w+)?\b"
    ):
        return {"promotion": False}
    if text.has(r"\bpromo(?:te|ted|ting|tion|tions|s)?\b|\badvertis\w+"):
        return {"promotion": True}
    return {}


def _shape(text: _Text) -> dict[str, Any]:
    """Read how figures are to be cut: by week, per store, daily."""
    found: dict[str, Any] = {}
    by = r"\b(?:by|per|for each|for every|each|every|split by|across|broken down by|breakdown by|group(?:ed)? by)\s+(?:the\s+|individual\s+)?"
    if match := text.take(
        by
        + r"(day|week|month|product|item|sku|store|shop|location|branch|category)(?:s|ies)?\b(?! before)"
    ):
        word = match[1]
        found["by"] = {
            "item": "product", "sku": "product", "shop": "store", "location": "store", "branch": "store",
        }.get(word, word)  # fmt: skip
    elif match := text.take(
        r"\b(?:all (?:the )?(?:stores|shops|branches)|in (?:all|every) (?:stores?|shops?))(?:,? separately| one by one)"
    ):
        found["by"] = "store"
    elif match := text.take(
        r"\b(daily|weekly|monthly|day[ -]by[ -]day|week[ -]by[ -]week|month[ -]by[ -]month)\b"
    ):
        found["by"] = {"d": "day", "w": "week", "m": "month"}[match[1][0]]
    return found


def _ranking(text: _Text) -> dict[str, Any]:
    found: dict[str, Any] = {}
    best = r"(?:top|best|biggest|highest|strongest|most popular|leading|fastest)"
    worst = r"(?:bottom|worst|lowest|slowest|weakest|least popular|poorest|smallest)"
    counted = text.take(rf"\b({best}|{worst})[ -](?:selling )?{_COUNT}\b") or text.take(
        rf"\b{_COUNT} ({best}|{worst})\b"
    )
    if counted:
        first, second = counted[1], counted[2]
        word, count = (first, second) if re.fullmatch(f"{best}|{worst}", first) else (second, first)
        found["top"] = _count(count)
        found["order"] = "asc" if re.fullmatch(worst, word) else "desc"
    elif text.has(
        rf"\b{best}\b|\b(?:sold|moved|went|ran|bought) (?:the )?(?:best|most)\b|\bsells? (?:the )?(?:best|most)\b|\bbest[ -]sell"
    ):
        found["order"] = "desc"
    if text.has(
        rf"\b{worst}\b|\b(?:sold|moved|went|ran|sells?|selling) (?:the )?(?:worst|least|fewest|slowest)\b|\bleast\b"
    ):
        found["order"] = "asc"
    if not found:
        return {}
    noun = re.search(
        r"\b(products?|items?|sellers?|performers?|stores?|shops?|categor(?:y|ies)|days?|weeks?|months?)\b",
        text.left,
    )
    word = noun[1] if noun else ""
    singular = bool(
        re.match(r"(?:product|item|seller|performer|store|shop|category|day|week|month)$", word)
    )
    if singular and "top" not in found:
        found["top"] = _DEFAULT_TOP
    groups = {
        "st": "store",
        "sh": "store",
        "ca": "category",
        "da": "day",
        "we": "week",
        "mo": "month",
    }
    found["rank_by"] = groups.get(word[:2], "product")
    return found


def _measure(text: _Text) -> dict[str, Any]:
    if text.has(
        r"\b(?:revenue|turnover|takings|income|earn\w*|(?:in|how many) dollars|in money|money|sales value|in (?:usd|eur|euros)|make in sales)\b|\bin \$"
    ):
        return {"measure": "revenue"}
    if text.has(r"\b(?:prices?|priced)\b"):
        return {"measure": "price"}
    if text.has(r"\bdiscount(?:s|ed)?\b"):
        return {"measure": "discount"}
    if text.has(r"\b(?:units?|pieces|volumes?|quantit\w+)\b"):
        return {"measure": "units"}
    return {}


def _objective(text: _Text) -> dict[str, Any]:
    if text.has(r"\b(?:revenue|turnover|takings|sales value)\b"):
        return {"objective": "revenue"}
    if text.has(
        r"\b(?:units?|volumes?|quantity|sell (?:the )?most|sell more|maximi[sz]e sales|most sales|pieces)\b"
    ):
        return {"objective": "units"}
    if text.has(r"\b(?:profits?|profitab\w+|earnings)\b"):
        return {"objective": "profit"}
    return {}


def _sensitivity(text: _Text) -> dict[str, Any]:
    if text.has(
        r"\b(?:high|higher|more|very|extra|maximum) sensitiv\w+|\b(?:even )?(?:small|slight|subtle|minor|tiny)\b|sensitivity (?:is |to |at |of )?high"
    ):
        return {"sensitivity": "high"}
    if text.has(
        r"\b(?:low|lower|less|minimum) sensitiv\w+|\bonly (?:the )?(?:really )?(?:big|large|major|serious|clear|obvious|extreme|strong\w*)\b|\b(?:major|extreme|drastic|massive)\b|sensitivity (?:is |to |at |of )?low"
    ):
        return {"sensitivity": "low"}
    return {}


def _models(text: _Text) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if match := text.take(r"\b([a-z]\w*_v\d{8}(?:\.\d+)?|v\d[\w.]*|version \d[\w.]*)"):
        found["model_id_at"] = match.span(1)
    if match := text.take(
        r"\b(?:because(?: of)?|due to|since|reason:?|as|owing to)\s+(?P<reason>[^.?!;]{3,200})"
    ):
        found["reason_at"] = match.span("reason")
    wants = re.search(
        r"\b(?:auto[- ]?)?promot\w+|\b(?:into|in|to) production\b|\bgo live\b", text.left
    )
    refuses = re.search(
        r"\b(?:don'?t|do not|without|not|never|no)\b[^.?,]{0,15}\bpromot\w+|\bpromot\w+[^.?]{0,20}\b(?:off|false)\b",
        text.left,
    )
    if wants:
        found["auto_promote"] = refuses is None
    return found


_TOOL_WORDS = (
    (r"\bpromot(?:ed|ions?|e)\b", "promote"),
    (r"\bretrain(?:ed|ing|s)?\b", "retrain"),
    (r"\broll(?:ed|ing)?[ -]?backs?\b", "rollback"),
    (r"\bwhat[- ]if(?:s)?\b", "what_if"),
    (r"\b(?:optimi[sz]\w+|discount (?:calls|advice))\b", "optimize_discount"),
    (r"\bforecast(?:s|ed)?\b", "forecast"),
    (r"\banomal(?:y|ies)\b", "detect_anomalies"),
    (r"\bexplain(?:ed)?\b|\bexplanations?\b", "explain"),
    (r"\bsales[ _]history\b", "sales_history"),
    (r"\bmodel[ _]status\b", "model_status"),
    (r"\bmodel[ _]history\b", "model_history"),
    (r"\baudit[ _]trail\b(?= (?:calls|tool))", "audit_trail"),
)
_OUTCOMES = (
    (r"\b(?:refused|denied|rejected|forbidden|blocked|not allowed|refusals)\b", "refused"),
    (r"\b(?:failed|failures?|errors?)\b", "failed"),
    (r"\b(?:invalid|malformed)\b", "invalid"),
    (r"\b(?:succeeded|successful|succeed|went through)\b", "succeeded"),
    (r"\b(?:awaiting|pending|waiting)\b", "awaiting"),
)
_NOT_USERS = frozenset(
    "the a an all any me us we you i it that this these those last who what which refused denied failed calls actions "
    "tool tools call audit trail log records entries everyone everybody anyone anybody people users user today yesterday "
    "person persons day date time and or model models production tried done been outcome promotions".split()
)


def _audit(text: _Text) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if match := text.take(
        rf"\b(?:last|latest|first|newest|recent|limit(?: of)?|top|most recent)\s+{_COUNT}\b"
    ) or text.take(
        rf"\b{_COUNT}\s+(?:most recent|latest|last|newest|records|entries|calls|events|lines|rows|actions)\b"
    ):
        found["limit"] = _count(match[1])
    candidates = re.findall(
        r"\b(?:by|of|for|from|user|did|has|was|person|named)\s+([a-z][\w.@-]*)", text.left
    )
    candidates += re.findall(r"\b([a-z]+\d+)\b", text.left) + re.findall(
        r"\b([a-z]\w+)'s\b", text.left
    )
    names = [name for name in candidates if name not in _NOT_USERS and not _names_a_tool(name)]
    if names:
        found["user"] = names[0]
    for table, key in ((_TOOL_WORDS, "tool"), (_OUTCOMES, "outcome")):
        for pattern, value in table:
            if text.has(pattern):
                found[key] = value
                break
    return found


def _names_a_tool(word: str) -> bool:
    return any(re.search(pattern, word) for pattern, _ in (*_TOOL_WORDS, *_OUTCOMES))


def _limit(text: _Text) -> dict[str, Any]:
    match = text.take(
        rf"\b(?:last|latest|newest|recent|limit(?: of)?|first|top|most recent)\s+{_COUNT}\b"
    ) or text.take(rf"\b{_COUNT}\s+(?:most recent|latest|last|newest|models|versions|entries)\b")
    return {"limit": _count(match[1])} if match else {}


_READERS: dict[str, tuple[Callable[[_Text], dict[str, Any]], ...]] = {
    "forecast": (_level, _price, _discount, _shape, _measure),
    "sales_history": (_shape, _ranking, _measure),
    "detect_anomalies": (_sensitivity,),
    "explain": (),
    "what_if": (_level, _price, _discount, _promotion),
    "optimize_discount": (_limits, _objective, _discount),
    "model_status": (),
    "model_history": (_limit,),
    "retrain": (_models,),
    "promote": (_models,),
    "rollback": (_models,),
    "audit_trail": (_audit,),
}


def read_details(tool: str, text: str) -> dict[str, Any]:
    """Return what the words say about a tool's arguments, under their names.

    Some names are not arguments yet: `by` (how to cut), `rank_by` (what is ranked),
    `price_up_pct` and `price_by` (a price to be worked out from the one in force) and what
    ends in `_at`: where in the text the argument stands, since ids and reasons keep their case. The text is in lower case.
    """
    reading = _Text(text)
    found: dict[str, Any] = {}
    for read in _READERS[tool]:
        for name, value in read(reading).items():
            found.setdefault(name, value)
    return found


def _plain(digits: str, thousands: str | None = None) -> float:
    value = float(digits.replace(",", "")) * (1000 if thousands else 1)
    return int(value) if value == int(value) else value


def _money(match: re.Match[str]) -> float:
    groups = match.groups()
    digits = next(group for group in groups if group and group[0].isdigit())
    return _plain(digits, "k" if "k" in groups else None)


def _count(word: str) -> int:
    if word == "dozen":
        return 12
    return int(word) if word.isdigit() else NUMBERS[word]
