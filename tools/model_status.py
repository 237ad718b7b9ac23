"""How the production model does: accuracy then and now, freshness, decay, latency."""

from datetime import date, datetime
from typing import Literal

import numpy as np

from forecasting.lifecycle.records import ModelRecord
from forecasting.lifecycle.rollout_records import Rollout
from forecasting.lifecycle.schedule import Decay as Measured
from tenants.audit import AuditLog
from tenants.roles import Role
from tools.contract import Effect, ModelResult, ToolArgs, ToolContext, ToolResult, tool
from tools.model_history import bias_pct, percent

_RECENT_CALLS = 200
_MEASURED_TOOL = "forecast"


class ModelStatusArgs(ToolArgs):
    """Nothing to choose."""


class Accuracy(ToolResult):
    """Errors of the model in its backtest; percentages are of sales.

    Attributes:
        bias_pct: Mean of forecast less actual; positive: forecast too high.
        unit: Of rmse and mae, for single days or weeks of single series.
        coverage_80_pct: Share of what came inside the 80 % range.
    """

    wape_pct: float | None
    naive_wape_pct: float | None
    bias_pct: float | None
    rmse: float | None
    mae: float | None
    r2: float | None
    coverage_80_pct: float | None
    unit: str


class Decay(ToolResult):
    """The model on data that came in since it was trained.

    Attributes:
        periods: How many days, weeks or months that is.
        worse_pct: By how much the error is larger than in the backtest, in percent of that.
    """

    wape_pct: float
    periods: int
    period: str
    worse_pct: float


class Latency(ToolResult):
    """How long the newest forecasts took, from the intent on record to the ending."""

    calls: int
    p50_ms: float
    p95_ms: float


class RunningRollout(ToolResult):
    """A model that is tried out on some series beside the production model.

    Attributes:
        traffic_pct: Percent of the series that it forecasts.
    """

    kind: Literal["canary", "ab"]
    model: str
    traffic_pct: float
    started_at: datetime


class ModelStatusResult(ModelResult):
    """The production model as it is today.

    Attributes:
        data_age_days: Days from the last day with data to today.
        trained_through: Last day of the data it was trained on.
        at_promotion: Errors of the backtest it was promoted with.
        now: Errors on newer data; null until enough has come in.
        drift: How far the data have moved from those of training; null: not measured.
        latency: Null until forecasts have been asked for.
        staging: The newest model that waits in staging.
        rollout: The rollout that runs; null when none does.
    """

    family: str
    promoted_at: datetime | None
    trained_through: date | None
    today: date
    data_age_days: int
    at_promotion: Accuracy
    now: Decay | None
    drift: float | None
    latency: Latency | None
    staging: str | None
    rollout: RunningRollout | None


@tool(minimum_role=Role.VIEWER, effect=Effect.READS)
def model_status(args: ModelStatusArgs, ctx: ToolContext) -> ModelStatusResult:  # noqa: ARG001 - nothing to choose
    """Tell how the production model does: accuracy then and now, freshness, decay, latency.

    Use it for "how good is the model", "is it up to date", "has it got worse". For the list of
    versions use `model_history`; for a forecast use `forecast`.

    `at_promotion` are errors in its backtest, `now` its error on data since then; percentages are
    of sales, lower is better, bias above zero means too high. What is null was not measured.

    Say how old the data are, and every note.
    """
    # Measuring decay runs the model, which loads LightGBM; listing tools must not.
    from forecasting.lifecycle.retraining import Retraining  # noqa: PLC0415

    engine = ctx.forecasting
    record = engine.registry.get(engine.production.id)
    decay = Retraining(engine).decay()
    latency = recent_latency(ctx.audit)
    waiting = engine.registry.staging_newest()
    age = (ctx.today - engine.cutoff).days
    return ModelStatusResult(
        model=record.id,
        family=record.family,
        promoted_at=record.promoted_at,
        trained_through=record.cutoff,
        today=ctx.today,
        data_age_days=age,
        at_promotion=_at_promotion(record, engine.panel.unit),
        now=None if decay is None else _now(decay),
        drift=None,
        latency=latency,
        staging=None if waiting is None else waiting.id,
        rollout=_rollout(engine.rollouts.running()),
        cutoff=engine.cutoff,
        notes=_notes(measured=decay is not None, timed=latency is not None),
    )


def _at_promotion(record: ModelRecord, unit: str) -> Accuracy:
    return Accuracy(
        wape_pct=percent(record, "WAPE"),
        naive_wape_pct=percent(record, "seasonal_naive_WAPE"),
        bias_pct=bias_pct(*(record.metrics.get(name) for name in ("bias", "MAE", "WAPE"))),
        rmse=record.metrics.get("RMSE"),
        mae=record.metrics.get("MAE"),
        r2=record.metrics.get("R2"),
        coverage_80_pct=percent(record, "coverage_80"),
        unit=str(record.metrics.get("unit", unit)),
    )


def _rollout(running: Rollout | None) -> RunningRollout | None:
    if running is None:
        return None
    return RunningRollout(
        kind=running.kind,
        model=running.model_id,
        traffic_pct=running.traffic_pct,
        started_at=running.started_at,
    )


def _now(decay: Measured) -> Decay:
    return Decay(
        wape_pct=decay.now_pct,
        periods=decay.periods,
        period=decay.word,
        worse_pct=decay.worse_pct,
    )


def recent_latency(audit: AuditLog) -> Latency | None:
    """Return how long the newest forecasts took, by the audit's own clock."""
    records = audit.records(tool=_MEASURED_TOOL, limit=2 * _RECENT_CALLS)
    began = {record.call_id: record.at for record in records if record.phase == "intent"}
    took = [
        (record.at - began[record.call_id]).total_seconds() * 1000
        for record in records
        if record.outcome == "succeeded" and record.call_id in began
    ]
    if not took:
        return None
    p50, p95 = np.percentile(took, [50, 95])
    return Latency(calls=len(took), p50_ms=round(float(p50), 1), p95_ms=round(float(p95), 1))


def _notes(*, measured: bool, timed: bool) -> tuple[str, ...]:
    notes = ["Drift of the data is not measured."]
    if not measured:
        notes.insert(
            0, "Too little has come in since the model was trained to measure its accuracy now."
        )
    if not timed:
        notes.append("No forecast has been asked for yet, so there is no latency to report.")
    return tuple(notes)
