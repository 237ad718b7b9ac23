"""Stretches of sales that are on record twice: copied files, or one store under two names.

Rows that stand both in what a model learns from and in what it is judged by make it look better
than it is. Keys are unique in the store, so a copy shows only by its figures: the same run of
sales in another series, or at another time. Runs are compared by a rolling hash (Karp and Rabin,
1987).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.panel import Mask, Panel

# A run is so many periods. By accident two runs agree less than once in a million panels, if
# sales are not small and do not stay the same.
_RUN = 28
_LEAST_MEAN = 4.0
_LEAST_MOVES = 0.6
_LEAST_KNOWN = 0.7
_BASE = np.uint64(0x9E3779B97F4A7C15)
# Of larger panels only runs with a lucky hash are kept: both copies have it.
_MOST_RUNS = 500_000
_BLOCK = 2_000_000

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Repeat:
    """One stretch of sales that stands twice.

    Attributes:
        rows: The series of both copies, which may be the same.
        columns: The first period of both.
        count: How many series have a stretch that stands elsewhere as well.
    """

    rows: tuple[int, int]
    columns: tuple[int, int]
    count: int

    def sentence(self, panel: Panel) -> str:
        """Return what a person must know."""
        names = [
            f"product {panel.series['product'].iloc[row]!r} in store "
            f"{panel.series['store'].iloc[row]!r} from {panel.periods[column].date()}"
            for row, column in zip(self.rows, self.columns, strict=True)
        ]
        return (
            f"The same sales are on record twice in {self.count} series, for example those of "
            f"{names[0]} and of {names[1]}; errors measured on such data look too small."
        )


def repeats(panel: Panel) -> Repeat | None:
    """Return an example of sales on record twice, None where there are none.

    A series that repeats itself throughout is regular, not copied, and does not count.
    """
    hashes, rows, columns = _runs(panel)
    if not len(hashes):
        return None
    order = np.argsort(hashes, kind="stable")
    hashes, rows, columns = hashes[order], rows[order], columns[order]
    same = hashes[1:] == hashes[:-1]
    copied = same & ~_regular(hashes, rows, panel.n)[rows[1:]]
    if not copied.any():
        return None
    first = int(np.flatnonzero(copied)[0])
    involved = np.unique(np.concatenate([rows[:-1][copied], rows[1:][copied]]))
    pair = slice(first, first + 2)
    return Repeat(
        rows=(int(rows[pair][0]), int(rows[pair][1])),
        columns=(int(columns[pair][0]), int(columns[pair][1])),
        count=len(involved),
    )


def _runs(panel: Panel) -> tuple[Hashes, NDArray[np.int64], NDArray[np.int64]]:
    """Return the hash of every run that could not be an accident, its series and first period."""
    n, width = panel.sales.shape
    if width < _RUN:
        empty = np.empty(0, dtype=np.int64)
        return empty.astype(np.uint64), empty, empty
    keep_one_in = np.uint64(max(1, n * width // _MOST_RUNS))
    parts = []
    step = max(1, _BLOCK // width)
    for start in range(0, n, step):
        sales = panel.sales[start : start + step]
        hashed = _hashed(sales)
        row, column = np.nonzero(_telling(sales) & (hashed % keep_one_in == 0))
        parts.append((hashed[row, column], row + start, column))
    hashes, rows, columns = (np.concatenate(one) for one in zip(*parts, strict=True))
    return hashes, rows, columns


def _hashed(sales: NDArray[np.float32]) -> Hashes:
    """Return [n, runs] a polynomial of each run's figures; what is not known counts as one."""
    bits = np.where(np.isnan(sales), np.float32(-1), sales).astype(np.float32).view(np.uint32)
    mixed = (bits.astype(np.uint64) + np.uint64(1)) * _BASE
    mixed ^= mixed >> np.uint64(29)
    width = sales.shape[1] - _RUN + 1
    result = np.zeros((len(sales), width), dtype=np.uint64)
    for step in range(_RUN):
        result = result * _BASE + mixed[:, step : step + width]
    return np.asarray(result ^ (result >> np.uint64(31)))


def _telling(sales: NDArray[np.float32]) -> Mask:
    """Return [n, runs] whether a run is known, large and lively enough to tell a copy."""
    known = ~np.isnan(sales)
    value = np.where(known, sales, 0.0)
    moves = np.zeros(sales.shape)
    moves[:, 1:] = known[:, 1:] & known[:, :-1] & (value[:, 1:] != value[:, :-1])
    count = _rolling(known.astype(np.float64))
    enough = (count >= _LEAST_KNOWN * _RUN) & (_rolling(moves) >= _LEAST_MOVES * _RUN)
    return np.asarray(enough & (_rolling(value) >= _LEAST_MEAN * np.maximum(count, 1)))


def _rolling(values: NDArray[np.float64]) -> NDArray[np.float64]:
    total = np.cumsum(np.pad(values, ((0, 0), (1, 0))), axis=1)
    return np.asarray(total[:, _RUN:] - total[:, :-_RUN])


def _regular(hashes: Hashes, rows: NDArray[np.int64], n: int) -> Mask:
    """Return [n] the series most of whose runs come back within the series itself."""
    again = (hashes[1:] == hashes[:-1]) & (rows[1:] == rows[:-1])
    own = np.bincount(rows[1:][again], minlength=n)
    return np.asarray(own > 0.5 * np.bincount(rows, minlength=n))
