"""Return to an earlier production model."""

from pydantic import Field

from forecasting.lifecycle.records import ModelRecord
from tenants.errors import CannotAnswer
from tenants.roles import Role
from tools.contract import Effect, ToolArgs, ToolContext, always, tool
from tools.promote import ProductionChange, approved, change_to, changed


class RollbackArgs(ToolArgs):
    """Which model."""

    model_id: str | None = Field(
        None, description="Id of an earlier production model; left out: the one before the present."
    )


def _target(args: RollbackArgs, ctx: ToolContext) -> ModelRecord:
    registry = ctx.forecasting.registry
    if args.model_id is not None:
        return registry.get(args.model_id)
    previous = registry.previous_production()
    if previous is None:
        raise CannotAnswer(
            "There is no earlier production model to return to; `promote` puts a staging model "
            "in production."
        )
    return previous


def _rests_on(args: RollbackArgs, ctx: ToolContext) -> dict[str, str]:
    target = _target(args, ctx)
    change = change_to(target, ctx)
    if target.promoted_at is None:
        raise CannotAnswer(
            f"{target.id!r} has never been in production, so there is nothing to return to; "
            "promote it instead."
        )
    return change


@tool(
    minimum_role=Role.MANAGER,
    effect=Effect.APPROVAL,
    atomic=True,
    four_eyes=always,
    binding=_rests_on,
)
def rollback(args: RollbackArgs, ctx: ToolContext) -> ProductionChange:
    """Return to an earlier production model; its forecasts come back exactly.

    Use it when the present model is worse or wrong and somebody asks to undo its promotion. To
    put a new model in production use `promote`. A call only proposes: another person with the
    manager role must approve exactly this change.

    `model` serves from then on in place of `replaced`.

    Say which model takes the place of which, and who may approve.
    """
    serving = ctx.forecasting.registry.production()
    expected = None if serving is None else serving.id
    record = ctx.forecasting.registry.rollback(
        _target(args, ctx).id, expected=expected, approved=approved(ctx)
    )
    return changed(record, expected, ctx)
