"""What several wishes of one message share: days, a store or a product said once for all."""

from itertools import pairwise

from agent.planner.drafts import Draft
from agent.planner.specs import SPECS
from agent.planner.understanding.part import Part
from agent.planner.understanding.sentence import Sentence

_DAYS = ("start", "end")
_THINGS = ("product", "category")
_ITEMS = (*_THINGS, "store")
_TELLS_WHY = {"acknowledge_alert": "note", "record_decision": "reason"}

Said = list[tuple[Part, list[Draft]]]
"""The wishes of a message in their order, each with its calls."""


def with_what_is_shared(said: Said, sentence: Sentence) -> list[Draft]:
    """Return the calls of all wishes, each with what was said of all of them."""
    shared = _with_what_leads(_with_what_follows(said, sentence), sentence)
    shared = _with_shared_words(shared, sentence)
    drafts = [draft for _, made in shared for draft in made]
    drafts = _with_both(drafts, sentence)
    return drafts if _are_sentences(said, sentence) else _with_shared_days(drafts)


def _are_sentences(said: Said, sentence: Sentence) -> bool:
    """Tell whether wishes stand in sentences of their own, each naming what its days are of."""
    cut = sentence.cues["cut_sentence"]
    return any(
        cut.search(sentence.text, a.start, b.start + 1)
        and not sentence.names.within(b.start, b.end).is_empty
        for a, b in pairwise(part for part, _ in said)
    )


def _with_shared_days(drafts: list[Draft]) -> list[Draft]:
    """Give "bagels at 10% off and muffins at 20% off next week" both the week said last."""
    if not drafts:
        return drafts
    last = drafts[-1]
    days = {name: last.arguments[name] for name in _DAYS if name in last.arguments}
    if not days or any(draft.tool != last.tool for draft in drafts):
        return drafts
    return [d if set(_DAYS) & d.arguments.keys() else d.having(**days) for d in drafts]


def _with_both(drafts: list[Draft], sentence: Sentence) -> list[Draft]:
    """Give "last week's sales of milk and its forecast, both at Lakeside" both the store."""
    if not sentence.cues["both_of_them"].search(sentence.text) or not drafts:
        return drafts
    shared: dict[str, object] = {}
    for name in _ITEMS:
        values = {one.arguments[name] for one in drafts if name in one.arguments}
        if len(values) == 1:
            shared[name] = values.pop()
    return [_filled(draft, shared) for draft in drafts]


def _with_what_follows(said: Said, sentence: Sentence) -> Said:
    """Give "last week's sales and next week's forecast for bagels" both the bagels."""
    shared = list(said)
    for place in range(len(said) - 2, -1, -1):
        (part, made), (after, following) = shared[place], shared[place + 1]
        text = sentence.text[part.start : part.end]
        between = sentence.text[part.end : after.start]
        names_none = sentence.names.within(part.start, part.end).is_empty
        is_open = sentence.cues["names_later"].search(text)
        joined = sentence.cues["joins_two"].fullmatch(between)
        if names_none and is_open and joined and len(following) == 1:
            items = {n: v for n, v in following[0].arguments.items() if n in _ITEMS}
            shared[place] = (part, [_filled(draft, items) for draft in made])
    return shared


def _with_what_leads(said: Said, sentence: Sentence) -> Said:
    """Give all wishes what is named before a colon: "milk: the forecast, and what to order"."""
    leads = sentence.cues["leads_all"].match(sentence.text)
    if leads is None or len(said) == 1:
        return said
    (first, made), *rest = said
    named = sentence.names.within(0, leads.end()).things
    if len(named) != 1 or first.start > leads.end() or len(made) != 1:
        return said
    items: dict[str, object] = dict(named)
    return [
        (first, made),
        *((part, [_filled(one, items) for one in drafts]) for part, drafts in rest),
    ]


def _with_shared_words(said: Said, sentence: Sentence) -> Said:
    """Give "acknowledge AL-1 and AL-2, it was the heat" both the note that is told last."""
    shared = list(said)
    for place in range(len(said) - 2, -1, -1):
        (part, made), (after, following) = shared[place], shared[place + 1]
        joined = sentence.cues["joins_two"].fullmatch(sentence.text[part.end : after.start])
        name = _TELLS_WHY.get(following[0].tool) if following and joined else None
        why = following[0].arguments.get(name) if name else None
        if name and why and all(_is_told_alike(one, following[0]) for one in made):
            shared[place] = (part, [one.having(**{name: why}) for one in made])
    return shared


def _is_told_alike(draft: Draft, other: Draft) -> bool:
    """Tell whether a deed is the other one on something else, its reason not told."""
    ids = {_TELLS_WHY[other.tool], "alert_id", "recommendation_id"}
    both = ({n: v for n, v in one.arguments.items() if n not in ids} for one in (draft, other))
    alone, beside = both
    return (
        draft.tool == other.tool
        and alone == beside
        and not ids & draft.arguments.keys() - {*("alert_id", "recommendation_id")}
    )


def _filled(draft: Draft, items: dict[str, object]) -> Draft:
    """Return a call with items that it takes and lacks; one that names a thing keeps it."""
    takes = SPECS[draft.tool].takes
    has_thing = bool(set(_THINGS) & draft.arguments.keys())
    lacking = {
        name: value
        for name, value in items.items()
        if name in takes and name not in draft.arguments and not (name in _THINGS and has_thing)
    }
    return draft.having(**lacking)
