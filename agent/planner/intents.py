"""What each part of a question wants, by rule.

A rule reads text in lower case in which names of products and stores are blanked to
underscores, so that a product called "Forecast" is not a wish. Where no rule fits,
`second_opinion` compares with packaged example phrases, and the planner asks when that is not
sure either.
"""

import re
from dataclasses import dataclass

from agent.planner.rules import RULES, SMALL_TALK, Intent

SOCIAL = frozenset({"greet", "help", "thanks", "bye"})
NOT_YET = {
    "plan_inventory": "advise on stock and reorders",
    "counterfactual": "work back from a sales target to what would reach it",
    "search_knowledge": "look up definitions and policies",
    "list_alerts": "list alerts",
    "compare_models": "compare two models side by side",
    "decision_report": "report on past decisions",
    "rollout": "run canary or A/B rollouts",
}
"""What people may ask for that no tool does yet, in words that follow "I cannot"."""

_SPLIT = re.compile(
    r"(?<=[.?!;])\s+(?=\S)"
    r"|\s*[,;]?\s+(?:and then|and also|then|and|but|also|plus|as well as)\s+"
    r"|\s*;\s*|,\s+(?=(?:then|how|what|why|which)\b)"
)
_REPEATABLE = frozenset({"what_if", "forecast", "optimize_discount"})
_FIGURE = re.compile(r"\d+(?:\.\d+)? ?(?:%|percent)|[$€£] ?\d|\d+\.\d\d\b")
_ENDED = re.compile(r"[.?!]\s*$")
_MORE = re.compile(r"^\W*(?:and|what about|how about|also|same for)\b")
_TIME = re.compile(
    r"\b(?:today|tomorrow|yesterday|next|last|this|days?|weeks?|weekend|months?|quarter|year|"
    r"\d{4}-\d\d-\d\d)\b"
)
_ASIDE = re.compile(r"^\W*(?:promote|promoting|put)\b")
_SALES_OF_ITS_OWN = re.compile(r"\b(?:sold|did|how|what|which|show|top|average|sales|compare)\b")
_AGAIN = re.compile(
    r"^\W*(?:please )?(?:show|tell|give|forecast|predict|optimi[sz]e|how|what|why|which|who|is|are|"
    r"did|retrain|promote|roll|find|list)\b"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One wish of a question: a stretch of the text and what it wants, if a rule says."""

    start: int
    end: int
    intent: Intent | None


def rule_for(text: str) -> Intent | None:
    """Return what a text wants by rule; None when no rule fits."""
    return next((rule.intent for rule in RULES if rule.fits(text)), None)


def social(text: str) -> Intent | None:
    """Return the greeting, thanks or call for help that the whole text is, if it is one."""
    bare = text.strip(" .!,:;)")
    bare = bare.rstrip("?") or bare
    return next((rule.intent for rule in SMALL_TALK if rule.pattern.fullmatch(bare)), None)


def parts_of(text: str) -> list[Part]:
    """Split a question into its wishes.

    A stretch between "and", "then" or sentence ends is a wish of its own when it wants
    something by itself; otherwise ("cold brew and bagels") it belongs to the one before.
    """
    found: list[Part] = []
    for start, end in _stretches(text):
        intent = rule_for(text[start:end])
        last = found[-1] if found else None
        if last is None or (intent is None and _stands_alone(text, last, start, end)):
            repeats = last is not None and _has_its_own_figure(text, last, start, end)
            found.append(Part(start, end, last.intent if last and repeats else intent))
        elif intent is None or _continues(last.intent, intent, text[start:end]):
            found[-1] = Part(last.start, end, last.intent)
        elif last.intent is None and not _is_whole(text[last.start : last.end]):
            found[-1] = Part(last.start, end, intent)
        else:
            found.append(Part(start, end, intent))
    return found if len(found) > 1 else [Part(0, len(text), rule_for(text))]


def _stands_alone(text: str, last: Part, start: int, end: int) -> bool:
    """Tell whether a stretch without a wish of its own still is a question of its own."""
    if _has_its_own_figure(text, last, start, end):
        return True
    ended = _ENDED.search(text[: last.end + 1]) is not None
    return ended and "__" in text[start:end] and _MORE.match(text[start:end]) is not None


def _has_its_own_figure(text: str, last: Part, start: int, end: int) -> bool:
    """Tell whether "chips cost $2 and bagels cost $3" says two things, not one of both."""
    both = (text[last.start : last.end], text[start:end])
    repeatable = last.intent is not None and last.intent.name in _REPEATABLE
    return repeatable and all("__" in one and _FIGURE.search(one) for one in both)


def _is_whole(text: str) -> bool:
    """Tell whether "How many bagels next week?" is a question although no rule fits it."""
    asks = _ENDED.search(text) is not None
    return asks and "__" in text and bool(_TIME.search(text) or _MORE.match(text))


def _stretches(text: str) -> list[tuple[int, int]]:
    stretches, start = [], 0
    for match in _SPLIT.finditer(text):
        stretches.append((start, match.start()))
        start = match.end()
    stretches.append((start, len(text)))
    return [(a, b) for a, b in stretches if text[a:b].strip(" .?!,;")]


def _continues(before: Intent | None, intent: Intent, text: str) -> bool:
    """Tell whether a stretch only adds to the wish before it."""
    if before is None:
        return False
    if before.name == "retrain":
        return intent.name in {"promote", "retrain"} or bool(_ASIDE.match(text))
    if before.name == "what_if":
        is_bare = intent == before and "__" not in text and not _FIGURE.search(text)
        is_aside = intent.name in {"promote", "optimize_discount"} and _ASIDE.match(text)
        return is_bare or bool(is_aside)
    if before.name == "audit_trail":
        return intent.name in {"promote", "retrain", "rollback", "audit_trail"}
    if before.name == "out_of_scope":
        return not _AGAIN.match(text)
    is_more = intent.name == "sales_history" and not _SALES_OF_ITS_OWN.search(text)
    return is_more or (intent == before and intent.name in {"detect_anomalies", "explain"})
