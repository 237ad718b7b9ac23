"""How figures are to be cut, ranked and measured, and what is aimed at."""

import re

from agent.planner.details.text import COUNT, Found, Text, count, first_of

_BY = (
    r"\b(?:by|per|for each|for every|each|every|split by|across|broken down by|breakdown by|"
    r"group(?:ed)? by)\s+(?:the\s+|individual\s+)?"
)
_GROUP = r"(day|week|month|product|item|sku|store|shop|location|branch|category)(?:s|ies)?\b"
_SAME = {"item": "product", "sku": "product"}
_SAME |= {"shop": "store", "location": "store", "branch": "store"}
_EACH_STORE = (
    r"\b(?:all (?:the )?(?:stores|shops|branches)|in (?:all|every) (?:stores?|shops?))"
    r"(?:,? separately| one by one)"
)
_TO_RANK = (
    r"\brank(?:ed|ing)? (?:of )?(?:all |the |our |my )*"
    r"(products|items|stores|shops|categories)\b"
)
_EVERY = r"\b(daily|weekly|monthly|day[ -]by[ -]day|week[ -]by[ -]week|month[ -]by[ -]month)\b"
_LISTED = (
    r"^\W*(?:please )?(?:list|show|which|what)(?: me)? (?:are )?(?:all |the |our |of )*"
    r"(products|items|stores|categories)\b"
)
_BEST = r"(?:top|best|busiest|biggest|highest|strongest|most popular|leading|fastest)"
_WORST = r"(?:bottom|worst|quietest|lowest|slowest|weakest|least popular|poorest|smallest)"
_HOW_MANY = rf"\b(?:which|what) {COUNT} (?=\w+\b[^.?]*\b(?:most|highest|best|least|lowest|worst))"
_WENT = r"\b(?:sold|moved|went|ran|bought|sells?|selling) (?:the )?"
_NOUN = (
    r"\b(products?|items?|sellers?|performers?|stores?|shops?|categor(?:y|ies)|days?|weeks?|"
    r"months?)\b"
)
_ONE = re.compile(r"(?:product|item|seller|performer|store|shop|category|day|week|month)$")
_RANKED = {"st": "store", "sh": "store", "ca": "category"}
_RANKED |= {"da": "day", "we": "week", "mo": "month"}
_TAKEN = (
    r"\b(?:how much|what)\b[^.?]*\b(?:did|do|does|will|would|have|has|had|'ll)\b[^.?]*"
    r"\b(?:make|made|(?:take|took|taken|bring|brought) in)\b"
)
_MEASURES = (
    (_TAKEN, "revenue"),
    (r"\b(?:revenue|turnover|takings|income|earn\w*|money|sales value)\b", "revenue"),
    (r"\b(?:(?:in|how many) dollars|in (?:usd|eur|euros)|make in sales)\b|\bin \$", "revenue"),
    (r"\bprice[ds]?\b|\bcosts?\b|\bcharg\w+\b", "price"),
    (r"\bdiscount(?:s|ed)?\b", "discount"),
    (r"\b(?:units?|pieces|volumes?|quantit\w+)\b", "units"),
)
_OBJECTIVES = (
    (r"\b(?:revenue|turnover|takings|sales value)\b", "revenue"),
    (
        r"\b(?:units?|volumes?|quantity|pieces|(?:sell|clear|move)s? (?:the )?most|sell more)\b",
        "units",
    ),
    (r"\b(?:maximi[sz]e sales|most sales)\b", "units"),
    (r"\b(?:profits?|profitab\w+|earnings)\b", "profit"),
)
_SENSITIVITIES = (
    (r"\b(?:high|higher|more|very|extra|maximum) sensitiv\w+", "high"),
    (r"\b(?:small|slight|subtle|minor|tiny)\b|sensitivity (?:is |to |at |of )?high", "high"),
    (r"\b(?:low|lower|less|minimum) sensitiv\w+|sensitivity (?:is |to |at |of )?low", "low"),
    (r"\bonly (?:the )?(?:really )?(?:big|large|serious|clear|obvious|strong\w*)\b", "low"),
    (r"\b(?:major|extreme|drastic|massive)\b", "low"),
)


def shape(text: Text) -> Found:
    """Read `by`, how figures are to be split: "by week", "per store", "daily"."""
    if match := text.take(rf"{_BY}{_GROUP}(?! before)"):
        return {"by": _SAME.get(match[1], match[1])}
    if text.take(_EACH_STORE):
        return {"by": "store"}
    if match := text.take(_LISTED, _TO_RANK):
        return {"by": {"p": "product", "i": "product", "s": "store", "c": "category"}[match[1][0]]}
    if match := text.take(_EVERY):
        return {"by": {"d": "day", "w": "week", "m": "month"}[match[1][0]]}
    return {}


def ranking(text: Text) -> Found:
    """Read `top`, `order` and `rank_by`: "the 3 worst stores", "what sold best"."""
    found: Found = {}
    counted = text.take(
        rf"\b({_BEST}|{_WORST})[ -](?:selling )?{COUNT}\b", rf"\b{COUNT} ({_BEST}|{_WORST})\b"
    )
    if counted:
        words = sorted(counted.groups(), key=lambda word: not re.fullmatch(COUNT, word))
        found = {"top": count(words[0])}
        found["order"] = "asc" if re.fullmatch(_WORST, words[1]) else "desc"
    elif text.has(
        rf"\b{_BEST}\b",
        rf"{_WENT}(?:best|most|well)\b",
        r"\b(?:in|made|makes?|earned) the most\b",
        r"\bbest[ -]sell",
    ):
        found["order"] = "desc"
    if text.has(
        rf"\b{_WORST}\b",
        rf"{_WENT}(?:worst|least|fewest|slowest)\b",
        r"\bleast\b",
        r"\bunderperform",
    ):
        found["order"] = "asc"
    if not found:
        return {}
    if "top" not in found and (many := text.take(_HOW_MANY)):
        found["top"] = count(many[1])
    noun = re.search(_NOUN, text.left)
    word = noun[1] if noun else ""
    if _ONE.match(word):
        found.setdefault("top", 1)  # "which product sold most" asks for one
    if word:
        found["rank_by"] = _RANKED.get(word[:2], "product")
    return found


def measure(text: Text) -> Found:
    """Read what is measured: units, revenue, prices or discounts."""
    said = first_of(text, _MEASURES)
    return {"measure": said} if said else {}


def objective(text: Text) -> Found:
    """Read what a discount is to make large."""
    said = first_of(text, _OBJECTIVES)
    return {"objective": said} if said else {}


def sensitivity(text: Text) -> Found:
    """Read how small a surprise counts."""
    said = first_of(text, _SENSITIVITIES)
    return {"sensitivity": said} if said else {}
