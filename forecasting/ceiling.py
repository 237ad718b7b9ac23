"""How much a series could sell at most, so that no accident of a fit is taken for a forecast."""

import numpy as np

from forecasting.origin import Floats, Rows
from forecasting.panel import Panel
from forecasting.units import LEAST_PERIODS

# Times the most a series ever sold in a period. Growth and offers stay far below; what goes beyond
# is a slope followed out of the range that it was learned in.
_TIMES = 10.0


def ceiling(panel: Panel, rows: Rows) -> Floats:
    """Return [rows, 1] the most that may be forecast; infinite for a series without history."""
    sales = np.nan_to_num(panel.sales[rows], nan=0.0).astype(np.float64)
    highest = sales.max(axis=1, initial=0.0)
    known = panel.times_known[rows] >= LEAST_PERIODS
    return np.where(known, _TIMES * highest, np.inf)[:, None]
