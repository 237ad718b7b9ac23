"""Which stocks a plan of orders is about, and what is known to be in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tenants.errors import CannotAnswer
from tools.contract import ToolContext
from tools.naming import Subject

if TYPE_CHECKING:
    from forecasting.inventory import Shelf
    from forecasting.origin import Rows
    from forecasting.stock import Counts

ON_THE_WAY = "Orders that are on their way are not on record; take them off what to order."
COMING = "What is on its way is taken to arrive before an order of today does."


@dataclass(frozen=True)
class Shelves:
    """What is planned: by product the series sold from each stock, and why some are not.

    Attributes:
        products: Ids of what is planned.
        by_product: In the same order.
        left_out: Why a product is not planned, by its id.
        notes: What must be said of series left out.
        given: Units in stock as the person said, of all series together; else None.
        counts: What was counted last.
    """

    products: tuple[str, ...]
    by_product: tuple[tuple["Rows", ...], ...]
    left_out: dict[str, str]
    notes: tuple[str, ...]
    given: float | None
    counts: "Counts"

    @property
    def with_stock(self) -> list[list["Shelf"]]:
        """Return the same by product with what each has and gets, None where that is not known."""
        return [[(rows, self._stock(rows)) for rows in each] for each in self.by_product]

    @cached_property
    def rows(self) -> "Rows":
        """Return all series."""
        return np.concatenate([shelf for each in self.by_product for shelf in each])

    def counted(self, rows: "Rows") -> date | None:
        """Return the oldest of the newest counts of some series; None where none is used."""
        days = [day for row in rows.tolist() if (day := self.counts.counted[row]) is not None]
        return None if self.given is not None else min(days, default=None)

    def on_order(self, rows: "Rows") -> float | None:
        """Return units on their way to some series; None where not on record for any."""
        coming = self.counts.on_order[rows]
        known = self.given is None and np.isfinite(coming).any()
        return float(np.nansum(coming)) if known else None

    def count_notes(self, today: date) -> Sequence[str]:
        """Return what must be said of the stock that orders rest on."""
        notes = []
        if not self.counts.known:
            notes.append(
                "No stock levels are on record, so days without stock look like days without "
                "demand."
            )
        if self.given is not None:
            return notes
        missing = int(np.isnan(self.counts.on_hand[self.rows]).sum())
        if missing == len(self.rows):
            return [*notes, "Say how much is in stock to learn how much to order."]
        if missing:
            notes.append(
                f"For {missing} of {len(self.rows)} series no stock is on record; they are not "
                "ordered for."
            )
        oldest = self.counted(self.rows)
        if oldest is not None and (today - oldest).days > 1:
            notes.append(
                f"Stock was counted on {oldest} at the earliest; what was sold or delivered since "
                "is not in it."
            )
        return notes

    def _stock(self, rows: "Rows") -> float | None:
        if self.given is not None:
            return self.given
        counted = float(self.counts.on_hand[rows].sum())
        return counted + (self.on_order(rows) or 0.0) if np.isfinite(counted) else None


def on_sale(ctx: ToolContext, about: Subject, given: float | None) -> Shelves:
    """Return the shelves of everything asked about that is still sold.

    Each series is a shelf of its own; where a stock was given for several stores together, they
    are one.

    Raises:
        CannotAnswer: None of it can be forecast.
    """
    # Both load LightGBM, which listing tools must not wait for.
    from forecasting.serving import answerable  # noqa: PLC0415
    from forecasting.stock import newest_counts  # noqa: PLC0415

    panel, scope = ctx.forecasting.panel, about.scope
    asked = panel.rows(scope.products, scope.stores)
    listed = sorted(panel.series["product"].iloc[asked].astype(str).unique(), key=_by_number)
    kept: dict[str, tuple[Rows, ...]] = {}
    left_out, notes = {}, list[str]()
    for product in listed or sorted(scope.products or ()):
        own = panel.rows((product,), scope.stores)
        try:
            rows, said = answerable(panel, own, named=about.product is not None)
        except CannotAnswer as why:
            left_out[product] = str(why)
            continue
        notes.extend(said)
        one_by_one = tuple(rows[n : n + 1] for n in range(len(rows)))
        kept[product] = one_by_one if given is None else (rows,)
    if not kept:
        reason = next(iter(left_out.values()), "Nothing is on sale there, so nothing to plan.")
        raise CannotAnswer(reason)
    counts = newest_counts(ctx.forecasting.store, panel)
    return Shelves(tuple(kept), tuple(kept.values()), left_out, tuple(notes), given, counts)


def _by_number(key: str) -> tuple[int, str]:
    return (len(key), key)
