"""A conversation in the terminal."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Self

from agent.answer import Answer, Progress, Step, Text
from agent.channels.cli.output import print_json, print_text, screen, visible
from agent.channels.steps import step_title
from tenants.errors import AppError

if TYPE_CHECKING:  # the assistant takes a second to load
    from agent.assistant import Assistant
    from tenants.principal import Principal

_PROMPT = "> "


def converse(
    assistant: Assistant, principal: Principal, *, as_json: bool, interactive: bool
) -> None:
    """Answer line after line, in one conversation, until an empty one or the end of input.

    Args:
        assistant: Answers.
        principal: Who asks.
        as_json: Whether to print each answer as JSON.
        interactive: Whether a person sits at the terminal, who is prompted and shown steps.
    """
    if interactive:
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401, PLC0415 - gives `input` history and editing
        print_text(f"Ask about {principal.tenant}; an empty line ends it.", error=True)
    conversation: str | None = None
    while (question := _next_question(interactive=interactive)) is not None:
        try:
            answer = _answer(assistant, principal, question, conversation, stream=not as_json)
        except AppError as error:
            print_text(str(error), error=True)
            continue
        conversation = answer.conversation
        if as_json:
            print_json(answer.to_dict())


def _next_question(*, interactive: bool) -> str | None:
    try:
        line = input(_PROMPT) if interactive else sys.stdin.readline()
    except EOFError:
        print_text("", error=True)
        return None
    return line.strip() or None


def _answer(
    assistant: Assistant,
    principal: Principal,
    question: str,
    conversation: str | None,
    *,
    stream: bool,
) -> Answer:
    """Print an answer as it comes; return it."""
    answer: Answer | None = None
    with _Status() as status:
        for event in assistant.stream(question, principal, conversation=conversation):
            if isinstance(event, Answer):
                answer = event
            elif isinstance(event, Step):
                status.show(step_title(event.tool))
            elif isinstance(event, Progress):
                status.show(f"{event.words} ({event.fraction:.0%})")
            elif isinstance(event, Text) and stream:
                status.clear()
                sys.stdout.write(visible(event.text))
                sys.stdout.flush()
    assert answer is not None  # noqa: S101 - a stream ends with the answer
    if stream:
        sys.stdout.write("\n\n")
        if answer.who:
            print_text(answer.who, error=True)
    return answer


class _Status:
    """A line on the terminal that says what is under way, gone when words come."""

    def __init__(self) -> None:
        self._status = screen(error=True).status("") if sys.stderr.isatty() else None
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def show(self, words: str) -> None:
        """Say what is under way."""
        if self._status is not None:
            self._status.update(visible(words))
            if not self._shown:
                self._status.start()
                self._shown = True

    def clear(self) -> None:
        """Take the line away."""
        if self._status is not None and self._shown:
            self._status.stop()
            self._shown = False
