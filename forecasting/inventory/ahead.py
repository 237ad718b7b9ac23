"""The days ahead of shelves: what may be sold before a delivery, until the next, and so on."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from forecasting.intervals.calibration import Calibration, Floats
from forecasting.intervals.demanded import Sums
from forecasting.origin import Rows
from forecasting.panel import Panel
from forecasting.periods import lengths, overlap
from forecasting.served import Served
from forecasting.spans import Span, span_of


@dataclass(frozen=True)
class Ahead:
    """What is expected of n shelves with r series, over h periods from a day on.

    Attributes:
        intervals: How forecasts err.
        series: [r] store and product.
        mean: [r, h] expected units of whole periods.
        deviation: [r, h] their standard deviations.
        first: [n] the first series of each shelf; those of one stand one after the other.
        panel: Where the periods are laid out.
        columns: [h] the periods.
        start: The day.
    """

    intervals: Calibration
    series: pd.DataFrame
    mean: Floats
    deviation: Floats
    first: Rows
    panel: Panel
    columns: Rows
    start: date

    @classmethod
    def from_today(
        cls, served: Served, panel: Panel, rows: Rows, first: Rows, *, today: date, days: int
    ) -> "Ahead":
        """Return what is expected over some days from today on, or from the end of the data on."""
        span, _notes = span_of(panel, today, today + timedelta(days=days - 1), today)
        made = served.predict(panel, rows, int(span.columns[0]), int(span.columns[-1]) + 1)
        return cls(
            intervals=served.model.intervals,
            series=panel.series[["store", "product"]].iloc[rows],
            mean=made.mean.astype(np.float64),
            deviation=made.sd.astype(np.float64),
            first=first,
            panel=panel,
            columns=span.columns,
            start=span.start,
        )

    def share(self, start: date, end: date) -> Floats:
        """Return [h] how much of each period lies between two days, both inclusive."""
        if end < start:
            return np.zeros(len(self.columns))
        return overlap(self.panel.periods[self.columns], self.panel.frequency, start, end)

    def sums(self, share: Floats) -> Sums:
        """Return what shelves may sell in [h], or [n, h], shares of the periods."""
        each = np.broadcast_to(share, (len(self.first), len(self.columns)))
        inside = np.flatnonzero((each > 0).any(axis=0))
        inside = inside if len(inside) else np.array([0])
        sizes = np.diff(self.first, append=len(self.mean))
        weight = np.repeat(each[:, inside], sizes, axis=0)
        mean, deviation = self.mean[:, inside] * weight, self.deviation[:, inside] * weight
        return Sums(self.intervals, self.series, mean, deviation, self.first)

    def days_of_cover(self, span: Span, stock: Floats) -> Floats:
        """Return [n] days that [n] units last at expected sales, at most those of a span.

        Expected sales of a longer period are spread evenly over its days.
        """
        inside = self.share(span.start, span.end)
        periods = self.panel.periods[self.columns]
        days = np.rint(inside * lengths(periods, self.panel.frequency)).astype(np.int64)
        counted = np.flatnonzero(days)
        units = np.add.reduceat(self.mean * inside, self.first, axis=0)[:, counted]
        daily = np.repeat(units / days[counted], days[counted], axis=1)
        sold = np.cumsum(daily, axis=1)
        whole = (sold <= stock[:, None]).sum(axis=1)
        row, last = np.arange(len(stock)), daily.shape[1] - 1
        day = np.minimum(whole, last)
        left = stock - (sold[row, day] - daily[row, day])
        part = np.divide(left, daily[row, day], out=np.zeros(len(stock)), where=daily[row, day] > 0)
        return np.where(whole > last, float(last + 1), day + part)
