"""Cuts a message into its wishes.

A message is cut at sentence ends, commas and conjunctions into clauses, each of which is ranked.
A clause that wants something by itself is a wish; one that only adds ("at Riverside", "and
bagels") belongs to the wish before it, or to the one it leads up to; one that wants nothing
("I have a meeting tomorrow") is set aside, and read only where the wish lacks what it names.
"""

import re
from dataclasses import dataclass, replace

from agent.planner.specs import SPECS
from agent.planner.understanding.intent import Intent
from agent.planner.understanding.ranking import Ranked
from agent.planner.understanding.sentence import Sentence

SOCIAL = frozenset({"greet", "help", "thanks", "bye"})
ADDS = frozenset({"more", "aside"})
_SURE = 0.45
_AMONG_OTHERS = 0.55
_OUTSIDE = 0.75
_QUITE_SURE = 0.7
_A_FEW = 4
_BRIEF = 12
_DOUBTED = 0.8
_SURE_OF_MORE = 0.7
_FEW_WORDS = 5
_TAKES_REASONS = frozenset(
    {"record_decision", "acknowledge_alert", "retrain", "stop_rollout", "what_if"}
    | {"plan_inventory", "optimize_discount", "counterfactual"}
)
_REPEATABLE = frozenset({"what_if", "forecast", "optimize_discount"})
_SAID_TWICE = frozenset({"detect_anomalies", "explain"})
_LONG = frozenset({"counterfactual", "plan_inventory", "optimize_discount", "list_alerts"})
_GO_WITH = {
    "retrain": frozenset({"promote", "retrain"}),
    "audit_trail": frozenset({"promote", "retrain", "rollback", "audit_trail"}),
    "out_of_scope": frozenset({"out_of_scope"}),
}
_STATED = frozenset({"sales_history", "explain", "detect_anomalies", "what_if", "forecast"})


@dataclass(frozen=True, slots=True)
class Part:
    """One wish of a message.

    Attributes:
        start: Where its stretch of the text begins.
        end: Where it ends.
        intent: What it wants; None where it only adds to what was said before.
        share: How likely that is.
        asides: Stretches before it that want nothing themselves.
    """

    start: int
    end: int
    intent: Intent | None
    share: float = 1.0
    asides: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    end: int
    best: Ranked
    kind: str


def parts_of(sentence: Sentence) -> list[Part]:
    """Return the wishes of a sentence in their order; at least one."""
    parts: list[Part] = []
    asides: list[tuple[int, int]] = []
    lead: int | None = None
    for clause in _clauses(sentence):
        last = parts[-1] if parts else None
        if last and _says_it_again(last, clause, sentence):
            parts.append(Part(clause.start, clause.end, last.intent, last.share))
        elif clause.kind == "wish":
            if last and (merged := _merged(last, clause, sentence)):
                parts[-1] = merged
                continue
            start = clause.start if lead is None else lead
            intent, share = clause.best.intent, clause.best.share
            parts.append(Part(start, clause.end, intent, share, tuple(asides)))
            lead, asides = None, []
        elif last and (clause.kind == "more" or _takes_reasons(last)):
            parts[-1] = replace(last, end=clause.end)
        elif clause.kind == "more":
            lead = clause.start if lead is None else lead
        else:
            asides.append((clause.start, clause.end))
            lead = None
    kept = [part for part in parts if part.intent is None or part.intent.name not in SOCIAL]
    if len(kept) == 1 and (asides or kept[0].asides):
        return [_of_all(sentence, kept[0])]
    if len(kept) > 1:
        return kept
    return [_whole(sentence, kept[0] if kept else None)]


def _says_it_again(last: Part, clause: _Clause, sentence: Sentence) -> bool:
    """Tell whether "chips cost $2 and bagels cost $3" says two things, not one of both."""
    if last.intent is None or last.intent.name not in _REPEATABLE:
        return False
    starts_so = sentence.cues["starts_with_name"].search(sentence.normal(clause.start, clause.end))
    if clause.kind == "wish" and clause.best.intent != last.intent and not starts_so:
        return False
    both = (sentence.text[last.start : last.end], sentence.text[clause.start : clause.end])
    return all("__" in one and _figure(one, sentence) for one in both)


def _takes_reasons(part: Part) -> bool:
    return part.intent is not None and part.intent.name in _TAKES_REASONS


def _of_all(sentence: Sentence, part: Part) -> Part:
    """Return the one wish of a message, or what it wants as a whole where that is surer."""
    best = sentence.ranked(0, len(sentence.text))[0]
    is_surer = part.share < _DOUBTED and best.intent.name in SPECS and best.share > part.share
    return Part(0, len(sentence.text), best.intent, best.share) if is_surer else part


def _whole(sentence: Sentence, part: Part | None) -> Part:
    """Return the whole sentence as one wish: of what the sentence or its one clause wants."""
    everything = (0, len(sentence.text))
    best = sentence.ranked(*everything)[0]
    if part and part.intent and (part.share >= best.share or best.intent.name in ADDS):
        return Part(*everything, part.intent, part.share)
    return Part(*everything, None if best.intent.name in ADDS else best.intent, best.share)


def _clauses(sentence: Sentence) -> list[_Clause]:
    cuts = _cuts(sentence)
    return [_clause(sentence, start, end, alone=len(cuts) == 1) for start, end in cuts]


