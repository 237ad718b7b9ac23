"""Report on advice: what was given, what was decided, and what came of it."""

from datetime import date
from typing import Literal

from pydantic import Field

from tools.contract import DataResult, ToolArgs, ToolResult
from tools.record_decision import Decision, Recommendation


class DecisionReportArgs(ToolArgs):
    """When the advice was given."""

    start: date | None = Field(None, description="First day; left out: the last 28 days.")
    end: date | None = Field(None, description="Last day, included, YYYY-MM-DD.")


class Realised(ToolResult):
    """What came of advice that was carried out, in the recommendation's `unit`.

    Attributes:
        actual: The objective as it came, over the days and stores of the advice.
        planned: What was forecast for them without the advice.
        gain: Actual less planned.
        gain_lower: Lower bound of the gain, given how far off the forecast may be.
        gain_upper: Upper bound.
        as_promised: Whether this range and the promised one overlap.
    """

    actual: float
    planned: float
    gain: float
    gain_lower: float
    gain_upper: float
    as_promised: bool


class Reported(ToolResult):
    """One recommendation and what became of it.

    Attributes:
        decided: The decision in force, or None where there is none.
        decisions: How many decisions are on record, changes of mind included.
        outcome: Of accepted advice: `realised`; `not_yet`: sales of all its days are not in;
            `not_carried_out`: another discount was asked; `not_known`: the records do not say.
            `none`: it was rejected, or nobody has decided.
        asked_discount_pct: Mean percent off that was asked, once its days are over, else None.
        realised: None unless the outcome is `realised`.
    """

    recommendation: Recommendation
    decided: Decision | None
    decisions: int
    outcome: Literal["realised", "not_yet", "not_carried_out", "not_known", "none"]
    asked_discount_pct: float | None
    realised: Realised | None


class Tally(ToolResult):
    """Sums over accepted advice with one objective, in `unit`.

    Of several accepted recommendations for the same product, store and day only the one decided
    on last counts. Ranges are added as if their errors had nothing to do with each other.

    Attributes:
        accepted: How many recommendations it adds up.
        promised: Sum of the gains promised.
        measured: For how many of them it is known what came.
        measured_promised: Sum of what these promised; None where none was measured.
        realised: Sum of what came of these; None where none was measured.
        as_promised: How many of the measured ones came as promised.
    """

    objective: Literal["profit", "revenue", "units"]
    unit: str
    accepted: int
    promised: float
    promised_lower: float
    promised_upper: float
    measured: int
    measured_promised: float | None
    measured_promised_lower: float | None
    measured_promised_upper: float | None
    realised: float | None
    realised_lower: float | None
    realised_upper: float | None
    as_promised: int


class DecisionReportResult(DataResult):
    """Advice given in a period, and what became of it.

    Attributes:
        given: How many recommendations; the sum of the next three.
        undecided: Nobody has decided on these.
        not_yet: How many of the accepted wait for sales to come in.
        not_carried_out: For how many of the accepted another discount was asked.
        tallies: By objective; empty where nothing was accepted.
        recommendations: The newest first, at most 50.
        level: Percent of outcomes that ranges shall cover.
    """

    start: date
    end: date
    given: int
    accepted: int
    rejected: int
    undecided: int
    not_yet: int
    not_carried_out: int
    tallies: tuple[Tally, ...]
    recommendations: tuple[Reported, ...]
    level: int
