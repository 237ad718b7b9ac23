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
        if last is None:
            found.append(Part(start, end, intent))
        elif intent is None or _continues(last.intent, intent, text[start:end]):
            found[-1] = Part(last.start, end, last.intent)
        elif last.intent is None:
            found[-1] = Part(last.start, end, intent)
        else:
            found.append(Part(start, end, intent))
    return found if len(found) > 1 else [Part(0, len(text), rule_for(text))]


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
        return intent.name in {"promote", "optimize_discount"} and bool(_ASIDE.match(text))
    if before.name == "audit_trail":
        return intent.name in {"promote", "retrain", "rollback", "audit_trail"}
    if before.name == "out_of_scope":
        return not _AGAIN.match(text)
    is_more = intent.name == "sales_history" and not _SALES_OF_ITS_OWN.search(text)
    return is_more or (intent == before and intent.name in {"detect_anomalies", "explain"})
