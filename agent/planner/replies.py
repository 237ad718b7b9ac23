"""What a person's reply does to a question that was asked back."""

from agent.planner.context import PlannerContext
from agent.planner.dialogue import Pending
from agent.planner.drafts import Ask, Calls, Draft, Step
from agent.planner.filling import Reply, filled
from agent.planner.following import follow_up
from agent.planner.loosely import changed_loosely
from agent.planner.turning import FLIPS, turned_over
from agent.planner.understanding.clause import ADDS
from agent.planner.understanding.part import Part
from agent.planner.understanding.sentence import Sentence

_SHORT_REPLY = 8
_SURE = 0.8
_LIKE_A_REPLY = frozenset({"forecast", "sales_history", "thanks", "approve", "what_if"})

Drafts = tuple[Draft, ...]


def is_dropped(text: str, context: PlannerContext) -> bool:
    """Tell whether the person no longer wants an answer."""
    return context.language.patterns("cues")["dropped"].fullmatch(text.strip()) is not None


def completed(sentence: Sentence, pending: Pending) -> Drafts | None:
    """Return the waiting calls with what the reply adds, or None when it is no answer.

    A reply that wants something else by itself is a new question, not an answer.
    """
    if _is_new_wish(sentence, pending):
        return None
    names = sentence.names
    items = names.within(0, len(names.sentence))
    reply = Reply(names.sentence, names.blanked(), items, pending, sentence.context)
    return filled(reply, _as_asked_now(reply, pending.drafts))


def _as_asked_now(reply: Reply, drafts: Drafts) -> Drafts:
    """Return past sales as a forecast where the reply says so: "the 28th then, as a forecast"."""
    foretold = reply.context.language.patterns("direction")["foretold"].search(reply.words)
    if not foretold:
        return drafts
    return tuple(
        turned_over(one, "forecast", reply.context).having(near=one.arguments.get("near"))
        if one.tool == "sales_history"
        else one
        for one in drafts
    )


def still_asking(sentence: Sentence, pending: Pending) -> Ask | None:
    """Ask the same again where a reply adds something else: "at Riverside, next week"."""
    if not pending.asks_for or pending.later or _is_new_wish(sentence, pending):
        return None
    names = sentence.names
    items = names.within(0, len(names.sentence))
    if items.things or items.doubts or len(names.sentence.split()) > _SHORT_REPLY:
        return None
    whole = Part(0, len(names.sentence), None)
    changed = follow_up(whole, names, [pending.drafts], sentence.context)
    drafts = changed.pending if isinstance(changed, Ask) else _drafts_of(changed)
    if not drafts or drafts == pending.drafts or _turns_to_sales(drafts, pending):
        return None
    return Ask(pending.message, pending.asks_for, pending.choices, drafts)


def _turns_to_sales(drafts: Drafts, pending: Pending) -> bool:
    """Tell whether "what was our best seller last week?" asks anew amid another question."""
    before = {one.tool for one in pending.drafts}
    return not before & FLIPS.keys() and any(one.tool not in before for one in drafts)


def asked_again(sentence: Sentence, pending: Pending) -> Ask:
    """Ask the same once more where a reply is no answer nor anything else, with its figure."""
    changed = changed_loosely(sentence.text, pending.drafts, sentence.context)
    drafts = _drafts_of(changed) or pending.drafts
    return Ask(pending.message, pending.asks_for, pending.choices, drafts, pending.later)


def _drafts_of(step: Step | None) -> Drafts:
    return step.drafts if isinstance(step, Calls) else ()


def _is_new_wish(sentence: Sentence, pending: Pending) -> bool:
    everything = sentence.normal(0, len(sentence.text))
    if sentence.cues["only_names"].search(everything):
        return False
    following = sentence.context.language.patterns("following")
    if following["comes_back"].match(sentence.text):
        return True  # "back to milk: the week after?" answers nothing about the butter
    best = sentence.ranked(0, len(sentence.text))[0]
    if best.intent.name in ADDS or best.share < _SURE:
        return False
    waiting = {draft.tool for draft in pending.drafts}
    is_long = len(sentence.text.split()) > _SHORT_REPLY and bool(sentence.names.found)
    return is_long or best.intent.name not in {*waiting, *_LIKE_A_REPLY}
