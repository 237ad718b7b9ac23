"""List the model versions and how production changed."""

from datetime import date, datetime

from pydantic import Field

from forecasting.lifecycle.records import ModelRecord
from tenants.roles import Role
from tools.contract import Effect, ToolArgs, ToolContext, ToolResult, tool


class ModelHistoryArgs(ToolArgs):
    """How many."""

    limit: int = Field(10, ge=1, le=500, description="How many models, newest first.")


class ModelVersion(ToolResult):
    """One model version.

    Attributes:
        stage: `production`, `staging` or `archived`.
        data_through: Last day of the data it was trained on.
        wape_pct: Error in its backtest, in percent of sales; null where none was measured.
        naive_wape_pct: The same of repeating the last season.
    """

    id: str
    family: str
    stage: str
    created_at: datetime
    created_by: str
    promoted_at: datetime | None
    data_through: date | None
    wape_pct: float | None
    naive_wape_pct: float | None


class ModelMove(ToolResult):
    """One change of the production model."""

    kind: str
    model: str
    replaced: str | None
    at: datetime
    by: str
    approved_by: str


class ModelHistoryResult(ToolResult):
    """Model versions and changes of production, newest first."""

    production: str | None
    models: tuple[ModelVersion, ...]
    moves: tuple[ModelMove, ...]
    notes: tuple[str, ...] = ()


@tool(minimum_role=Role.ANALYST, effect=Effect.READS)
def model_history(args: ModelHistoryArgs, ctx: ToolContext) -> ModelHistoryResult:
    """List the model versions, newest first, and how the production model changed.

    Use it for which models there are, when they were trained or promoted and by whom. For how the
    production model does now use `model_status`.

    `wape_pct` is a version's error in its own backtest, in percent of sales (lower is better);
    versions trained on other data were tested on other days, so compare with care.

    Say which version is in production.
    """
    registry = ctx.forecasting.registry
    models, serving = registry.history(args.limit), registry.production()
    notes = () if models else ("No model has been trained yet.",)
    return ModelHistoryResult(
        production=None if serving is None else serving.id,
        models=tuple(_version(record) for record in models),
        moves=tuple(
            ModelMove(
                kind=move.kind,
                model=move.model_id,
                replaced=move.replaced,
                at=move.at,
                by=move.by,
                approved_by=move.approved_by,
            )
            for move in registry.moves(args.limit)
        ),
        notes=notes,
    )


def _version(record: ModelRecord) -> ModelVersion:
    return ModelVersion(
        id=record.id,
        family=record.family,
        stage=record.stage.value,
        created_at=record.created_at,
        created_by=record.created_by,
        promoted_at=record.promoted_at,
        data_through=record.cutoff,
        wape_pct=percent(record, "WAPE"),
        naive_wape_pct=percent(record, "seasonal_naive_WAPE"),
    )


def bias_pct(bias: float | None, mae: float | None, wape: float | None) -> float | None:
    """Return the mean of forecast less actual in percent of sales; positive: too high.

    MAE over WAPE is the mean of sales on the same pairs.

    Args:
        bias: Mean of forecast less actual.
        mae: Mean of its size, in the same unit.
        wape: Sum of that over the sum of sales, a fraction.
    """
    if bias is None or mae is None or wape is None or mae <= 0:
        return None
    return 100 * bias * wape / mae


def percent(record: ModelRecord, metric: str) -> float | None:
    """Return a metric that is kept as a fraction, in percent; None where it was not measured."""
    value = record.metrics.get(metric)
    return 100 * value if isinstance(value, int | float) else None
