"""Training, checking and using forecasting models."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from agent.channels.cli.declaration import command
from agent.channels.cli.invocation import Invocation, parse_date
from agent.channels.cli.operating import operate
from agent.channels.cli.reports import print_backtest, print_catalogue_forecast, print_training
from tenants.errors import BadInput

_PANEL = "Load, train and forecast"
_FORMATS = (".csv", ".parquet")
_program = typer.Typer()


def add_to(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.registered_commands += _program.registered_commands


@command(
    _program,
    "train",
    examples=("tillsight train", "tillsight train --tenant acme --budget fast"),
    panel=_PANEL,
)
def train(
    call: Invocation,
    *,
    budget: Annotated[
        str, typer.Option(help="How much work to put in: fast, normal or thorough.")
    ] = "normal",
    stage: Annotated[
        str,
        typer.Option(
            help="auto puts it in production when it is the first, or beats seasonal naive; "
            "staging or production decide it."
        ),
    ] = "auto",
) -> None:
    """Train a model, check it on past dates and register it."""
    result = operate(call, "train", {"budget": budget, "stage": stage}, title="Training")
    call.show(result, lambda: print_training(result))


@command(
    _program,
    "backtest",
    examples=("tillsight backtest --horizon 28 --windows 4",),
    panel=_PANEL,
)
def backtest(
    call: Invocation,
    *,
    horizon: Annotated[int, typer.Option(help="How many periods ahead to forecast.", min=1)] = 28,
    windows: Annotated[int, typer.Option(help="How many past dates to start from.", min=1)] = 4,
) -> None:
    """Forecast the past from earlier dates, and compare with what came, beside seasonal naive."""
    arguments = {"horizon": horizon, "windows": windows}
    result = operate(call, "backtest", arguments, title="Backtesting")
    call.show(result, lambda: print_backtest(result))


@command(
    _program,
    "forecast",
    examples=(
        "tillsight forecast --start 2026-07-06 --end 2026-07-19 --out forecast.csv",
        "tillsight forecast --start 2026-07-06 --end 2026-07-19 --plan plan.csv --out next.parquet",
    ),
    panel=_PANEL,
)
def forecast(
    call: Invocation,
    *,
    start: Annotated[str, typer.Option(help="First day, e.g. 2026-07-06.")],
    end: Annotated[str, typer.Option(help="Last day, included.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write: .csv or .parquet.")],
    plan: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Prices, promotions and other knowns of coming days."),
    ] = None,
    level: Annotated[
        int, typer.Option(help="Percent of outcomes the range should hold.", min=50, max=99)
    ] = 80,
) -> None:
    """Forecast every series of the catalogue into a file.

    Column `mean` is expected sales; under the aim `relative` it is the figure with the least error
    in percent.
    """
    first, last = parse_date("--start", start), parse_date("--end", end)
    if first > last:
        raise BadInput(f"--start {start} lies after --end {end}; swap them.")
    if out.suffix.lower() not in _FORMATS:
        raise BadInput(f"--out {str(out)!r} must end in .csv or .parquet.")
    if not out.resolve().parent.is_dir():
        raise BadInput(f"There is no folder {str(out.parent)!r}; make it first or choose another.")
    if plan is not None and not plan.is_file():
        raise BadInput(f"There is no plan file {str(plan)!r}; check the path.")
    arguments = {
        "start": first.isoformat(),
        "end": last.isoformat(),
        "plan": None if plan is None else str(plan),
        "out": str(out),
        "level": level,
    }
    result = operate(call, "forecast_catalogue", arguments, title="Forecasting")
    call.show(result, lambda: print_catalogue_forecast(result))
