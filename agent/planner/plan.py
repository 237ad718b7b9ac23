"""What to do about the person's last message: call tools, ask back, or say something."""

from collections.abc import Sequence
from dataclasses import replace

from agent.planner import replies
from agent.planner.adding import adds_only, is_light
from agent.planner.alone import said_alone
from agent.planner.antecedents import is_about_items, pointed_id, said_in, spoken_of, with_products
from agent.planner.context import PlannerContext
from agent.planner.dialogue import Dialogue, Drafts
from agent.planner.drafts import MOST_CALLS, Ask, Calls, Draft, Say, Step, distinct
from agent.planner.entities import Names, read_names
from agent.planner.following import FLIPS, follow_up, set_against
from agent.planner.inheriting import builds_on, is_precise, is_short_why, taken_over
from agent.planner.leaning import leaning_of
from agent.planner.loosely import changed_loosely
from agent.planner.remembering import remembered
from agent.planner.shorthand import written_out
from agent.planner.specs import CHANGES_SOMETHING, NEEDS, SPECS, Spec
from agent.planner.understanding import Intent, ranking_of
from agent.planner.understanding.clauses import ADDS, SOCIAL
from agent.planner.understanding.corrections import corrected
from agent.planner.understanding.hearing import heard
from agent.planner.understanding.parts import Part, parts_of
from agent.planner.understanding.sentence import Sentence
from agent.planner.wishes import (
    Wish,
    drafts_of,
    lacking,
    read_wish,
    what_is_missing,
)
from agent.planner.wording import manners, questions

_SHORT = 5
_A_SENTENCE = 4
_ENOUGH_TO_READ = 0.35
_ENOUGH_TO_CHANGE = 0.6
_ENOUGH_TO_REFUSE = 0.45
_ENOUGH_ALONE = 0.6
_THINKABLE = 0.15
_DAYS = ("start", "end")
_DOCUMENTS = "search_knowledge"


def next_step(dialogue: Dialogue, context: PlannerContext) -> Step:
    """Return the planner's first step of a turn."""
    dialogue = remembered(dialogue, context)
    cues = context.language.patterns("cues")
    said = cues["modal"].sub("can", dialogue.question)  # "this may be silly" is not about May
    following = context.language.patterns("following")
    said = following["preface"].sub("", said)  # "scratch that, make it May" is about May
    question = written_out(said, context.language, context.vocabulary)
    sentence = _read(question, dialogue, context)
    if (meant := corrected(sentence)) != question:
        sentence = _read(meant, dialogue, context)
    if (alone := said_alone(question, dialogue, context)) is not None:
        return _checked(alone.drafts, context) if isinstance(alone, Calls) else alone
    if dialogue.pending is not None:
        if replies.is_dropped(question, context):
            return Say(manners.dropped(context.style))
        drafts = replies.completed(sentence, dialogue.pending)
        if drafts is not None and dialogue.pending.later:
            return questions.about_item(dialogue.pending.later, drafts, context.style)
        if drafts is not None:
            return _checked(drafts, context)
    return _planned(sentence, dialogue)


def _read(question: str, dialogue: Dialogue, context: PlannerContext) -> Sentence:
    names = read_names(question, context.vocabulary, context.own_names, context.language)
    ranking = ranking_of(context.language, context.kept_in)
    return Sentence(names, context, ranking, leaning_of(dialogue))


def _planned(sentence: Sentence, dialogue: Dialogue) -> Step:
    """Plan every part of a question; one part that must be asked about holds up all."""
    drafts: list[Draft] = []
    asides: list[str] = []
    reason = ""
    for part in parts_of(sentence):
        step = _part(heard(part, sentence), sentence, dialogue, drafts)
        if isinstance(step, Ask):
            waiting = distinct([*drafts, *step.pending])
            return replace(step, pending=waiting)
        if isinstance(step, Say):
            asides.append(step.message)
            reason = reason or step.reason
            continue
        drafts += step.drafts
        asides += step.asides
    if not drafts:
        return Say("\n".join(dict.fromkeys(asides)), reason)
    told = tuple(dict.fromkeys(asides))
    return _checked(distinct(_with_shared_days(drafts)), sentence.context, told, reason)


def _with_shared_days(drafts: list[Draft]) -> list[Draft]:
    """Give "bagels at 10% off and muffins at 20% off next week" both the week said last."""
    last = drafts[-1]
    days = {name: last.arguments[name] for name in _DAYS if name in last.arguments}
    if not days or any(draft.tool != last.tool for draft in drafts):
        return drafts
    return [d if set(_DAYS) & d.arguments.keys() else d.having(**days) for d in drafts]


