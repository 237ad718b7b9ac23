"""Reading the built-in model's words and phrases before anybody asks."""

from langchain_core.messages import HumanMessage

from agent.languages import codes
from agent.planner.context import PlannerContext
from agent.planner.dialogue import dialogue_of
from agent.planner.plan import next_step
from agent.planner.wording.templates import read_all

_ANY_QUESTION = "How much did we sell last week?"


def read_beforehand(context: PlannerContext) -> None:
    """Read the templates of every language, and what questions of the tenant's are ranked by."""
    for code in codes():
        read_all(code)
    # Patterns are compiled as they are first used; planning any question uses most of them.
    next_step(dialogue_of([HumanMessage(_ANY_QUESTION)]), context)
