"""Which details of a question are told of one of its things alone.

What is told before all things or behind the last of them is of all: "milk and bagels at 10% off".
Where a thing stands in a sentence or a question of its own, or is told another value, its details
are its own: "odd days of milk in May? And of bagels, with low sensitivity?" asks twice. What the
second leaves out it has in common with the first. So does "then the same at 15% off".
"""

from collections.abc import Sequence
from typing import Any

from agent.planner.drafts import Draft
from agent.planner.loosely import only_figure
from agent.planner.understanding.asking import NAMES, requests, says, tells
from agent.planner.understanding.clause import Clause
from agent.planner.understanding.details_said import details_said, text_alone
from agent.planner.understanding.intent import Intent
from agent.planner.understanding.sentence import Sentence

_TAKES_DETAILS = frozenset({"forecast", "sales_history", "what_if", "detect_anomalies"}) | {
    *("optimize_discount", "counterfactual", "plan_inventory"),
}
_SLOTS = (frozenset({"PRODUCT", "CATEGORY"}), frozenset({"STORE"}))
_OPENS = ("usual_terms", "opens_again", "sums_up", "without_discount")

Stretch = tuple[int, int]


def told_of_one(
    intent: Intent | None,
    before: Stretch,
    clause: Clause,
    following: Sequence[Clause],
    sentence: Sentence,
) -> Stretch | None:
    """Return where something is asked for with details of its own; None where it is not.

    Args:
        intent: What is wanted before.
        before: Where that stands.
        clause: What may ask again.
        following: The clauses after it.
        sentence: The message.
    """
    if intent is None or intent.name not in _TAKES_DETAILS:
        return None
    if not (_goes_on(intent, clause) or _leaves_out_the_question(clause, sentence)):
        return None
    whole = (clause.start, _reach(intent, clause, following, sentence))
    tries = intent.name == "what_if" and _says("tried_instead", whole, sentence)
    if not (tries or _is_of_another(before, clause.at, sentence)) or _is_of_all(whole, sentence):
        return None
    told = details_said(intent, sentence, before)
    own, here = _own(intent, told, whole, sentence), _own(intent, told, clause.at, sentence)
    ends = sentence.cues["cut_sentence"].search(sentence.text, before[0], clause.start + 1)
    is_told_otherwise = bool(own & told.keys())
    asks_again = bool(here) and _asks_again(clause, sentence)
    return whole if own and (ends or is_told_otherwise or asks_again) else None


def _goes_on(intent: Intent, clause: Clause) -> bool:
    same = clause.kind == "wish" and clause.best.intent == intent
    return same or clause.kind == "more"


def _leaves_out_the_question(clause: Clause, sentence: Sentence) -> bool:
    """Tell whether a clause only names and counts: "and one for bagels without any floor"."""
    is_one = _says("one_for", clause.at, sentence)
    return is_one or (clause.kind == "aside" and not says(sentence, *clause.at))


def _reach(intent: Intent, clause: Clause, following: Sequence[Clause], sentence: Sentence) -> int:
    """Return where what is told with a clause ends: at another name, wish or sentence."""
    end = clause.end
    for one in following:
        is_cut = sentence.cues["cut_sentence"].search(sentence.text, end, one.start + 1)
        if is_cut or not _goes_on(intent, one) or NAMES & _said(one.at, sentence):
            break
        end = one.end
    return end


def _is_of_another(before: Stretch, here: Stretch, sentence: Sentence) -> bool:
    """Tell whether a stretch names another thing or place, or asks for the same once more."""
    if sentence.cues["sets_beside"].search(sentence.normal(*here)) or tells(sentence, *here):
        return False
    told, said = (_said(one, sentence) for one in (before, here))
    names_again = any(told & slot and said & slot for slot in _SLOTS)
    names_again = names_again and not _is_of_those(before, here, sentence)
    return names_again or _says("asks_same", here, sentence)


def _is_of_those(before: Stretch, here: Stretch, sentence: Sentence) -> bool:
    """Tell whether a stretch only names what was named: "for the milk it takes 3 days"."""
    told, said = (sentence.names.within(*one) for one in (before, here))
    return set(said.things) <= set(told.things) and set(said.stores) <= set(told.stores)


def _is_of_all(at: Stretch, sentence: Sentence) -> bool:
    return sentence.cues["pick_all"].search(sentence.text[slice(*at)]) is not None


def _own(intent: Intent, told: dict[str, Any], at: Stretch, sentence: Sentence) -> set[str]:
    """Return what a stretch tells otherwise than it is told before."""
    said = details_said(intent, sentence, at)
    if not said:
        text, language = text_alone(sentence, *at), sentence.context.language
        said = only_figure(text, [Draft(intent.name, told)], language)
    opens = any(_says(one, at, sentence) for one in _OPENS)
    opened = set(told) - {"about"} if opens else set()
    return opened | {n for n, value in said.items() if n != "about" and told.get(n) != value}


def _asks_again(clause: Clause, sentence: Sentence) -> bool:
    """Tell whether a clause repeats the question, or asks for the same once more."""
    is_asked = clause.kind == "wish" or requests(sentence, *clause.at)
    return is_asked or _says("asks_same", clause.at, sentence)


def _says(cue: str, at: Stretch, sentence: Sentence) -> bool:
    patterns = sentence.context.language.patterns("following")
    return patterns[cue].search(sentence.text[slice(*at)]) is not None


def _said(at: Stretch, sentence: Sentence) -> set[str]:
    return set(sentence.normal(*at).split())
