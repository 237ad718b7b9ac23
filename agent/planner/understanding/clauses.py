"""The clauses of a message, and what each of them most likely wants."""

from dataclasses import dataclass, replace

from agent.planner.specs import CHANGES_SOMETHING, SPECS
from agent.planner.understanding.asking import background, requests, stands_alone, tells
from agent.planner.understanding.cutting import cuts
from agent.planner.understanding.ranking import Ranked
from agent.planner.understanding.sentence import Sentence

_SURE = 0.45
_AMONG_OTHERS = 0.55
_OUTSIDE = 0.75
_THINKABLE = 0.25
_QUITE_SURE = 0.7
_A_FEW = 4
_SURE_OF_DEED = 0.7
_LONG = 16
_BRIEF = 12
_SURELY_ASIDE = 0.85
SOCIAL = frozenset({"greet", "help", "thanks", "bye"})
ADDS = frozenset({"more", "aside"})
_FEW_WORDS = 5


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a message.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        best: What it most likely wants.
        kind: "wish", "more" (adds to one), "aside" or "background" (only tells).
    """

    start: int
    end: int
    best: Ranked
    kind: str


def clauses_of(sentence: Sentence) -> list[Clause]:
    """Return the clauses of a message; of those that only tell, which are background."""
    stretches = cuts(sentence)
    found = [_clause(sentence, start, end, alone=len(stretches) == 1) for start, end in stretches]
    found = _without_remarks(_without_tales(found, sentence), sentence)
    told = background(sentence, [(one.start, one.end) for one in found if _asks(one)])
    return [
        replace(one, kind="background")
        if (one.kind != "more" or not _names_or_counts(one, sentence))
        and any(a <= one.start and one.end <= b for a, b in told)
        else one
        for one in found
    ]


def _without_tales(found: list[Clause], sentence: Sentence) -> list[Clause]:
    """Return the clauses of a long message; what only tells is an aside where others ask."""
    if len(sentence.text.split()) < _LONG:
        return found
    asking = [
        one
        for one in found
        if _asks(one)
        and one.best.intent.name in SPECS
        and not tells(sentence, one.start, one.end)
        and requests(sentence, one.start, one.end)
    ]
    if not asking:
        return found
    return [
        replace(one, kind="aside")
        if one not in asking and tells(sentence, one.start, one.end)
        else one
        for one in found
    ]


def _without_remarks(found: list[Clause], sentence: Sentence) -> list[Clause]:
    """Return the clauses; what only may want something is an aside before what surely asks.

    "I have 80 left, fresh ones arrive in 2 days, do I need more" asks one thing.
    """
    asking = [
        one
        for one in found
        if _asks(one) and one.best.share >= _SURE_OF_DEED and requests(sentence, one.start, one.end)
    ]
    return [
        replace(one, kind="aside")
        if asking and one.start < asking[0].start and _is_remark(one, sentence)
        else one
        for one in found
    ]


def _is_remark(clause: Clause, sentence: Sentence) -> bool:
    """Tell whether a clause names nothing, asks for nothing by its form, and wants little."""
    if not _asks(clause) or clause.best.share >= _SURE_OF_DEED:
        return False
    names = sentence.names.within(clause.start, clause.end)
    return names.is_empty and not requests(sentence, clause.start, clause.end)


def _asks(clause: Clause) -> bool:
    return clause.kind == "wish" and clause.best.intent.name not in SOCIAL


def _names_or_counts(clause: Clause, sentence: Sentence) -> bool:
    """Tell whether a clause that adds to a wish has anything to add."""
    detail = sentence.context.language.patterns("asking")["detail"]
    if detail.search(sentence.text[clause.start : clause.end]):
        return True
    normal = sentence.normal(clause.start, clause.end)
    return any(word.isupper() and len(word) > 1 for word in normal.split())


def _clause(sentence: Sentence, start: int, end: int, *, alone: bool) -> Clause:
    best = _best(sentence, start, end)
    normal = sentence.normal(start, end)
    is_tool = best.intent.name in SPECS
    asks = is_tool and stands_alone(sentence, start, end) and requests(sentence, start, end)
    enough = _SURE if alone or asks else _AMONG_OTHERS if is_tool else _OUTSIDE
    kind = "wish" if best.share >= enough else "more"
    if best.intent.name in ADDS:
        kind = best.intent.name if best.share >= _SURE else "more"
    if _only_names(normal, sentence):
        kind = "more"
    elif not alone and kind == "wish" and _is_filler(normal, best, is_tool=is_tool):
        is_brief = len(sentence.text.split()) <= _BRIEF
        kind = "more" if is_tool or is_brief else "aside"
    elif not alone and kind == "more" and _is_chat(normal, best):
        kind = "aside"
    if not alone and sentence.cues["sets_beside"].search(normal):
        kind = "more"  # "revenue last week, compared to the same week last year"
    if kind == "wish" and not is_tool and _is_relative(start, sentence):
        kind = "aside"
    if kind == "wish" and not alone and _is_vague_deed(normal, best, sentence):
        kind = "aside"
    return Clause(start, end, best, kind)


def _only_names(normal: str, sentence: Sentence) -> bool:
    """Tell whether a clause does nothing but name: "at Lakeside", "across all stores"."""
    named = sentence.cues["everywhere"].sub(" STORE ", normal)
    return sentence.cues["only_names"].search(" ".join(named.split())) is not None


def _best(sentence: Sentence, start: int, end: int) -> Ranked:
    """Return what a clause most likely wants; one that asks is no aside unless surely so."""
    ranked = sentence.ranked(start, end)
    best = ranked[0]
    if best.intent.name != "aside" or best.share >= _SURELY_ASIDE:
        return best
    if not requests(sentence, start, end):
        return best
    left = sum(one.share for one in ranked[1:])
    is_tool = ranked[1].intent.name in SPECS
    is_likely = is_tool and ranked[1].share >= _THINKABLE
    return replace(ranked[1], share=ranked[1].share / left) if is_likely else best


def _is_chat(normal: str, best: Ranked) -> bool:
    """Tell whether a clause of many words wants nothing for sure, nor adds to anything."""
    return best.intent.name not in ADDS and len(normal.split()) > _FEW_WORDS


def _is_relative(start: int, sentence: Sentence) -> bool:
    """Tell whether a clause only describes the word before it: "my supplier, who is slow"."""
    follows_a_comma = sentence.text[:start].rstrip().endswith(",")
    return follows_a_comma and sentence.cues["relative"].match(sentence.text[start:]) is not None


def _is_vague_deed(normal: str, best: Ranked, sentence: Sentence) -> bool:
    """Tell whether "you change one thing" in passing only sounds like an order."""
    if best.intent.name not in CHANGES_SOMETHING:
        return False
    speaks_of_it = sentence.cues["shows_model"].search(normal) or "_ID" in normal
    return best.share < _SURE_OF_DEED and not speaks_of_it


def _is_filler(normal: str, best: Ranked, *, is_tool: bool) -> bool:
    """Tell whether a clause is a word or two in passing: "right, so, um, yes, full stop"."""
    if any(word.isupper() and len(word) > 1 for word in normal.split()):
        return False
    is_short = len(normal.split()) < _A_FEW
    if best.intent.name in SOCIAL:
        return False
    return is_short and not (is_tool and best.share >= _QUITE_SURE)
