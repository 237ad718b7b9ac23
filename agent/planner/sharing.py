"""What several wishes of one message share: days, a store or a product said once for all.

What stands before all wishes or after them ("For Lakeside: …", "…, both at Downtown") holds for
each that leaves it out. So does what the next wish names, where a wish breaks off before it
("sales and the forecast for milk"), and a place that the second half of "sold last week, and
will sell next week" names. "How many milk on Friday at Downtown, how many on Saturday at Downtown"
names its thing once, too.
"""

from collections.abc import Sequence
from itertools import pairwise

from agent.planner.antecedents import said_in
from agent.planner.drafts import Draft
from agent.planner.specs import SPECS, looks_ahead
from agent.planner.turning import FLIPS
from agent.planner.understanding.asking import TIMES, sentences
from agent.planner.understanding.cutting import cuts
from agent.planner.understanding.part import Part
from agent.planner.understanding.sentence import Sentence

_DAYS = ("start", "end")
_THINGS = ("product", "category")
_ITEMS = (*_THINGS, "store")
_HELD_BY_ALL = (
    *("max_discount_pct", "min_margin_pct", "budget", "measure", "level"),
    *("lead_time_days", "service_level_pct"),
)
_IDS = ("alert_id", "recommendation_id")
_TELLS_WHY = {"acknowledge_alert": "note", "record_decision": "reason"}

Said = list[tuple[Part, list[Draft]]]
"""The wishes of a message in their order, each with its calls."""
Stretch = tuple[int, int]


def with_what_is_shared(said: Said, sentence: Sentence) -> list[Draft]:
    """Return the calls of all wishes, each with what was said of all of them."""
    shared = _with_what_goes_before(_with_what_follows(said, sentence), sentence)
    shared = _with_what_is_said_of_all(shared, sentence)
    shared = _with_shared_words(shared, sentence)
    drafts = with_limits_of_all([draft for _, made in shared for draft in made], sentence)
    return drafts if _are_sentences(said, sentence) else _with_shared_days(drafts)


def with_limits_of_all(drafts: Sequence[Draft], sentence: Sentence) -> list[Draft]:
    """Give all calls the limit or measure said last of all: "…? Never above 30% either way"."""
    *_, last = cuts(sentence)
    if not drafts or not sentence.cues["holds_for_all"].search(sentence.text[slice(*last)]):
        return list(drafts)
    told = {n: v for n, v in drafts[-1].arguments.items() if n in _HELD_BY_ALL}
    return [_filled(one, told) for one in drafts]


def places_of_all(parts: list[Part], sentence: Sentence) -> list[Stretch]:
    """Return where a place is named after several wishes, for all: "…, both at Lakeside".

    It is none of the last wish's own: that one leaves out what the wishes before it name.
    """
    if len(parts) == 1:
        return []
    tail = tail_of_all(sentence)
    if tail is None or sentence.names.within(*tail).things:
        return []
    return [one for one in cuts(sentence) if one[0] >= tail[0] and not _is_dated(one, sentence)]


def tail_of_all(sentence: Sentence) -> Stretch | None:
    """Return the last words where they only name things or places, and days, for all wishes."""
    last, whole = cuts(sentence)[1:], sentence.cues["names_for_all"]
    runs = [(start, last[-1][1]) for start, _ in last]
    return next((one for one in runs if whole.search(_less_times(one, sentence))), None)


def _is_dated(stretch: Stretch, sentence: Sentence) -> bool:
    return any(stretch[0] <= start < stretch[1] for start, _ in sentence.times)


def _less_times(stretch: Stretch, sentence: Sentence) -> str:
    words = sentence.normal(*stretch).split()
    return " ".join(word for word in words if word not in TIMES)


def _head(sentence: Sentence) -> Stretch | None:
    """Return the opening that names what all wishes are about: "milk: ", "For Lakeside, "."""
    if leads := sentence.cues["leads_all"].match(sentence.text):
        return (0, leads.end())
    first, *rest = cuts(sentence)
    opens = sentence.cues["places_all"].search(sentence.normal(*first))
    return first if rest and opens else None


