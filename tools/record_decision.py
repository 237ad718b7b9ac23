"""Write down what was decided on a recommendation."""

from datetime import date
from typing import Literal

from pydantic import Field

from tools.contract import DataResult, Item, ToolArgs, ToolResult

Choice = Literal["accepted", "rejected"]


class RecordDecisionArgs(ToolArgs):
    """Which recommendation, what was decided, and why."""

    recommendation_id: str = Field(
        description="Id of the recommendation, as `optimize_discount` gives it: RC-3."
    )
    decision: Choice = Field(description="What was decided.")
    reason: str | None = Field(None, description="Why, in the person's words.")


class Recommendation(ToolResult):
    """One piece of advice, as it was given.

    Attributes:
        id: As people name it: `RC-3`.
        store: None for all stores together.
        action: `discount`: ask `discount_pct` off; `drop`: drop the planned discount.
        discount_pct: Percent off that was advised.
        planned_discount_pct: Mean percent off of the plan it was weighed against.
        objective: What it was to make large.
        unit: Of the gain: `units` or a currency code.
        gain: What was promised beyond the plan, in `unit`.
        gain_lower: Lower bound of the promise's range.
        gain_upper: Upper bound.
        level: Percent of outcomes that ranges shall cover.
        advised_by: Who asked for it.
    """

    id: str
    product: Item
    store: Item | None
    start: date
    end: date
    action: Literal["discount", "drop"]
    discount_pct: float
    planned_discount_pct: float
    objective: Literal["profit", "revenue", "units"]
    unit: str
    gain: float
    gain_lower: float
    gain_upper: float
    level: int
    model: str
    advised_on: date
    advised_by: str


class Decision(ToolResult):
    """What somebody decided.

    Attributes:
        reason: In their words, or an empty string.
    """

    decision: Choice
    reason: str
    decided_by: str
    decided_on: date


class DecisionRecorded(DataResult):
    """What is on record now.

    Attributes:
        decided: The decision in force.
        before: The one it took the place of, which stays in the history; else None.
        changed: Whether this call wrote anything; False where it was on record already.
        undecided: How many recommendations nobody has decided on.
    """

    recommendation: Recommendation
    decided: Decision
    before: Decision | None
    changed: bool
    undecided: int
