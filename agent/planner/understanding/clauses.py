"""The clauses of a message, and what each of them most likely wants."""

from dataclasses import replace

from agent.planner.specs import CHANGES_SOMETHING, SPECS
from agent.planner.understanding.asking import (
    NAMES,
    is_relative,
    is_subordinate,
    only_names_a_place,
    requests,
    stands_alone,
    tells,
)
from agent.planner.understanding.clause import ADDS, SOCIAL, Clause
from agent.planner.understanding.cutting import cuts
from agent.planner.understanding.leading_up import less_what_leads_up
from agent.planner.understanding.ranking import Ranked
from agent.planner.understanding.sentence import Sentence
from agent.planner.understanding.stories import with_stories_told

_SURE = 0.45
_AMONG_OTHERS = 0.55
_ASKED_PLAINLY = 0.4
_OUTSIDE = 0.75
_THINKABLE = 0.25
_QUITE_SURE = 0.7
_A_FEW = 4
_SURE_OF_DEED = 0.7
_BRIEF = 12
_SURELY = 0.85
_FEW_WORDS = 5


def clauses_of(sentence: Sentence) -> list[Clause]:
    """Return the clauses of a message; of those that only tell, which are background."""
    stretches = cuts(sentence)
    found = [_clause(sentence, start, end, alone=len(stretches) == 1) for start, end in stretches]
    found = less_what_leads_up(found, sentence)
    return _going_on(with_stories_told(found, sentence), sentence)


def _going_on(found: list[Clause], sentence: Sentence) -> list[Clause]:
    """Return the clauses; what asks in a wish's own sentence for the same adds to the wish.

    "How many bagels will Downtown sell, and how many will the Airport?"
    """
    wish: Clause | None = None
    kept = []
    for one in found:
        if wish and one.kind == "aside" and _asks_the_same(one, wish, sentence):
            kept.append(replace(one, kind="more"))
            continue
        wish = one if one.kind == "wish" else wish
        kept.append(one)
    return kept


def _asks_the_same(clause: Clause, wish: Clause, sentence: Sentence) -> bool:
    between = sentence.text[wish.end : clause.start]
    if clause.best.intent != wish.best.intent or sentence.cues["cut_sentence"].search(between):
        return False
    return not is_subordinate(sentence, *clause.at)


def _clause(sentence: Sentence, start: int, end: int, *, alone: bool) -> Clause:
    best = _best(sentence, start, end)
    normal = sentence.normal(start, end)
    is_tool = best.intent.name in SPECS
    enough = _enough(best, sentence, (start, end), alone=alone)
    kind = "wish" if best.share >= enough else "more"
    if best.intent.name in ADDS:
        kind = best.intent.name if best.share >= _SURE else "more"
    is_plain = not alone and sentence.cues["only_plain"].search(normal)
    if _only_names(normal, sentence) or is_plain:
        kind = "more"
    elif not alone and kind == "wish" and _is_filler(normal, best, is_tool=is_tool):
        is_brief = len(sentence.text.split()) <= _BRIEF
        kind = "more" if is_tool or is_brief else "aside"
    elif not alone and kind == "more" and _is_chat(normal, best):
        kind = "aside"
    if not alone and _counts_or_heads_a_list(sentence, start, end):
        kind = "aside"
    if not alone and sentence.cues["sets_beside"].search(normal):
        kind = "more"  # "revenue last week, compared to the same week last year"
    if kind == "wish" and not is_tool and is_relative(sentence, start):
        kind = "aside"
    if kind == "wish" and not alone and _is_vague_deed(normal, best, sentence):
        kind = "aside"
    return Clause(start, end, best, kind)


def _counts_or_heads_a_list(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a clause only opens or counts a list: "I need three things:", "Two, …"."""
    text = sentence.text[start:end].strip()
    if NAMES & set(sentence.normal(start, end).split()):
        return False
    cues = sentence.context.language.patterns("asking")
    is_heading = text.endswith(":") and cues["heading"].search(text) is not None
    return is_heading or cues["list_mark"].fullmatch(text) is not None


def _enough(best: Ranked, sentence: Sentence, at: tuple[int, int], *, alone: bool) -> float:
    """Return how likely a wish must be to be one: what asks by its form may be less so."""
    tool = SPECS.get(best.intent.name)
    if alone or tool is None:
        return _SURE if alone else _OUTSIDE
    if not requests(sentence, *at):
        if only_names_a_place(sentence, *at):
            return _SURELY
        return _OUTSIDE if tells(sentence, *at) else _AMONG_OTHERS
    if stands_alone(sentence, *at):
        return _ASKED_PLAINLY
    # A question to the documents or records names nothing, and so is no less whole.
    is_question = sentence.text[slice(*at)].rstrip().endswith("?")
    return _SURE if is_question and not tool.about_items else _AMONG_OTHERS


def _only_names(normal: str, sentence: Sentence) -> bool:
    """Tell whether a clause does nothing but name: "at Lakeside", "across all stores"."""
    named = sentence.cues["everywhere"].sub(" STORE ", normal)
    return sentence.cues["only_names"].search(" ".join(named.split())) is not None


def _best(sentence: Sentence, start: int, end: int) -> Ranked:
    """Return what a clause most likely wants; one that asks is no aside unless surely so."""
    ranked = sentence.ranked(start, end)
    best = ranked[0]
    if best.intent.name != "aside" or best.share >= _SURELY:
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
