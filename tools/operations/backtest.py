"""Forecast the past from earlier days, and compare with what came."""

from pydantic import Field

from forecasting.backtesting import Comparison
from forecasting.backtesting import backtest as test_on_the_past
from tenants.roles import Role
from tools.contract import DataResult, Effect, ToolArgs, ToolContext, ToolResult, tool
from tools.model_history import bias_pct

_FRACTIONS = ("wape", "mape")
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
    r2: float | None
    naive_r2: float | None
    coverage_50_pct: float | None
    coverage_80_pct: float | None
    coverage_95_pct: float | None


class Backtested(DataResult):
    """What a rolling-origin backtest found; plain errors are in `unit`."""

    horizon: int
    unit: str
    overall: Errors
    windows: tuple[Errors, ...]
    by_horizon: tuple[Errors, ...]
    by_store: tuple[Errors, ...]
    by_promotion: tuple[Errors, ...]


@tool(minimum_role=Role.ANALYST, effect=Effect.READS)
def backtest(args: BacktestArgs, ctx: ToolContext) -> Backtested:
    """Forecast the past from earlier days, and compare with what came and with seasonal naive.

    Use it to see how good forecasts are; the model is trained anew for each window on what was
    known then, so it takes a while.

    Errors in percent are of sales; lower is better. A positive skill means the model is better
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
        windows=tuple(_errors(part) for part in found.windows),
        by_horizon=tuple(_errors(part) for part in found.by_horizon),
        by_store=tuple(_errors(part) for part in found.by_store),
        by_promotion=tuple(_errors(part) for part in found.by_promotion),
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
            **{f"coverage_{n}_pct": _percent(levels.get(str(n))) for n in (50, 80, 95)},
        }
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
