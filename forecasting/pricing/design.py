"""Regressors of demand that each product answers to in its own way."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.grouping import sum_by
from forecasting.panel import Panel
from forecasting.pricing.exposure import Exposure
from forecasting.pricing.plan import Rows
from forecasting.units import Frequency

Floats = NDArray[np.float64]

# A price this far (log points) below the usual one is a price cut for what follows it.
CUT = 0.03
_YEAR = 365.25
_NOTHING = 1e-9

PRICE, PROMOTION, AFTER, LATER, NEIGHBOURS = "price", "promotion", "after", "later", "neighbours"


def regressors(panel: Panel, exposure: Exposure) -> dict[str, Floats]:
    """Return each regressor as [n, t], in log points of demand per unit of its own.

    `price`: log price ratio. `promotion`: 1 while promoted. `after`, `later`: depth of the
    last offer in the one and two weeks after it ended (demand pulled forward). `neighbours`: mean
    log price ratio of the other products of the category in that store, weighted by the root
    of their size (sales taken from neighbours; `sharing.py` puts what the others' offers add in
    its place). `season_*`: the turn of the year. Known covariates of the panel by their own names,
    standardised.
    """
    columns = {PRICE: exposure.log_ratio, PROMOTION: exposure.promoted}
    offered = log_offers(panel, exposure.log_ratio, slice(0, panel.history))
    columns[AFTER], columns[LATER] = aftermath(offered, panel.frequency)
    columns[NEIGHBOURS] = Beside.of(panel).mean(exposure.log_ratio)
    columns |= _season(panel)
    for name, values in panel.known.items():
        columns[f"known_{name}"] = _standardised(values[:, : panel.history])
    return columns


def log_offers(panel: Panel, log_ratio: Floats, columns: slice) -> Floats:
    """Return [n, t] log of one less the discount; where none is on record, the log price ratio.

    A regular price that moved is no offer that ends one day.
    """
    if not np.nan_to_num(panel.discount[:, : panel.history]).any():
        return log_ratio
    off = np.nan_to_num(panel.discount[:, columns]).astype(np.float64)
    return np.asarray(np.log(np.clip(1 - off / 100, 0.02, None)))


def weights_beside(panel: Panel) -> Floats:
    """Return [n] how much a series counts among its neighbours.

    The root of its size: between all alike and each by its sales, which data hardly tell apart.
    """
    return np.asarray(np.sqrt(np.nan_to_num(panel.sales).mean(axis=1).astype(np.float64)))


def aftermath(log_ratio: Floats, frequency: Frequency) -> tuple[Floats, Floats]:
    """Return [n, t] twice: depth of the last cut in the week, and the one before, after it ended.

    Args:
        log_ratio: [n, t] log price ratios.
        frequency: How long a period is; of longer ones the last two are looked at.
    """
    depth = np.maximum(0.0, -log_ratio)
    span = 7 if frequency is Frequency.DAY else 1
    near, far = np.zeros_like(depth), np.zeros_like(depth)
    for lag in range(1, 2 * span + 1):
        past = np.zeros_like(depth)
        past[:, lag:] = depth[:, :-lag]
        target = near if lag <= span else far
        np.maximum(target, past, out=target)
    ended = depth < CUT
    # What came two weeks ago counts only where it was deeper than what came last week.
    return near * ended, np.maximum(far - near, 0.0) * ended


def shelves(panel: Panel) -> NDArray[np.int64]:
    """Return [n] the number of each series' shelf: its store and its category, where on record."""
    return panel.once("shelves", lambda: _shelves(panel.series))


def _shelves(series: pd.DataFrame) -> NDArray[np.int64]:
    shelf = series["store"].astype(str)
    if "product_category" not in series:
        return _numbered(shelf)
    return _numbered(shelf + "\n" + series["product_category"].astype(str))


def _numbered(words: pd.Series) -> NDArray[np.int64]:
    numbers = np.unique(words.to_numpy(dtype=str), return_inverse=True)[1]
    return numbers.astype(np.int64)


@dataclass(frozen=True)
class Beside:
    """Which series stand beside each other: those of a category in a store.

    Attributes:
        group: [n] the number of each series' category and store.
        size: [n] how much a series counts among its neighbours.
    """

    group: NDArray[np.int64]
    size: Floats

    @classmethod
    def of(cls, panel: Panel, rows: Rows | None = None) -> Self:
        """Return the neighbours in a panel, or among some of its series."""
        at = slice(None) if rows is None else rows
        group = np.unique(shelves(panel)[at], return_inverse=True)[1]
        size = panel.once("weights beside", lambda: weights_beside(panel))
        return cls(group.astype(np.int64), size[at])

    @cached_property
    def per_others(self) -> Floats:
        """Return [n] one over the size of the others; 0 for one that stands alone."""
        others = sum_by(self.size, self.group)[self.group] - self.size
        return np.where(others > _NOTHING, 1 / np.maximum(others, _NOTHING), 0.0)

    def mean(self, values: Floats) -> Floats:
        """Return [n, t] the mean of the others' values, by size; 0 for one that stands alone."""
        return self.total(self.size[:, None] * values) * self.per_others[:, None]

    def total(self, values: Floats) -> Floats:
        """Return [n, ...] the sum of the others' values."""
        return np.asarray(sum_by(values, self.group)[self.group] - values)


def _season(panel: Panel) -> dict[str, Floats]:
    periods = panel.periods[: panel.history]
    if (periods[-1] - periods[0]) < pd.Timedelta(days=1.4 * _YEAR):
        return {}
    angle = 2 * np.pi * periods.day_of_year.to_numpy(dtype=np.float64) / _YEAR
    shape = (panel.n, panel.history)
    return {
        f"season_{word}{order}": np.broadcast_to(turn(order * angle), shape).copy()
        for order in (1, 2)
        for word, turn in (("sin", np.sin), ("cos", np.cos))
    }


def _standardised(values: NDArray[np.float32]) -> Floats:
    filled = np.nan_to_num(values).astype(np.float64)
    spread = float(filled.std())
    return np.asarray((filled - filled.mean()) / spread if spread > 0 else np.zeros_like(filled))
