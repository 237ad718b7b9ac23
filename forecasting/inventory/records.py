"""What is asked of a stock plan, and what it says of each shelf."""

from dataclasses import dataclass
from typing import Literal

from forecasting.origin import Rows
from forecasting.scope import Estimate
from forecasting.spans import Span

LEVEL = 80
"""Percent of outcomes that ranges of demand shall cover."""

Goal = Literal["service", "profit"]


@dataclass(frozen=True, slots=True)
class Supply:
    """How stock is replenished.

    Attributes:
        lead_days: Days from an order to its delivery.
        service_pct: How likely stock shall last until the next delivery, in percent.
        goal: `service`: that level for all; `profit`: the level at which a lost sale and a
            spoiled unit cost the same, where both are known.
    """

    lead_days: int
    service_pct: float
    goal: Goal = "service"


@dataclass(frozen=True, slots=True)
class Need:
    """What one shelf needs; all in the panel's unit.

    Attributes:
        demand: From today over the lead time and one more week, with its 80 % interval.
        reorder_point: Demand of the lead time that is not exceeded at the service level.
        order_up_to: The same of lead time and one more week, or as long as a delivery keeps.
        safety_stock: What of that is held beyond expected demand.
        service_pct: The service level of these, and of the order.
        keeps_days: Days that a delivery can be sold; None where not on record.
        pack: Units that come together.
        on_hand: Stock; None where not known.
        order: What to order, in whole packs; None where stock is not known.
        days_of_cover: Days stock lasts at expected demand, at most those looked at.
        lost_before_delivery: Expected demand beyond stock over the lead time.
        lost_without_order: Expected demand beyond stock over all of the time.
        lost_with_order: The same in spite of the order.
        spoiled: Units of stock and order expected to spoil; None where no shelf life is on record.
    """

    demand: Estimate
    reorder_point: float
    order_up_to: float
    safety_stock: float
    service_pct: float
    keeps_days: float | None = None
    pack: float = 1.0
    on_hand: float | None = None
    order: float | None = None
    days_of_cover: float | None = None
    lost_before_delivery: float | None = None
    lost_without_order: float | None = None
    lost_with_order: float | None = None
    spoiled: float | None = None


Shelf = tuple[Rows, float | None]
"""The series that are sold from one stock, and that stock; None where it is not known."""


@dataclass(frozen=True)
class Group:
    """Some shelves that are told of together, such as one product's in all stores.

    Attributes:
        demand: Of all of them together, with its own 80 % interval.
        needs: By shelf; none stands in for another, so what they need adds up.
    """

    demand: Estimate
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class Needs:
    """The needs of groups of shelves, in their order, and the days they cover."""

    groups: tuple[Group, ...]
    span: Span
    notes: tuple[str, ...]
