"""Work back from a sales target to the discount that would reach it."""

from datetime import date
from typing import Literal

from pydantic import Field

from tools.contract import Item, ModelResult, ToolArgs, ToolResult


class CounterfactualArgs(ToolArgs):
    """Which product, when, how much shall be sold, and what must stay earned."""

    product: str = Field(description="Product, by id or name.")
    store: str | None = Field(None, description="Store, by id or name; left out: all together.")
    start: date | None = Field(None, description="First day, YYYY-MM-DD; left out: next week.")
    end: date | None = Field(None, description="Last day, included, YYYY-MM-DD.")
    target_units: float = Field(
        gt=0, le=1_000_000_000, description="Units to be sold in the whole period."
    )
    min_margin_pct: float | None = Field(
        None, ge=0, le=100, description="The lowest margin allowed, percent of the price."
    )


class Offer(ToolResult):
    """A discount held all period and what it is expected to bring.

    Attributes:
        discount_pct: Percent off the regular price; of the plan, the mean.
        price: Mean price asked, in `currency`; None where none is known.
        units: Expected sales, in `unit`.
        units_lower: Lower bound of their 80 % range.
        units_upper: Upper bound.
        revenue: Money taken, in `currency`; None where no price is known.
        profit: Revenue less cost of goods; None where no cost or price is known.
        margin_pct: Lowest margin in any store and period; None without a cost.
        chance_pct: How likely sales reach the target, in percent.
    """

    discount_pct: float
    price: float | None
    units: float
    units_lower: float
    units_upper: float
    revenue: float | None
    profit: float | None
    margin_pct: float | None
    chance_pct: float


class CounterfactualResult(ModelResult):
    """The least change of price that is associated with the target, or how near one can come.

    Attributes:
        unit: Of target and units.
        currency: Of price, revenue and profit.
        outcome: `planned`: the plan reaches it already, nothing need change; `reached`: `least`
            reaches it; `out_of_reach`: nothing that may be tried does, `most` comes nearest.
        missing_units: How far the plan falls short of the target; 0 where it does not.
        planned: The plan on record.
        least: The smallest discount expected to reach the target; None where none does, or
            none is needed.
        most: What sells most within the limits.
        without_floor: Where only the margin floor is in the way: the smallest discount that
            reaches the target below the floor; else None.
        tried_discount_max_pct: The deepest discount ever tried; one step of five points beyond
            is weighed.
        changes_on_record: How many price changes the estimate rests on.
        evidence: `observational`: what sales were associated with, not proven cause.
    """

    product: Item
    store: Item | None
    start: date
    end: date
    target_units: float
    min_margin_pct: float | None
    unit: str
    currency: str
    outcome: Literal["planned", "reached", "out_of_reach"]
    missing_units: float
    planned: Offer
    least: Offer | None
    most: Offer
    without_floor: Offer | None
    level: int
    tried_discount_max_pct: float
    changes_on_record: int
    evidence: Literal["observational"] = "observational"
