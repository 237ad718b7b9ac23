"""Plans the whole questions of a message one after the other."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from agent.planner.apart import Question
from agent.planner.dialogue import Dialogue
from agent.planner.drafts import Calls, Say, Step, distinct
from agent.planner.understanding.sentence import Sentence

_OUTSIDE = "out_of_scope"

Plan = Callable[[Sentence, Dialogue], Step]


def planned_apart(questions: Sequence[Question], dialogue: Dialogue, plan: Plan) -> Calls | None:
    """Return the calls of all questions, each planned as if said after the answers before it.

    Args:
        questions: What a message asks, in its order.
        dialogue: The conversation before the message.
        plan: Plans one question.

    Returns:
        None where there is but one question, or something must be asked back about one.
    """
    if len(questions) == 1:
        return None
    steps: list[Calls] = []
    for question in questions:
        step = plan(question.sentence, _after(steps, question, dialogue))
        if isinstance(step, Say) and step.reason == _OUTSIDE:
            step = Calls((), (step.message,), step.reason)
        if not isinstance(step, Calls):
            return None
        steps.append(step)
    return Calls(
        distinct(draft for step in steps for draft in step.drafts),
        tuple(dict.fromkeys(aside for step in steps for aside in step.asides)),
        next((step.reason for step in steps if step.reason), ""),
    )


def _after(steps: Sequence[Calls], question: Question, dialogue: Dialogue) -> Dialogue:
    """Return the conversation as it stands where a question of a message is asked."""
    made = [step.drafts for step in reversed(steps) if step.drafts]
    if not made:
        return dialogue
    if not question.goes_on:
        return Dialogue(dialogue.question)
    earlier = (*made, *dialogue.earlier)
    return replace(dialogue, frames=earlier[0], earlier=earlier, pending=None)