def _checked(
    drafts: tuple[Draft, ...],
    context: PlannerContext,
    asides: tuple[str, ...] = (),
    reason: str = "",
) -> Step:
    """Hold back what still lacks a needed argument, or is too much at once."""
    for draft in drafts:
        if missing := lacking(draft, drafts, context):
            return missing
    if len(drafts) > MOST_CALLS:
        return questions.about_too_many(len(drafts), MOST_CALLS, drafts, context.style)
    return Calls(drafts, asides, reason)


def _part(
    heard: tuple[Part, Names],
    sentence: Sentence,
    dialogue: Dialogue,
    so_far: Sequence[Draft],
) -> Step:
    part, names = heard
    context, intent = sentence.context, _sure(part, sentence)
    frames = tuple(so_far) or spoken_of(part, names, sentence, dialogue)
    names_none = names.within(part.start, part.end).is_empty
    is_bare = names_none and _is_bare(part, sentence)
    toward = intent.name if intent and not is_bare else None
    if intent and frames:
        intent = _wanted_anew(intent, part, names, sentence, frames)
    is_shown = intent is not None and intent.name in FLIPS and is_bare
    if intent is None or is_shown:
        followed = follow_up(part, names, _turns(frames, dialogue), context, toward)
        if followed is not None:
            return followed
        loose = changed_loosely(names.blanked()[part.start : part.end], frames, context)
        if intent is None and loose is not None:
            return _checked(loose.drafts, context)
    intent = intent or _second_best(part, sentence) or _by_time(part, names, context)
    if intent is None:
        return _lost(part, names, sentence)
    if intent.name in CHANGES_SOMETHING and not _is_clear_order(part, sentence):
        wish = read_wish(intent, names, part.start, part.end, context)
        offered = drafts_of(wish, [Draft(intent.name)], context)
        return replace(questions.about_intention(intent.name, context.style), pending=offered)
    if intent.name in SPECS:
        goes_on = bool(so_far) or _was_asked_what(dialogue)
        if "product" in NEEDS.get(intent.name, ()):
            frames = with_products(frames, dialogue)
        text = sentence.text[part.start : part.end]
        known = pointed_id(intent.name, text, dialogue, said_in(sentence))
        return _wish(intent, part, names, frames, context, same_question=goes_on, known=known)
    return _without_a_tool(intent, context)


def _wanted_anew(
    intent: Intent, part: Part, names: Names, sentence: Sentence, frames: Drafts
) -> Intent | None:
    """Return what is wanted besides the calls before; None where a part only adds to them."""
    adds = (
        adds_only(intent, part, names, sentence, frames)
        or is_light(part, sentence)
        or _is_unlikely_deed(intent, part, sentence)
    )
    return None if adds else _pointed(intent, part, sentence)


def _turns(frames: Drafts, dialogue: Dialogue) -> list[Drafts]:
    """Return what a part may add to, first what it most likely does; documents last."""
    if not frames:
        return []
    rest = [turn for turn in dialogue.earlier if turn != frames]
    turns = [frames, *rest] if _was_asked_what(dialogue) else [*_latest(frames, dialogue), *rest]
    return sorted(turns, key=lambda turn: any(one.tool == _DOCUMENTS for one in turn))


def _latest(frames: Drafts, dialogue: Dialogue) -> list[Drafts]:
    """Return the last calls first where they are no product's or store's: "only failures"."""
    last = dialogue.frames
    is_other = last and last != frames and not is_about_items(last)
    return [last, frames] if is_other else [frames]


def _was_asked_what(dialogue: Dialogue) -> bool:
    """Tell whether the person was asked what to do with what they named."""
    return dialogue.pending is not None and not dialogue.pending.asks_for


def _second_best(part: Part, sentence: Sentence) -> Intent | None:
    """Return what a text wants that looked like an addition, but adds to nothing."""
    text = sentence.text[part.start : part.end]
    is_bare = len(text.split()) < _A_SENTENCE and sentence.cues["opens_more"].search(text)
    if is_bare or sentence.cues["only_names"].search(sentence.normal(part.start, part.end)):
        return None
    ranked = sentence.ranked(part.start, part.end)
    left = [one for one in ranked if one.intent.name not in ADDS]
    share = left[0].share / sum(one.share for one in left)
    can_be = left[0].intent.name in SPECS and left[0].intent.name not in CHANGES_SOMETHING
    return left[0].intent if can_be and share >= _ENOUGH_ALONE else None


