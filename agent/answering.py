"""From what a model said and what its calls came to, to the answer a person gets."""

from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.messages import AIMessage

from agent.answer import Answer, Status
from agent.grounding import Grounding, Name, check
from agent.plain_text import shown_text
from agent.planner.context import PlannerContext
from agent.planner.dialogue import Outcome, text_of
from agent.planner.specs import CHANGES_SOMETHING
from agent.planner.wording import outcomes as wording
from agent.planner.wording import recommend
from agent.planner.wording.notes import noted
from agent.refusals import Refusals
from agent.tool_calls import Ended, shown
from tools.gateway import Awaiting, Failed, Succeeded
from tools.outcomes import Decided, Denied

_NOTHING = "I could not find an answer to that; try asking in other words, or say “help”."
_TRUSTED = frozenset({"clarify", "say", "refuse"})


def compose(
    final: AIMessage,
    ended: Sequence[Ended],
    context: PlannerContext,
    *,
    words: Sequence[str],
    is_built_in: bool,
    on_record: Callable[[Sequence[str]], None],
) -> tuple[Answer, AIMessage]:
    """Return the answer, and the final message as it is remembered.

    Args:
        final: What the model said last.
        ended: How the calls of this turn ended.
        context: The tenant.
        words: What the person said in this conversation.
        is_built_in: Whether the planner said it, whose notes may be read.
        on_record: Told the figures without ground when the words are replaced for them.
    """
    calls = tuple(shown(one) for one in ended)
    notes: dict[str, Any] = dict(final.additional_kwargs) if is_built_in else {}
    text = shown_text(text_of(final))
    if not ended and notes.get("kind") in _TRUSTED:
        grounding = Grounding(0, ())  # the planner's own fixed words state no figures
    else:
        grounding = check(text, calls, words, context.today.isoformat(), _names(context))
        if grounding.ungrounded:
            on_record(grounding.ungrounded)
        plainly = not text or _must_be_told_plainly(ended, is_built_in=is_built_in)
        if plainly or grounding.ungrounded:
            text, grounding = _in_plain_words(ended, calls, context, words, grounding)
    approvals = [one.approval for one in ended if isinstance(one, Awaiting)]
    status = _status(ended, notes, text)
    asked = _asked(ended, notes) if status == "clarify" else ((), ())
    answer = Answer(
        text=text,
        status=status,
        calls=calls,
        recommendation=_recommendation(ended, context),
        approval=approvals[0].to_dict() if approvals else None,
        grounding=grounding.to_dict(),
        asks_for=asked[0],
        choices=asked[1],
        refused=_refused(ended, notes, status),
    )
    if len(approvals) == 1:
        notes["approval"] = approvals[0].id
    return answer, AIMessage(text, additional_kwargs=notes)


def decided(done: Decided, context: PlannerContext) -> Answer:
    """Return the answer to a person's yes or no."""
    if isinstance(done, Failed):
        status: Status = "refused" if done.reason else "failed"
        return Answer(
            text=noted(context.style, done.message),
            status=status,
            calls=(shown(done),),
            refused=done.reason or None,
        )
    if isinstance(done, Denied):
        return Answer(
            text=wording.denied(done.approval.to_dict(), context.style), status="answered"
        )
    told = _told(done)
    return Answer(
        text=shown_text(wording.say_one(told, context.style)),
        status="answered",
        calls=(shown(done),),
    )


def ask_for_words(most: int, *, given: bool) -> Answer:
    """Return the answer to an empty or endless question."""
    text = (
        f"That question is longer than {most:,} characters; ask for one thing at a time."
        if given
        else "Ask me something, for example “What sold best last week?”"
    )
    return Answer(text=text, status="clarify")


def refused_question(refusals: Refusals, question: str) -> None:
    """Put a question that is nobody's business here on record."""
    refusals.note_question(question, "out_of_scope")


def _must_be_told_plainly(ended: Sequence[Ended], *, is_built_in: bool) -> bool:
    """Tell whether a language model's words are left out.

    Of refusals and requests it may err, and it may say something is done that was not, whatever
    else went well in the turn.
    """
    if is_built_in or not ended:
        return False
    waits = any(isinstance(one, Awaiting) for one in ended)
    came_to_nothing = any(
        isinstance(one, Failed) and one.tool in CHANGES_SOMETHING for one in ended
    )
    return waits or came_to_nothing or not any(isinstance(one, Succeeded) for one in ended)


def _in_plain_words(
    ended: Sequence[Ended],
    calls: Sequence[dict[str, Any]],
    context: PlannerContext,
    words: Sequence[str],
    before: Grounding,
) -> tuple[str, Grounding]:
    """Replace words with figures from nowhere by the tools' own wording, which is checked too."""
    if not ended:
        return _NOTHING, Grounding(before.checked, ())
    text = shown_text(wording.say_all([_told(one) for one in ended], context.style))
    # What the tools' own templates say of results is the last word, whatever the check thinks.
    return text, check(text, calls, words, context.today.isoformat(), _names(context))


def _names(context: PlannerContext) -> list[Name]:
    """Return what the tenant calls its things."""
    known = context.vocabulary
    return [
        *(("product", item.id, item.name) for item in known.products),
        *(("store", store.id, store.name) for store in known.stores),
    ]


def _told(ended: Ended) -> Outcome:
    told = ended.to_dict()
    return Outcome(ended.tool, told["outcome"], ended.arguments, told["result"], told)


def _status(ended: Sequence[Ended], notes: dict[str, Any], text: str) -> Status:
    if any(isinstance(one, Awaiting) for one in ended):
        return "needs_approval"
    if any(isinstance(one, Succeeded) for one in ended):
        return "answered"
    failures = [one for one in ended if isinstance(one, Failed)]
    if notes.get("kind") == "clarify" or any(one.asks_for for one in failures):
        return "clarify"
    if notes.get("kind") == "refuse" or any(one.reason for one in failures):
        return "refused"
    if failures:
        return "failed"
    return "clarify" if not notes and text.endswith("?") else "answered"


def _asked(
    ended: Sequence[Ended], notes: dict[str, Any]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if notes.get("kind") == "clarify":
        names = tuple(str(choice[1]) for choice in notes.get("choices", ()))
        return tuple(notes.get("asks_for", ())), names
    asking = [one for one in ended if isinstance(one, Failed) and one.asks_for]
    return (asking[0].asks_for, asking[0].choices) if asking else ((), ())


def _refused(ended: Sequence[Ended], notes: dict[str, Any], status: Status) -> str | None:
    if status == "clarify":
        return None
    reasons = [one.reason for one in ended if isinstance(one, Failed) and one.reason]
    return reasons[0] if reasons else (str(notes.get("reason") or "") or None)


def _recommendation(ended: Sequence[Ended], context: PlannerContext) -> str | None:
    for one in ended:
        if isinstance(one, Succeeded):
            said = recommend(one.tool, one.to_dict()["result"], context.style)
            if said:
                return shown_text(said)
    return None
