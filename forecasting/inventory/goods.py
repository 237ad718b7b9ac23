"""What is on record about goods that an order must heed: how long they keep, packs, what they earn.

Columns of the products table that may be there: `shelf_life_days`, the days that a delivery can
be sold, the first included; `pack_size`, the units that come together; `cost` of a unit.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecasting.intervals.calibration import Floats
from forecasting.origin import Rows
from forecasting.panel import Mask, Panel

LONGEST_DAYS = 28
"""Goods that keep longer than this after a delivery are taken to be sold before they spoil."""


@dataclass(frozen=True)
class Goods:
    """What n shelves hold.

    Attributes:
        keeps: [n] days that a delivery can be sold; NaN where not on record.
        pack: [n] units that come together; 1 where not on record.
        cost: [n] of a unit; NaN where not on record.
        earns: [n] planned price less cost; NaN where either is not on record.
    """

    keeps: Floats
    pack: Floats
    cost: Floats
    earns: Floats

    @classmethod
    def on_record(cls, panel: Panel, rows: Rows, columns: Rows) -> "Goods":
        """Return what the products table says of some series.

        Args:
            panel: The data.
            rows: [n] the series, one a shelf.
            columns: The periods whose planned prices count.
        """
        cost = _number(panel, rows, "product_cost")
        paid = panel.price[np.ix_(rows, columns)] * (
            1 - panel.discount[np.ix_(rows, columns)] / 100
        )
        known = np.isfinite(paid)
        total, count = np.where(known, paid, 0.0).sum(axis=1), known.sum(axis=1)
        price = np.where(count > 0, total / np.maximum(count, 1), np.nan)
        return cls(
            keeps=np.floor(_number(panel, rows, "product_shelf_life_days", least=1.0)),
            pack=np.nan_to_num(_number(panel, rows, "product_pack_size", least=1.0), nan=1.0),
            cost=cost,
            earns=price - cost,
        )

    @property
    def spoils(self) -> Floats:
        """Return [n] days that a delivery can be sold where that is soon over; else NaN."""
        return np.where(self.keeps <= LONGEST_DAYS, self.keeps, np.nan)

    @property
    def weighed(self) -> Mask:
        """Return [n] whether it is known what a lost sale and a wasted unit cost."""
        return np.isfinite(self.earns) & (self.earns > 0)


def _number(panel: Panel, rows: Rows, name: str, *, least: float = 0.0) -> Floats:
    """Return [rows] an attribute; NaN where it is not on record, no number, or too small."""
    if name not in panel.series:
        return np.full(len(rows), np.nan)
    found = pd.to_numeric(panel.series[name].iloc[rows], errors="coerce").to_numpy(np.float64)
    return np.where(found >= least, found, np.nan)
