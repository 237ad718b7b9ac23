"""Kinds of series that may be forecast differently: by how much they sell, and how often."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.origin import QUARTER, Floats, Rows, without_faults

# A series that sells in fewer periods than this is intermittent, whatever it sells then.
_MOSTLY_ZERO = 0.5
# Fewer series than this a segment say nothing of it.
_LEAST_SERIES = 20
_MOST_VOLUMES = 3
_NAMES = {1: ("",), 2: ("small", "large"), 3: ("small", "middling", "large")}


@dataclass(frozen=True)
class Segments:
    """Where segments part: the last one holds the series that mostly sell nothing.

    Attributes:
        volumes: Mean sales a period that part small series from larger ones, rising.
    """

    volumes: tuple[float, ...]

    @classmethod
    def of_history(cls, demand: Demand) -> "Segments":
        """Return segments of about as many series each; one where there are few series."""
        volume, zeros = _recent(demand, np.arange(demand.panel.n))
        regular = volume[(zeros <= _MOSTLY_ZERO) & (volume > 0)]
        count = int(np.clip(len(regular) // _LEAST_SERIES, 1, _MOST_VOLUMES))
        parts = np.arange(1, count) / count
        return cls(tuple(float(at) for at in np.quantile(regular, parts)) if count > 1 else ())

    @property
    def names(self) -> tuple[str, ...]:
        """Return what each segment is called, in order."""
        sizes = _NAMES[len(self.volumes) + 1]
        regular = tuple(f"{size} series".strip() for size in sizes)
        return (*regular, "series that seldom sell")

    def of(self, demand: Demand, rows: Rows) -> NDArray[np.int64]:
        """Return [rows] the segment of each series as of the end of the history."""
        volume, zeros = _recent(demand, rows)
        size = np.searchsorted(self.volumes, volume, side="right")
        return np.where(zeros > _MOSTLY_ZERO, len(self.volumes) + 1, size).astype(np.int64)


def _recent(demand: Demand, rows: Rows) -> tuple[Floats, Floats]:
    """Return [rows] the mean and the share of zeros of the last two quarters."""
    last = 2 * QUARTER[demand.panel.frequency]
    seen = without_faults(demand.adjusted[rows, -last:].astype(np.float64))
    known = ~np.isnan(seen)
    count = np.maximum(known.sum(axis=1), 1)
    value = np.where(known, seen, 0.0)
    zeros = (known & (value == 0)).sum(axis=1) / count
    return value.sum(axis=1) / count, np.where(known.any(axis=1), zeros, 1.0)
