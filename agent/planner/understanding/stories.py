"""What of a message only tells: a story makes no calls.

In a message of several clauses only those wish for something that have the form of a request: a
question, an order, a need that is stated. All else is told: what leads up to the request in its
sentence or explains it, what somebody did or thinks, and whole sentences without a request. What
they name may still be what the request is about (`hearing`).
"""

from dataclasses import replace
from itertools import pairwise

from agent.planner.specs import SPECS
from agent.planner.understanding.asking import (
    NAMES,
    Stretch,
    acts,
    adds_a_detail,
    is_subordinate,
    requests,
    says,
    sentences,
    stands_alone,
    states,
    tells,
)
from agent.planner.understanding.clause import Clause
from agent.planner.understanding.cutting import cuts
from agent.planner.understanding.sentence import Sentence

_LONG = 16
_SURE = 0.7
_SURELY = 0.9
_BARE = 4


def with_stories_told(found: list[Clause], sentence: Sentence) -> list[Clause]:
    """Return the clauses of a message; those that only tell are asides or background."""
    found = _without_remarks(_without_tales(found, sentence), sentence)
    told = _background(sentence, [one.at for one in found if one.asks])
    place = next((one.start for one in found if one.asks), 0)
    return [
        _as_told(one, told, sentence, is_after=one.start > place)
        if one.kind == "aside" or any(a <= one.start and one.end <= b for a, b in told)
        else one
        for one in found
    ]


def _as_told(clause: Clause, told: list[Stretch], sentence: Sentence, *, is_after: bool) -> Clause:
    """Return a clause of the background as such, unless it adds to what is wanted."""
    if is_after and adds_a_detail(sentence, *clause.at):
        return replace(clause, kind="more")  # "a figure per day would help, as we deliver daily"
    within = next((one for one in told if one[0] <= clause.start and clause.end <= one[1]), None)
    if within is None:
        return clause
    adds = clause.kind == "more" and not says(sentence, *within)
    if adds and _names_or_counts(clause, sentence):
        return clause
    return replace(clause, kind="background")


def _without_tales(found: list[Clause], sentence: Sentence) -> list[Clause]:
    """Return the clauses of a long message; what only tells is an aside where others ask."""
    if len(sentence.text.split()) < _LONG:
        return found
    asking = [
        one
        for one in found
        if one.asks
        and one.best.intent.name in SPECS
        and not tells(sentence, *one.at)
        and requests(sentence, *one.at)
    ]
    if not asking:
        return found
    return [
        replace(one, kind="aside")
        if one not in asking
        and (tells(sentence, *one.at) or _leads_up(one, found, sentence))
        and (
            is_subordinate(sentence, *one.at)
            or not _is_done_here(sentence, one.at, [other.at for other in asking])
        )
        else one
        for one in found
    ]


def _leads_up(clause: Clause, found: list[Clause], sentence: Sentence) -> bool:
    """Tell whether what seems a wish only leads up to what its sentence asks, or explains it."""
    if is_subordinate(sentence, *clause.at):
        return True
    if clause.kind != "wish" or requests(sentence, *clause.at) or not states(sentence, *clause.at):
        return False  # "the forecast, and what to order"
    within = next((a, b) for a, b in sentences(sentence) if a <= clause.start < b)
    asking = [
        one for one in found if within[0] <= one.start < within[1] and requests(sentence, *one.at)
    ]
    is_first = bool(asking) and clause.end <= asking[0].start and asking[0].asks
    return is_first and asking[0].best.intent.name != clause.best.intent.name


def _without_remarks(found: list[Clause], sentence: Sentence) -> list[Clause]:
    """Return the clauses; what only may want something is an aside before what surely asks.

    "I have 80 left, fresh ones arrive in 2 days, do I need more" asks one thing.
    """
    asking = [
        one for one in found if one.asks and one.best.share >= _SURE and requests(sentence, *one.at)
    ]
    return [
        replace(one, kind="aside")
        if asking and one.start < asking[0].start and _is_remark(one, sentence)
        else one
        for one in found
    ]


def _is_remark(clause: Clause, sentence: Sentence) -> bool:
    """Tell whether a clause names nothing, asks for nothing by its form, and wants little."""
    if not clause.asks or clause.best.share >= _SURE:
        return False
    names = sentence.names.within(*clause.at)
    return names.is_empty and not requests(sentence, *clause.at)


def _names_or_counts(clause: Clause, sentence: Sentence) -> bool:
    """Tell whether a clause that adds to a wish has anything to add."""
    detail = sentence.context.language.patterns("asking")["detail"]
    if detail.search(sentence.text[clause.start : clause.end]):
        return True
    normal = sentence.normal(*clause.at)
    return any(word.isupper() and len(word) > 1 for word in normal.split())


