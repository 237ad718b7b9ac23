"""What to do about the person's last message: call tools, ask back, or say something."""

from collections.abc import Sequence
from dataclasses import replace

from agent.planner import replies
from agent.planner.adding import less_what_leads_back, with_its_opening
from agent.planner.alone import said_alone
from agent.planner.answers import of_the_answer, told_again
from agent.planner.antecedents import is_about_items, said_in, spoken_of, with_products
from agent.planner.apart import questions_of
from agent.planner.asked import Said, asked, decided
from agent.planner.begun import is_told_after_all, said_in_full
from agent.planner.context import PlannerContext
from agent.planner.deeds import asked_about
from agent.planner.dialogue import Dialogue, Drafts
from agent.planner.drafts import MOST_CALLS, Ask, Calls, Draft, Say, Step, distinct
from agent.planner.entities import Names
from agent.planner.following import follow_up
from agent.planner.inheriting import are_apart
from agent.planner.left_open import taken_up
from agent.planner.loosely import changed_loosely
from agent.planner.meaning import decides
from agent.planner.one_by_one import planned_apart
from agent.planner.pointed import at_a_line
from agent.planner.remembering import remembered
from agent.planner.sharing import places_of_all, with_limits_of_all, with_what_is_shared
from agent.planner.specs import CHANGES_SOMETHING, NEEDS, SPECS
from agent.planner.turning import FLIPS
from agent.planner.understanding import Intent
from agent.planner.understanding.asking import stands_alone
from agent.planner.understanding.clause import SOCIAL
from agent.planner.understanding.hearing import heard
from agent.planner.understanding.part import Part
from agent.planner.understanding.parts import parts_of
from agent.planner.understanding.sentence import Sentence
from agent.planner.understood import understood
from agent.planner.wanting import (
    by_time,
    is_bare,
    is_clear_order,
    is_order,
    second_best,
    wanted,
    wanted_anew,
)
from agent.planner.wishes import drafts_of, lacking, read_wish, what_is_missing
from agent.planner.wording import manners, questions

_A_SENTENCE = 4
_SURE = 0.7
_DOCUMENTS = "search_knowledge"
_RECORDS = frozenset({"audit_trail", "decision_report"})


def next_step(dialogue: Dialogue, context: PlannerContext) -> Step:
    """Return the planner's first step of a turn."""
    dialogue = remembered(dialogue, context)
    question, sentence = understood(dialogue, context)
    dialogue = taken_up(sentence, dialogue)
    alone = said_alone(question, sentence, dialogue) or of_the_answer(sentence, dialogue)
    if alone is not None:
        return _checked(alone.drafts, context) if isinstance(alone, Calls) else alone
    return _of_its_own(question, sentence, at_a_line(dialogue, context))


def _of_its_own(question: str, sentence: Sentence, dialogue: Dialogue) -> Step:
    """Plan a message that says more than a word to what was said before."""
    if (steps := _answered(question, sentence, dialogue)) is not None:
        return steps
    whole = Part(0, len(sentence.text), None)
    if decides(whole, sentence, dialogue):
        return decided(Said(whole, sentence.names, sentence, dialogue))
    planned, pending = _planned(sentence, dialogue), dialogue.pending
    is_open = pending is not None and bool(pending.asks_for)
    if not (isinstance(planned, Ask) and not planned.asks_for and not planned.pending):
        return planned
    if pending and is_open:
        return replies.asked_again(sentence, pending)
    return told_again(sentence, dialogue) or planned


def _answered(question: str, sentence: Sentence, dialogue: Dialogue) -> Step | None:
    """Plan a reply to what was asked back; None where it is none."""
    pending, context = dialogue.pending, sentence.context
    if pending is None:
        return None
    if replies.is_dropped(question, context):
        return Say(manners.dropped(context.style))
    drafts = replies.completed(sentence, pending)
    if drafts is None:
        return replies.still_asking(sentence, pending)
    if pending.later:
        return questions.about_item(pending.later, drafts, context.style)
    return _checked(drafts, context)


def _planned(sentence: Sentence, dialogue: Dialogue) -> Step:
    """Plan every question of a message, those that are whole by themselves one by one."""
    calls = planned_apart(questions_of(sentence), dialogue, _planned_at_once)
    if calls is None:
        return _planned_at_once(sentence, dialogue)
    drafts = distinct(with_limits_of_all(calls.drafts, sentence))
    return _checked(drafts, sentence.context, calls.asides, calls.reason)


