"""Whether a clause asks anew: says what the wish before it says already, but another value of it.

"Milk last week, and bagels in May" are two questions, not milk and bagels on all these days. So
are "the five best and the five worst", "10% off, and what if 20%", "milk at Riverside and tea at
Downtown". A clause that only adds what the wish before leaves out is none.
"""

from typing import Any

from agent.planner.details import read_details
from agent.planner.details.several import each_value
from agent.planner.drafts import Draft
from agent.planner.loosely import only_figure
from agent.planner.understanding.asking import NAMES, TIMES, requests, says, stands_alone, tells
from agent.planner.understanding.clause import Clause
from agent.planner.understanding.details_said import details_said, text_alone
from agent.planner.understanding.intent import Intent
from agent.planner.understanding.merging import REPEATABLE, has_a_figure, merged
from agent.planner.understanding.part import Part
from agent.planner.understanding.sentence import Sentence

_ASKED_AGAIN = frozenset({"forecast", "sales_history", "optimize_discount", "detect_anomalies"})
_THINGS = frozenset({"PRODUCT", "CATEGORY"})
_NAMED = _THINGS | {"STORE"}
_COUNTED = frozenset({"PERCENT", "MONEY", "NUMBER"})
_SLOTS = (_THINGS, frozenset({"STORE"}), TIMES)
_TWO = 2
_RECORD = "audit_trail"
_ONE_VALUE = {
    "sales_history": ("order", "measure", "by"),
    "forecast": ("discount_pct", "measure", "by"),
    "what_if": ("discount_pct", "price"),
    "optimize_discount": ("objective", "max_discount_pct", "min_margin_pct", "budget"),
    "counterfactual": ("target_units", "min_margin_pct"),
    "explain": ("about",),
    _RECORD: ("outcome", "tool", "user"),
}
"""Arguments of which one call has one value: another value of them is another call."""

_FIGURES = frozenset({"target_units", "discount_pct", "price", "max_discount_pct"})
_TRIED = frozenset({"what_if", "forecast"})
_BY_TIME = frozenset({"forecast", "sales_history"})
_CHANGES = frozenset({"discount_pct", "price", "promotion"})
_OF_ITS_OWN = frozenset({"miss", "revision"})


def repeats(last: Part, clause: Clause, sentence: Sentence) -> bool:
    """Tell whether "chips cost $2 and bagels cost $3" says two things, not one of both."""
    if last.intent is None or last.intent.name not in REPEATABLE:
        return False
    starts_so = sentence.cues["starts_with_name"].search(sentence.normal(clause.start, clause.end))
    if clause.kind == "wish" and clause.best.intent != last.intent and not starts_so:
        return False
    both = (sentence.text[last.start : last.end], sentence.text[clause.start : clause.end])
    return all("__" in one and has_a_figure(one, sentence) for one in both)


def steps_on(wanted: Intent | None, last: Part, clause: Clause, sentence: Sentence) -> bool:
    """Tell whether "and the week after" asks of other days than those that the wish names.

    Args:
        wanted: What is wanted last.
        last: The wish before.
        clause: The clause.
        sentence: The message.
    """
    if wanted is None or wanted.name not in _BY_TIME:
        return False
    before, here = set(sentence.normal(last.start, last.end).split()), sentence.normal(*clause.at)
    if not before & TIMES or TIMES & set(here.split()) or sentence.cues["sets_beside"].search(here):
        return False
    text, cues = sentence.text[slice(*clause.at)], sentence.context.language.patterns("following")
    if any(one.match(text) for one in cues.each("next_to")):
        return True
    asks = sentence.cues["own_question"].search(text) is not None
    return asks and any(one.search(text) for one in cues.each("next_to_within"))


def is_another(last: Part, here: tuple[int, int], sentence: Sentence) -> bool:
    """Tell whether a thing and a time or place are named again beside those of the wish before."""
    before = _with_what_is_told_before(last, sentence)
    if not _names_two_again(before, here, sentence):
        return False
    if last.intent is None or before[0] < last.start:
        return True
    told, named = (set(sentence.names.within(*one).things) for one in (before, here))
    return last.intent.name in _ASKED_AGAIN or (bool(told) and not told & named)


def _with_what_is_told_before(last: Part, sentence: Sentence) -> tuple[int, int]:
    """Return where a wish stands, from where it is told what it is of.

    "Trash bags at Downtown, I've 60 of them: what do I order?" names all before it asks.
    """
    told = [one for one in last.asides if one[1] <= last.start]
    names = NAMES & set(sentence.normal(last.start, last.end).split())
    return (last.start if names or not told else min(told)[0], last.end)


