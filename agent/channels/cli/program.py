"""The command line as a whole: its groups, and what a failure looks like."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from agent.channels.application import Compose
from agent.channels.cli import (
    approvals,
    asking,
    audit,
    evaluating,
    knowledge,
    loading,
    modelling,
    serving,
    tenants,
    users,
)
from agent.channels.cli.declaration import unwrapped
from agent.channels.cli.output import print_json, print_text
from tenants.errors import AppError, BadInput, NeedsDetail

EXIT_REFUSED = 2
EXIT_BUG = 1
EXIT_INTERRUPTED = 130

_HELP = """Sales forecasting that people talk to.

Load a retailer's sales, train and check forecasting models, and ask questions in plain
language. Every figure comes from a tool, and every tool call is checked and recorded.
"""
_EPILOG = """[bold]Start here[/bold]

  [green]tillsight demo[/green]   [dim]makes a small retail world, loads it and trains[/dim]

  [green]tillsight ask "How much cold brew will Riverside sell next week?"[/green]

  [green]tillsight serve[/green]  [dim]opens the page on this machine[/dim]"""


def build() -> typer.Typer:
    """Return the whole program."""
    program = typer.Typer(
        name="tillsight",
        help=unwrapped(_HELP),
        epilog=_EPILOG,
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    for module in (
        asking,
        evaluating,
        serving,
        loading,
        knowledge,
        modelling,
        approvals,
        tenants,
        users,
        audit,
    ):
        module.add_to(program)
    return program


def run(compose: Compose, arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 when it did what was asked, 2 when the request cannot be served as put (one sentence says
    why), 1 when the program failed (the details are in the log), 130 after Ctrl-C.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    code: int | str | None = 0
    try:
        code = build()(given, prog_name="tillsight", obj=compose, standalone_mode=False)
    except AppError as error:
        code = _explain(error, as_json="--json" in given)
    except typer.TyperException as misuse:
        code = _correct(misuse, as_json="--json" in given)
    except typer.Abort:
        code = EXIT_INTERRUPTED
    except SystemExit as ending:
        code = ending.code
    except KeyboardInterrupt:
        code = EXIT_INTERRUPTED
    except BrokenPipeError:
        _forget_output()
    except Exception as bug:  # noqa: BLE001 - the one place where a bug becomes a sentence
        code = _apologise(bug, as_json="--json" in given)
    return code if isinstance(code, int) else EXIT_BUG if code else 0


def _explain(error: AppError, *, as_json: bool) -> int:
    print_text(f"tillsight: {error}", error=True)
    if as_json:
        details: dict[str, object] = {
            "error": str(error),
            "outcome": error.outcome,
            "reason": error.reason or None,
        }
        if isinstance(error, NeedsDetail):
            details |= {"asks_for": list(error.asks_for), "choices": list(error.choices)}
        print_json(details)
    return EXIT_REFUSED


def _correct(misuse: typer.TyperException, *, as_json: bool) -> int:
    problem = " ".join(misuse.format_message().split()).rstrip(".")
    if not problem:  # a group without a command has shown its help
        return EXIT_REFUSED
    context = getattr(misuse, "ctx", None)
    command = "tillsight" if context is None else context.command_path
    return _explain(BadInput(f"{problem}; see `{command} --help`."), as_json=as_json)


def _apologise(bug: BaseException, *, as_json: bool) -> int:
    where = _written_down(bug)
    details = "" if where is None else f"; the details are in {where}"
    sentence = f"Something went wrong ({type(bug).__name__}){details}."
    print_text(f"tillsight: {sentence}", error=True)
    if as_json:
        print_json({"error": sentence, "outcome": "failed", "reason": None})
    return EXIT_BUG


def _written_down(bug: BaseException) -> Path | None:
    """Return the log that holds the traceback, if it could be written."""
    path = Path(os.environ.get("TILLSIGHT_HOME", "var")) / "log" / "tillsight.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    record = logging.LogRecord(
        "tillsight",
        logging.ERROR,
        __file__,
        0,
        "%s",
        (type(bug).__name__,),
        (type(bug), bug, bug.__traceback__),
    )
    handler.emit(record)
    handler.close()
    return path


def _forget_output() -> None:
    # The reader went away (`tillsight … | head`); Python would complain again at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