def _clause(sentence: Sentence, start: int, end: int, *, alone: bool) -> _Clause:
    best = sentence.ranked(start, end)[0]
    normal = sentence.normal(start, end)
    is_tool = best.intent.name in SPECS
    enough = _SURE if alone else _AMONG_OTHERS if is_tool else _OUTSIDE
    kind = "wish" if best.share >= enough else "more"
    if best.intent.name in ADDS:
        kind = best.intent.name if best.share >= _SURE else "more"
    if sentence.cues["only_names"].search(normal):
        kind = "more"
    elif not alone and kind == "wish" and _is_filler(normal, best, is_tool=is_tool):
        is_brief = len(sentence.text.split()) <= _BRIEF
        kind = "more" if is_tool or is_brief else "aside"
    elif not alone and kind == "more" and _is_chat(normal, best):
        kind = "aside"
    if kind == "wish" and not is_tool and _is_relative(start, sentence):
        kind = "aside"
    return _Clause(start, end, best, kind)


def _is_chat(normal: str, best: Ranked) -> bool:
    """Tell whether a clause of many words wants nothing for sure, nor adds to anything."""
    return best.intent.name not in ADDS and len(normal.split()) > _FEW_WORDS


def _is_relative(start: int, sentence: Sentence) -> bool:
    """Tell whether a clause only describes the word before it: "my supplier, who is slow"."""
    follows_a_comma = sentence.text[:start].rstrip().endswith(",")
    return follows_a_comma and sentence.cues["relative"].match(sentence.text[start:]) is not None


def _is_filler(normal: str, best: Ranked, *, is_tool: bool) -> bool:
    """Tell whether a clause is a word or two in passing: "right, so, um, yes, full stop"."""
    if any(word.isupper() and len(word) > 1 for word in normal.split()):
        return False
    is_short = len(normal.split()) < _A_FEW
    if best.intent.name in SOCIAL:
        return False
    return is_short and not (is_tool and best.share >= _QUITE_SURE)


def _cuts(sentence: Sentence) -> list[tuple[int, int]]:
    """Return the stretches between the places where a message may be cut."""
    text, cues = sentence.text, sentence.cues
    found: list[tuple[int, int]] = []
    for start, end in _between(text, 0, len(text), cues["cut_sentence"]):
        opening: int | None = None
        for first, last in _between(text, start, end, cues["cut_clause"]):
            begins = first if opening is None else opening
            # "If we cut it by 10%, what happens" is one wish.
            if opening is None and last < end and cues["opens_condition"].search(text[first:last]):
                opening = first
                continue
            found.append((begins, last))
            opening = None
        if opening is not None:
            found.append((opening, end))
    return [(a, b) for a, b in found if text[a:b].strip(" .?!,;")]


def _between(text: str, start: int, end: int, cut: re.Pattern[str]) -> list[tuple[int, int]]:
    pieces, place = [], start
    for match in cut.finditer(text, start, end):
        pieces.append((place, match.start()))
        place = match.end()
    return [*pieces, (place, end)]


def _merged(last: Part, clause: _Clause, sentence: Sentence) -> Part | None:
    """Return the wish before with a clause that belongs to it; None when it is its own wish."""
    if last.intent is None:
        return None
    if clause.best.intent.name in SOCIAL:
        return last
    text = sentence.text[clause.start : clause.end]
    told = replace(last, end=clause.end)
    if _is_bare(text, sentence) and (wanted := _asked_of(last, clause, sentence)):
        return replace(told, intent=wanted)
    return told if _goes_on(last, clause, text, sentence) else None


def _asked_of(last: Part, clause: _Clause, sentence: Sentence) -> Intent | None:
    """Return what "why?" or "what happens?" makes of the statement before it."""
    before = last.intent.name if last.intent else ""
    if clause.best.intent.name == "explain" and before in _STATED and _is_statement(last, sentence):
        return last.intent if before == "explain" else Intent("explain", "change")
    is_tried = before in {*_REPEATABLE, "counterfactual"}
    return Intent("what_if") if clause.best.intent.name == "what_if" and is_tried else None


def _goes_on(last: Part, clause: _Clause, text: str, sentence: Sentence) -> bool:
    """Tell whether a clause only adds to the wish before it."""
    before, intent = last.intent or Intent("more"), clause.best.intent
    is_deed = sentence.cues["deed_aside"].match(text) is not None
    if before.name in _GO_WITH:
        return intent.name in _GO_WITH[before.name] or (is_deed and before.name == "retrain")
    if before.name == "what_if":
        told = sentence.text[last.start : last.end]
        is_whole = "__" in told and _figure(told, sentence)
        is_bare = intent == before and not (is_whole and "__" in text)
        return is_bare or (intent.name in {"promote", "optimize_discount"} and is_deed)
    if before.name in _TAKES_REASONS:
        if intent == before and "_ID" not in sentence.normal(clause.start, clause.end):
            return True
        return clause.best.share < _SURE_OF_MORE
    is_more = intent.name == "sales_history" and not sentence.cues["own_question"].search(text)
    both_name = "__" in text and "__" in sentence.text[last.start : last.end]
    twice = intent.name == before.name and intent.name in _SAID_TWICE
    same = twice or (intent == before and intent.name in _LONG and not both_name)
    return is_more or same or (intent == before and not _asks_again(text, sentence))


def _asks_again(text: str, sentence: Sentence) -> bool:
    """Tell whether a clause is a question of its own, and not more of the one before."""
    return "__" in text or sentence.cues["own_question"].search(text) is not None


def _is_bare(text: str, sentence: Sentence) -> bool:
    return len(text.split()) <= _FEW_WORDS and "__" not in text and not _figure(text, sentence)


def _is_statement(part: Part, sentence: Sentence) -> bool:
    """Tell whether a wish only tells of a move: "sales fell last week, why?"."""
    text = sentence.text[part.start : part.end]
    if sentence.cues["asked"].search(text):
        return False
    return sentence.cues["moved"].search(text) is not None


def _figure(text: str, sentence: Sentence) -> bool:
    return sentence.cues["own_figure"].search(text) is not None
