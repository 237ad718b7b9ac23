"""What of the sentences around a wish is to be heard with it, and what is not.

Somebody who tells of his shop and then asks "how many will we sell here" names in passing what
the question leaves out. Only that is taken from what he tells: all else is blanked.
"""

from dataclasses import replace
from typing import Any

from agent.planner.details import read_details
from agent.planner.entities import Items, Names
from agent.planner.specs import LIMITS, NEEDS, SPECS, Spec
from agent.planner.understanding.asking import NAMES, tells_how
from agent.planner.understanding.counted import doubted, only_counted, said_in_full
from agent.planner.understanding.days_told import days_beside, days_in, has_days
from agent.planner.understanding.merging import TAKES_FIGURES
from agent.planner.understanding.part import Part
from agent.planner.understanding.pointed_back import pointed_back, wanted_before
from agent.planner.understanding.sentence import Sentence
from agent.planner.understanding.told_names import (
    THINGS,
    compete,
    is_named_properly,
    last_named,
    told_of,
)

_IDS = frozenset({"ALERT_ID", "ADVICE_ID", "MODEL_ID"})
_PERSON = frozenset({"PERSON"})
_RECORD = "audit_trail"
_ALERTS = "list_alerts"
_FILE = "asking"
_CHANGES = frozenset({"PERCENT", "MONEY"})
_COUNTED = _CHANGES | {"NUMBER"}
_TARGET = "target_units"

Stretch = tuple[int, int]


def heard(part: Part, sentence: Sentence) -> tuple[Part, Names]:
    """Return a part, widened by what it takes from the asides, and the names less the rest."""
    names = sentence.names
    asides = (*part.asides, *part.after)
    if not asides:
        return part, names.muted(*said_in_full(part, sentence))
    part = replace(part, asides=asides, after=())
    tool = part.intent.name if part.intent else ""
    if not _is_about_items(tool):
        kept = _of_records(tool, part, sentence)
        return _widened(part, kept), names.muted(*_without(asides, kept))
    own = names.muted(*part.asides).within(part.start, part.end)
    text = names.muted(*part.asides).blanked()[part.start : part.end]
    kept = []
    if only := only_counted(own, part, sentence):
        names = names.muted(*only)
        own = names.muted(*part.asides).within(part.start, part.end)
    if own.things:
        # "Butter is getting short. How much salted butter should I order?" asks of one butter.
        names = names.muted(*doubted(part, sentence), *said_in_full(part, sentence))
    lacks_a_thing = not own.things and not any(one.kind in THINGS for one in own.doubts)
    lacks_a_thing = lacks_a_thing and not _asks_for_products(tool, text, sentence)
    if lacks_a_thing:
        kept += _subject(part, sentence, text, alone=own.is_empty)
    names = names.muted(*_of_others(part, kept, own, sentence))
    if not own.stores and _stands_somewhere(part, sentence, text):
        kept += last_named(part, sentence, ("store",))
    if tool in TAKES_FIGURES:
        kept += _with_figures(part, sentence, own)
    kept += [one for one in pointed_back(tool, part, sentence) if one not in kept]
    if has_days(part, sentence) and "start" in SPECS.get(tool, Spec()).takes:
        return _widened(part, kept), names.muted(
            *_without(part.asides, kept), *days_in(part.asides, sentence)
        )
    if not has_days(part, sentence):
        kept += days_beside(kept, part, sentence, text)
    return _widened(part, kept), names.muted(*_without(part.asides, kept))


def _of_records(tool: str, part: Part, sentence: Sentence) -> list[Stretch]:
    """Return the asides that say of which alert, advice or request a wish is, and what of it."""
    kept = [one for one in part.asides if _IDS & _words(one, sentence)]
    if not any(tells_how(tool, sentence, *one) for one in part.own):
        kept += [one for one in part.asides if tells_how(tool, sentence, *one)]
    kept += [one for one in part.asides if tool == _RECORD and _PERSON & _words(one, sentence)]
    if tool == _RECORD and not has_days(part, sentence):
        kept += days_beside(kept, part, sentence, sentence.text[part.start : part.end])
    return kept + [one for one in wanted_before(part, sentence) if one not in kept]


