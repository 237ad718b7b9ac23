"""Compare two model versions on the same stretches of the past."""

from datetime import date
from typing import Literal

from pydantic import Field

from tools.contract import DataResult, ToolArgs, ToolResult


class CompareModelsArgs(ToolArgs):
    """Which two."""

    model_a: str | None = Field(None, description="Id of a model; left out: the newest in staging.")
    model_b: str | None = Field(
        None, description="Id of the model it is held against; left out: the production model."
    )


class Contestant(ToolResult):
    """One model and the errors of its own backtest, which may lie on other days.

    Attributes:
        stage: `production`, `staging` or `archived`.
        trained_through: Last day of the data it was trained on.
        wape_pct: Error in percent of sales, lower is better.
        mase: Error against that of repeating the last season on its training data; below 1 is
            better than that.
        bias_pct: Mean of forecast less actual in percent of sales; positive: too high.
        coverage_80_pct: Share of what came inside the 80 % range.
    """

    id: str
    stage: str
    trained_through: date | None
    wape_pct: float | None
    mase: float | None
    bias_pct: float | None
    coverage_80_pct: float | None


class SegmentComparison(ToolResult):
    """Both models on one store; `gain_pct` as in the whole."""

    store: str
    wape_a_pct: float
    wape_b_pct: float
    gain_pct: float


class SameWindows(ToolResult):
    """Both models on the very same days, none of which their forecasts had seen.

    Attributes:
        windows: How many stretches.
        window_days: Days of each, the first ones after its origin.
        start: First day of the first.
        end: Last day of the last.
        wape_a_pct: Error of model a in percent of sales, lower is better.
        bias_a_pct: Mean of forecast less actual in percent of sales; positive: too high.
        gain_pct: By how much a's error is smaller, in percent of b's; negative: larger.
        gain_lower_pct: Lower bound of its 90 % range; None with a single window.
        gain_upper_pct: Upper bound.
        level: Percent of that range.
        beyond_noise: The range leaves out zero, and there are windows enough to say so.
    """

    windows: int
    window_days: int
    start: date
    end: date
    wape_a_pct: float
    wape_b_pct: float
    bias_a_pct: float
    bias_b_pct: float
    gain_pct: float
    gain_lower_pct: float | None
    gain_upper_pct: float | None
    level: int
    beyond_noise: bool
    segments: tuple[SegmentComparison, ...]


class CompareModelsResult(DataResult):
    """Two models side by side.

    Attributes:
        same_windows: None where there are no days that both can fairly be judged on.
        better: Which is better beyond noise, `neither` where none is shown to be, `not_known`
            where they cannot be compared.
    """

    model_a: Contestant
    model_b: Contestant
    same_windows: SameWindows | None
    better: Literal["model_a", "model_b", "neither", "not_known"]
