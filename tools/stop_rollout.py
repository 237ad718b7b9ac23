"""End a rollout, so that every forecast comes from the production model again."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from tools.contract import ToolArgs, ToolResult


class StopRolloutArgs(ToolArgs):
    """Why."""

    reason: str | None = Field(None, description="Why, in the person's words.")


class RolloutStopped(ToolResult):
    """A rollout that has ended.

    Attributes:
        model: The model that was tried out; it stays in staging.
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
