"""Whether a message that looks like a wish only adds to what was spoken of before."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.languages.language import Patterns
from agent.planner.antecedents import answer_meant, is_about_items
from agent.planner.beside import set_against
from agent.planner.days_before import with_other_ends
from agent.planner.dialogue import Drafts
from agent.planner.drafts import Draft
from agent.planner.entities import Items, Names
from agent.planner.loosely import has_a_figure
from agent.planner.neighbours import only_a_step
from agent.planner.revising import PRICED, revised
from agent.planner.seeming_orders import forbids_what_follows, only_comes_back
from agent.planner.specs import CHANGES_SOMETHING, NEEDS, SPECS
from agent.planner.turning import FLIPS
from agent.planner.understanding import Intent
from agent.planner.understanding.asking import requests
from agent.planner.understanding.part import Part
from agent.planner.understanding.sentence import Sentence
from agent.planner.wishes import read_wish

_KIND = re.compile(r"\b[A-Z][A-Z_]+\b")
_LETTER = re.compile(r"[^\W\d_]")
_A_SENTENCE = 10
_FEW = 9
_NO_MORE = 12
_OPENING = 4
_BRIEF = 6
_SURE = 0.75
_UNSURE = 0.55
_QUITE_SURE = 0.95
_OF_ONE_TOOL = frozenset({"min_margin_pct", "max_discount_pct", "budget", "objective"}) | {
    *("sensitivity", "service_level_pct", "lead_time_days", "on_hand", "target_units"),
    *("traffic_pct", "kind", "outcome", "user", "level", "compare_to"),
}
_DOCUMENTS = "search_knowledge"
_RECORD = "audit_trail"


def adds_only(intent: Intent, part: Part, names: Names, sentence: Sentence, frames: Drafts) -> bool:
    """Tell whether a text that looks like a wish only adds to what was spoken of before.

    "By viewer1" after a list of calls, "and the worst one", "ok store 2" want nothing new.
    """
    text = sentence.text[part.start : part.end]
    cues = sentence.context.language.patterns("following")
    items = names.within(part.start, part.end)
    asks_anew = intent.name == _RECORD and cues["asks_of_deeds"].search(text) is not None
    if intent.name in CHANGES_SOMETHING or asks_anew:
        of_record = _is_of_the_record(part, names, sentence, frames, cues)
        forbids = forbids_what_follows(intent, part, names, sentence, frames)
        comes_back = only_comes_back(intent, part, names, sentence, frames)
        return not asks_anew and (of_record or forbids or comes_back)
    same = _is_of_the_same_kind(intent, frames[-1])
    is_other = intent.name != frames[-1].tool
    same = same and not (is_other and _asks_which(intent, part, names, sentence))
    days = read_wish(Intent("forecast"), names, part.start, part.end, sentence.context).periods
    is_as_before = same and not is_other and _is_as_before(text, items, cues, has_days=bool(days))
    goes_on = items.is_empty or cues["connects"].search(text) is not None
    goes_on = goes_on or _names_again(items, frames) or cues["same_terms"].search(text) is not None
    takes_days = "start" in SPECS[frames[-1].tool].takes  # else "3 days" is a figure
    fits = goes_on and not (days and takes_days)
    fits = fits and _sets_a_detail(intent, part, names, sentence, frames)
    if is_as_before or fits or _sets_other_days(part, names, sentence, frames):
        return True
    words = len(text.split())
    means_both = len(frames) > 1 and cues["both"].search(text) and words <= _BRIEF
    means_both = bool(means_both) and (same or part.share < _SURE)
    if means_both or words > _A_SENTENCE or cues["in_total"].search(text):
        return means_both
    takes_off = words <= _FEW and revised(text, frames, sentence.context) != tuple(frames)
    unsure = _is_unsure(part, names, sentence, frames, has_days=bool(days))
    if takes_off or unsure or _is_figure(part, names, sentence, frames):
        return True
    if intent.name not in SPECS:
        says = not items.is_empty or bool(days) or _says_a_detail(part, names, sentence, frames)
        return words <= _BRIEF and says and intent.about in ("", "deleting")
    named = is_other and intent.name in FLIPS and _is_named(intent, text, sentence)
    undiscounted = items.is_empty and not named and _is_undiscounted(text, frames, cues)
    again = same and not is_other and not days and _is_said_again(text, items, frames, cues)
    leaves_out = same and not named and _leaves_out(intent, text, items, cues, has_days=bool(days))
    return undiscounted or again or leaves_out


def _is_as_before(text: str, items: Items, cues: Patterns, *, has_days: bool) -> bool:
    """Tell whether "the same for tea" or "tea with the same settings" asks as before."""
    opens_same = cues["same_again"].search(_opening(text)) is not None
    in_the_same_way = cues["same_terms"].search(text) is not None
    return in_the_same_way or (opens_same and bool(items.things) and not has_days)


def _is_said_again(text: str, items: Items, frames: Drafts, cues: Patterns) -> bool:
    return cues["same_again"].search(text) is not None or _names_again(items, frames)


def _sets_other_days(part: Part, names: Names, sentence: Sentence, frames: Drafts) -> bool:
    """Tell whether a text only says where the days end, a step in time, or what is compared."""
    blanked = names.blanked()[part.start : part.end]
    if only_a_step(blanked, sentence.context):
        return True
    if with_other_ends(blanked, frames, sentence.context) is not None:
        return True
    return _is_compared_again(part, names, sentence, frames)


def _is_compared_again(part: Part, names: Names, sentence: Sentence, frames: Drafts) -> bool:
    """Tell whether "against June a year ago, I mean" only sets something else beside a change."""
    if frames[-1].tool != "explain" or len(sentence.text[part.start : part.end].split()) > _FEW:
        return False
    wish = read_wish(Intent("explain"), names, part.start, part.end, sentence.context)
    wish = set_against(wish, frames, sentence.context)
    return wish.items.is_empty and not wish.periods and "compare_to" in wish.details


def _is_of_the_record(
    part: Part, names: Names, sentence: Sentence, frames: Drafts, cues: Patterns
) -> bool:
    """Tell whether "and rollback, same month" after an audit asks for the records of another."""
    text = sentence.text[part.start : part.end]
    if any(one.tool != _RECORD for one in frames) or len(text.split()) > _BRIEF:
        return False
    wish = read_wish(Intent(_RECORD), names, part.start, part.end, sentence.context)
    asks = "?" in text or bool(wish.periods) or cues["connects"].search(text) is not None
    return asks and "tool" in wish.details


def _opening(text: str) -> str:
    return " ".join(text.split()[:_OPENING])


def less_what_leads_back(parts: Sequence[Part], sentence: Sentence) -> list[Part]:
    """Return the wishes of a message less "back to the models:", which changes nothing."""
    leads = sentence.context.language.patterns("following")["leads_back"]
    kept = [
        part
        for part in parts
        if part.intent is None
        or part.intent.name not in CHANGES_SOMETHING
        or not leads.match(sentence.text[part.start : part.end])
    ]
    return kept or list(parts)


def with_its_opening(part: Part, sentence: Sentence) -> Part:
    """Return a part from the words that only lead to it on: "ok and" says that it goes on."""
    light = sentence.context.language.patterns("following")["light"]
    before = sentence.text[: part.start]
    if not before.strip() or "_" in before or _LETTER.search(light.sub(" ", before)):
        return part
    asides = tuple(one for one in part.asides if one[0] >= part.start)
    return replace(part, start=0, asides=asides)


def is_light(part: Part, sentence: Sentence) -> bool:
    """Tell whether a text only names, dates or counts: "and in the shop at Airport then"."""
    light = sentence.context.language.patterns("following")["light"]
    said = sentence.normal(part.start, part.end)
    if sentence.cues["shows_supposing"].search(said):
        return False  # "what if it was 5.49" wants to know what would happen
    for cue in ("everywhere", "everything"):  # "for the whole chain" names all there is
        said = sentence.cues[cue].sub(" STORE ", said)
    kinds = _KIND.findall(said)
    return bool(kinds) and _LETTER.search(light.sub(" ", _KIND.sub(" ", said))) is None


def _is_figure(part: Part, names: Names, sentence: Sentence, frames: Drafts) -> bool:
    """Tell whether a text is one figure that the last calls take: "five is enough"."""
    text = names.blanked()[part.start : part.end]
    alone = sentence.context.language.patterns("following")["figure_alone"].match(text)
    return alone is not None and has_a_figure(text, frames, sentence.context)


def _is_unsure(
    part: Part, names: Names, sentence: Sentence, frames: Drafts, *, has_days: bool
) -> bool:
    """Tell whether words of no sure meaning name what the calls before can take.

    "Hmm, 3.49 might be gentler" and "strawberries especially" are such words.
    """
    words = len(sentence.text[part.start : part.end].split())
    if part.share >= _SURE or words > _FEW:
        return False
    text = names.blanked()[part.start : part.end]
    if has_a_figure(text, frames, sentence.context):
        return True
    is_other = part.intent is not None and part.intent.name != frames[-1].tool
    names_another = is_other and part.intent and _is_named(part.intent, text, sentence)
    if names_another or requests(sentence, part.start, part.end):
        return False  # "and the same forecast for bagels" after a why
    says = has_days or not names.within(part.start, part.end).is_empty
    return part.share < _UNSURE and words <= _BRIEF and says and is_about_items(frames)


def _sets_a_detail(
    intent: Intent, part: Part, names: Names, sentence: Sentence, frames: Drafts
) -> bool:
    """Tell whether a few words set what only the last tool takes: "at least a 30% margin".

    They do so the rather where they lack what the tool needs that they seem to want.
    """
    text = sentence.text[part.start : part.end]
    if len(text.split()) > _NO_MORE:
        return False
    if sentence.cues["shows_supposing"].search(text):
        return False
    wish = read_wish(Intent(frames[-1].tool), names, part.start, part.end, sentence.context)
    said = _OF_ONE_TOOL & wish.details.keys() if wish.tool == frames[-1].tool else set()
    is_sure = part.share >= _QUITE_SURE and not _lacks_a_need(intent, part, names, sentence)
    return len(said) > is_sure


def _lacks_a_need(intent: Intent, part: Part, names: Names, sentence: Sentence) -> bool:
    """Tell whether a wish leaves out a figure or an id that its tool cannot do without."""
    needs = set(NEEDS.get(intent.name, ())) - {"product"}
    if not needs:
        return False
    wish = read_wish(intent, names, part.start, part.end, sentence.context)
    return bool(needs - wish.details.keys())


def _says_a_detail(part: Part, names: Names, sentence: Sentence, frames: Drafts) -> bool:
    """Tell whether a text sets a detail of the last call, or takes its discount off."""
    wish = read_wish(Intent(frames[-1].tool), names, part.start, part.end, sentence.context)
    is_detail = frames[-1].tool != _DOCUMENTS and bool(wish.details.keys() - {"about"})
    cues = sentence.context.language.patterns("following")
    return is_detail or cues["without_discount"].search(wish.text) is not None


def _names_again(items: Items, frames: Drafts) -> bool:
    """Tell whether only things are named that the last calls are about already."""
    known = {pair for frame in frames for pair in frame.arguments.items()}
    return bool(items.things) and not items.doubts and set(items.things) <= known


def _leaves_out(intent: Intent, text: str, items: Items, cues: Patterns, *, has_days: bool) -> bool:
    """Tell whether a wish leaves out what it is about, or goes on with "and" from before."""
    year_ago = cues["year_ago"].search(text) is not None  # "the airport a year ago" lacks days
    is_whole = (
        not items.is_empty and not year_ago and (has_days or SPECS[intent.name].ahead is None)
    )
    connects = cues["connects"].search(text) is not None
    return not is_whole or (bool(items.things) and not NEEDS.get(intent.name) and connects)


def _asks_which(intent: Intent, part: Part, names: Names, sentence: Sentence) -> bool:
    """Tell whether a text asks which product or category it is: "what sold best?"."""
    details = read_wish(intent, names, part.start, part.end, sentence.context).details
    by = {details.get("rank_by"), details.get("by")}
    return bool(
        {"product", "category"} & by or ({"top", "order"} & details.keys() and by == {None})
    )


def _is_named(intent: Intent, text: str, sentence: Sentence) -> bool:
    """Tell whether a text names the answer it wants: "the forecast if we do nothing"."""
    language = sentence.context.language
    words, cues = language.words("following", "answers"), language.patterns("following")
    return answer_meant(text, cues, words, "answer_named") == intent.name


def _is_undiscounted(text: str, frames: Drafts, cues: Patterns) -> bool:
    """Tell whether "how many without any discount" asks for the calls before without it."""
    tools = {frame.tool for frame in frames}
    takes_off = cues["without_discount"].search(text) or cues["sells_as_it_is"].search(text)
    return tools <= PRICED and takes_off is not None


def _is_of_the_same_kind(intent: Intent, frame: Draft) -> bool:
    """Tell whether a wish is for what the call before gave; documents are asked anew."""
    if {intent.name, frame.tool} == FLIPS.keys():
        return True
    if intent.name == _DOCUMENTS or frame.tool != intent.name:
        return False
    return not intent.about or intent.about == frame.arguments.get("about", "forecast")
