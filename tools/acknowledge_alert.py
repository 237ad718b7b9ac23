"""Say that somebody has looked at an alert."""

from pydantic import Field

from tenants.roles import Role
from tools.contract import DataResult, Effect, ToolArgs, ToolContext, tool
from tools.list_alerts import Alert, alert_of
from tools.naming import Names


class AcknowledgeAlertArgs(ToolArgs):
    """Which alert, and what was found."""

    alert_id: str = Field(description="Id of the alert, as `list_alerts` gives it: AL-3.")
    note: str | None = Field(None, description="What was found, in the person's words.")


class AlertAcknowledged(DataResult):
    """The alert as it stands now.

    Attributes:
        changed: Whether this call acknowledged it; False where somebody had before.
        noted: Whether this call wrote the note it holds.
        open: How many alerts are still open.
    """

    alert: Alert
    changed: bool
    noted: bool
    open: int


@tool(minimum_role=Role.ANALYST, effect=Effect.WRITES, atomic=True)
def acknowledge_alert(args: AcknowledgeAlertArgs, ctx: ToolContext) -> AlertAcknowledged:
    """Acknowledge an alert: say that somebody has looked at it, and what they found.

    Use it when somebody asks to acknowledge, close or dismiss one alert by its id, or to add a
    note to it. To see which there are use `list_alerts`.

    Who acknowledged it first stays on record; a new note takes the place of an earlier one, which
    the audit trail keeps. The sales themselves do not change.

    Say which alert it is, who acknowledged it, and how many are still open.
    """
    engine = ctx.forecasting
    note = (args.note or "").strip()
    one, is_first = engine.alerts.acknowledge(
        args.alert_id, by=ctx.principal.user, today=ctx.today, note=note
    )
    return AlertAcknowledged(
        alert=alert_of(one, Names(ctx)),
        changed=is_first,
        noted=bool(note),
        open=engine.alerts.count("open"),
        cutoff=engine.cutoff,
    )