def _background(sentence: Sentence, wishes: list[Stretch]) -> list[Stretch]:
    """Return the sentences of a long message that only tell, where others of it ask.

    Args:
        sentence: The message.
        wishes: Its clauses that seem to want something.
    """
    stretches = sentences(sentence)
    if len(stretches) == 1 or len(sentence.text.split()) < _LONG:
        return []
    heading = [one for one in stretches if _is_heading(sentence, *one)]
    asking = [one for one in stretches if requests(sentence, *one) and one not in heading]
    listed = [one for one in stretches if _is_counted(sentence, *one)]
    asking += [one for one in listed[1:] and listed if one not in asking]
    asking += [b for a, b in pairwise(stretches) if _leads_to_more(sentence, a, asking)]
    if heading:
        asking += [one for one in stretches if one > heading[-1] and one not in asking]
    if not any(first <= start < last for start, _ in wishes for first, last in asking):
        return []
    return [
        one
        for place, one in enumerate(stretches)
        if one not in asking
        and not _is_done_here(sentence, one, asking)
        and not _is_fragment(sentence, *one)
        and not _is_noted(sentence, one, stretches[place + 1 :])
        and not _goes_on(sentence, *one)
        and not adds_a_detail(sentence, *one)
        and not _is_asked_about(sentence, [b for b in stretches[place + 1 :][:1] if b in asking])
    ]


def _is_done_here(sentence: Sentence, at: Stretch, asking: list[Stretch]) -> bool:
    """Tell whether a stretch does something to an id; what is asked of the same id does it.

    So does what is asked of no id at all: "About RC-1, we won't do it. Please put that down."
    """
    if not acts(sentence, *at):
        return False
    asked_of = {one for other in asking for one in _ids(sentence, other)}
    deed = sentence.ranked(*at)[0].intent
    is_asked = any(
        not _ids(sentence, one) and sentence.ranked(*one)[0].intent == deed for one in asking
    )
    return not (is_asked or asked_of & _ids(sentence, at))


def _ids(sentence: Sentence, at: Stretch) -> set[tuple[str, str]]:
    """Return the alerts and recommendations of which a stretch gives the id."""
    details = sentence.context.language.patterns("details")
    return {
        (kind, one["id"])
        for kind in ("alert_id", "advice_id")
        for one in details[kind].finditer(sentence.text, *at)
    }


def _is_heading(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a stretch only leads up to a list: "I need three things:"."""
    cues = sentence.context.language.patterns("asking")
    return cues["heading"].search(sentence.text[start:end]) is not None


def _leads_to_more(sentence: Sentence, at: Stretch, asking: list[Stretch]) -> bool:
    """Tell whether what is asked for stands behind a colon: "I need this again: sales of milk"."""
    return at in asking and sentence.text[slice(*at)].rstrip().endswith(":")


def _is_counted(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a stretch is counted as one of a list: "Two, the sales of milk"."""
    mark = sentence.context.language.patterns("asking")["list_mark"]
    return mark.match(sentence.text[start:end]) is not None


def _goes_on(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a stretch asks on after another: "Also, daily sales there", "And juice"."""
    cues = sentence.context.language.patterns("asking")
    opens = cues["asks_on"].match(sentence.text[start:end])
    if opens is None or tells(sentence, start, end):
        return False
    opening = next(one for one in cuts(sentence) if one[1] > start)
    adds = not says(sentence, start, min(opening[1], end))
    return adds or stands_alone(sentence, start, end) or _asks_of_a_person(sentence, start, end)


def _asks_of_a_person(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a stretch surely asks of the records: "and everything manager1 did then"."""
    best = sentence.ranked(start, end)[0]
    is_of_record = best.intent.name == "audit_trail" and best.share >= _SURE
    return is_of_record and "PERSON" in sentence.normal(start, end).split()


def _is_fragment(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a stretch is a few words that name something: "Milk, Downtown, per day".

    "Bananas were fine by the way" says something of what it names.
    """
    words = sentence.normal(start, end).split()
    is_brief = len(words) <= 2 * _BARE and not says(sentence, start, end)
    return is_brief and bool(NAMES & set(words[:2]))


def _is_noted(sentence: Sentence, at: Stretch, following: list[Stretch]) -> bool:
    """Tell whether a stretch is a whole question in note form, and the next one asks on.

    "Sales of milk by week for two months; and which store did best with it in May?"
    """
    best, asks_on = sentence.ranked(*at)[0], sentence.context.language.patterns("asking")["asks_on"]
    if best.intent.name not in SPECS or best.share < _SURELY or says(sentence, *at):
        return False
    is_followed = any(asks_on.match(sentence.text[a:b]) for a, b in following[:1])
    return is_followed and stands_alone(sentence, *at) and not tells(sentence, *at)


def _is_asked_about(sentence: Sentence, following: list[Stretch]) -> bool:
    """Tell whether the next sentence is a bare "Why?" about this one."""
    return any(len(sentence.text[a:b].split()) <= _BARE for a, b in following)