def _words(stretch: Stretch, sentence: Sentence) -> set[str]:
    return set(sentence.normal(*stretch).split())


def _of_others(part: Part, subject: list[Stretch], own: Items, sentence: Sentence) -> list[Stretch]:
    """Return where a story names other goods than the wish is about.

    "The paper mill is on strike. I have 140 packs of napkins left. How many do I order?"
    """
    told = [one for one in sentence.names.found if any(a <= one.start < b for a, b in part.asides)]
    told = [one for one in told if one.kind in THINGS]
    meant = {value for _, value in own.things}
    meant.update(name for one in told if (one.start, one.end) in subject for name in one.ids)
    return [(one.start, one.end) for one in told if meant and not meant & set(one.ids)]


def _widened(part: Part, kept: list[Stretch]) -> Part:
    start = min([part.start, *(first for first, _ in kept)])
    end = max([part.end, *(last for _, last in kept)])
    return replace(part, start=start, end=end)


def _is_about_items(tool: str) -> bool:
    return tool not in SPECS or SPECS[tool].about_items


def _subject(part: Part, sentence: Sentence, text: str, *, alone: bool) -> list[Stretch]:
    """Return where the product or category is named that a wish is about but does not name."""
    tool = part.intent.name if part.intent else ""
    needed = "product" in NEEDS.get(tool, ()) or tool == "plan_inventory"
    refers = _refers(text, sentence)
    if sentence.cues["everything"].search(text) and not refers:
        return []
    if sentence.context.language.patterns(_FILE)["sums_up"].search(text):
        return []
    pointed = sentence.context.language.patterns(_FILE)["points_at_category"].search(text)
    kinds = reversed(THINGS) if pointed else THINGS
    found = next(filter(None, (last_named(part, sentence, (kind,)) for kind in kinds)), [])
    is_before = bool(found) and found[0][0] < part.start
    is_sold = is_before and _is_told_of_sales(found[0], sentence)
    counts = sentence.context.language.patterns(_FILE)["counts_packs"].search(text)
    is_only = len(told_of(part, sentence, "product")) == 1
    is_meant = needed or refers or counts or pointed
    if not is_meant and not _is_named_properly(found, sentence):
        return []  # "my gran sold fish. What did the weekend bring in?" is of no granola
    if tool == _ALERTS and not is_meant:
        return []  # "here I am, coffee in hand. Show me the open alerts."
    points = refers or counts or pointed or (alone and not compete(part, sentence))
    if needed or is_only or (is_before and points) or is_sold:
        return found or (last_named(part, sentence, ("store",)) if alone else [])
    return [one for one in found if _is_introduced(one, sentence)]


def _refers(text: str, sentence: Sentence) -> bool:
    """Tell whether a question says "it" or "them" of goods: "show me those" says it of figures."""
    cues = sentence.context.language.patterns(_FILE)
    left = cues["gives_that"].sub(" ", sentence.cues["idiom"].sub(" ", text))
    return cues["refers"].search(left) is not None


def _is_named_properly(found: list[Stretch], sentence: Sentence) -> bool:
    said = [one for one in sentence.names.found if (one.start, one.end) in found]
    return any(one.kind != "product" or is_named_properly(one, sentence) for one in said)


def _asks_for_products(tool: str, text: str, sentence: Sentence) -> bool:
    """Tell whether it is asked which products they are: "which five brought in most?"."""
    if tool not in SPECS:
        return False
    if sentence.context.language.patterns(_FILE)["points_at_category"].search(text):
        return False
    said = read_details(tool, text, sentence.context.language)
    return "product" in (said.get("by"), said.get("rank_by")) and "top" in said


