"""A conversation as a language model is handed it: short, and old figures left behind."""

from collections.abc import Sequence
from itertools import pairwise

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

MOST_WHOLE = 4
"""How many exchanges are handed on as they were."""

_MOST_TOLD = 12
_QUESTION = 200
_INTRODUCTION = "Earlier in this conversation I asked, oldest first:"


def condensed(history: Sequence[BaseMessage]) -> list[BaseMessage]:
    """Return the last exchanges whole, and those before as their questions and calls.

    Figures of old answers are left out: what a model cannot see, it cannot repeat. Calls are
    kept, since "the same for last year" refers to them.
    """
    begins = [n for n, message in enumerate(history) if isinstance(message, HumanMessage)]
    if len(begins) <= MOST_WHOLE:
        return list(history)
    cut = begins[-MOST_WHOLE]
    older = [_told(history[start:end]) for start, end in pairwise(begins) if start < cut]
    said = "\n".join([_INTRODUCTION, *older[-_MOST_TOLD:]])
    return [HumanMessage(said), AIMessage("I remember."), *history[cut:]]


def _told(exchange: Sequence[BaseMessage]) -> str:
    """Return one exchange as a line: what was asked, and what was called for it."""
    question = " ".join(str(exchange[0].content).split())[:_QUESTION]
    calls = [
        f"{call['name']}({', '.join(f'{name}={value!r}' for name, value in call['args'].items())})"
        for message in exchange
        if isinstance(message, AIMessage)
        for call in message.tool_calls
    ]
    return f"- {question}" + (f" → {'; '.join(calls)}" if calls else "")
