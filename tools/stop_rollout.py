"""End a rollout, so that every forecast comes from the production model again."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from forecasting.lifecycle.rollout_records import Rollout
from tenants.errors import CannotAnswer
from tenants.roles import Role
from tools.contract import Effect, ToolArgs, ToolContext, ToolResult, always, tool
from tools.promote import approved


class StopRolloutArgs(ToolArgs):
    """Why."""

    reason: str | None = Field(None, description="Why, in the person's words.")


class RolloutStopped(ToolResult):
    """A rollout that has ended.

    Attributes:
        model: The model that was tried out; it stays where it was.
        production: The one that forecasts every series from now on.
        days: Whole days that it ran.
        reason: Why it was stopped, or an empty string.
    """

    kind: Literal["canary", "ab"]
    model: str
    production: str
    traffic_pct: float
    started_at: datetime
    at: datetime
    days: int
    reason: str
    requested_by: str
    approval: str
    approved_by: str
    notes: tuple[str, ...] = ()


def _running(ctx: ToolContext) -> Rollout:
    # Loads the tables of rollouts, which listing tools must not wait for.
    from forecasting.lifecycle.rollouts import NONE_RUNS  # noqa: PLC0415

    running = ctx.forecasting.rollouts.running()
    if running is None:
        raise CannotAnswer(NONE_RUNS)
    return running


def _rests_on(args: StopRolloutArgs, ctx: ToolContext) -> dict[str, str]:  # noqa: ARG001 - every binding takes them
    running = _running(ctx)
    return {"model": running.model_id, "started": running.started_at.isoformat()}


@tool(
    minimum_role=Role.MANAGER,
    effect=Effect.APPROVAL,
    atomic=True,
    four_eyes=always,
    binding=_rests_on,
)
def stop_rollout(args: StopRolloutArgs, ctx: ToolContext) -> RolloutStopped:
    """End the rollout that runs; production makes every forecast again.

    Use it when somebody asks to stop, end or abort the canary, A/B test or rollout. To let the
    tried model serve everything use `promote`, which ends the rollout too. A call only proposes:
    another person with the manager role must approve exactly this change.

    `model` is no longer used and keeps its stage; `days` is how long it was tried.

    Say which model is no longer tried out, who may approve, and every note.
    """
    consent = approved(ctx, args.reason or "")
    ended = ctx.forecasting.rollouts.stop(consent)
    at = ended.ended_at or ended.started_at
    return RolloutStopped(
        kind=ended.kind,
        model=ended.model_id,
        production=ended.production,
        traffic_pct=ended.traffic_pct,
        started_at=ended.started_at,
        at=at,
        days=(at - ended.started_at).days,
        reason=ended.end_reason,
        requested_by=consent.by,
        approval=consent.approval,
        approved_by=consent.approved_by,
    )
