"""Scripted evaluations of the assistant."""

from __future__ import annotations

import json as json_text
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.channels.cli.declaration import command
from agent.channels.cli.invocation import Invocation
from agent.channels.cli.output import print_table, print_text
from tenants.errors import BadInput

if TYPE_CHECKING:  # the assistant takes a second to load
    from collections.abc import Sequence

    from agent.evaluation.running import CaseResult
    from agent.evaluation.suite import Case, Suite

_PANEL = "Ask"
_CASES_FAILED = 1
_MOST_SHOWN = 40
_program = typer.Typer()


def add_to(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.registered_commands += _program.registered_commands


@command(
    _program,
    "eval",
    examples=(
        "tillsight eval agent/evaluation/suites/practice/first",
        "tillsight eval my-suite.yaml --json result.json --min-pass 0.97",
        "tillsight eval my-suite.yaml --model openai:gpt-5-mini --trials 3",
    ),
    without=frozenset({"tenant_name", "as_user", "role_name", "today_text", "json"}),
    panel=_PANEL,
)
def evaluate(
    call: Invocation,
    *,
    suites: Annotated[list[Path], typer.Argument(help="The suites, YAML files or folders.")],
    model: Annotated[
        str | None, typer.Option(metavar="MODEL", help="built-in, openai:NAME or ollama:NAME.")
    ] = None,
    trials: Annotated[int, typer.Option(min=1, max=100, help="How often to play each case.")] = 1,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write everything there.")
    ] = None,
    min_pass: Annotated[
        float, typer.Option(min=0, max=1, help="The share of cases that must pass.")
    ] = 1.0,
    kind: Annotated[
        list[str] | None, typer.Option(help="Only cases of this kind; may be repeated.")
    ] = None,
    case: Annotated[
        list[str] | None, typer.Option(help="Only cases whose id holds this; may be repeated.")
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Make the worlds anew.")] = False,
) -> None:
    """Play scripted conversations in a world of their own and judge every turn.

    The exit code is 0 when enough cases pass in every trial, and 1 when not.
    """
    from agent.evaluation.report import as_json  # noqa: PLC0415 - loads the assistant
    from agent.evaluation.session import Evaluation  # noqa: PLC0415 - see above

    chosen = _chosen(suites, kind or [], case or [])
    settings = call.application.settings
    settings = settings.model_copy(update={"model": model or settings.model})
    kept = settings.home / "evaluations"
    evaluation = Evaluation(kept=kept, settings=settings, trials=trials, fresh=fresh)
    began = time.monotonic()
    with call.progress("Evaluating") as progress:
        results = evaluation.play(chosen, progress)
    report = as_json(results)
    _write(json, report)
    _print(results, report["totals"], trials, time.monotonic() - began)
    if report["totals"]["passed"] < min_pass * report["totals"]["cases"]:
        raise typer.Exit(_CASES_FAILED)


def _chosen(paths: Sequence[Path], kinds: Sequence[str], ids: Sequence[str]) -> list[Suite]:
    """Return the suites with the cases asked for."""
    from agent.evaluation.suite import read_suite  # noqa: PLC0415 - loads what judges

    def wanted(case: Case) -> bool:
        return (not kinds or case.kind in kinds) and (
            not ids or any(text in case.id for text in ids)
        )

    files = [file for path in paths for file in _files(path)]
    read = [read_suite(file) for file in files]
    kept = [(suite, tuple(case for case in suite.cases if wanted(case))) for suite in read]
    chosen = [suite.model_copy(update={"cases": cases}) for suite, cases in kept if cases]
    if not chosen:
        raise BadInput("No case of these suites is of that kind or has such an id.")
    return chosen


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(path.rglob("*.yaml"))
    if not found:
        raise BadInput(f"There is no suite (*.yaml) in {str(path)!r}.")
    return found


def _write(path: Path | None, report: dict[str, Any]) -> None:
    if path is None:
        return
    text = json_text.dumps(report, ensure_ascii=False, indent=1, default=str)
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{str(path)!r} cannot be written: {error.strerror}.") from None


def _print(
    results: Sequence[CaseResult], totals: dict[str, Any], trials: int, seconds: float
) -> None:
    from agent.evaluation.report import failures, summary, table  # noqa: PLC0415 - see above

    failed = list(failures(results))
    for one in failed[:_MOST_SHOWN]:
        print_text(f"{one}\n")
    if len(failed) > _MOST_SHOWN:
        print_text(f"… and {len(failed) - _MOST_SHOWN} more; --json FILE keeps them all.\n")
    for group in ("suite", "kind"):
        print_table(table(totals[f"by_{group}"], group))
        print_text("")
    print_text(summary(totals, trials, seconds))