def _planned_at_once(sentence: Sentence, dialogue: Dialogue) -> Step:
    """Plan every part of a question; the first that must be asked about holds up all."""
    drafts: list[Draft] = []
    said: list[tuple[Part, list[Draft]]] = []
    asides: list[str] = []
    reason = ""
    lost: Ask | None = None
    held: Ask | None = None
    parts = less_what_leads_back(parts_of(sentence), sentence)
    shared = places_of_all(parts, sentence)
    for part in parts:
        opened, names = heard(with_its_opening(part, sentence), sentence)
        own = (opened, names.muted(*shared))
        step = _part(own, sentence, dialogue, _latest_of(drafts))
        if isinstance(step, Ask) and not step.asks_for and not step.pending:
            lost = lost or step  # words that want nothing hold up nothing that is asked beside
            continue
        if isinstance(step, Ask):
            if held is None or _waits_along(step, held, sentence.context):
                drafts += step.pending
            held = held or step
            continue
        if isinstance(step, Say):
            asides.append(step.message)
            reason = reason or step.reason
            continue
        drafts += step.drafts
        said.append((part, list(step.drafts)))
        asides += step.asides
    if held is not None and not is_told_after_all(held, drafts):
        return replace(held, pending=distinct(said_in_full(drafts)))
    if lost is not None and not drafts:
        return lost
    if not drafts:
        return Say("\n".join(dict.fromkeys(asides)), reason)
    told = tuple(dict.fromkeys(asides))
    whole = distinct(said_in_full(with_what_is_shared(said, sentence)))
    return _checked(whole, sentence.context, told, reason)


def _waits_along(later: Ask, held: Ask, context: PlannerContext) -> bool:
    """Tell whether what a later question asks for is told with the first, or asked for after it.

    Else its calls would run without: of all days, of all products, or unconfirmed.
    """
    are_its_days = set(later.asks_for) <= {"start", "end"} & set(held.asks_for)
    is_told = bool(later.asks_for) and are_its_days
    return is_told or any(lacking(one, later.pending, context) for one in later.pending)


def _latest_of(drafts: list[Draft]) -> list[Draft]:
    """Return the calls so far that the next wish goes on from: of one thing those asked last."""
    if are_apart(drafts):
        return drafts
    other = next((n for n, one in enumerate(reversed(drafts)) if one.tool != drafts[-1].tool), None)
    return drafts if other is None else drafts[len(drafts) - other :]


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
    said = Said(part, names, sentence, dialogue)
    context, intent = sentence.context, wanted(part, sentence)
    intent = asked_about(intent, part, sentence) if intent else None
    frames = tuple(so_far) or spoken_of(part, names, sentence, dialogue)
    names_none = names.within(part.start, part.end).is_empty
    bare = names_none and is_bare(part, sentence)
    toward = intent.name if intent and not bare else None
    is_whole = bool(so_far) and stands_alone(sentence, part.start, part.end)
    if frames and not (is_whole and part.share >= _SURE):
        intent = wanted_anew(intent, part, names, sentence, frames)
    adds = intent is None or (intent.name in FLIPS and bare)
    if adds:
        turns, loosely = _turns(frames, said), intent is None
        if not loosely:  # what asks for sales adds nothing to a question to the documents
            turns = [turn for turn in turns if not _is_of_documents(turn)]
        followed = _followed(said, turns, frames, toward, loosely=loosely)
        if followed is not None:
            return followed
    if adds and bare and not frames and not _is_told_when(part, sentence):
        return _lost(part, names, sentence)  # "by week": of what?
    intent = intent or second_best(part, sentence) or by_time(part, names, context)
    if intent is None:
        return _lost(part, names, sentence)
    return _of_intent(intent, said, frames, goes_on=bool(so_far))


def _is_told_when(part: Part, sentence: Sentence) -> bool:
    """Tell whether a few words ask by themselves: "ok and revenue last month"."""
    return part.share >= _SURE and any(part.start <= one[0] < part.end for one in sentence.times)


