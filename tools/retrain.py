"""Train a new model."""

from datetime import date

from pydantic import Field

from tenants.roles import Role
from tools.contract import Effect, ToolArgs, ToolContext, ToolResult, tool
from tools.model_history import percent
from tools.promote import approved


class RetrainArgs(ToolArgs):
    """Why, and what if it is better."""

    reason: str | None = Field(None, description="Why, in the person's words.")
    auto_promote: bool = Field(
        default=False, description="Put it into production at once if it is better beyond noise."
    )


class Retrained(ToolResult):
    """What came of a training.

    Attributes:
        promoted: Whether the new model went into production; else it waits in staging.
        compared_with: The production model it was compared with.
        reasons: Why it was or was not promoted.
        wape_pct: Error of the new model on the windows of the comparison, in percent of sales.
        naive_wape_pct: The same of repeating the last season.
        production_wape_pct: The same of the production model.
        windows: How many windows of the past they were compared on.
    """

    model: str
    promoted: bool
    compared_with: str | None
    reasons: tuple[str, ...]
    wape_pct: float | None
    naive_wape_pct: float | None
    production_wape_pct: float | None
    windows: int | None
    cutoff: date | None
    seconds: float
    requested_by: str
    approval: str
    approved_by: str
    notes: tuple[str, ...] = ()


def _reaches_production(args: RetrainArgs) -> bool:
    return args.auto_promote


@tool(minimum_role=Role.MANAGER, effect=Effect.APPROVAL, four_eyes=_reaches_production)
def retrain(args: RetrainArgs, ctx: ToolContext) -> Retrained:
    """Train a new model on all data and compare it with the production model.

    Use it when somebody asks to retrain, refresh or update the model; with `auto_promote` when
    they also ask to use it if it is better. To put a trained model into production use `promote`.
    A call only proposes: a person must approve it, and another person than who asked when it may
    reach production. It takes a while.

    Errors are in percent of sales on the same windows of the past, lower is better; the new model
    is promoted only when better beyond noise and nowhere much worse.

    Say which model was made, whether it serves or waits in staging, and the reasons.
    """
    # Training loads LightGBM, which no other question to the counter needs to wait for.
    from forecasting.alerts.raising import raise_alerts  # noqa: PLC0415
    from forecasting.lifecycle.retraining import Retraining  # noqa: PLC0415

    made = Retraining(ctx.forecasting).run(
        approved=approved(ctx, args.reason or ""),
        auto_promote=args.auto_promote,
        progress=ctx.progress,
    )
    raise_alerts(ctx.forecasting)
    verdict, names = made.verdict, approved(ctx)
    return Retrained(
        model=made.model.id,
        promoted=made.promoted,
        compared_with=made.replaced,
        reasons=made.reasons,
        wape_pct=percent(made.model, "WAPE") if verdict is None else verdict.wape_pct,
        naive_wape_pct=percent(made.model, "seasonal_naive_WAPE")
        if verdict is None
        else verdict.naive_wape_pct,
        production_wape_pct=None if verdict is None else verdict.production_wape_pct,
        windows=None if verdict is None else verdict.against_naive.windows,
        cutoff=made.model.cutoff,
        seconds=round(made.seconds, 1),
        requested_by=names.by,
        approval=names.approval,
        approved_by=names.approved_by,
    )
