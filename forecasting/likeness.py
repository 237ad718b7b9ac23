"""How much a series should sell, judged by its store, its product and what they are like.

The logarithm of a series' level is taken as the sum of what its store and its product add. Each
of these is drawn to what its attributes and price suggest, so that an item without history gets
the figure of items like it. The parts are fitted in turn until they agree (backfitting; Breiman
and Friedman, 1985).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.origin import Floats, Rows

_ROUNDS = 8
# An item's own sales count against its attributes as if it had so many series more.
_PRIOR = 1.0
# Attributes are few beside items: each is drawn to zero by so many items.
_PENALTY = 3.0
# An attribute with more words than this names the item rather than describes it.
_MOST_WORDS = 30
# Log points: no two items are so alike that their levels agree better.
_LEAST_SPREAD = 0.25


@dataclass(frozen=True)
class Likely:
    """What series are expected to sell.

    Attributes:
        level: [rows] sales a period.
        spread: [rows] standard deviation of the logarithm of the true level around it.
    """

    level: Floats
    spread: Floats


@dataclass(frozen=True)
class _Side:
    """Stores or products: which one each series is of, and their attributes."""

    code: Rows
    design: Floats

    @property
    def count(self) -> int:
        return len(self.design)


def likely_levels(
    series: pd.DataFrame, price: Floats, level: Floats, known: Rows, rows: Rows
) -> Likely:
    """Return what some series should sell, from the levels of others.

    Args:
        series: [n] columns `store`, `product`, and attributes named after either.
        price: [n] regular price, NaN where not known.
        level: [n] sales a period.
        known: Series whose level is positive and can be trusted; at least one.
        rows: Series to judge, none of them in `known`.
    """
    sides = (_side(series, "store", None), _side(series, "product", price))
    y = np.log(level[known])
    centre = float(np.mean(y))
    parts = [np.zeros(side.count) for side in sides]
    likes = [np.zeros(side.count) for side in sides]
    for _ in range(_ROUNDS):
        for this, other in ((0, 1), (1, 0)):
            side = sides[this]
            rest = y - centre - parts[other][sides[other].code[known]]
            likes[this], parts[this] = _fitted(side, rest, known)
    found = centre + sum(part[side.code[rows]] for part, side in zip(parts, sides, strict=True))
    fit = _Fit(sides, known, (likes[0], likes[1]), (parts[0], parts[1]))
    return Likely(np.exp(found), fit.spread(y - centre, rows))


def _fitted(side: _Side, rest: Floats, known: Rows) -> tuple[Floats, Floats]:
    """Return [items] what attributes suggest, and what attributes and own sales say together."""
    code = side.code[known]
    count = np.bincount(code, minlength=side.count).astype(np.float64)
    total = np.bincount(code, rest, minlength=side.count)
    seen = count > 0
    x, y = side.design[seen], total[seen] / count[seen]
    squares = x.T @ x + _PENALTY * np.eye(x.shape[1])
    suggested = np.asarray(side.design @ np.linalg.solve(squares, x.T @ y), dtype=np.float64)
    own = (total - count * suggested) / (count + _PRIOR)
    return suggested, suggested + own


@dataclass(frozen=True)
class _Fit:
    """What stores and products add: by their attributes alone, and with their own sales."""

    sides: tuple[_Side, _Side]
    known: Rows
    likes: tuple[Floats, Floats]
    parts: tuple[Floats, Floats]

    def spread(self, y: Floats, rows: Rows) -> Floats:
        """Return [rows] how far levels lay from what was expected, where as little was known."""
        had = [
            np.bincount(side.code[self.known], minlength=side.count)[side.code[rows]] > 0
            for side in self.sides
        ]
        result = np.empty(len(rows))
        for case in ((False, False), (False, True), (True, False), (True, True)):
            miss = self._miss(y, case)
            spread = max(_LEAST_SPREAD, float(np.sqrt(np.mean(miss**2))))
            result[(had[0] == case[0]) & (had[1] == case[1])] = spread
        return result

    def _miss(self, y: Floats, case: tuple[bool, bool]) -> Floats:
        """Return [known] the error for each series, had only these sides sold anything else."""
        miss, grown = y.copy(), np.ones(len(y))
        for at, side in enumerate(self.sides):
            code = side.code[self.known]
            miss -= (self.parts if case[at] else self.likes)[at][code]
            if case[at]:
                # Leaving one of k series out of a mean drawn to a prior scales its miss so. One
                # side is enough: what both explain is hardly explained twice.
                count = np.bincount(code, minlength=side.count)[code]
                grown = np.maximum(grown, (count + _PRIOR) / (count - 1 + _PRIOR))
        return np.asarray(miss * grown)


def _side(series: pd.DataFrame, key: str, price: Floats | None) -> _Side:
    code, items = pd.factorize(series[key], sort=True)
    first = series.drop_duplicates(key).set_index(key).loc[items]
    columns = list(_attributes(first, key))
    if price is not None:
        columns += _price_columns(price, code.astype(np.int64), len(items))
    design = np.column_stack(columns) if columns else np.zeros((len(items), 0))
    return _Side(code.astype(np.int64), design)


def _attributes(items: pd.DataFrame, key: str) -> Iterator[Floats]:
    for name in items.columns:
        if not str(name).startswith(f"{key}_"):
            continue
        column = items[name]
        if pd.api.types.is_numeric_dtype(column):
            yield _standard(column.to_numpy(dtype=np.float64, na_value=np.nan))
        elif 1 < column.nunique() <= _MOST_WORDS:
            for word in sorted(column.dropna().unique()):
                yield (column == word).to_numpy(dtype=np.float64)


def _price_columns(price: Floats, code: NDArray[np.int64], items: int) -> list[Floats]:
    known = price > 0
    if not known.any():
        return []
    total = np.bincount(code[known], np.log(price[known]), minlength=items)
    count = np.bincount(code[known], minlength=items)
    return [_standard(np.where(count > 0, total / np.maximum(count, 1), np.nan))]


def _standard(values: Floats) -> Floats:
    known = np.isfinite(values)
    if not known.any():
        return np.zeros(len(values))
    centre, spread = float(np.mean(values[known])), float(np.std(values[known]))
    return np.where(known, (values - centre) / (spread or 1.0), 0.0)
