"""What a plan, or a change of it, asks of customers: price, its ratio to the usual, promotion."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.panel import Mask, Matrix, Panel
from forecasting.pricing.exposure import reference_price
from forecasting.scope import PlanChange

# A cut of this many percent or more is announced, so counts as a promotion.
ANNOUNCED_PCT = 5.0

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Asked:
    """What is asked of customers, [n, h] each; of several plans [k, n, h].

    Attributes:
        regular: Price before any discount; NaN where not known.
        discount: Percent off it; below zero where more than the regular price is asked.
        promoted: 1 while a promotion runs.
        ratio: Price asked over the series' usual price; of a series without prices, one less
            the discount. NaN where not known.
    """

    regular: Matrix
    discount: Matrix
    promoted: Matrix
    ratio: Matrix

    @property
    def paid(self) -> Matrix:
        """Return the price asked."""
        return np.asarray(self.regular * (1 - self.discount / 100), dtype=np.float32)

    @property
    def as_several(self) -> "Asked":
        """Return one plan as the only one of several."""
        return self._each(lambda one: one[np.newaxis])

    def part(self, at: int) -> "Asked":
        """Return one of several plans."""
        return self._each(lambda one: one[at])

    def _each(self, of: Callable[[Matrix], Matrix]) -> "Asked":
        return Asked(of(self.regular), of(self.discount), of(self.promoted), of(self.ratio))


def announced(panel: Panel, rows: Rows) -> Mask:
    """Tell of which series promotions are on record."""
    return np.asarray(panel.promoted[rows, : panel.history].max(axis=1, initial=0.0) > 0)


def asked(
    panel: Panel,
    rows: Rows,
    columns: tuple[int, int],
    change: PlanChange | None = None,
    *,
    usual: Matrix | None = None,
    announces: Mask | None = None,
) -> Asked:
    """Return what these series ask in some periods, under the plan or a change of it.

    Args:
        panel: Plan and history.
        rows: The series.
        columns: First period column, and the one after the last.
        change: What differs from the plan in every period.
        usual: [n] their reference prices, where they are at hand.
        announces: [n] what `announced` tells of them, where it is at hand.

    Returns:
        What is asked, [n, h].

    A discount or price given replaces the planned one in every period. Where the change does
    not say whether a promotion runs, a cut of 5 % or more counts as one, if the product's
    promotions are on record at all. A promotion switched off without a price ends its discount.
    """
    window = slice(*columns)
    regular = panel.price[rows, window]
    discount = np.nan_to_num(panel.discount[rows, window])
    promoted = np.nan_to_num(panel.promoted[rows, window])
    if change is not None:
        discount = _changed_discount(discount, regular, change)
        if change.promoted is not None:
            promoted = np.full_like(discount, float(change.promoted))
        else:
            told = announced(panel, rows) if announces is None else announces
            promoted = ((discount >= ANNOUNCED_PCT) & told[:, None]).astype(np.float32)
    level = _level(regular, reference_price(panel, rows) if usual is None else usual)
    ratio = np.asarray(level * (1 - discount / 100), dtype=np.float32)
    return Asked(regular, discount.astype(np.float32), promoted.astype(np.float32), ratio)


def asked_at(
    panel: Panel,
    rows: Rows,
    columns: tuple[int, int],
    discounts: Sequence[float],
    *,
    usual: Matrix,
    announces: Mask,
) -> Asked:
    """Return [k, n, h] what `asked` does of each discount, each held in every period.

    Args:
        panel: Plan and history.
        rows: The series.
        columns: First period column, and the one after the last.
        discounts: Percents off.
        usual: [n] the reference prices.
        announces: [n] what `announced` tells of them.
    """
    regular = panel.price[rows, slice(*columns)]
    shape = (len(discounts), *regular.shape)
    off = np.asarray(discounts, dtype=np.float32)[:, None, None]
    discount = np.broadcast_to(off, shape)
    promoted = ((off >= ANNOUNCED_PCT) & announces[:, None]).astype(np.float32)
    ratio = np.asarray(_level(regular, usual) * (1 - discount / 100), dtype=np.float32)
    return Asked(np.broadcast_to(regular, shape), discount, np.broadcast_to(promoted, shape), ratio)


def _level(regular: Matrix, usual: Matrix) -> Matrix:
    """Return [n, h] the regular price over the usual one; 1 where no price is known."""
    reference = usual[:, None]
    bare = np.isnan(reference)
    return np.where(bare, np.float32(1.0), regular / np.where(bare, 1.0, reference))


def _changed_discount(discount: Matrix, regular: Matrix, change: PlanChange) -> Matrix:
    if change.discount_pct is not None:
        return np.full_like(discount, change.discount_pct)
    if change.price is not None:
        return np.asarray(100 * (1 - change.price / regular), dtype=np.float32)
    if change.promoted is False:
        return np.zeros_like(discount)
    return discount
