"""Let a new model serve a share of the forecasts, to see how it does."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from tenants.errors import CannotAnswer
from tenants.roles import Role
from tools.contract import Effect, ToolArgs, ToolContext, ToolResult, always, tool
from tools.promote import approved, candidate, change_to

WHO_USES_IT = (
    "Only forecasts come from it; what-ifs, discounts, stock plans and explanations stay with the "
    "production model."
)
NOTHING_DECIDES = (
    "Nothing ends a rollout by itself, and no running test watches it yet: compare the models "
    "once new sales are in, then promote or stop."
)


class StartRolloutArgs(ToolArgs):
    """Which model, what for, and how much of the forecasts it gets."""

    kind: Literal["canary", "ab"] = Field(
        "canary", description="`canary` to try it on a few, `ab` to compare two side by side."
    )
    model_id: str | None = Field(
        None, description="Id of the model to try; left out: the newest in staging."
    )
    traffic_pct: float = Field(
        10, ge=1, le=50, description="Percent of product-store series that it forecasts."
    )


class RolloutStarted(ToolResult):
    """A rollout that runs from now on.

    Attributes:
        model: The model tried out.
        production: The one that goes on serving all other series.
        series: How many product-store series there are.
        series_assigned: How many of them the tried model forecasts from now on, always the same.
    """

    kind: Literal["canary", "ab"]
    model: str
    production: str
    traffic_pct: float
    series: int
    series_assigned: int
    at: datetime
    requested_by: str
    approval: str
    approved_by: str
    notes: tuple[str, ...] = ()


def _rests_on(args: StartRolloutArgs, ctx: ToolContext) -> dict[str, str]:
    """Return what a consent rests on, which also refuses what cannot be started.

    Raises:
        CannotAnswer: A rollout runs already, or there is no model to try or to try it beside.
    """
    # Loads the tables of rollouts, which listing tools must not wait for.
    from forecasting.lifecycle.rollouts import runs_already  # noqa: PLC0415

    running = ctx.forecasting.rollouts.running()
    if running is not None:
        raise CannotAnswer(runs_already(running))
    rests_on = change_to(candidate(args.model_id, ctx, "try out"), ctx)
    if not rests_on["production"]:
        raise CannotAnswer("There is no production model yet, so nothing to try another beside.")
    return rests_on


@tool(
    minimum_role=Role.MANAGER,
    effect=Effect.APPROVAL,
    atomic=True,
    four_eyes=always,
    binding=_rests_on,
)
def start_rollout(args: StartRolloutArgs, ctx: ToolContext) -> RolloutStarted:
    """Let a new model make a share of the forecasts, while production makes all others.

    Use it when somebody asks for a canary, an A/B test, or to try a model on some of the traffic.
    To let it serve everything use `promote`; to end a rollout use `stop_rollout`. A call only
    proposes: another person with the manager role must approve exactly this change.

    `series_assigned` of `series` product-store series are forecast by `model` from then on, the
    same ones every time; which is decided by a hash. One rollout runs at a time, and whatever
    changes production ends it.

    Say which model gets which share beside which, who may approve, and every note.
    """
    from forecasting.lifecycle.rollouts import assigned  # noqa: PLC0415 - as above

    engine, tried = ctx.forecasting, candidate(args.model_id, ctx, "try out")
    consent = approved(ctx)
    started = engine.rollouts.start(
        tried, kind=args.kind, traffic_pct=args.traffic_pct, approved=consent
    )
    taken = assigned(engine.panel.ids, tried.id, args.traffic_pct)
    return RolloutStarted(
        kind=started.kind,
        model=started.model_id,
        production=started.production,
        traffic_pct=started.traffic_pct,
        series=engine.panel.n,
        series_assigned=int(taken.sum()),
        at=started.started_at,
        requested_by=consent.by,
        approval=consent.approval,
        approved_by=consent.approved_by,
        notes=(WHO_USES_IT, NOTHING_DECIDES),
    )
