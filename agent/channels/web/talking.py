"""How the turns of a conversation look: what is under way, what is said, the plot, the working."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import gradio as gr
import plotly.graph_objects as go

from agent.answer import Answer, Event, Progress, Step, StepDone, Text
from agent.channels.steps import step_title
from agent.channels.web.harmless import harmless, literal
from agent.channels.web.working import working

if TYPE_CHECKING:  # memory loads LangChain, which the page needs only to answer
    from agent.memory import Exchange

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Turn:
    """What stands below a question, while it is answered and afterwards.

    Attributes:
        steps: Tools that run or ran.
        words: As much of the answer as came so far.
        answer: The whole answer, once it is there.
        figure: The plot beside it, if there is one.
    """

    conversation: str | None
    steps: tuple[Message, ...] = ()
    words: str = ""
    answer: Answer | None = None
    figure: go.Figure | None = None

    def after(self, event: Event) -> Turn:
        """Return what stands there after one more event."""
        if isinstance(event, Answer):
            return Turn(event.conversation, words=event.text, answer=event)
        if isinstance(event, Text):
            return replace(self, words=self.words + event.text)
        if isinstance(event, Step):
            return replace(self, steps=(*self.steps, _step(event.tool, "")))
        if isinstance(event, Progress) and self.steps:
            words = f"{event.words} ({event.fraction:.0%})"
            return replace(self, steps=(*self.steps[:-1], _step(event.tool, words)))
        if isinstance(event, StepDone) and self.steps:
            done = _step(event.call["tool"], "", status="done")
            return replace(self, steps=(*self.steps[:-1], done))
        return self

    @property
    def messages(self) -> list[Message]:
        """Return it as messages of the chat."""
        shown = list(self.steps)
        if self.words:
            shown.append(said(self.words))
        if self.figure is not None:
            shown.append({"role": "assistant", "content": gr.Plot(self.figure, show_label=False)})
        if self.answer is not None and (self.answer.calls or self.answer.who):
            shown.append(_working(self.answer))
        return shown


def asked(question: str) -> Message:
    """Return a person's question as a message, shown as they typed it."""
    return {"role": "user", "content": literal(question)}


def said(text: str) -> Message:
    """Return words of the assistant as a message."""
    return {"role": "assistant", "content": harmless(text)}


def recalled(exchanges: Iterable[Exchange]) -> list[Message]:
    """Return a past conversation's messages."""
    return [
        message
        for exchange in exchanges
        for message in (asked(exchange.question), said(exchange.answer))
    ]


def _step(tool: str, words: str, *, status: str = "pending") -> Message:
    metadata = {"title": step_title(tool), "status": status}
    return {"role": "assistant", "content": literal(words), "metadata": metadata}


def _working(answer: Answer) -> Message:
    checked = int(answer.grounding.get("checked", 0))
    return {
        "role": "assistant",
        "content": working(answer.calls, answer.milliseconds, checked, answer.who),
        "metadata": {"title": "Show working", "status": "done"},
    }
