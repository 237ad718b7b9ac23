"""What goes wrong between the till and the file, with labels kept apart from the data."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecasting.data.demo.axis import Axis, Bools, Floats, Ints
from forecasting.data.demo.demand import Demand

WRONG_UNIT = 1000
SPIKES_AND_DROPS = 10
SPIKES_AND_DROPS_WEEKLY = 4
RECENT = 2
RECENT_DAYS = 28
# Smaller series hide a spike in their noise; only these are told apart by anybody.
BUSY_UNITS = 12.0
LATE_SHARE = 0.55
SATURDAY = 5

COLUMNS = ["fault", "date", "store", "product", "reported", "actual", "detail"]


@dataclass(frozen=True)
class Reported:
    """What the files say, which is not always what happened.

    Attributes:
        units: [n, t] units as reported at first.
        billed: [n, t] units that the reported revenue stands for.
        present: [n, t] whether a row was delivered at all.
        corrected: [n, t] rows that a later file states anew, rightly.
        labels: One row a fault: fault, date, store, product ("" = all), reported and actual units,
            detail. Faults: spike, drop, store_drop, missing_day, delivered_twice, wrong_unit,
            late_correction.
    """

    units: Ints
    billed: Ints
    present: Bools
    corrected: Bools
    labels: pd.DataFrame


class FaultMaker:
    """Puts faults into the rows of one world, no two in the same place."""

    def __init__(
        self, axis: Axis, demand: Demand, sold: Ints, calm: Bools, rng: np.random.Generator
    ) -> None:
        """Start from true sales; `calm` marks rows without stock-out, promotion or holiday."""
        self._axis, self._rng = axis, rng
        self._stores = demand.series["store"].to_numpy(str)
        self._products = demand.series["product"].to_numpy(str)
        self._sold = sold
        self._units, self._billed = sold.copy(), sold.copy()
        self._present = demand.on_sale[:, : axis.history].copy()
        self._corrected = np.zeros_like(self._present)
        shop = (self._stores != "online")[:, None]
        usual = np.exp(demand.base[:, : axis.history])
        self._free = calm & self._present & shop & (usual > BUSY_UNITS)
        self._labels: list[tuple[object, ...]] = []

    def spikes_and_drops(self) -> None:
        """Report single rows far too high or far too low, two of each in the last weeks."""
        recent, early = self._axis.back(RECENT_DAYS), 60 // self._axis.step
        each = SPIKES_AND_DROPS if self._axis.step == 1 else SPIKES_AND_DROPS_WEEKLY
        for fault, low, high in (("spike", 4.0, 7.0), ("drop", 0.02, 0.12)):
            for number in range(each):
                first, last = (recent, self._axis.history) if number < RECENT else (early, recent)
                row, period = self._place(first, last)
                units = round(self._sold[row, period] * self._rng.uniform(low, high))
                self._report(fault, row, period, units, "")

    def store_drop(self, store: str) -> None:
        """Lose most of a store's last but one Saturday, or of its last but one week."""
        period = self._axis.history - 2
        if self._axis.step == 1:
            period -= 6 + (self._axis.starts[period - 6].weekday() - SATURDAY) % 7
        for row in self._of(store, period):
            self._report(
                "store_drop", row, period, round(self._sold[row, period] * 0.3), "power cut"
            )

    def missing_day(self, store: str, days_before_end: int) -> None:
        """Deliver nothing from a store for one period."""
        period = self._axis.back(days_before_end)
        rows = self._of(store, period)
        self._present[rows, period] = False
        self._free[:, period] = False
        actual = int(self._sold[rows, period].sum())
        self._label("missing_day", period, store, "", None, actual, "no rows were delivered")

    def wrong_unit(self, store: str, days_before_end: int) -> None:
        """Report a store's period in thousandths; the money is right."""
        period = self._axis.back(days_before_end)
        for row in self._of(store, period):
            reported = self._sold[row, period] * WRONG_UNIT
            self._report("wrong_unit", row, period, reported, "units times 1000, revenue right")

    def late_corrections(self, store: str, days_before_end: int, days: int) -> None:
        """Report too little for a while, then state those rows anew in a later file."""
        first = self._axis.back(days_before_end)
        for period in range(first, first + max(1, days // self._axis.step)):
            rows = self._of(store, period)
            for row in self._rng.choice(rows, size=min(6, len(rows)), replace=False):
                reported = int(self._sold[row, period] * LATE_SHARE)
                self._report("late_correction", row, period, reported, "stated anew later")
                self._corrected[row, period] = True

    def delivered_twice(self, month: pd.Period, names: str) -> None:
        """Note that a month's file comes a second time, byte for byte."""
        first = int(np.flatnonzero(self._axis.starts.to_period("M") == month)[0])
        self._label("delivered_twice", first, "", "", None, None, names)

    def reported(self) -> Reported:
        """Return the rows as the files will state them, and the labels in order of time."""
        labels = pd.DataFrame(self._labels, columns=COLUMNS)
        for name in ("reported", "actual"):
            labels[name] = labels[name].astype("Int64")
        return Reported(
            units=self._units,
            billed=self._billed,
            present=self._present,
            corrected=self._corrected,
            labels=labels.sort_values(["date", "fault", "store", "product"], ignore_index=True),
        )

    def _of(self, store: str, period: int) -> Ints:
        return np.flatnonzero((self._stores == store) & self._present[:, period])

    def _place(self, first: int, last: int) -> tuple[int, int]:
        rows, periods = np.nonzero(self._free[:, first:last])
        pick = int(self._rng.integers(len(rows)))
        return int(rows[pick]), first + int(periods[pick])

    def _report(self, fault: str, row: int, period: int, units: float, detail: str) -> None:
        self._units[row, period] = units
        if fault != "wrong_unit":
            self._billed[row, period] = units
        # Faults keep a fortnight's distance in a series, or one would hide the other.
        reach = max(1, 14 // self._axis.step)
        self._free[row, max(0, period - reach) : period + reach + 1] = False
        actual = self._sold[row, period]
        store, product = self._stores[row], self._products[row]
        self._label(fault, period, store, product, int(units), int(actual), detail)

    def _label(self, fault: str, period: int, store: str, product: str, *rest: object) -> None:
        self._labels.append((fault, self._axis.starts[period], store, product, *rest))


def calm_rows(stocked_out: Bools, discount: Floats, holiday: Floats) -> Bools:
    """Return rows where nothing known explains a jump: no stock-out, promotion or holiday."""
    calm: Bools = ~stocked_out & (discount == 0) & (np.abs(holiday) < 0.02)  # noqa: PLR2004
    return calm
