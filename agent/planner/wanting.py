"""What one part of a message wants, where that is likely enough to act on."""

import re

from agent.planner.adding import adds_only, is_light
from agent.planner.antecedents import said_in
from agent.planner.context import PlannerContext
from agent.planner.dialogue import Drafts
from agent.planner.entities import Names
from agent.planner.meaning import asked_by_name
from agent.planner.specs import CHANGES_SOMETHING, OF_MODELS, SPECS, Spec
from agent.planner.understanding import Intent
from agent.planner.understanding.clause import ADDS
from agent.planner.understanding.part import Part
from agent.planner.understanding.sentence import Sentence
from agent.planner.wishes import read_wish

_SHORT = 5
_SOME_WORDS = 2
_QUOTED = re.compile(
    '["\u201c\u201e\u00ab\u00bb][^"\u201c\u201d\u201e\u00ab\u00bb]*["\u201c\u201d\u00ab\u00bb]'
)
_A_SENTENCE = 4
_ENOUGH_TO_READ = 0.35
_ENOUGH_TO_CHANGE = 0.6
_ENOUGH_TO_REFUSE = 0.45
_ENOUGH_ALONE = 0.6
_THINKABLE = 0.15
_UNSURE = 0.5
_NOT_FAR_OFF = 0.5
_SURE = 0.9
_QUITE_SURE = 0.75
_BY_TIME = frozenset({"forecast", "sales_history"})


def wanted(part: Part, sentence: Sentence) -> Intent | None:
    """Return what a part wants where that is likely enough to act on."""
    if part.intent is None:
        return None
    enough = _ENOUGH_TO_REFUSE if part.intent.name == "out_of_scope" else _ENOUGH_TO_READ
    if part.intent.name in CHANGES_SOMETHING:
        enough = 0.0  # what is likely is asked about, not passed over
    if part.share < enough or sentence.cues["only_names"].search(
        sentence.normal(part.start, part.end)
    ):
        return None
    return _best_or_enough(part, sentence) or _plainest(part, sentence) or part.intent


def _best_or_enough(part: Part, sentence: Sentence) -> Intent | None:
    """Tell the best discount from that which is enough for a target, and goods from models.

    "I need to clear the strawberries, what discount?" counts nothing that is to be reached, and
    "which discount hits the target?" seeks no best one.
    """
    normal, text = sentence.normal(part.start, part.end), sentence.text[part.start : part.end]
    details = sentence.context.language.patterns("details")
    name = part.intent.name if part.intent else ""
    told = (text, *(sentence.text[first:last] for first, last in part.asides))
    if name == "optimize_discount" and any(details["aims_at_target"].search(one) for one in told):
        return Intent("counterfactual")
    if name in _BY_TIME and part.share < _QUITE_SURE and details["names_best_cut"].search(text):
        return Intent("optimize_discount")
    if name == "model_status" and said_in(sentence)["goods_fare"].search(normal):
        return Intent("sales_history")
    is_counted = "NUMBER" in normal.split() or sentence.cues["shows_target"].search(normal)
    if name != "counterfactual" or is_counted:
        return None
    return Intent("optimize_discount") if details["seeks_best"].search(text) else None


def _plainest(part: Part, sentence: Sentence) -> Intent | None:
    """Return the forecast or the history that a name and a time ask for beside unsure words.

    "Right, so the whole of next week for product 12" says no more than those two.
    """
    if part.share >= _UNSURE or part.intent is None or part.intent.name in _BY_TIME:
        return None
    ranked = sentence.ranked(part.start, part.end)
    likeliest = next(one for one in ranked if one.intent.name in _BY_TIME)
    if likeliest.share < part.share * _NOT_FAR_OFF:
        return None
    return by_time(part, sentence.names, sentence.context)


def wanted_anew(
    intent: Intent | None, part: Part, names: Names, sentence: Sentence, frames: Drafts
) -> Intent | None:
    """Return what is wanted besides the calls before; None where a part only adds to them."""
    named = asked_by_name(intent, part, sentence, frames)
    if named is None or named != intent:
        return named
    intent = named
    adds = (
        adds_only(intent, part, names, sentence, frames)
        or is_light(part, sentence)
        or _is_unlikely_deed(intent, part, sentence, frames)
    )
    return None if adds else _pointed(intent, part, sentence)