def _names_two_again(before: tuple[int, int], here: tuple[int, int], sentence: Sentence) -> bool:
    if all(stands_alone(sentence, *one) for one in (before, here)):
        return True
    if sentence.cues["sets_beside"].search(sentence.normal(*here)):
        return False
    told, named = (set(sentence.normal(*one).split()) for one in (before, here))
    return sum(bool(told & slot and named & slot) for slot in _SLOTS) >= _TWO


def says_otherwise(intent: Intent | None, last: Part, clause: Clause, sentence: Sentence) -> bool:
    """Tell whether a clause gives another value of what the wish before is asked with.

    Args:
        intent: What the wish before wants; where it only adds, what the one before that wants.
        last: The wish before.
        clause: The clause.
        sentence: The message.
    """
    if intent is None or intent.name not in _ONE_VALUE:
        return False
    is_same = clause.best.intent.name == intent.name
    if clause.kind == "wish" and not is_same and not merged(last, clause, sentence):
        return False
    here = (clause.start, clause.end)
    if _is_of_the_last_named(last, sentence):
        return False
    if tells(sentence, *here) or sentence.cues["sets_beside"].search(sentence.normal(*here)):
        return False
    if intent.name == _RECORD:
        before = (last.start, last.end)
        is_new = is_same and _asks_the_record_anew(before, here, sentence)
        return is_new or _is_of_another_outcome(before, here, sentence)
    return _has_another_value(intent, last, clause, sentence)


def _is_of_the_last_named(last: Part, sentence: Sentence) -> bool:
    """Tell whether what follows is the figure of a name: "milk, at most 20%, and tea, …"."""
    words = sentence.normal(last.start, last.end).split()
    kind = words[-1] if words else ""
    return kind in _NAMED and bool(_COUNTED & set(words[words.index(kind) : -1]))


def _has_another_value(intent: Intent, last: Part, clause: Clause, sentence: Sentence) -> bool:
    here, is_same = (clause.start, clause.end), clause.best.intent.name == intent.name
    before = details_said(intent, sentence, (last.start, last.end))
    now = details_said(clause.best.intent if is_same else intent, sentence, here)
    now |= _bare_figure(intent, before, now, sentence, here)
    others = {n for n in _ONE_VALUE[intent.name] if n in before and n in now}
    others = {name for name in others if before[name] != now[name]}
    if "order" in others and (before.get("top") != now.get("top") or now.keys() - before.keys()):
        return True  # "the top 5 and the bottom 3", "the five best and the five of least revenue"
    once_more = intent.name == "forecast" and _is_once_more(before, now, last, clause, sentence)
    if once_more or _is_the_same_for_another(intent, before, here, sentence):
        return True
    if _asks_its_price(intent, before, now, sentence.text[slice(*here)], sentence):
        return True
    if intent.name == "what_if" and _tries_another(before, now, last, clause, sentence):
        return True
    if intent.name == "explain":
        return bool(others) and _explains_another(clause, sentence)
    listed = _listed(intent.name, sentence, last.start, clause.end)
    if _are_apart((last.start, last.end), here, sentence):
        listed.pop("measure", None)  # "units last week, revenue in June"
    return bool(others - listed.keys())


def _is_the_same_for_another(
    intent: Intent, before: dict[str, Any], here: tuple[int, int], sentence: Sentence
) -> bool:
    """Tell whether "the same question for 900" asks with another figure than the wish before."""
    told = {name: value for name, value in before.items() if name in _FIGURES}
    says_same = sentence.context.language.patterns("following")["same_again"]
    if not told or not says_same.search(sentence.text[slice(*here)]):
        return False
    draft = Draft(intent.name, told)
    figure = only_figure(text_alone(sentence, *here), [draft], sentence.context.language)
    return any(told.get(name) not in (None, value) for name, value in figure.items())


def _is_once_more(
    before: dict[str, Any], now: dict[str, Any], last: Part, clause: Clause, sentence: Sentence
) -> bool:
    """Tell whether "and the same at 15% off" asks for a plain forecast, and for a cheaper one."""
    if "discount_pct" in before or not now.get("discount_pct"):
        return False
    once_more = sentence.context.language.patterns("following")["once_more"]
    return once_more.search(sentence.text[last.end : clause.end]) is not None


