"""Orders week by week on shelves whose customers are known, and what becomes of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.stock.shelves import Floats, Ints, Shelves
from forecasting.panel import Mask, Panel

REVIEW_DAYS = 7


@dataclass(frozen=True)
class Setting:
    """What happens whatever is ordered; n shelves, each a series of the panel, d days.

    Attributes:
        panel: What is known on the evening before the first day, with the plan of all of them.
        rows: [n] the series.
        wanted: [n, d] units that customers want.
        keeps: [n] days that a delivery can be sold.
        lead_days: Days from an order to its delivery.
        counted_from: The first day that counts: before it stock is what it was at the start.
    """

    panel: Panel
    rows: Ints
    wanted: Floats
    keeps: Ints
    lead_days: int
    counted_from: int


@dataclass(frozen=True)
class Situation:
    """What is known when orders go out, before the day's customers come.

    Attributes:
        panel: Sales until the evening before, and where a shelf was empty.
        rows: [n] the series to order for.
        stock: [n] units on the shelves and on their way.
    """

    panel: Panel
    rows: Ints
    stock: Floats


Policy = Callable[[Situation], Floats]
"""Returns [n] units to order."""


@dataclass(frozen=True)
class Outcome:
    """What came of it, [n, d] by shelf and day that counts.

    Attributes:
        wanted: Units customers wanted.
        sold: Units they got.
        wasted: Units thrown away.
        held: Units on the shelf at closing.
    """

    wanted: Floats
    sold: Floats
    wasted: Floats
    held: Floats


def replayed(setting: Setting, policy: Policy, start: Floats) -> Outcome:
    """Order by a policy every week, from [n] units to start with.

    An order of a morning stands on the shelf in the morning `lead_days` later; what is not there
    is not bought at all.
    """
    n, days = setting.wanted.shape
    shelves = Shelves(setting.keeps)
    shelves.deliver(start)
    sold, wasted, held = (np.zeros((n, days)) for _ in range(3))
    empty = np.zeros((n, days), dtype=bool)
    coming = np.zeros((n, days + setting.lead_days + 1))
    for day in range(days):
        shelves.deliver(coming[:, day])
        # Nobody is asked for orders that would arrive when all is over.
        if day % REVIEW_DAYS == 0 and day + setting.lead_days < days:
            known = _known(setting, sold[:, :day], empty[:, :day])
            stock = shelves.on_hand + coming[:, day + 1 :].sum(axis=1)
            coming[:, day + setting.lead_days] += policy(Situation(known, setting.rows, stock))
        sold[:, day] = shelves.sell(setting.wanted[:, day])
        empty[:, day] = shelves.on_hand <= 0
        wasted[:, day] = shelves.close()
        held[:, day] = shelves.on_hand
    counted = (one[:, setting.counted_from :] for one in (setting.wanted, sold, wasted, held))
    return Outcome(*counted)


def _known(setting: Setting, sold: Floats, empty: Mask) -> Panel:
    """Return the panel with some days more: what was sold, and where the shelf was empty."""
    panel, rows, days = setting.panel, setting.rows, sold.shape[1]
    sales = np.pad(panel.sales, ((0, 0), (0, days)), constant_values=np.nan)
    out = np.pad(panel.stocked_out, ((0, 0), (0, days)))
    sales[rows, panel.history :] = sold
    out[rows, panel.history :] = empty
    late = panel.known_from
    return replace(
        panel,
        history=panel.history + days,
        sales=sales,
        stocked_out=out,
        # Money taken is not looked at when units are forecast.
        revenue=None,
        known_from=None if late is None else np.pad(late, ((0, 0), (0, days))),
    )