def _is_told_of_sales(named: Stretch, sentence: Sentence) -> bool:
    """Tell whether words beside a name speak of selling it: "we ran out of croissants"."""
    cues = sentence.context.language.patterns(_FILE)
    if cues["selling"].search(sentence.text[: named[0]]):
        return True
    return cues["sells"].match(sentence.text, named[1]) is not None


def _is_introduced(named: Stretch, sentence: Sentence) -> bool:
    """Tell whether a name leads up to the question: "as for the butter, I'd like to know"."""
    about = sentence.context.language.patterns(_FILE)["about_this"]
    return about.search(" ".join(sentence.text[: named[0]].split()) + " ") is not None


def _stands_somewhere(part: Part, sentence: Sentence, text: str) -> bool:
    """Tell whether the person asks about the store that they told of."""
    patterns = sentence.context.language.patterns(_FILE)
    if read_details("sales_history", text, sentence.context.language).get("by") == "store":
        return False  # "per store" asks for all of them
    if patterns["points_here"].search(text):
        return True
    if sentence.cues["everywhere"].search(text) or patterns["sums_up"].search(text):
        return False
    return _names_one_store(part, sentence)


def _names_one_store(part: Part, sentence: Sentence) -> bool:
    return len(told_of(part, sentence, "store")) == 1


def _with_figures(part: Part, sentence: Sentence, own: Items) -> list[Stretch]:
    """Return the asides that tell figures, or name what they are of.

    Of a discount to be found only its limits count and what is aimed at, no percentage that
    somebody spoke of.
    """
    tool = part.intent.name if part.intent else ""
    if tool == "optimize_discount":
        aims = sentence.context.language.patterns("details")["aims_at_target"]
        return [
            (first, last)
            for first, last in part.asides
            if LIMITS & _told(sentence, (first, last)).keys()
            or aims.search(sentence.text, first, last)
        ]
    if tool == "what_if" and _says_a_change(part, sentence):
        # "We are at 4.29 now. Would 3.99 sell more?" tries one price; "so no promotion" is heard.
        return [one for one in part.asides if _told(sentence, one, tool).get("promotion") is False]
    if own.things and tool != "counterfactual":  # "we have nothing left" counts, too
        return [one for one in part.asides if _told(sentence, one, tool)]
    names = frozenset() if own.things else NAMES
    if any(_TARGET in _told(sentence, at, "counterfactual") for at in part.own):
        told = {one: _told(sentence, one, "counterfactual").keys() for one in part.asides}
        others = [one for one in part.asides if _TARGET not in told[one]]
        return [one for one in others if told[one] or names & _words(one, sentence)]
    heard_of = _COUNTED | names
    return [one for one in part.asides if heard_of & _words(one, sentence)]


def _says_a_change(part: Part, sentence: Sentence) -> bool:
    """Tell whether a question itself says the price or the percentage that is tried."""
    left = part.own
    # "The price is fine at 2.99. Suppose we put them on promotion." "What would 179 do?"
    if any({"promotion", "price"} & _told(sentence, at, "what_if").keys() for at in left):
        return True
    return any(_CHANGES & set(sentence.normal(*at).split()) for at in left)


def _told(sentence: Sentence, stretch: Stretch, tool: str = "optimize_discount") -> dict[str, Any]:
    text = sentence.names.blanked()[slice(*stretch)]
    return read_details(tool, text, sentence.context.language)


def _without(asides: tuple[Stretch, ...], kept: list[Stretch]) -> list[Stretch]:
    """Return the asides less what is kept of them."""
    left = []
    for start, end in asides:
        place = start
        for first, last in sorted(kept):
            if start <= first < end:
                left.append((place, max(place, first)))
                place = max(place, last)
        left.append((place, max(place, end)))
    return [(a, b) for a, b in left if a < b]
