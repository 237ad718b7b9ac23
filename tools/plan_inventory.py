"""Say what to order: reorder point, safety stock, order quantity, days of cover."""

from datetime import date
from typing import Literal

from pydantic import Field

from tools.contract import Item, ModelResult, ToolArgs, ToolResult


class PlanInventoryArgs(ToolArgs):
    """What is stocked where, how long deliveries take, and how sure one wants to be."""

    product: str | None = Field(None, description="Product, by id or name; left out: all.")
    category: str | None = Field(None, description="Product category; left out: all.")
    store: str | None = Field(None, description="Store, by id or name; left out: all.")
    lead_time_days: int = Field(7, ge=0, le=180, description="Days from an order to its delivery.")
    service_level_pct: float = Field(
        95, ge=50, le=99.9, description="How likely stock shall last until the next delivery."
    )
    on_hand: float | None = Field(
        None,
        ge=0,
        le=1_000_000_000,
        description="Units in stock now; left out: the newest count on record.",
    )


class StockLine(ToolResult):
    """What one product needs, in one store or added up over the stores asked about.

    Attributes:
        store: None: all stores asked about, added up.
        demand: Expected sales from today over the lead time and one more week.
        demand_lower: Lower bound of their 80 % range.
        demand_upper: Upper bound.
        safety_stock: What is held beyond expected demand, for the service level.
        reorder_point: Stock at or below which an order must go out today: the demand of the lead
            time that is not exceeded at the service level.
        order_up_to: Stock wanted, with what is ordered: the same of lead time and one more week.
        on_hand: Units in stock; None where not known.
        counted: Day of that count; None where it was given or is not known.
        order: Units to order now; None where the stock is not known.
        days_of_cover: Days that stock lasts at expected demand, at most those of the period; of
            several stores that of the first to run out. None where not known.
        lost_before_delivery: Sales expected to be lost before an order of today arrives.
        lost_without_order: Sales expected to be lost over the whole period with no order.
        urgency: `now`: at or below the reorder point; `soon`: an order is needed for the week
            after; `enough`; `unknown`: no stock is known.
    """

    product: Item
    store: Item | None
    demand: float
    demand_lower: float
    demand_upper: float
    safety_stock: float
    reorder_point: float
    order_up_to: float
    on_hand: float | None
    counted: date | None
    order: float | None
    days_of_cover: float | None
    lost_before_delivery: float | None
    lost_without_order: float | None
    urgency: Literal["now", "soon", "enough", "unknown"]


class NotPlanned(ToolResult):
    """A product for which there is no plan, and why."""

    product: Item
    reason: str


class StockTotal(ToolResult):
    """All lines added up; None where no stock is known."""

    demand: float
    safety_stock: float
    on_hand: float | None
    order: float | None
    lost_before_delivery: float | None
    lost_without_order: float | None


class PlanInventoryResult(ModelResult):
    """What to order, the most urgent first.

    Attributes:
        start: Today, or the day after the data end.
        end: Last day of lead time and one more week.
        review_days: Days until one orders again, beyond the lead time.
        unit: Of all quantities.
        lines: One a product; of one product in all stores one a store. At most 50.
        total: All lines added up, those left out too; None where there is but one.
        products: How many products were planned.
        to_order: How many lines need an order now; None where no stock is known.
        not_planned: Products without a forecast.
        level: Percent of outcomes that the ranges of demand shall cover.
    """

    product: Item | None
    category: str | None
    store: Item | None
    start: date
    end: date
    lead_time_days: int
    review_days: int
    service_level_pct: float
    unit: str
    lines: tuple[StockLine, ...]
    total: StockTotal | None
    products: int
    to_order: int | None
    not_planned: tuple[NotPlanned, ...]
    level: int
