"""Talks to the planner without tools: what it would call, ask or say."""

from datetime import date

from langchain_core.messages import AIMessage, HumanMessage

from agent.planner.context import PlannerContext
from agent.planner.dialogue import dialogue_of
from agent.planner.drafts import Calls
from agent.planner.plan import next_step
from agent.planner.steps import first_message
from tests.tools.harbor import HARBOR

TODAY = date(2026, 7, 1)
HARBOR_CONTEXT = PlannerContext(HARBOR, TODAY, own_names=("harbor", "Harbor Market"))
NEXT_WEEK = {"start": "2026-07-06", "end": "2026-07-12"}
LAST_WEEK = {"start": "2026-06-22", "end": "2026-06-28"}


def steps_of(*said, context=HARBOR_CONTEXT):
    """Return the planner's step for each message of a conversation; every call is answered."""
    history, steps = [], []
    for words in said:
        history.append(HumanMessage(words))
        step = next_step(dialogue_of(history), context)
        message = first_message(step)
        history.append(message)
        if message.tool_calls:
            history.append(AIMessage("Here you are."))
        steps.append(step)
    return steps


def calls_of(*said, context=HARBOR_CONTEXT):
    """Return the calls of the last message as pairs of tool and arguments."""
    step = steps_of(*said, context=context)[-1]
    assert isinstance(step, Calls), step
    return [
        (draft.tool, draft.arguments if draft.waits_for_a_price else draft.ready)
        for draft in step.drafts
    ]
