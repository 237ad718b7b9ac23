"""Say that somebody has looked at an alert."""

from pydantic import Field

from tools.contract import DataResult, ToolArgs
from tools.list_alerts import Alert


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
