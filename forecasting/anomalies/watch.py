"""A panel with all that findings are read from."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from forecasting.anomalies.baseline import Baseline, baseline
from forecasting.anomalies.findings import FALSE_ALARMS, Sensitivity
from forecasting.anomalies.reasons import Reasons, reasons
from forecasting.anomalies.scores import Scores, scores
from forecasting.panel import Panel
from forecasting.pricing.response import PriceResponse

Rows = NDArray[np.int64]

_LOOKED_BACK = 28


@dataclass(frozen=True)
class Watch:
    """A panel with its expectations, scores and known reasons.

    Attributes:
        panel: The history.
        expected: What each period was expected to sell, the day before.
        scores: How surprising what was sold is.
        reasons: What is known that may explain it.
        threshold: The surprise from which it counts.
    """

    panel: Panel
    expected: Baseline
    scores: Scores
    reasons: Reasons
    threshold: float

    @classmethod
    def over(
        cls,
        panel: Panel,
        response: PriceResponse | None,
        sensitivity: Sensitivity,
        first: int = 0,
    ) -> "Watch":
        """Score a panel's history, so that findings can be read from a period on."""
        expected = baseline(panel, response)
        rate = FALSE_ALARMS[sensitivity] / 1000
        # A shift is told from the week before it, and from alarms up to three weeks before.
        found = scores(panel, expected, max(0, first - _LOOKED_BACK))
        return cls(panel, expected, found, reasons(panel), float(stats.norm.isf(rate / 2)))

    def store(self, row: int) -> str:
        """Return the store id of a series."""
        return str(self.panel.series["store"].iloc[row])

    def product(self, row: int) -> str:
        """Return the product id of a series."""
        return str(self.panel.series["product"].iloc[row])

    def first_day(self, column: int) -> date:
        """Return the first day of a period."""
        return self.panel.periods[column].date()

    def last_day(self, column: int) -> date:
        """Return the last day of a period."""
        after = self.panel.periods[column] + pd.tseries.frequencies.to_offset(
            {"D": "D", "W": "7D", "M": "MS"}[self.panel.frequency.value]
        )
        return (after - pd.Timedelta(days=1)).date()
