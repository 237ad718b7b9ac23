"""Words about models and records: ids, reasons, people, tools, outcomes, how many."""

import re

from agent.planner.details.text import COUNT, Found, Text, count, first_of

_MODEL_ID = r"\b([a-z]\w*_v\d{8}(?:\.\d+)?|v\d[\w.]*|version \d[\w.]*)"
_REASON = r"\b(?:because(?: of)?|due to|since|reason:?|as|owing to)\s+(?P<reason>[^.?!;]{3,200}?)"
_REASON += (
    r"(?=\s*(?:,?\s*(?:and|then|but)\s+(?:then\s+|auto\w*\s+|don'?t\s+|do not\s+)*"
    r"(?:promot|put|deploy)|[.?!;]|$))"
)
_PROMOTES = (r"\b(?:auto[- ]?)?promot\w+", r"\b(?:into|in|to) production\b", r"\bgo live\b")
_PROMOTES_NOT = (
    r"\b(?:don'?t|do not|without|not|never|no)\b[^.?,]{0,15}\bpromot\w+",
    r"\bpromot\w+[^.?]{0,20}\b(?:off|false)\b",
)
_NEWEST = r"(?:last|latest|newest|recent|most recent|first|top|limit(?: of)?)"
_LISTED = r"(?:most recent|latest|last|newest|records|entries|calls|events|lines|rows|actions)"
_TOOLS = (
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
_NAMED = (
    r"\b(?:by|of|for|from|user|did|has|was|person|named)\s+([a-z][\w.@-]*)",
    r"\b([a-z]+\d+)\b",
    r"\b([a-z]\w+)'s\b",
)
_NOBODY = """
the a an all any me us we you i it that this these those last who what which calls actions tool
tools call audit trail log records entries everyone everybody anyone anybody people users user
today yesterday person persons day date time and or model models production tried done been
outcome someone somebody anything something everything requests accessed
"""
_NOT_PEOPLE = frozenset(_NOBODY.split())


def models(text: Text) -> Found:
    """Read a model's id, a reason, and whether a better model may serve at once."""
    found: Found = {}
    if match := text.take(_MODEL_ID):
        found["model_id_at"] = match.span(1)
    if match := text.take(_REASON):
        found["reason_at"] = match.span("reason")
    if text.has(*_PROMOTES):
        found["auto_promote"] = not text.has(*_PROMOTES_NOT)
    return found


def newest(text: Text) -> Found:
    """Read how many are wanted: "the last 5 models"."""
    match = text.take(rf"\b{_NEWEST}\s+{COUNT}\b", rf"\b{COUNT}\s+(?:{_LISTED}|models|versions)\b")
    return {"limit": count(match[1])} if match else {}


def audit(text: Text) -> Found:
    """Read whose records, of which tool and outcome."""
    found = newest(text)
    said = [name for pattern in _NAMED for name in re.findall(pattern, text.left)]
    people = [name for name in said if name not in _NOT_PEOPLE and not _is_a_word(name)]
    if people:
        found["user"] = people[0]
    for name, table in (("tool", _TOOLS), ("outcome", _OUTCOMES)):
        value = first_of(text, table)
        if value:
            found[name] = value
    return found


def _is_a_word(name: str) -> bool:
    return any(re.search(pattern, name) for pattern, _ in (*_TOOLS, *_OUTCOMES))
