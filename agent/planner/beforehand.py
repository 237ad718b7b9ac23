"""Reading the built-in model's words and phrases before anybody asks."""

from dataclasses import replace

from langchain_core.messages import HumanMessage

from agent.grounding.lexicon import lexicon
from agent.languages import codes, language
from agent.planner.context import PlannerContext
from agent.planner.dialogue import dialogue_of
from agent.planner.parts_of_speech import is_never_a_noun
from agent.planner.plan import next_step
from agent.planner.wording.templates import read_all

_ANY_QUESTION = "How much did we sell last week?"


def read_beforehand(context: PlannerContext) -> None:
    """Read templates, patterns and phrases of every language, as any question in it needs them."""
    for code in codes():
        words = language(code)
        read_all(code)
        words.compile_all()
        # What else the first turn in a language reads: phrases, words that slips are mended to.
        next_step(dialogue_of([HumanMessage(_ANY_QUESTION)]), replace(context, language=words))
        lexicon(code).compile_all()
        is_never_a_noun(code, code)  # opens the dictionary
