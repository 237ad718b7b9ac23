"""What each product or store needs, in lines that a plan of orders is made of."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np

from tools.contract import Item, ToolContext, ToolResult
from tools.naming import Names, Subject
from tools.shelves import Shelves

if TYPE_CHECKING:
    from forecasting.inventory import Need, Needs
    from forecasting.scope import Estimate


class StockLine(ToolResult):
    """What one product needs, in one store or added up over the stores asked about.

    Attributes:
        store: None: all stores asked about, added up.
        demand: Expected sales from today over the lead time and one more week.
        demand_lower: Lower bound of their 80 % range.
        demand_upper: Upper bound.
        safety_stock: What is held beyond the demand expected meanwhile, for the service level.
        reorder_point: Stock at or below which an order must go out today: the demand of the lead
            time that is not exceeded at the service level.
        order_up_to: Stock wanted, with what is ordered: the same of lead time and one more week,
            or of lead time and as long as a delivery keeps.
        on_hand: Units in stock; None where not known.
        on_order: Units on their way; None where not on record. They count as stock below.
        counted: Day of that count; None where it was given or is not known.
        order: Units to order now, in whole packs; None where the stock is not known. Less than
            what is missing to order up to where stock runs out before the delivery: what is lost
            by then needs no order.
        days_of_cover: Days that stock lasts at expected demand, at most those of the period; of
            several stores that of the first to run out. None where not known.
        lost_before_delivery: Sales expected to be lost before an order of today arrives.
        lost_without_order: Sales expected to be lost over the whole period with no order.
        lost_with_order: The same in spite of the order.
        spoiled: Units of stock and order expected to spoil; None where no shelf life is on record.
        keeps_days: Days that a delivery can be sold; None where not on record.
        pack_size: Units that come together; None where not on record.
        service_level_pct: The service level planned for; None where it differs by store.
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
    lost_with_order: float | None = None
    spoiled: float | None = None
    on_order: float | None = None
    keeps_days: int | None = None
    pack_size: float | None = None
    service_level_pct: float | None = None
    urgency: Literal["now", "soon", "enough", "unknown"]


class StockTotal(ToolResult):
    """All lines added up; None where no stock is known."""

    demand: float
    safety_stock: float
    on_hand: float | None
    order: float | None
    lost_before_delivery: float | None
    lost_without_order: float | None
    lost_with_order: float | None = None
    spoiled: float | None = None
    on_order: float | None = None


def lines_of(ctx: ToolContext, about: Subject, shelves: Shelves, found: "Needs") -> list[StockLine]:
    """Return a line a product, or a line a store where one product was asked about.

    Returns:
        The most urgent first.
    """
    names, stores = Names(ctx), ctx.forecasting.panel.series["store"]
    lines = []
    for product, rows, group in zip(
        shelves.products, shelves.by_product, found.groups, strict=True
    ):
        item, every = names.product(product), np.concatenate(rows)
        if about.product is None or shelves.given is not None:
            known = shelves.counted(every), shelves.on_order(every)
            lines.append(_line(item, about.store, group.needs, group.demand, known))
            continue
        for shelf, need in zip(rows, group.needs, strict=True):
            store = names.store(str(stores.iloc[shelf[0]]))
            known = shelves.counted(shelf), shelves.on_order(shelf)
            lines.append(_line(item, store, (need,), need.demand, known))
    return sorted(lines, key=_urgency)


def _line(
    product: Item,
    store: Item | None,
    each: Sequence["Need"],
    demand: "Estimate",
    on_record: tuple[date | None, float | None],
) -> StockLine:
    """Return one line of what one shelf, or several that add up, need.

    Args:
        product: What is stocked.
        store: Where; None for several.
        each: The needs that are told of in one line.
        demand: Of all of them together.
        on_record: The day of the count, and units on their way.
    """
    counted, coming = on_record
    known = [need for need in each if need.on_hand is not None]
    covered = [need.days_of_cover for need in known if need.days_of_cover is not None]
    late = any((need.on_hand or 0) <= need.reorder_point for need in known)
    order, have = _sum(known, "order"), _sum(known, "on_hand")
    urgency: Literal["now", "soon", "enough"] = "now" if late else "soon" if order else "enough"
    keeps, levels = each[0].keeps_days, {need.service_pct for need in each}
    return StockLine(
        product=product,
        store=store,
        demand=demand.mean,
        demand_lower=demand.lower,
        demand_upper=demand.upper,
        safety_stock=sum(need.safety_stock for need in each),
        reorder_point=sum(need.reorder_point for need in each),
        order_up_to=sum(need.order_up_to for need in each),
        on_hand=None if have is None else have - (coming or 0.0),
        counted=counted,
        order=order,
        days_of_cover=min(covered, default=None),
        lost_before_delivery=_sum(known, "lost_before_delivery"),
        lost_without_order=_sum(known, "lost_without_order"),
        lost_with_order=_sum(known, "lost_with_order"),
        spoiled=_sum(known, "spoiled"),
        on_order=None if have is None else coming,
        keeps_days=None if keeps is None else int(keeps),
        pack_size=each[0].pack if each[0].pack > 1 else None,
        service_level_pct=levels.pop() if len(levels) == 1 else None,
        urgency=urgency if known else "unknown",
    )


def _sum(each: Sequence["Need | StockLine"], figure: str) -> float | None:
    """Return the sum of a figure where it is known; None where it is nowhere."""
    known = [value for one in each if (value := getattr(one, figure)) is not None]
    return sum(known) if known else None


def _urgency(line: StockLine) -> tuple[int, float, float]:
    """Order lines: what runs out first, then what sells most; unknown stock last."""
    rank = {"now": 0, "soon": 1, "enough": 2, "unknown": 3}[line.urgency]
    return rank, line.days_of_cover or 0.0, -line.demand


def total_of(lines: Sequence[StockLine]) -> StockTotal:
    """Return all lines added up."""
    return StockTotal(
        demand=sum(line.demand for line in lines),
        safety_stock=sum(line.safety_stock for line in lines),
        **{
            figure: _sum(lines, figure)
            for figure in (
                *("on_hand", "on_order", "order", "lost_before_delivery"),
                *("lost_without_order", "lost_with_order", "spoiled"),
            )
        },
    )
