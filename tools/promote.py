"""Put a staging model into production."""

from datetime import datetime

from pydantic import Field

from forecasting.lifecycle.records import Approved, ModelRecord
from tenants.errors import CannotAnswer
from tenants.roles import Role
from tools.contract import Effect, ToolArgs, ToolContext, ToolResult, always, tool


class PromoteArgs(ToolArgs):
    """Which model."""

    model_id: str | None = Field(
        None, description="Id of the model, as model_history lists it; left out: newest staging."
    )


class ProductionChange(ToolResult):
    """Which model serves now.

    Attributes:
        model: The production model from now on.
        replaced: The one it took the place of.
        approval: The consent it happened under.
    """

    model: str
    replaced: str | None
    at: datetime
    requested_by: str
    approval: str
    approved_by: str
    notes: tuple[str, ...] = ()


def candidate(model_id: str | None, ctx: ToolContext, purpose: str) -> ModelRecord:
    """Return the model named, or the newest staging one.

    Args:
        model_id: Its id; None for the newest staging model.
        ctx: Where models are.
        purpose: What it is wanted for, such as `promote`.

    Raises:
        CannotAnswer: There is none.
    """
    registry = ctx.forecasting.registry
    found = registry.staging_newest() if model_id is None else registry.get(model_id)
    if found is None:
        raise CannotAnswer(f"There is no staging model to {purpose}; `retrain` makes one.")
    return found


def _rests_on(args: PromoteArgs, ctx: ToolContext) -> dict[str, str]:
    return change_to(candidate(args.model_id, ctx, "promote"), ctx)


@tool(
    minimum_role=Role.MANAGER,
    effect=Effect.APPROVAL,
    atomic=True,
    four_eyes=always,
    binding=_rests_on,
)
def promote(args: PromoteArgs, ctx: ToolContext) -> ProductionChange:
    """Put a staging model into production, so that every forecast comes from it.

    Use it when somebody asks to promote, release or go live with a model. To return to an
    earlier production model use `rollback`; to train a new one use `retrain`. A call only
    proposes: another person with the manager role must approve exactly this change.

    `model` serves from then on, `replaced` no longer does and can be returned to.

    Say which model takes the place of which, and who may approve.
    """
    model = candidate(args.model_id, ctx, "promote")
    serving = ctx.forecasting.registry.production()
    expected = None if serving is None else serving.id
    record = ctx.forecasting.registry.promote(model.id, expected=expected, approved=approved(ctx))
    return changed(record, expected, ctx)


def change_to(model: ModelRecord, ctx: ToolContext) -> dict[str, str]:
    """Return what a consent to a change of production rests on.

    Raises:
        CannotAnswer: The model is in production already.
    """
    serving = ctx.forecasting.registry.production()
    if serving is not None and serving.id == model.id:
        raise CannotAnswer(f"{model.id!r} is the production model already; nothing to do.")
    return {
        "model": model.id,
        "checksum": model.checksum,
        "production": "" if serving is None else serving.id,
    }


def approved(ctx: ToolContext, reason: str = "") -> Approved:
    """Return under whose names production changes, and why."""
    consent = ctx.consent
    return Approved(
        by=ctx.principal.user,
        approval="" if consent is None else consent.approval,
        approved_by="" if consent is None else consent.approved_by,
        reason=reason,
    )


def changed(record: ModelRecord, replaced: str | None, ctx: ToolContext) -> ProductionChange:
    """Return the result of a change of production."""
    names = approved(ctx)
    return ProductionChange(
        model=record.id,
        replaced=replaced,
        at=record.promoted_at or record.created_at,
        requested_by=names.by,
        approval=names.approval,
        approved_by=names.approved_by,
    )
