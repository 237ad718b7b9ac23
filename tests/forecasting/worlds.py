"""Panels of every shape that a forecaster must survive."""

from dataclasses import replace

import numpy as np
import pandas as pd

from forecasting.forecasters.base import Budget
from forecasting.panel import Panel
from forecasting.units import Frequency, Target

TINY = Budget(rows=4000, trees=30, leaves=15)


def panel_of(sales, *, plan=60, frequency=Frequency.DAY, start="2024-01-01", **more):
    """Return a panel of these sales [n, t] without prices, covariates or attributes."""
    sales = np.asarray(sales, dtype=np.float32)
    n, history = sales.shape
    width = history + plan
    step = {Frequency.DAY: "D", Frequency.WEEK: "7D", Frequency.MONTH: "MS"}[frequency]
    periods = pd.date_range(start, periods=width, freq=step)
    series = pd.DataFrame({"store": "1", "product": [str(row + 1) for row in range(n)]})
    fields = {
        "series": series,
        "periods": periods,
        "history": history,
        "frequency": frequency,
        "target": Target.UNITS,
        "unit": "units",
        "sales": sales,
        "price": np.full((n, width), np.nan, dtype=np.float32),
        "discount": np.zeros((n, width), dtype=np.float32),
        "promoted": np.zeros((n, width), dtype=np.float32),
        "stocked_out": np.zeros((n, history), dtype=bool),
        "version": "test@1",
    }
    return Panel(**(fields | more))


def with_sales(panel, sales):
    """Return the panel with other sales of the same shape."""
    return replace(panel, sales=np.asarray(sales, dtype=np.float32), revenue=None)