def _with_what_is_said_of_all(said: Said, sentence: Sentence) -> Said:
    """Give all wishes what is named before or after them: "Lakeside: the forecast, and alerts"."""
    if len(said) == 1:
        return said
    items: dict[str, object] = {}
    both, tail = sentence.cues["both_of_them"].search(sentence.text), tail_of_all(sentence)
    between = _named_between(said, sentence)
    for stretch in (_head(sentence), between, tail, both and (both.start(), len(sentence.text))):
        named = sentence.names.within(*stretch) if stretch else None
        if named and len(named.things) == 1:
            items |= dict(named.things)
        if named and len(named.stores) == 1:
            items["store"] = named.stores[0]
    last = said[-1][1][-1:] if tail and _is_dated(tail, sentence) else []
    return [
        (part, [_filled(one, _for_part(items, part, sentence, made, last)) for one in made])
        for part, made in said
    ]


def _named_between(said: Said, sentence: Sentence) -> Stretch | None:
    """Return the sentence among the wishes that only names: "10% off, then 30%. Lakeside. …"."""
    last, whole = said[-1][0].start, sentence.cues["names_for_all"]
    inner = [one for one in sentences(sentence)[1:] if one[1] <= last]
    return next((one for one in inner if whole.search(sentence.normal(*one))), None)


def _for_part(
    items: dict[str, object], part: Part, sentence: Sentence, made: list[Draft], last: list[Draft]
) -> dict[str, object]:
    """Return what of the things, place and days that are said of all a wish takes."""
    days = _days_for(made, last[0]) if last else {}
    return days | ({} if _is_of_all_stores(part, sentence) else items)


def _is_of_all_stores(part: Part, sentence: Sentence) -> bool:
    return sentence.cues["everywhere"].search(sentence.text[part.start : part.end]) is not None


def _are_sentences(said: Said, sentence: Sentence) -> bool:
    """Tell whether wishes stand in sentences of their own, each naming what its days are of."""
    return any(
        _is_cut(a, b, sentence) and not sentence.names.within(b.start, b.end).is_empty
        for a, b in pairwise(part for part, _ in said)
    )


def _is_cut(first: Part, second: Part, sentence: Sentence) -> bool:
    """Tell whether a sentence ends between two wishes."""
    cut = sentence.cues["cut_sentence"]
    return cut.search(sentence.text, first.start, second.start + 1) is not None


def _with_shared_days(drafts: list[Draft]) -> list[Draft]:
    """Give "bagels at 10% off and muffins at 20% off at Lakeside next week" both what is said last.

    Where a wish leaves out days and place, those of the last wish are meant.
    """
    if not drafts:
        return drafts
    last = drafts[-1]
    told = {name: last.arguments[name] for name in (*_DAYS, "store") if name in last.arguments}
    if not set(_DAYS) & told.keys() or any(draft.tool != last.tool for draft in drafts):
        return drafts
    return [d if set(_DAYS) & d.arguments.keys() else _filled(d, told) for d in drafts]


def _with_what_follows(said: Said, sentence: Sentence) -> Said:
    """Give a wish what the one after it names for both.

    "Last week's sales and next week's forecast for bagels" are both of bagels; "what did tea
    sell last week, and what will it sell next week at Lakeside" asks twice of Lakeside.
    """
    shared = list(said)
    for place in range(len(said) - 2, -1, -1):
        (part, made), (after, following) = shared[place], shared[place + 1]
        if len(following) != 1 or _is_cut(part, after, sentence):
            continue
        items: dict[str, object] = {}
        if _breaks_off(part, after, sentence):
            items = {n: v for n, v in following[0].arguments.items() if n in _ITEMS}
            items |= _days_for(made, following[0])
        elif _is_other_half(part, made, after, following[0], sentence):
            items = {n: v for n, v in following[0].arguments.items() if n == "store"}
        shared[place] = (part, [_filled(draft, items) for draft in made])
    return shared


