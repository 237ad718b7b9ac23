"""Totals of stores, of categories and of everything, as panels of their own.

A total is told as if all its parts were always on sale and at their usual prices: what was sold,
over what the parts on record usually sell. So neither new parts, gaps and closed days nor a price
look like growth.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.grouping import sum_by
from forecasting.opening import opening
from forecasting.origin import YEAR, Floats, Rows
from forecasting.panel import Mask, Matrix, Panel

# Of a total, at least this share of usual sales must be on record in a period.
_LEAST_ON_RECORD = 0.05
_LEAST_PARTS = 2


@dataclass(frozen=True)
class Level:
    """One way of adding up all series.

    Attributes:
        name: `store`, `category` or `everything`.
        words: What each total is called.
        codes: [n] the total that each series is a part of.
    """

    name: str
    words: tuple[str, ...]
    codes: NDArray[np.int64]


def levels_of(series: pd.DataFrame) -> tuple[Level, ...]:
    """Return the levels whose totals hold several series each, narrow ones first.

    Args:
        series: [n] with columns `store` and `product`, and perhaps `product_category`.
    """
    found = []
    for name, column in (("store", "store"), ("category", "product_category")):
        if column in series:
            codes, words = pd.factorize(series[column].astype(str), sort=True)
            if 1 < len(words) <= len(series) / _LEAST_PARTS:
                found.append(Level(name, tuple(map(str, words)), codes.astype(np.int64)))
    if len(series) >= _LEAST_PARTS:
        found.append(Level("everything", ("all",), np.zeros(len(series), dtype=np.int64)))
    return tuple(found)


def usual_sales(demand: Demand, until: int) -> Floats:
    """Return [n] mean sales a period at usual prices in the year before a column; 0 for none."""
    last = demand.adjusted[:, max(0, until - YEAR[demand.panel.frequency]) : until]
    known = ~np.isnan(last)
    total = np.where(known, last, 0.0).sum(axis=1, dtype=np.float64)
    return np.asarray(total / np.maximum(known.sum(axis=1), 1))


@dataclass(frozen=True)
class NoResponse:
    """The response of totals: what price and promotion do is in their parts."""

    @property
    def table(self) -> pd.DataFrame:
        """Return nothing known of any product."""
        return pd.DataFrame({"usable": np.zeros(0, dtype=bool)})

    def factor(
        self, series: pd.DataFrame, price_ratio: Matrix, promoted: Matrix, discount: Matrix
    ) -> Matrix:
        """Return [n, h] of 1."""
        del series, promoted, discount
        return np.ones(price_ratio.shape, dtype=np.float32)

    def to_json(self) -> str:
        """Return an empty object."""
        return "{}"


def totals_of(demand: Demand, level: Level, usual: Floats) -> Panel:
    """Return the panel whose series are the totals of a level, in the order of its words.

    Args:
        demand: The parts.
        level: What adds up to what.
        usual: [n] usual sales of the parts.
    """
    panel, history = demand.panel, demand.panel.history
    seen = demand.adjusted
    known = ~np.isnan(seen)
    count = len(level.words)
    sold = sum_by(np.where(known, seen, np.float32(0)), level.codes, count)
    there = sum_by(known * usual[:, None], level.codes, count)
    whole = sum_by(usual, level.codes, count)[:, None]
    enough = there > _LEAST_ON_RECORD * whole
    sales = np.where(enough, sold / np.where(enough, there, 1.0) * whole, np.nan)
    width = len(panel.periods)
    silent = usual * ~demand.answers

    def share(values: Matrix | Mask, of: Floats) -> Matrix:
        return _mean(np.asarray(values, dtype=np.float32), of, level.codes, count)

    return replace(
        panel,
        series=pd.DataFrame({"store": list(level.words), "product": level.name}),
        sales=sales.astype(np.float32),
        price=np.full((count, width), np.nan, dtype=np.float32),
        discount=np.nan_to_num(share(panel.discount, silent)),
        promoted=np.nan_to_num(share(panel.promoted, silent)),
        stocked_out=np.zeros((count, history), dtype=bool),
        # Codes of words have no mean: the calendar must do.
        known={
            name: share(values, usual)
            for name, values in panel.known.items()
            if name not in panel.categories
        },
        categories={},
        past={},
        events={},
        revenue=None,
        open=None,
        closed_when_missing=False,
        known_from=None,
    )


def _mean(values: Matrix, usual: Floats, codes: Rows, count: int) -> Matrix:
    known = ~np.isnan(values)
    weight = usual.astype(np.float32)[:, None]
    total = sum_by(np.where(known, values, np.float32(0)) * weight, codes, count)
    there = sum_by(known * weight, codes, count)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(total / there, dtype=np.float32)


def presence(demand: Demand, level: Level, usual: Floats, columns: Rows, known: Mask) -> Floats:
    """Return [totals, columns] what is there of each total, as a share of what usually sells.

    Args:
        demand: The parts.
        level: What adds up to what.
        usual: [n] usual sales of the parts.
        columns: Periods.
        known: [n, columns] which parts count.
    """
    rows = np.arange(demand.panel.n)
    chance = demand.factor[:, columns] * opening(demand, rows, columns)
    count = len(level.words)
    whole = sum_by(usual, level.codes, count)[:, None]
    there = sum_by(known * usual[:, None] * chance, level.codes, count)
    return np.divide(there, whole, out=np.zeros_like(there), where=whole > 0)
