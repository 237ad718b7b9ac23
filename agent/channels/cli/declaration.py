"""How a command is declared: its own parameters, and those that every command shares."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from contextlib import closing
from typing import Annotated, Any

import typer

from agent.channels.cli.invocation import Invocation

_WHO = "Who asks, and how it is shown"

Tenant = Annotated[
    str | None,
    typer.Option(
        "--tenant", metavar="NAME", help="The tenant; default: harbor.", rich_help_panel=_WHO
    ),
]
As = Annotated[
    str | None,
    typer.Option("--as", metavar="USER", help="Ask as this person.", rich_help_panel=_WHO),
]
AskingRole = Annotated[
    str | None,
    typer.Option(
        "--role",
        metavar="ROLE",
        help="On a local workspace: ask as viewer, analyst, manager or admin (the default).",
        rich_help_panel=_WHO,
    ),
]
Today = Annotated[
    str | None,
    typer.Option(
        "--today", metavar="DATE", help="What today is, e.g. 2026-07-01.", rich_help_panel=_WHO
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON value.", rich_help_panel=_WHO)]

_SHARED = {
    "tenant_name": Tenant,
    "as_user": As,
    "role_name": AskingRole,
    "today_text": Today,
    "json": Json,
}

Command = Callable[..., None]


def command(
    group: typer.Typer,
    name: str,
    *,
    examples: tuple[str, ...],
    without: frozenset[str] = frozenset(),
    panel: str | None = None,
) -> Callable[[Command], Command]:
    """Declare a command whose first argument is its `Invocation`.

    Args:
        group: The group it belongs to.
        name: What people type.
        examples: Whole command lines, shown under its help.
        without: Shared options it does not take, by parameter name.
        panel: The heading it stands under in the help of its group.
    """
    shared = {key: option for key, option in _SHARED.items() if key not in without}

    def declare(run: Command) -> Command:
        @functools.wraps(run)
        def invoke(context: typer.Context, **values: Any) -> None:
            given = {key: values.pop(key) for key in shared}
            with closing(Invocation(compose=context.obj, **given)) as call:
                run(call, **values)

        own = list(inspect.signature(run, eval_str=True).parameters.values())[1:]
        parameters = [
            _keyword("context", typer.Context),
            *(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own),
            *(_keyword(key, option, default=_default(key)) for key, option in shared.items()),
        ]
        invoke.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        invoke.__annotations__ = {each.name: each.annotation for each in parameters}
        group.command(
            name, help=unwrapped(run.__doc__), epilog=_taught(examples), rich_help_panel=panel
        )(invoke)
        return run

    return declare


def unwrapped(text: str | None) -> str:
    """Return a docstring's paragraphs as one line each, for the terminal to wrap."""
    paragraphs = inspect.cleandoc(text or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _keyword(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> Any:
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default
    )


def _default(key: str) -> object:
    return False if key == "json" else None


def _taught(examples: tuple[str, ...]) -> str:
    lines = [f"  [green]{example.replace('[', chr(92) + '[')}[/green]" for example in examples]
    return "\n\n".join(["[bold]Examples[/bold]", *lines])
