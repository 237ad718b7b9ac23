"""Compare two model versions on the same stretches of the past."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from forecasting.lifecycle.records import ModelRecord
from tenants.errors import CannotAnswer, InvalidArguments
from tenants.roles import Role
from tools.contract import DataResult, Effect, ToolArgs, ToolContext, ToolResult, tool
from tools.model_history import bias_pct, percent
from tools.naming import Names

if TYPE_CHECKING:
    from forecasting.lifecycle.comparing import SideBySide

NOT_ON_THE_SAME_DAYS = (
    "There are no days that both were tested on and neither was trained on, so which is better "
    "is not known; the errors shown come from each one's own backtest and may lie on other days. "
    "Newer sales make them comparable."
)
_LEAST_WINDOWS = 4
TOO_FEW = "Fewer than four windows are too few to tell better from lucky."


class CompareModelsArgs(ToolArgs):
    """Which two."""

    model_a: str | None = Field(None, description="Id of a model; left out: the newest in staging.")
    model_b: str | None = Field(
        None, description="Id of the model it is held against; left out: the production model."
    )


class Contestant(ToolResult):
    """One model and the errors of its own backtest, which may lie on other days.

    Attributes:
        stage: `production`, `staging` or `archived`.
        trained_through: Last day of the data it was trained on.
        wape_pct: Error in percent of sales, lower is better.
        mase: Error against that of repeating the last season on its training data; below 1 is
            better than that.
        bias_pct: Mean of forecast less actual in percent of sales; positive: too high.
        coverage_80_pct: Share of what came inside the 80 % range.
    """

    id: str
    stage: str
    trained_through: date | None
    wape_pct: float | None
    mase: float | None
    bias_pct: float | None
    coverage_80_pct: float | None


class SegmentComparison(ToolResult):
    """Both models on one store; `gain_pct` as in the whole."""

    store: str
    wape_a_pct: float
    wape_b_pct: float
    gain_pct: float


class SameWindows(ToolResult):
    """Both models on the very same days, none of which their forecasts had seen.

    Attributes:
        windows: How many stretches.
        window_days: Days of each, the first ones after its origin.
        start: First day of the first.
        end: Last day of the last.
        wape_a_pct: Error of model a in percent of sales, lower is better.
        bias_a_pct: Mean of forecast less actual in percent of sales; positive: too high.
        gain_pct: By how much a's error is smaller, in percent of b's; negative: larger.
        gain_lower_pct: Lower bound of its 90 % range; None with a single window.
        gain_upper_pct: Upper bound.
        level: Percent of that range.
        beyond_noise: The range leaves out zero, and there are windows enough to say so.
    """

    windows: int
    window_days: int
    start: date
    end: date
    wape_a_pct: float
    wape_b_pct: float
    bias_a_pct: float
    bias_b_pct: float
    gain_pct: float
    gain_lower_pct: float | None
    gain_upper_pct: float | None
    level: int
    beyond_noise: bool
    segments: tuple[SegmentComparison, ...]


class CompareModelsResult(DataResult):
    """Two models side by side.

    Attributes:
        same_windows: None where there are no days that both can fairly be judged on.
        better: Which is better beyond noise, `neither` where none is shown to be, `not_known`
            where they cannot be compared.
    """

    model_a: Contestant
    model_b: Contestant
    same_windows: SameWindows | None
    better: Literal["model_a", "model_b", "neither", "not_known"]


@tool(minimum_role=Role.ANALYST, effect=Effect.READS)
def compare_models(args: CompareModelsArgs, ctx: ToolContext) -> CompareModelsResult:
    """Compare two model versions on the same days of the past, which neither had seen.

    Use it for "is the new model better", "compare staging with production". For one model's
    accuracy and age use `model_status`; for the list of versions use `model_history`.

    `same_windows` sets both beside each other: `gain_pct` is by how much the error of `model_a`
    is smaller, in percent of that of `model_b`, with a 90 % range; `beyond_noise` and `better`
    say whether that can be told from luck. Errors under `model_a` and `model_b` come from each
    one's own backtest: do not compare those.

    Say which is better or that it is not shown, the gain with its range, on how many windows,
    and every note.
    """
    # Forecasting past windows loads LightGBM, which listing tools must not wait for.
    from forecasting.lifecycle.comparing import Version, side_by_side  # noqa: PLC0415
    from forecasting.lifecycle.versions import load_version  # noqa: PLC0415

    engine = ctx.forecasting
    one, other = _pair(args, ctx)
    found = side_by_side(
        engine.panel,
        Version(one, lambda: load_version(engine.registry, one)),
        Version(other, lambda: load_version(engine.registry, other)),
    )
    compared = None if found is None else _same_windows(found, ctx)
    return CompareModelsResult(
        model_a=_contestant(one),
        model_b=_contestant(other),
        same_windows=compared,
        better=_better(compared),
        cutoff=engine.cutoff,
        notes=_notes(compared),
    )


def _pair(args: CompareModelsArgs, ctx: ToolContext) -> tuple[ModelRecord, ModelRecord]:
    """Return the two versions: those named, else the newest in staging and production.

    Raises:
        UnknownItem: There is no model of that id.
        CannotAnswer: There is no staging model, or no production model, to take.
        InvalidArguments: They are the same.
    """
    registry = ctx.forecasting.registry
    staging, serving = registry.staging_newest(), registry.production()
    named = [name and registry.get(name) for name in (args.model_a, args.model_b)]
    one, other = named[0] or staging, named[1] or serving
    if args.model_b is None and one is not None and serving is not None and one.id == serving.id:
        other = staging
    if one is None or other is None:
        lacking = "production" if serving is None else "staging"
        raise CannotAnswer(
            f"There is no {lacking} model to compare; `retrain` makes one, or name both models."
        )
    if one.id == other.id:
        raise InvalidArguments(f"{one.id!r} is compared with itself; name another one.")
    return one, other


def _contestant(record: ModelRecord) -> Contestant:
    figures = record.metrics
    mase = figures.get("MASE")
    return Contestant(
        id=record.id,
        stage=record.stage.value,
        trained_through=record.cutoff,
        wape_pct=percent(record, "WAPE"),
        mase=mase if isinstance(mase, int | float) else None,
        bias_pct=bias_pct(*(figures.get(name) for name in ("bias", "MAE", "WAPE"))),
        coverage_80_pct=percent(record, "coverage_80"),
    )


def _same_windows(found: "SideBySide", ctx: ToolContext) -> SameWindows:
    from forecasting.lifecycle.comparing import LEVEL  # noqa: PLC0415 - as above

    one, other = found.one, found.other
    return SameWindows(
        windows=len(one.starts),
        window_days=found.days,
        start=one.starts[0],
        end=one.starts[-1] + timedelta(days=found.days - 1),
        wape_a_pct=one.wape_pct,
        wape_b_pct=other.wape_pct,
        bias_a_pct=one.bias_pct,
        bias_b_pct=other.bias_pct,
        gain_pct=found.gain.pct,
        gain_lower_pct=found.gain.lower_pct,
        gain_upper_pct=found.gain.upper_pct,
        level=LEVEL,
        beyond_noise=found.gain.beyond_noise,
        segments=_by_store(found, ctx),
    )


def _by_store(found: "SideBySide", ctx: ToolContext) -> tuple[SegmentComparison, ...]:
    """Return both on each store, where there are several of them."""
    store_of = Names(ctx).store
    return tuple(
        SegmentComparison(
            store=store_of(name).name,
            wape_a_pct=100 * mine / sold,
            wape_b_pct=100 * theirs / sold,
            gain_pct=100 * (theirs - mine) / theirs if theirs > 0 else 0.0,
        )
        for name, mine, theirs, sold in found.by_segment
    )


def _better(compared: SameWindows | None) -> Literal["model_a", "model_b", "neither", "not_known"]:
    if compared is None:
        return "not_known"
    if not compared.beyond_noise:
        return "neither"
    return "model_a" if compared.gain_pct > 0 else "model_b"


def _notes(compared: SameWindows | None) -> tuple[str, ...]:
    if compared is None:
        return (NOT_ON_THE_SAME_DAYS,)
    return (TOO_FEW,) if compared.windows < _LEAST_WINDOWS else ()