def second_best(part: Part, sentence: Sentence) -> Intent | None:
    """Return what a text wants that looked like an addition, but adds to nothing."""
    text = sentence.text[part.start : part.end]
    is_bare = len(text.split()) < _A_SENTENCE and sentence.cues["opens_more"].search(text)
    # "And drift?" says what it wants.
    if (is_bare and part.share < _SURE) or sentence.cues["only_names"].search(
        sentence.normal(part.start, part.end)
    ):
        return None
    if is_light(part, sentence):
        return None  # "bananas I mean, next week" says no more than a thing and a time
    ranked = sentence.ranked(part.start, part.end)
    left = [one for one in ranked if one.intent.name not in ADDS]
    share = left[0].share / sum(one.share for one in left)
    can_be = left[0].intent.name in SPECS and left[0].intent.name not in CHANGES_SOMETHING
    return left[0].intent if can_be and share >= _ENOUGH_ALONE else None


def by_time(part: Part, names: Names, context: PlannerContext) -> Intent | None:
    """Guess from the period alone: "bagels next week" is a forecast, "last week" history."""
    behind, ahead = (
        read_wish(Intent(tool), names, part.start, part.end, context)
        for tool in ("sales_history", "forecast")
    )
    of_sales = context.language.patterns("following")["of_sales"].search(behind.text)
    names_something = not behind.items.is_empty or "compare_to" in behind.details or of_sales
    if not names_something or not (behind.periods or ahead.periods):
        return None
    if not (behind.periods and ahead.periods):  # "Friday the 3rd" is one on one side only
        return Intent("forecast" if ahead.periods else behind.tool)
    ago = (context.today - behind.periods[0].end).days
    away = (ahead.periods[0].start - context.today).days
    # "Milk 10 July" is about the nearer of the two days that it may mean.
    return Intent("forecast" if ago <= 0 or 0 <= away < ago else behind.tool)


def is_clear_order(part: Part, sentence: Sentence, frames: Drafts) -> bool:
    """Tell whether a part plainly tells to change something, and does not ask or forbid.

    Amid talk of models "put it live" is plain enough: it only asks for approval.
    """
    enough = _ENOUGH_TO_READ if _are_of_models(frames) else _ENOUGH_TO_CHANGE
    return part.share >= enough and is_order(part, sentence)


def is_order(part: Part, sentence: Sentence) -> bool:
    """Tell whether a part does not ask about changing something, nor forbids or quotes it."""
    if _is_quoted(part, sentence):
        return False
    # "Retrain but don't promote" forbids only what could follow.
    told = sentence.cues["without_promotion"].sub(" ", sentence.text[part.start : part.end])
    return not sentence.cues["speaks_of_deed"].search(told)


def _is_quoted(part: Part, sentence: Sentence) -> bool:
    """Tell whether what a part orders stands in quotation marks: `it says "retrain the model"`.

    Words quoted beside others are somebody else's: they are told, and no order to anyone.
    """
    for said in _QUOTED.finditer(sentence.text):
        covers = said.start() < part.end and part.start < said.end()
        is_all = said[0] == sentence.text.strip()
        if not covers or is_all or len(said[0].split()) < _SOME_WORDS:
            continue
        around = ((part.start, said.start()), (said.end(), part.end))
        own = [one for one in around if sentence.text[slice(*one)].strip()]
        if all(sentence.ranked(*one)[0].intent != part.intent for one in own):
            return True
    return False


def _are_of_models(frames: Drafts) -> bool:
    return bool(frames) and all(one.tool in OF_MODELS for one in frames)


def is_bare(part: Part, sentence: Sentence) -> bool:
    """Tell whether a text only names how to show something: "as revenue", "in units"."""
    text = sentence.text[part.start : part.end]
    return len(text.split()) <= _SHORT and sentence.cues["opens_more"].search(text) is not None


def _pointed(intent: Intent, part: Part, sentence: Sentence) -> Intent:
    """Return what is wanted of a thing or place pointed at: "what happened there?"."""
    pointing = said_in(sentence)
    text = sentence.text[part.start : part.end]
    points = any(pointing[cue].search(text) for cue in ("there", "that_thing"))
    if not points or part.share >= _ENOUGH_TO_CHANGE or SPECS.get(intent.name, Spec()).about_items:
        return intent
    ranked = sentence.ranked(part.start, part.end)
    about = [o for o in ranked if o.intent.name in SPECS and SPECS[o.intent.name].about_items]
    return about[0].intent if about and about[0].share >= _THINKABLE else intent


def _is_unlikely_deed(intent: Intent, part: Part, sentence: Sentence, frames: Drafts) -> bool:
    """Tell whether "drill into that by product" only seems to speak of changing something."""
    if _are_of_models(frames):
        return False
    speaks_of_it = sentence.cues["shows_model"].search(sentence.normal(part.start, part.end))
    unsure = intent.name in CHANGES_SOMETHING and part.share < _ENOUGH_TO_CHANGE
    return unsure and not speaks_of_it