def _tries_another(
    before: dict[str, Any], now: dict[str, Any], last: Part, clause: Clause, sentence: Sentence
) -> bool:
    """Tell whether "would 3.49 sell more? Would a promotion?" tries one change, then another."""
    told, tried = (set(one) & _CHANGES for one in (before, now))
    text = sentence.text[slice(*clause.at)]
    adds = sentence.context.language.patterns("asking")["besides_it"].search(text)
    question = sentence.text[last.start : last.end].rstrip()
    is_told = bool(told) or has_a_figure(question, sentence)
    return question.endswith("?") and is_told and bool(tried) and not told & tried and not adds


def _asks_its_price(
    intent: Intent, before: dict[str, Any], now: dict[str, Any], text: str, sentence: Sentence
) -> bool:
    """Tell whether "milk last week, and its mean price" asks for the price besides the units."""
    measures = [one.get("measure") for one in (before, now)]
    is_price = measures[0] != measures[1] and measures[1] in ("price", "discount")
    is_asked = intent.name == "sales_history" and is_price
    return is_asked and sentence.cues["its_own"].search(text) is not None


def _asks_the_record_anew(
    before: tuple[int, int], here: tuple[int, int], sentence: Sentence
) -> bool:
    """Tell whether "who was refused, and what did admin1 do?" asks twice of the record."""
    if not (requests(sentence, *here) or _tells_what_a_person_did(before, here, sentence)):
        return False
    if sentence.context.language.patterns("asking")["refers"].search(sentence.text[slice(*here)]):
        return False  # "and who made them?"
    told, now = (details_said(Intent(_RECORD), sentence, at) for at in (before, here))
    return told != now and (bool(now) or _are_dated_apart(before, here, sentence))


def _is_of_another_outcome(
    before: tuple[int, int], here: tuple[int, int], sentence: Sentence
) -> bool:
    """Tell whether "refusals in May, and failures" names two outcomes: a call is of one."""
    said = (details_said(Intent(_RECORD), sentence, at) for at in (before, here))
    return len({one["outcome"] for one in said if "outcome" in one}) == _TWO


def _tells_what_a_person_did(
    before: tuple[int, int], here: tuple[int, int], sentence: Sentence
) -> bool:
    """Tell whether a person is first named in "and everything manager1 did"."""
    are_named = ["PERSON" in sentence.normal(*one).split() for one in (before, here)]
    tells_more = says(sentence, *here) or _is_added(before, here, sentence)
    return are_named == [False, True] and tells_more


def _is_added(before: tuple[int, int], here: tuple[int, int], sentence: Sentence) -> bool:
    """Tell whether "and the refused calls of analyst1" stands beside what was asked before.

    "And only of analyst1" says no more of the calls than whose they are.
    """
    joined = sentence.text[before[1] : here[1]]
    asks_on = sentence.context.language.patterns("asking")["asks_on"].match(joined)
    told = set(sentence.normal(*here).split())
    more = details_said(Intent(_RECORD), sentence, here).keys() - {"user"}
    return asks_on is not None and bool(more or told & TIMES)


def _explains_another(clause: Clause, sentence: Sentence) -> bool:
    """Tell whether a why is of another thing than the one before, or of days of its own."""
    is_dated = bool(TIMES & set(sentence.normal(clause.start, clause.end).split()))
    return is_dated or clause.best.intent.about in _OF_ITS_OWN


def _are_dated_apart(before: tuple[int, int], here: tuple[int, int], sentence: Sentence) -> bool:
    return all(TIMES & set(sentence.normal(*one).split()) for one in (before, here))


def _are_apart(before: tuple[int, int], here: tuple[int, int], sentence: Sentence) -> bool:
    """Tell whether two stretches each have their own days, or their own things."""
    are_named = all(_THINGS & set(sentence.normal(*one).split()) for one in (before, here))
    return are_named or _are_dated_apart(before, here, sentence)


def _bare_figure(
    intent: Intent,
    before: dict[str, Any],
    now: dict[str, Any],
    sentence: Sentence,
    here: tuple[int, int],
) -> dict[str, Any]:
    """Return the figure of "10% off, and at 20?" under what the wish before tries."""
    tried = [name for name in ("discount_pct", "price") if name in before]
    if intent.name not in _TRIED or not tried or now.keys() & {"discount_pct", "price"}:
        return {}
    wanted = Draft(intent.name, {tried[0]: before[tried[0]]})
    return only_figure(text_alone(sentence, *here), [wanted], sentence.context.language)


def _listed(tool: str, sentence: Sentence, start: int, end: int) -> dict[str, list[Any]]:
    """Return the arguments of which a stretch lists several values: "at 10, 15 and 20%"."""
    text, language = text_alone(sentence, start, end), sentence.context.language
    return each_value(tool, text, read_details(tool, text, language), language)
