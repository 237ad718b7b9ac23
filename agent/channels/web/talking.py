"""How the turns of a conversation look: what is said, what is under way, the plot, the working."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from agent.channels.web.harmless import harmless, literal
from agent.channels.web.plots import plot_of
from agent.channels.web.working import step_title, working

Message = dict[str, Any]


def asked(question: str) -> Message:
    """Return a person's question as a message; their words are shown as they typed them."""
    return {"role": "user", "content": literal(question)}


def said(text: str) -> Message:
    """Return words of the assistant as a message."""
    return {"role": "assistant", "content": harmless(text)}


def step(tool: str, words: str = "") -> Message:
    """Return a tool that runs, as a message."""
    return {
        "role": "assistant",
        "content": literal(words),
        "metadata": {"title": step_title(tool), "status": "pending"},
    }


def answered(answer: Any) -> list[Message]:
    """Return a finished answer: its words, a plot where one helps, and the working."""
    messages = [said(answer.text)]
    figure = plot_of(answer.calls)
    if figure is not None:
        messages.append({"role": "assistant", "content": gr.Plot(figure, show_label=False)})
    if answer.calls:
        checked = int(answer.grounding.get("checked", 0))
        messages.append(
            {
                "role": "assistant",
                "content": working(answer.calls, answer.milliseconds, checked),
                "metadata": {"title": "Show working", "status": "done"},
            }
        )
    return messages


@dataclass(frozen=True, slots=True)
class Turn:
    """What stands below a question while it is answered."""

    conversation: str | None
    messages: tuple[Message, ...] = ()
    words: str = ""

    def after(self, event: Any) -> Turn:
        """Return what stands there after one more event."""
        kind = type(event).__name__
        if kind == "Answer":
            return Turn(event.conversation, tuple(answered(event)))
        if kind == "Text":
            words = self.words + event.text
            steps = tuple(each for each in self.messages if "metadata" in each)
            return Turn(self.conversation, (*steps, said(words)), words)
        if kind == "Step":
            return Turn(self.conversation, (*self.messages, step(event.tool)))
        return self


def recalled(turns: Any) -> list[Message]:
    """Return a past conversation's messages."""
    messages = []
    for turn in turns:
        messages += [asked(turn.question), said(turn.answer)]
    return messages
