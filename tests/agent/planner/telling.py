"""Talks to the planner with results: what it makes of a message after answers that told figures."""

import json

from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from agent.planner.dialogue import dialogue_of
from agent.planner.drafts import Calls, Draft
from agent.planner.plan import next_step
from agent.planner.steps import first_message
from tests.agent.conversing import HARBOR_CONTEXT


def told(question, *calls):
    """Return the messages of a turn whose calls came back with results.

    Args:
        question: What the person said.
        calls: Tool, arguments and result of each call.
    """
    drafts = tuple(Draft(tool, arguments) for tool, arguments, _ in calls)
    message = first_message(Calls(drafts))
    results = [
        ToolMessage(
            json.dumps({"tool": t, "outcome": "succeeded", "arguments": a, "result": r}),
            tool_call_id=call["id"],
        )
        for (t, a, r), call in zip(calls, message.tool_calls, strict=True)
    ]
    return [HumanMessage(question), message, *results, AIMessage("So it is.")]


def after(*turns, words, context=HARBOR_CONTEXT):
    """Return the planner's step for words said after these turns."""
    history = [message for turn in turns for message in turn]
    return next_step(dialogue_of([*history, HumanMessage(words)]), context)


def calls_after(*turns, words, context=HARBOR_CONTEXT):
    """Return the calls made for words said after these turns, as pairs of tool and arguments."""
    step = after(*turns, words=words, context=context)
    assert isinstance(step, Calls), step
    return [(draft.tool, draft.ready) for draft in step.drafts]