def _of_intent(intent: Intent, said: Said, frames: Drafts, *, goes_on: bool) -> Step:
    """Plan a part of which it is known what it wants."""
    context, part = said.sentence.context, said.part
    is_plain = is_clear_order(part, said.sentence, said.dialogue.frames)
    if intent.name in CHANGES_SOMETHING and not is_plain:
        wish = read_wish(intent, said.names, part.start, part.end, context)
        offered = drafts_of(wish, [Draft(intent.name)], context)
        if is_order(part, said.sentence) and (missing := what_is_missing(wish, offered, context)):
            return missing  # without its id nothing is done
        return replace(questions.about_intention(intent.name, context.style), pending=offered)
    if intent.name not in SPECS:
        return _without_a_tool(intent, context)
    if "product" in NEEDS.get(intent.name, ()):
        frames = with_products(frames, said.dialogue)
    is_named = part.intent is None or intent.name != part.intent.name  # "just the forecast"
    same = goes_on or _was_asked_what(said.dialogue) or is_named
    return asked(intent, said, frames, same_question=same)


def _followed(
    said: Said, turns: Sequence[Drafts], frames: Drafts, toward: str | None, *, loosely: bool
) -> Step | None:
    """Plan what a part adds to earlier calls; to a look into documents only what fits no other."""
    part, names, context = said.part, said.names, said.sentence.context
    others = [turn for turn in turns if not _is_of_documents(turn)]
    followed = follow_up(part, names, others, context, toward)
    if followed is None and loosely:
        text = names.blanked()[part.start : part.end]
        told = frames if not _is_of_documents(frames) else next(iter(others), ())
        followed = changed_loosely(text, told, context)
    documents = [turn for turn in turns if _is_of_documents(turn)]
    return followed or follow_up(part, names, documents, context, toward)


def _turns(frames: Drafts, said: Said) -> list[Drafts]:
    """Return what a part may add to, first what it most likely does; documents last."""
    if not frames:
        return []
    dialogue, text = said.dialogue, said.sentence.text[: said.part.end]
    rest = [turn for turn in dialogue.earlier if turn != frames]
    comes_back = said_in(said.sentence)["returns"].search(text) is not None
    is_sure = comes_back or _was_asked_what(dialogue)
    turns = [frames, *rest] if is_sure else [*_latest(frames, dialogue), *rest]
    # A question to the documents is only asked on from at once.
    said_last = [turn for turn in turns if turn == dialogue.frames or not _is_of_documents(turn)]
    if said_in(said.sentence)["of_sales"].search(said.text):  # "and the revenue last week"
        said_last = [turn for turn in said_last if not _is_of_records(turn)]
    return sorted(said_last, key=_is_of_documents)


def _is_of_documents(turn: Drafts) -> bool:
    return any(one.tool == _DOCUMENTS for one in turn)


def _is_of_records(turn: Drafts) -> bool:
    return any(one.tool in _RECORDS for one in turn)


def _latest(frames: Drafts, dialogue: Dialogue) -> list[Drafts]:
    """Return the last calls first where they are no product's or store's: "only failures"."""
    last = dialogue.frames
    is_other = last and last != frames and not is_about_items(last)
    return [last, frames] if is_other else [frames]


def _was_asked_what(dialogue: Dialogue) -> bool:
    """Tell whether the person was asked what to do with what they named."""
    return dialogue.pending is not None and not dialogue.pending.asks_for


def _without_a_tool(intent: Intent, context: PlannerContext) -> Say:
    """Answer what no tool does."""
    if intent.name == "out_of_scope":
        return Say(manners.out_of_scope(intent.about, context.style), "out_of_scope")
    if intent.name in SOCIAL:
        return Say(manners.social(intent.name, context.style))
    if intent.name == "hold":
        return Say(manners.dropped(context.style))
    return Say(manners.approve_alone(context.style))


def _lost(part: Part, names: Names, sentence: Sentence) -> Step:
    """Ask what is wanted; what was named waits for the answer."""
    context = sentence.context
    wish = read_wish(Intent("forecast"), names, part.start, part.end, context)
    drafts = drafts_of(wish, [Draft("forecast")], context)
    if wish.items.doubts:
        return questions.about_item(wish.items.doubts, drafts, context.style)
    if wish.unclear:
        waiting = [draft.having(**wish.unclear.known) for draft in drafts]
        return questions.about_period(wish.unclear, waiting, context.style)
    if names.unknown and not names.found and len(wish.text.split()) >= _A_SENTENCE:
        # A whole sentence of words that have nothing to do with sales.
        return _without_a_tool(Intent("out_of_scope", "topic"), context)
    return questions.about_wish(
        drafts if wish.items.things or wish.items.stores else (), context.style
    )
