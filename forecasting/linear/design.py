"""The regressors of a linear model: which there are, and their values for any series and period."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.linear.calendar_terms import calendar_terms
from forecasting.linear.plan_terms import plan_terms
from forecasting.linear.price_terms import offers_vary, price_terms, signs
from forecasting.origin import YEAR

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

TREND = "trend"
LEVEL = "level"
# Seen too rarely for single series to tell how they differ in them.
SHARED = ("advent_", "christmas_", "mothers_day_")
# A season can be told from a trend after this many years.
_LEAST_YEARS = 1.5
# A term that is on in fewer cells than this of the history would learn an accident.
_LEAST_CELLS = 3
# Series looked at to see what varies.
_ENOUGH = 200
_DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Design:
    """Regressors in a fixed order; the last is the level, 1 throughout.

    Attributes:
        names: One word a regressor.
        end: Start of the last period of the history it was made for; the trend is zero there.
        sees_offers: Own prices and promotions are among the regressors.
        yearly: The time of year is among them.
    """

    names: tuple[str, ...]
    end: pd.Timestamp
    sees_offers: bool
    yearly: bool

    @classmethod
    def of(cls, demand: Demand) -> "Design":
        """Return the regressors that vary in this history."""
        panel, sees_offers = demand.panel, offers_vary(demand)
        yearly = panel.history >= _LEAST_YEARS * YEAR[panel.frequency]
        everything = cls((), panel.cutoff, sees_offers, yearly)
        rows = np.arange(0, panel.n, max(1, panel.n // _ENOUGH))
        terms = everything._terms(demand, rows, np.arange(panel.history))
        known = ~np.isnan(demand.panel.sales[rows])
        often = known.sum(axis=0)
        names = [name for name, values in terms.items() if _varies(values, known, often)]
        ordered = sorted(names, key=lambda name: not name.startswith(SHARED))
        return cls((*ordered, LEVEL), panel.cutoff, sees_offers, yearly)

    @cached_property
    def own(self) -> Rows:
        """Return the places of the regressors that series may differ in, the level last."""
        common = [name.startswith(SHARED) for name in self.names]
        return np.flatnonzero(~np.array(common))

    def signed(self, coefficients: NDArray[np.float64], places: Rows) -> NDArray[np.float64]:
        """Return coefficients of own offers without the wrong sign; others as they are.

        Args:
            coefficients: [..., places].
            places: Which regressors they belong to.
        """
        if not self.sees_offers:
            return coefficients
        sign = signs(self.names)[places]
        return np.where(coefficients * sign < 0, 0.0, coefficients)

    def values(self, demand: Demand, rows: Rows, columns: Rows) -> Floats:
        """Return [rows, columns, terms]; a term that the data no longer have is 0."""
        terms = self._terms(demand, rows, columns)
        # A term's values lie together in memory: written, and multiplied, many times faster.
        table = np.zeros((len(rows), len(self.names), len(columns)), dtype=np.float32)
        for number, name in enumerate(self.names):
            if name in terms:
                table[:, number] = np.nan_to_num(terms[name])
        table[:, -1] = 1.0
        return table.transpose(0, 2, 1)

    def _terms(self, demand: Demand, rows: Rows, columns: Rows) -> dict[str, Floats]:
        periods = demand.panel.periods[columns]
        years = ((periods - self.end).days.to_numpy() / _DAYS_A_YEAR).astype(np.float32)
        terms = {TREND: np.minimum(years, 0.0)}
        terms |= calendar_terms(demand, columns, yearly=self.yearly)
        terms |= plan_terms(demand, rows, columns)
        if self.sees_offers:
            terms |= price_terms(demand, rows, columns)
        return terms


def _varies(values: Floats, known: NDArray[np.bool_], often: Rows) -> bool:
    """Tell whether enough cells that are known differ from the lowest, and from the highest.

    Args:
        values: [t] or [rows, t].
        known: [rows, t] which cells are.
        often: [t] how many of them.
    """
    if values.ndim == 1:
        seen, count = values[often > 0], often[often > 0]
    else:
        seen = values[known]
        count = np.ones(len(seen), dtype=np.int64)
    told = ~np.isnan(seen)
    seen, count = seen[told], count[told]
    if not len(seen):
        return False
    ends = (seen.min(), seen.max())
    return all(int(count[seen != end].sum()) >= _LEAST_CELLS for end in ends)