def _with_what_goes_before(said: Said, sentence: Sentence) -> Said:
    """Give what asks on of sales, at a place and on days, the thing named before in its sentence.

    "Tea per day for last week in Riverside, then the forecast for this week in Riverside" is of
    tea twice; "the forecast of tea, and the total sales of Riverside" is not.
    """
    shared = list(said[:1])
    for part, made in said[1:]:
        before, calls = shared[-1]
        things = {(n, v) for one in calls for n, v in one.arguments.items() if n in _THINGS}
        asks_on = len(things) == 1 and _asks_on(before, calls, part, made, sentence)
        shared.append((part, [_filled(one, dict(things)) for one in made] if asks_on else made))
    return shared


def _asks_on(
    before: Part, calls: list[Draft], part: Part, made: list[Draft], sentence: Sentence
) -> bool:
    """Tell whether a wish is of what was sold or will be, as the one before in its sentence."""
    if {one.tool for one in [*calls, *made]} - FLIPS.keys() or _is_cut(before, part, sentence):
        return False
    named = sentence.names.within(part.start, part.end)
    if named.things or named.doubts or any(one.arguments.get("group_by") in _ITEMS for one in made):
        return False
    opening = next(end for _, end in cuts(sentence) if end > part.start)
    text = sentence.text[part.start : opening]
    sums_up = said_in(sentence)["in_total"]
    return not (sums_up.search(text) or sentence.cues["everything"].search(text))


def _breaks_off(part: Part, after: Part, sentence: Sentence) -> bool:
    """Tell whether a wish ends where it would name what it is about: "sales and the forecast"."""
    wanted = {one.intent.name for one in (part, after) if one.intent}
    text = sentence.text[part.start : part.end]
    if wanted == FLIPS.keys() and not said_in(sentence)["in_total"].search(text):
        text = _less_last_days(part, sentence)
    between = sentence.text[part.end : after.start]
    names_none = sentence.names.within(part.start, part.end).is_empty
    joined = sentence.cues["joins_two"].fullmatch(between)
    return names_none and bool(joined) and sentence.cues["names_later"].search(text) is not None


def _less_last_days(part: Part, sentence: Sentence) -> str:
    """Return the words of a wish less the days that end it: "the sales of last week"."""
    of_it = [one for one in sentence.times if part.start <= one[0] and one[1] <= part.end]
    first, last = max(of_it, default=(part.end, part.end))
    ends_it = not sentence.text[last : part.end].strip(" .,")
    told = sentence.text[part.start : first if ends_it else part.end]
    return sentence.cues["leads_to_days"].sub("", told)


def _days_for(made: list[Draft], following: Draft) -> dict[str, object]:
    """Return the days of a call that others of the same side of today may take over."""
    sides = {looks_ahead(d.tool, str(d.arguments.get("about", ""))) for d in [*made, following]}
    days = {n: v for n, v in following.arguments.items() if n in _DAYS}
    return days if len(sides) == 1 else {}


def _is_other_half(
    part: Part, made: list[Draft], after: Part, following: Draft, sentence: Sentence
) -> bool:
    """Tell whether two wishes are what was sold and what will be, the thing named once."""
    tools = {one.tool for one in made}
    if tools != {FLIPS.get(following.tool)}:
        return False
    things, own = (sentence.names.within(one.start, one.end).things for one in (part, after))
    return bool(things) and not own


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
    why = _TELLS_WHY[other.tool]
    if draft.tool != other.tool or why in draft.arguments:
        return False
    apart = (*_IDS, why)
    return draft.having(**dict.fromkeys(apart)) == other.having(**dict.fromkeys(apart))


def _filled(draft: Draft, items: dict[str, object]) -> Draft:
    """Return a call with what it takes and lacks; it keeps a thing or days that it names.

    A table of stores is of no one store, nor one of products of one product.
    """
    arguments = draft.arguments
    kept = {slot for slot in (_THINGS, ("store",), _DAYS) if set(slot) & arguments.keys()}
    lacks = set(SPECS[draft.tool].takes) - arguments.keys() - {arguments.get("group_by")}
    lacking = {
        name: value
        for name, value in items.items()
        if name in lacks and not any(name in slot for slot in kept)
    }
    return draft.having(**lacking)
