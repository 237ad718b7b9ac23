"""Let a new model serve a share of the forecasts, to see how it does."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from tools.contract import ToolArgs, ToolResult


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
