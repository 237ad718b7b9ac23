"""The newest count of what is in stock and on its way, by series."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.catalogue import Tables
from forecasting.panel import Panel


@dataclass(frozen=True)
class Counts:
    """What was counted last.

    Attributes:
        on_hand: [n] units; NaN where never counted.
        on_order: [n] units ordered that had not come by then; NaN where not on record.
        counted: [n] the day of the count; None where never counted.
    """

    on_hand: NDArray[np.float64]
    on_order: NDArray[np.float64]
    counted: tuple[date | None, ...]

    @property
    def known(self) -> bool:
        """Tell whether anything was ever counted."""
        return bool(np.isfinite(self.on_hand).any())


def newest_counts(tables: Tables, panel: Panel) -> Counts:
    """Return the newest count of every series of a panel, which holds for the panel's data."""
    return panel.once("newest counts", lambda: _read(tables, panel), tables)


def _read(tables: Tables, panel: Panel) -> Counts:
    on_hand, on_order = np.full(panel.n, np.nan), np.full(panel.n, np.nan)
    counted = np.full(panel.n, None, dtype=object)
    stock = tables.read("stock")
    if len(stock):
        newest = stock.sort_values("date").drop_duplicates(["store", "product"], keep="last")
        pairs = pd.MultiIndex.from_arrays([newest[key].astype(str) for key in ("store", "product")])
        place = pairs.get_indexer(pd.MultiIndex.from_tuples(panel.ids))
        seen = place >= 0
        on_hand[seen] = newest["on_hand"].to_numpy(dtype=np.float64)[place[seen]]
        # Data loaded before orders could be told of have no such column.
        if "on_order" in newest:
            on_order[seen] = newest["on_order"].to_numpy(dtype=np.float64)[place[seen]]
        counted[seen] = newest["date"].dt.date.to_numpy()[place[seen]]
    return Counts(on_hand, on_order, tuple(counted.tolist()))
