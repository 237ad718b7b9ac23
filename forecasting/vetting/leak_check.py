"""Covariates declared known in advance that cannot have been: they hold the sales themselves.

A plan moves sales but does not know their accidents. A column that follows single sales, or the
total of a store, product or category, from one day to the next almost without error was written
down afterwards, whatever the mapping says; a model that learns it looks perfect in backtests and
fails in use. Such a column is left out of training, and the report names it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.panel import Matrix, Panel
from forecasting.units import Frequency

Floats = NDArray[np.float64]

# Correlation of changes beyond which no plan is believed. Accidents of single sales are too large
# for a plan to foresee nine tenths of them; those of totals even out, so more is asked of these.
_OWN, _TOTAL = 0.9, 0.95
# A flag or a few steps may well decide whether anything sells; such plans are never suspected.
_FEW_VALUES = 12
# Periods by which a column may be shifted against the sales it repeats.
_SHIFTS = {Frequency.DAY: 28, Frequency.WEEK: 8, Frequency.MONTH: 6}
# Changes are taken over this many periods, so that weekdays and slow seasons do not count.
_STEP = {Frequency.DAY: 7, Frequency.WEEK: 1, Frequency.MONTH: 1}
_LEAST_PAIRS, _LEAST_OF_SERIES = 60, 10
# So many series and periods are looked at: what leaks does so everywhere.
_MOST_SERIES, _MOST_PERIODS = 200, 400


@dataclass(frozen=True, slots=True)
class Leak:
    """A known covariate that follows sales as only hindsight can.

    Attributes:
        name: The covariate.
        follows: What it follows: `sales`, `total of the store`, ...
        shift: By how many periods: 1 means that it holds the sales of the period after.
        agreement: Correlation of the changes of both, a fraction.
        word: What a period is called.
    """

    name: str
    follows: str
    shift: int
    agreement: float
    word: str

    def sentence(self) -> str:
        """Return what a person must know."""
        return (
            f"{self.name!r} is declared known in advance but follows the {self.follows} of "
            f"{self._when()} with a correlation of {self.agreement:.2f}, which no plan can; it is "
            "left out. Declare it under 'past'."
        )

    def _when(self) -> str:
        if not self.shift:
            return f"the same {self.word}"
        side = "after" if self.shift > 0 else "before"
        number = abs(self.shift)
        return f"the {self.word} {side}" if number == 1 else f"{number} {self.word}s {side}"


def leaks(panel: Panel) -> tuple[Leak, ...]:
    """Return the known covariates that cannot have been known in advance, in their order."""
    names = [name for name in panel.known if name not in panel.categories]
    suspects = [name for name in names if _many_values(panel.known[name][:, : panel.history])]
    if not suspects:
        return ()
    rows = _sample(panel)
    start = max(0, panel.history - _MOST_PERIODS)
    sales = {what: _changes(one, panel) for what, one in _sold(panel, rows, start)}
    found = []
    for name in suspects:
        column = panel.known[name][rows, start : panel.history].astype(np.float64)
        leak = _worst(name, _changes(column, panel), sales, panel.frequency)
        if leak is not None:
            found.append(leak)
    return tuple(found)


def without(panel: Panel, names: Iterable[str]) -> Panel:
    """Return the panel without some known covariates; itself where it has none of them."""
    gone = set(names) & set(panel.known)
    if not gone:
        return panel
    kept = {name: values for name, values in panel.known.items() if name not in gone}
    return replace(panel, known=kept)


def _many_values(values: Matrix) -> bool:
    known = values[~np.isnan(values)]
    return len(np.unique(known[:: max(1, len(known) // 100_000)])) > _FEW_VALUES


def _sample(panel: Panel) -> NDArray[np.int64]:
    count = np.count_nonzero(~np.isnan(panel.sales[:, -_MOST_PERIODS:]), axis=1)
    fullest = np.argsort(-count, kind="stable")[: 4 * _MOST_SERIES]
    return np.sort(fullest[:: max(1, len(fullest) // _MOST_SERIES)])


def _sold(panel: Panel, rows: NDArray[np.int64], start: int) -> Iterator[tuple[str, Floats]]:
    """Yield by name the sales of the series, and of what they are part of: [rows, periods]."""
    sales = panel.sales[:, start:].astype(np.float64)
    yield "sales", sales[rows]
    series = panel.series
    keys = {"store": ["store"], "product": ["product"]}
    if "product_category" in series:
        keys["category in the store"] = ["store", "product_category"]
        keys["category"] = ["product_category"]
    for what, columns in keys.items():
        yield f"total of the {what}", _totals(sales, series, columns)[rows]
    yield "total of all sales", np.broadcast_to(np.nansum(sales, axis=0), sales.shape)[rows]


def _totals(sales: Floats, series: pd.DataFrame, columns: Sequence[str]) -> Floats:
    group = series.groupby(list(columns), dropna=False).ngroup().to_numpy()
    total = np.zeros((int(group.max()) + 1, sales.shape[1]))
    np.add.at(total, group, np.nan_to_num(sales))
    return np.asarray(total[group])


def _changes(values: Floats, panel: Panel) -> tuple[Floats, Floats]:
    """Return [rows, periods] changes in units and in logarithms, each of unit variance a row."""
    with np.errstate(invalid="ignore"):
        signed = np.sign(values) * np.log1p(np.abs(values))
    step = _STEP[panel.frequency]
    return _standard(values, step), _standard(signed, step)


def _standard(values: Floats, step: int) -> Floats:
    if values.shape[1] <= step:
        return np.full((len(values), 0), np.nan)
    change = values[:, step:] - values[:, :-step]
    known = ~np.isnan(change)
    count = known.sum(axis=1, keepdims=True)
    # Around zero: over a change there is no mean to take off.
    square = np.where(known, change, 0.0) ** 2
    scale = np.sqrt(square.sum(axis=1, keepdims=True) / np.maximum(count, 1))
    enough = (count >= _LEAST_OF_SERIES) & (scale > 0)
    return np.where(enough, change / np.where(scale > 0, scale, 1.0), np.nan)


def _worst(
    name: str,
    column: tuple[Floats, Floats],
    sales: dict[str, tuple[Floats, Floats]],
    frequency: Frequency,
) -> Leak | None:
    """Return what a column agrees with beyond belief; None where nothing."""
    most = _SHIFTS[frequency]
    best: Leak | None = None
    for what, sold in sales.items():
        limit = _OWN if what == "sales" else _TOTAL
        for shift in sorted(range(-most, most + 1), key=abs):
            agreement = max(_agreement(x, y, shift) for x, y in zip(column, sold, strict=True))
            if agreement >= limit and (best is None or agreement > best.agreement + 1e-6):
                best = Leak(name, what, shift, agreement, frequency.word)
    return best


def _agreement(column: Floats, sold: Floats, shift: int) -> float:
    """Return the correlation of a column with sales `shift` periods later; 0 with too few."""
    width = column.shape[1] - abs(shift)
    if width < 1:
        return 0.0
    x = column[:, max(0, -shift) :][:, :width]
    y = sold[:, max(0, shift) :][:, :width]
    both = ~(np.isnan(x) | np.isnan(y))
    if both.sum() < _LEAST_PAIRS:
        return 0.0
    x, y = x[both], y[both]
    below = float(np.sqrt((x * x).sum() * (y * y).sum()))
    return abs(float((x * y).sum())) / below if below > 0 else 0.0
