"""What only leads up to a question that a message asks elsewhere, and is none itself.

"I want volume there next week, but margin at least 30 percent. Which discount would be best?" sets
a limit and asks once. So does "I need the figures again: revenue of almonds at Lakeside in June",
where the words before the colon only say that something follows.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from agent.planner.details import read_details
from agent.planner.specs import LIMITS, SPECS
from agent.planner.understanding.asking import NAMES, TIMES, requests, sentences, stands_alone
from agent.planner.understanding.clause import Clause
from agent.planner.understanding.sentence import Sentence

_SURE = 0.7
_SURELY = 0.85
_ADVICE = "optimize_discount"


def less_what_leads_up(found: Sequence[Clause], sentence: Sentence) -> list[Clause]:
    """Return the clauses; what sets a limit, or only says that something follows, is an aside."""
    return _less_what_opens(_less_what_limits(found, sentence), sentence)


def _less_what_limits(found: Sequence[Clause], sentence: Sentence) -> list[Clause]:
    """Return the clauses; where a discount is asked for, another sentence may limit it."""
    asked = [
        one.start
        for one in found
        if one.asks
        and one.best.intent.name == _ADVICE
        and one.best.share >= (_SURE if requests(sentence, *one.at) else _SURELY)
    ]
    limits = [
        (a, b)
        for a, b in sentences(sentence)
        if asked and not any(a <= one < b for one in asked) and _sets_a_limit(a, b, sentence)
    ]
    return [
        replace(one, kind="aside")
        if one.asks
        and not stands_alone(sentence, *one.at)
        and any(a <= one.start < b for a, b in limits)
        else one
        for one in found
    ]


def _sets_a_limit(start: int, end: int, sentence: Sentence) -> bool:
    text = sentence.text[start:end]
    said = read_details(_ADVICE, text, sentence.context.language)
    return "?" not in sentence.text[start : end + 1] and bool(LIMITS & said.keys())


def _less_what_opens(found: Sequence[Clause], sentence: Sentence) -> list[Clause]:
    """Return the clauses; what ends in a colon and names nothing leads up to what follows."""
    return [
        replace(one, kind="aside")
        if after is not None and _opens(one, sentence) and _is_asked(after, sentence)
        else one
        for one, after in zip_longest(found, found[1:])
    ]


def _opens(clause: Clause, sentence: Sentence) -> bool:
    ends_so = sentence.text[slice(*clause.at)].rstrip().endswith(":")
    if not (clause.asks and ends_so and clause.best.share < _SURELY):
        return False
    return not (NAMES | TIMES) & set(sentence.normal(*clause.at).split())


def _is_asked(clause: Clause, sentence: Sentence) -> bool:
    """Tell whether a clause wants something by itself."""
    is_wish = clause.asks and clause.best.intent.name in SPECS and clause.best.share >= _SURE
    return is_wish or stands_alone(sentence, *clause.at)
