"""Train a model and register it."""

import time
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field

from forecasting.alerts.raising import raise_alerts
from forecasting.lifecycle.records import ModelRecord, Stage
from forecasting.lifecycle.versions import register_trained
from tenants.roles import Role
from tools.contract import Effect, ToolArgs, ToolContext, ToolResult, tool
from tools.model_history import bias_pct, percent
from tools.promote import approved

_SEED = 7
_OWNER = "local"


class TrainArgs(ToolArgs):
    """How much time to spend, and where the model goes."""

    budget: Literal["fast", "normal", "thorough"] = Field(
        "normal",
        description="How much work to put in: fast for a first look, thorough also tries sizes of "
        "trees. It counts rows and trees, not seconds.",
    )
    stage: Literal["auto", "staging", "production"] = Field(
        "auto",
        description="auto: production when it is the first or beats seasonal naive.",
    )


class Trained(ToolResult):
    """What was trained and where it went.

    Attributes:
        why: Why it is in that stage.
        wape_pct: Error of expected sales in its backtest, in percent of sales.
        naive_wape_pct: The same of repeating the last season.
        mape_pct: Mean error in percent of each single figure as it is quoted: expected sales, or
            the figure with the least error in percent where the data aim at that.
        bias_pct: Mean of forecast less actual, in percent of sales; positive: too high.
        unit: Of rmse and mae, for single periods of single series.
        coverage_80_pct: Share of what came inside the 80 % range.
        notes: What was wrong with the data it learned from, and left out.
    """

    model: str
    family: str
    stage: str
    why: str
    wape_pct: float | None
    naive_wape_pct: float | None
    mape_pct: float | None
    bias_pct: float | None
    rmse: float | None
    mae: float | None
    r2: float | None
    coverage_80_pct: float | None
    unit: str
    cutoff: date
    data_version: str
    seconds: float
    notes: tuple[str, ...]


@tool(minimum_role=Role.MANAGER, effect=Effect.WRITES)
def train(args: TrainArgs, ctx: ToolContext) -> Trained:
    """Train a model, test it on past weeks it had not seen, and register it.

    Use it after loading data. To compare a new model with the one in production use `retrain`.

    Errors in percent are of sales, beside those of repeating the last season.

    Say the stage and why, and the notes.
    """
    began = time.monotonic()
    engine = ctx.forecasting
    panel = engine.panel
    with engine.experiments.running(
        "training", parameters={"budget": args.budget}, data_version=panel.version, seed=_SEED
    ) as run:
        made = engine.train(budget=args.budget, seed=_SEED, progress=ctx.progress)
        stage, why = _stage(args, ctx, made.metrics)
        record = register_trained(
            made, registry=engine.registry, today=ctx.today, approved=approved(ctx), stage=stage
        )
        engine.experiments.finish(run.number, metrics=made.metrics, model_id=record.id)
    raise_alerts(engine)
    return _trained(record, why, time.monotonic() - began)


def _stage(args: TrainArgs, ctx: ToolContext, metrics: Mapping[str, Any]) -> tuple[Stage, str]:
    """Choose where the model goes, and say why."""
    if args.stage == "staging":
        return Stage.STAGING, "It was asked to go into staging."
    if ctx.forecasting.registry.production() is None:
        return Stage.PRODUCTION, "It is the first model, and some model must serve."
    if why := _needs_another_person(ctx):
        return Stage.STAGING, why
    if args.stage == "production":
        return Stage.PRODUCTION, "It was asked to go into production."
    own, naive = metrics.get("WAPE"), metrics.get("seasonal_naive_WAPE")
    if own is not None and naive is not None and own < naive:
        return Stage.PRODUCTION, "In its backtest it beats repeating the last season."
    return Stage.STAGING, "In its backtest it does not beat repeating the last season."


def _needs_another_person(ctx: ToolContext) -> str:
    """Say why this training alone may not replace the production model; empty where it may."""
    if ctx.principal.user != _OWNER:
        return (
            "Another model is in production, and replacing it takes a second person; "
            "ask the assistant to promote it."
        )
    newest = ctx.forecasting.registry.moves(1)
    if newest and newest[0].approved_by:
        return (
            "Two people decided which model is in production, so two decide on the next; "
            "ask the assistant to promote it."
        )
    return ""


def _trained(record: ModelRecord, why: str, seconds: float) -> Trained:
    metrics = record.metrics
    return Trained(
        model=record.id,
        family=record.family,
        stage=record.stage.value,
        why=why,
        wape_pct=percent(record, "WAPE"),
        naive_wape_pct=percent(record, "seasonal_naive_WAPE"),
        mape_pct=percent(record, "MAPE"),
        bias_pct=bias_pct(*(metrics.get(name) for name in ("bias", "MAE", "WAPE"))),
        rmse=metrics.get("RMSE"),
        mae=metrics.get("MAE"),
        r2=metrics.get("R2"),
        coverage_80_pct=percent(record, "coverage_80"),
        unit=str(metrics.get("unit", "")),
        cutoff=record.cutoff,
        data_version=record.data_version,
        seconds=round(seconds, 1),
        notes=tuple(str(note) for note in metrics.get("notes", ())),
    )
