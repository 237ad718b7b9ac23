"""What prices a tenant has tried: ratios to the usual price, price changes, depths."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.panel import Mask, Matrix, Panel
from forecasting.units import Frequency, Target

# A log price step below 1 % is rounding, not a price change.
_CHANGE = 0.01
# Two depths differ when they are more than this many points apart.
_DEPTH_POINTS = 2.5
# A price seen in fewer periods than this was an accident, not a trial.
_TRIED_PERIODS = 3
_USUAL = "usual price"

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Exposure:
    """Log price ratios of every series, and where they may be compared with sales.

    Attributes:
        log_ratio: [n, t] log of the price asked over the usual price; 0 where not known.
        promoted: [n, t] 1.0 while a promotion runs.
        usable: [n, t] periods whose sales say something about demand: on record, in stock,
            with a known price.
        censored: [n, t] the same, but the stock ran out: at least so much was wanted.
        product: [n] row of `products` that each series belongs to.
        products: Product ids, sorted.
    """

    log_ratio: Floats
    promoted: Floats
    usable: Mask
    censored: Mask
    product: NDArray[np.int64]
    products: pd.Index

    @classmethod
    def of(cls, panel: Panel) -> "Exposure":
        """Read the prices asked in a panel's history."""
        history = panel.history
        ratio = price_ratio(panel)[:, :history]
        known = np.isfinite(ratio) & np.isfinite(panel.sales)
        log_ratio = np.log(np.clip(np.nan_to_num(ratio, nan=1.0), 0.02, 10.0))
        products, row = np.unique(panel.series["product"].to_numpy(dtype=str), return_inverse=True)
        return cls(
            log_ratio=log_ratio.astype(np.float64),
            promoted=np.nan_to_num(panel.promoted[:, :history]).astype(np.float64),
            usable=known & ~panel.stocked_out,
            censored=known & panel.stocked_out & (panel.sales > 0),
            product=row.astype(np.int64),
            products=pd.Index(products, name="product"),
        )


def reference_price(panel: Panel, rows: NDArray[np.int64] | None = None) -> Matrix:
    """Return [n] each series' usual price, the median regular one; NaN where none is known.

    Args:
        panel: Where the prices stand.
        rows: Only these series; all by default.
    """
    if rows is None or panel.has(_USUAL):
        usual = panel.once(_USUAL, lambda: _usual_price(panel.price[:, : panel.history]))
        return usual if rows is None else usual[rows]
    return _usual_price(panel.price[rows, : panel.history])


def _usual_price(price: Matrix) -> Matrix:
    usual = np.full(len(price), np.nan, dtype=np.float32)
    known = np.isfinite(price).any(axis=1)
    if known.any():
        usual[known] = np.nanmedian(price[known], axis=1)
    usual.setflags(write=False)
    return usual


def price_ratio(panel: Panel) -> Matrix:
    """Return [n, t + f] the price asked over the usual price.

    A series without prices keeps its discounts: its ratio is one less the discount. NaN where
    a series has prices but not in that period.
    """
    usual = reference_price(panel)[:, None]
    without = np.isnan(usual)
    regular = np.where(without, np.float32(1.0), panel.price / np.where(without, 1.0, usual))
    return np.asarray(regular * (1 - np.nan_to_num(panel.discount) / 100), dtype=np.float32)


def tried(exposure: Exposure, panel: Panel) -> pd.DataFrame:
    """Return what each product's price has been through, one row a product.

    Columns: `price_changes` (separate episodes: starts of a higher or lower price, starts
    within a week of each other counted once), `depths` (distinct prices, in steps of 2.5
    points), `promoted_depths` (those while promoted), `min_discount`, `max_discount` (percent
    off the regular price; where no discounts are recorded, off the usual price),
    `lowest_ratio`, `highest_ratio` (price asked over usual price), `periods` (with usable
    sales), `promoted_periods`.
    """
    rows = [_tried_by_product(exposure, panel, number) for number in range(len(exposure.products))]
    return pd.DataFrame(rows, index=exposure.products)


def why_never(panel: Panel) -> str:
    """Return why no product of this panel can have a response, or an empty string."""
    if panel.target is not Target.UNITS:
        return "Sales are recorded as money, not units, so price and amount cannot be told apart."
    if not np.isfinite(panel.price).any() and not np.nan_to_num(panel.discount).any():
        return "No prices and no discounts are recorded."
    return ""


def _tried_by_product(exposure: Exposure, panel: Panel, number: int) -> dict[str, float]:
    rows = exposure.product == number
    usable = exposure.usable[rows]
    log_ratio = exposure.log_ratio[rows]
    promoted = exposure.promoted[rows] > 0
    discount = np.nan_to_num(panel.discount[rows, : panel.history])
    off = discount if discount.any() else 100 * (1 - np.exp(log_ratio))
    cut = np.sort(off[usable & (off > 100 * _CHANGE)])
    ratio = np.sort(np.exp(log_ratio[usable]))
    accident = min(_TRIED_PERIODS - 1, max(0, len(cut) - 1))
    edge = min(_TRIED_PERIODS - 1, max(0, len(ratio) - 1))
    return {
        "price_changes": _episodes(log_ratio, usable, panel.frequency),
        "depths": _distinct(100 * np.exp(log_ratio[usable])),
        "promoted_depths": _distinct(off[usable & promoted]),
        "min_discount": float(cut[accident]) if len(cut) else 0.0,
        "max_discount": float(cut[-1 - accident]) if len(cut) else 0.0,
        "lowest_ratio": float(ratio[edge]) if len(ratio) else 1.0,
        "highest_ratio": float(ratio[-1 - edge]) if len(ratio) else 1.0,
        "periods": int(usable.any(axis=0).sum()),
        "promoted_periods": int((usable & promoted).any(axis=0).sum()),
    }


def _episodes(log_ratio: Floats, usable: Mask, frequency: Frequency) -> int:
    step = np.diff(log_ratio, axis=1)
    both = usable[:, 1:] & usable[:, :-1]
    window = 7 if frequency is Frequency.DAY else 1
    counts = []
    for changed in ((step < -_CHANGE) & both, (step > _CHANGE) & both):
        when = np.flatnonzero(changed.any(axis=0))
        counts.append(len(np.unique(when // window)))
    return max(counts)


def _distinct(percent: Floats) -> int:
    if not len(percent):
        return 0
    _, counts = np.unique(np.round(percent / _DEPTH_POINTS), return_counts=True)
    return int((counts >= max(_TRIED_PERIODS, 0.02 * len(percent))).sum())
