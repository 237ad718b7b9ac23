"""Rows of a table placed on the panel: which series, which period."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from forecasting.panel import Mask, Matrix
from forecasting.periods import Columns


@dataclass(frozen=True)
class Cells:
    """Row numbers and columns, beside the rows kept.

    Attributes:
        table: The rows that fall on the panel.
        row: [rows] their series.
        column: [rows] their period.
        shape: Series and periods of the panel.
    """

    table: pd.DataFrame
    row: Columns
    column: Columns
    shape: tuple[int, int]

    @cached_property
    def flat(self) -> Columns:
        """Return the place of each row's cell when the cells of all series stand in a line."""
        return self.row * self.shape[1] + self.column

    @cached_property
    def alone(self) -> bool:
        """Tell whether no two rows share a cell, as where there is but one channel."""
        return bool(np.count_nonzero(self.present()) == len(self.flat))

    def total(self, name: str) -> Matrix:
        """Return [n, columns] the sum of a column; NaN in cells without a figure."""
        values = self.table[name].to_numpy(dtype=np.float64, na_value=np.nan)
        size = self.shape[0] * self.shape[1]
        if self.alone:
            placed = np.full(size, np.nan, dtype=np.float32)
            placed[self.flat] = values
            return placed.reshape(self.shape)
        known = ~np.isnan(values)
        flat = self.flat[known]
        total = np.bincount(flat, weights=values[known], minlength=size).astype(np.float64)
        total[np.bincount(flat, minlength=size) == 0] = np.nan
        return total.reshape(self.shape).astype(np.float32)

    def mean(self, name: str) -> Matrix:
        """Return [n, columns] the mean of a column; NaN in cells without a figure."""
        if self.alone:
            return self.total(name)
        given = self.table.assign(**{name: self.table[name].notna().astype(float)})
        count = Cells(given, self.row, self.column, self.shape).total(name)
        with np.errstate(invalid="ignore", divide="ignore"):
            return (self.total(name) / count).astype(np.float32)

    def present(self) -> Mask:
        """Return [n, columns] the cells that have a row."""
        mask = np.zeros(self.shape, dtype=bool)
        mask[self.row, self.column] = True
        return mask


def place(
    table: pd.DataFrame, series: pd.DataFrame, columns: Columns, shape: tuple[int, int]
) -> Cells:
    """Place rows on the panel, leaving out those of other series or periods."""
    stores, products = (pd.Index(series[key].unique()) for key in ("store", "product"))
    number = np.full((len(stores), len(products)), -1, dtype=np.int64)
    number[stores.get_indexer(series["store"]), products.get_indexer(series["product"])] = (
        np.arange(len(series))
    )
    at_store, of_product = _numbers(stores, table["store"]), _numbers(products, table["product"])
    row = np.where((at_store < 0) | (of_product < 0), -1, number[at_store, of_product])
    keep = (row >= 0) & (columns >= 0) & (columns < shape[1])
    if keep.all():
        return Cells(table, row, columns, shape)
    return Cells(table[keep], row[keep], columns[keep], shape)


def _numbers(words: pd.Index, column: pd.Series) -> Columns:
    """Return the place of each row's word in a list; -1 for one that is not in it."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        place = words.get_indexer(pd.Index(column.cat.categories.astype(str)))
        code = column.cat.codes.to_numpy()
        return np.where(code < 0, -1, np.append(place, -1)[code])
    return np.asarray(words.get_indexer(pd.Index(column.astype(str))), dtype=np.int64)
