"""Asking questions: once, or in a conversation."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from agent.channels.cli.declaration import command
from agent.channels.cli.invocation import Invocation
from agent.channels.cli.output import print_json, print_text
from tenants.errors import BadInput, UnknownItem

if TYPE_CHECKING:  # the assistant takes a second to load
    from agent.answer import Answer
    from tenants.principal import Principal

DEMO_TENANT = "harbor"
_PANEL = "Ask"
_UNSERVED = {"refused", "failed"}
_program = typer.Typer()


def add_to(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.registered_commands += _program.registered_commands


@command(
    _program,
    "ask",
    examples=(
        'tillsight ask "How much cold brew will Riverside sell next week?"',
        'tillsight ask "Optimize discount for product 1 for next week" --json',
        'tillsight ask "Retrain the model" --role viewer',
    ),
    panel=_PANEL,
)
def ask(
    call: Invocation,
    *,
    question: Annotated[str, typer.Argument(help="What you want to know, in your words.")],
) -> None:
    """Ask one question and print the answer.

    The exit code is 0 when it was answered, asked back or waits for an approval, and 2 when it
    was refused or failed.
    """
    answer = _assistant_answer(call, question)
    if call.json:
        print_json(answer.to_dict())
    else:
        print_text(answer.text)
        if answer.who:
            print_text(answer.who, error=True)
    if answer.status in _UNSERVED:
        raise typer.Exit(2)


@command(
    _program,
    "chat",
    examples=("tillsight chat", "tillsight chat --as maria --tenant acme"),
    panel=_PANEL,
)
def chat(call: Invocation) -> None:
    """Talk in the terminal; an empty line or Ctrl-D ends it."""
    from agent.channels.cli.conversation import converse  # noqa: PLC0415 - loads the assistant

    principal = _ready(call)
    converse(
        call.application.assistant, principal, as_json=call.json, interactive=sys.stdin.isatty()
    )


def _assistant_answer(call: Invocation, question: str) -> Answer:
    if not question.strip():
        raise BadInput('The question is empty; ask something, e.g. "What sold best last week?"')
    principal = _ready(call)
    return call.application.assistant.answer(question, principal)


def _ready(call: Invocation) -> Principal:
    try:
        return call.principal
    except UnknownItem:
        known = {tenant.name for tenant in call.application.installation.directory.list()}
        if call.tenant != DEMO_TENANT or DEMO_TENANT in known:
            raise
        raise UnknownItem(
            f"The demo world {DEMO_TENANT!r} is not prepared yet; run `tillsight demo` first."
        ) from None