def _sure(part: Part, sentence: Sentence) -> Intent | None:
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
    return part.intent


def _is_clear_order(part: Part, sentence: Sentence) -> bool:
    """Tell whether a part plainly tells to change something, and does not ask or forbid."""
    text = sentence.text[part.start : part.end]
    # "Retrain but don't promote" forbids only what could follow.
    told = sentence.cues["without_promotion"].sub(" ", text)
    return part.share >= _ENOUGH_TO_CHANGE and not sentence.cues["speaks_of_deed"].search(told)


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


def _is_unlikely_deed(intent: Intent, part: Part, sentence: Sentence) -> bool:
    """Tell whether "drill into that by product" only seems to speak of changing something."""
    speaks_of_it = sentence.cues["shows_model"].search(sentence.normal(part.start, part.end))
    unsure = intent.name in CHANGES_SOMETHING and part.share < _ENOUGH_TO_CHANGE
    return unsure and not speaks_of_it


def _without_a_tool(intent: Intent, context: PlannerContext) -> Say:
    """Answer what no tool does."""
    if intent.name == "out_of_scope":
        return Say(manners.out_of_scope(intent.about, context.style), "out_of_scope")
    if intent.name in SOCIAL:
        return Say(manners.social(intent.name, context.style))
    if intent.name == "hold":
        return Say(manners.dropped(context.style))
    return Say(manners.approve_alone(context.style))


def _wish(
    intent: Intent,
    part: Part,
    names: Names,
    frames: Sequence[Draft],
    context: PlannerContext,
    *,
    same_question: bool,
    known: dict[str, str],
) -> Step:
    """Plan a part that says what it wants, taking over what it leaves unsaid."""
    wish = read_wish(intent, names, part.start, part.end, context)
    short_why = is_short_why(wish)
    bases = [Draft(wish.tool, dict(known))]
    wish = set_against(wish, frames, context)
    goes_on = short_why or builds_on(wish, frames, same_question=same_question)
    if goes_on:
        bases = taken_over(wish, frames, context, keep_about=short_why) or bases
    if short_why and frames and not is_precise(wish):
        wish.details.pop("about", None)  # "why so much?" is about what was spoken of before
    drafts = drafts_of(wish, bases, context)
    goes_on = goes_on and is_about_items(tuple(frames))
    missing = what_is_missing(wish, drafts, context, goes_on=goes_on)
    return missing or Calls(drafts, _exclusions(wish, context))


def _is_bare(part: Part, sentence: Sentence) -> bool:
    """Tell whether a text only names how to show something: "as revenue", "in units"."""
    text = sentence.text[part.start : part.end]
    return len(text.split()) <= _SHORT and sentence.cues["opens_more"].search(text) is not None


def _by_time(part: Part, names: Names, context: PlannerContext) -> Intent | None:
    """Guess from the period alone: "bagels next week" is a forecast, "last week" history."""
    behind, ahead = (
        read_wish(Intent(tool), names, part.start, part.end, context)
        for tool in ("sales_history", "forecast")
    )
    if not behind.periods or not ahead.periods or behind.items.is_empty:
        return None
    ago = (context.today - behind.periods[0].end).days
    away = (ahead.periods[0].start - context.today).days
    # "Milk 10 July" is about the nearer of the two days that it may mean.
    return Intent("forecast" if ago <= 0 or 0 <= away < ago else behind.tool)


def _lost(part: Part, names: Names, sentence: Sentence) -> Step:
    """Ask what is wanted; what was named waits for the answer."""
    context = sentence.context
    wish = read_wish(Intent("forecast"), names, part.start, part.end, context)
    drafts = drafts_of(wish, [Draft("forecast")], context)
    if wish.items.doubts:
        return questions.about_item(wish.items.doubts, drafts, context.style)
    if wish.unclear:
        return questions.about_period(wish.unclear, drafts, context.style)
    if names.unknown and not names.found and len(wish.text.split()) >= _A_SENTENCE:
        # A whole sentence of words that have nothing to do with sales.
        return _without_a_tool(Intent("out_of_scope", "topic"), context)
    return questions.about_wish(
        drafts if wish.items.things or wish.items.stores else (), context.style
    )


def _exclusions(wish: Wish, context: PlannerContext) -> tuple[str, ...]:
    return (manners.exclusion(wish.items.excluded, context.style),) if wish.items.excluded else ()
