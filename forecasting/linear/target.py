"""Sales as a linear model sees them: logs, with zeros kept finite."""

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.origin import without_faults

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

# A series with zeros has this share of its usual sale added before the log is taken.
_SHIFT = 0.3


def sales_at_usual_price(demand: Demand, *, sees_offers: bool) -> Floats:
    """Return [n, t] sales to learn from; with their price response still in if it sees offers."""
    panel = demand.panel
    values = demand.adjusted
    if sees_offers:
        values = np.where(panel.stocked_out, np.nan, panel.sales)
    return without_faults(values.astype(np.float64))


def shift_of(sales: Floats) -> Floats:
    """Return [n] what is added to sales so that zeros have a log: 0 where there are none."""
    known = ~np.isnan(sales)
    mean = np.where(known, sales, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    zeros = (known & (sales <= 0)).any(axis=1)
    return np.where(zeros, _SHIFT * mean, 0.0)


def log_sales(sales: Floats, shift: Floats) -> Floats:
    """Return log(sales + shift); NaN where sales are not known, or are zero without a shift."""
    total = sales + shift[:, None]
    return np.log(np.where(total > 0, total, np.nan))
