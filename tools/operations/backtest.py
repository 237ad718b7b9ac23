"""Forecast the past from earlier days, and compare with what came."""

from pydantic import Field

from forecasting.backtesting.report import Comparison, Promise
from forecasting.backtesting.rolling import backtest as test_on_the_past
from forecasting.intervals.calibration import LEVELS
from tenants.roles import Role
from tools.contract import DataResult, Effect, ToolArgs, ToolContext, ToolResult, tool
from tools.model_history import bias_pct

_FRACTIONS = ("wape", "mape", "rmspe")
_PLAIN = ("mase", "rmsse", "rmse", "mae", "r2", "pairs")


class BacktestArgs(ToolArgs):
    """How far ahead, from how many past days."""

    horizon: int = Field(28, ge=1, le=366, description="Periods ahead to forecast.")
    windows: int = Field(4, ge=1, le=60, description="How many past days to start from.")


class Errors(ToolResult):
    """Errors of the model beside those of repeating the last season; null: no figure.

    Attributes:
        name: Which part of the backtest.
        pairs: How many single forecasts were compared.
        skill_pct: By how much the model's WAPE is below seasonal naive's, in percent of it.
        bias_pct: Mean of forecast less actual, in percent of sales; positive: too high.
        rmse: In the result's unit; so is mae.
        coverage_80_pct: Share of what came inside the 80 % range.
        pinball: Loss of the ranges' bounds, in the result's unit; lower is better.
    """

    name: str
    pairs: int
    wape_pct: float | None
    naive_wape_pct: float | None
    skill_pct: float | None
    bias_pct: float | None
    naive_bias_pct: float | None
    mase: float | None
    naive_mase: float | None
    rmsse: float | None
    naive_rmsse: float | None
    rmse: float | None
    naive_rmse: float | None
    mae: float | None
    naive_mae: float | None
    mape_pct: float | None
    naive_mape_pct: float | None
    rmspe_pct: float | None
    naive_rmspe_pct: float | None
    r2: float | None
    naive_r2: float | None
    coverage_50_pct: float | None
    coverage_80_pct: float | None
    coverage_95_pct: float | None
    pinball: float | None


class Promised(ToolResult):
    """How many ranges held what came, in percent, of those that promised 50, 80 and 95 %.

    Attributes:
        what: Single periods, or what was added up.
        ranges: How many there were.
    """

    what: str
    ranges: int
    held_50_pct: float | None
    held_80_pct: float | None
    held_95_pct: float | None


class Backtested(DataResult):
    """What a rolling-origin backtest found; plain errors are in `unit`.

    `promises` says how often ranges held what they promised; `naive_won` names the parts in which
    repeating the last season was better.
    """

    horizon: int
    unit: str
    overall: Errors
    windows: tuple[Errors, ...]
    by_horizon: tuple[Errors, ...]
    by_store: tuple[Errors, ...]
    by_volume: tuple[Errors, ...]
    by_promotion: tuple[Errors, ...]
    by_flag: tuple[Errors, ...]
    promises: tuple[Promised, ...]
    naive_won: tuple[str, ...]


@tool(minimum_role=Role.ANALYST, effect=Effect.READS)
def backtest(args: BacktestArgs, ctx: ToolContext) -> Backtested:
    """Forecast the past from earlier days, and compare with what came and with seasonal naive.

    Use it to see how good forecasts are; the model is trained anew for each window on what was
    known then, with the budget fast, so it takes a while.

    Errors in percent are of sales; lower is better. MAPE and RMSPE are those of single figures as
    they are quoted, all others those of expected sales. A positive skill means the model is better
    than repeating the last season.

    Say the horizon, the windows and the unit along with the errors.
    """
    found = test_on_the_past(
        ctx.forecasting.panel,
        horizon=args.horizon,
        windows=args.windows,
        progress=ctx.progress,
    )
    return Backtested(
        horizon=found.horizon,
        unit=found.unit,
        overall=_errors(found.overall),
        promises=tuple(_promised(one) for one in found.promises),
        naive_won=found.naive_won,
        **{name: tuple(_errors(part) for part in parts) for name, parts in found.tables.items()},
        cutoff=found.cutoff,
        notes=found.notes,
    )


def _errors(part: Comparison) -> Errors:
    values: dict[str, float | None] = {}
    for prefix, accuracy in (("", part.model.to_dict()), ("naive_", part.naive.to_dict())):
        values |= {f"{prefix}{name}_pct": _percent(accuracy[name]) for name in _FRACTIONS}
        values |= {f"{prefix}{name}": accuracy[name] for name in _PLAIN}
        values[f"{prefix}bias_pct"] = bias_pct(accuracy["bias"], accuracy["mae"], accuracy["wape"])
    shown = part.to_dict()
    levels = {str(level): share for level, share in shown["coverage"].items()}
    return Errors.model_validate(
        {name: values.get(name) for name in Errors.model_fields}
        | {
            "name": part.name,
            "pairs": part.model.pairs,
            "skill_pct": _percent(shown["skill"]),
            "pinball": shown["pinball"],
            **{f"coverage_{n}_pct": _percent(levels.get(str(n))) for n in LEVELS},
        }
    )


def _promised(one: Promise) -> Promised:
    held = {f"held_{level}_pct": _percent(one.held.get(str(level))) for level in LEVELS}
    return Promised.model_validate({"what": one.what, "ranges": one.count, **held})


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
