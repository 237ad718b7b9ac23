"""Shelves with goods of several ages: the oldest are sold first, what is too old is thrown away."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass
class Shelves:
    """What stands on n shelves.

    Attributes:
        keeps: [n] days that a delivery can be sold, the day it comes included.
        left: [n, days] units by the days they can still be sold, less one.
    """

    keeps: Ints
    left: Floats = field(init=False)

    def __post_init__(self) -> None:
        """Start with nothing on any shelf."""
        self.left = np.zeros((len(self.keeps), int(self.keeps.max())))

    @property
    def on_hand(self) -> Floats:
        """Return [n] units."""
        return np.asarray(self.left.sum(axis=1))

    def deliver(self, units: Floats) -> None:
        """Put [n] fresh units on the shelves."""
        self.left[np.arange(len(units)), self.keeps - 1] += units

    def sell(self, wanted: Floats) -> Floats:
        """Sell what [n] customers want as far as it is there, and return what was sold."""
        through = np.minimum(np.cumsum(self.left, axis=1), wanted[:, None])
        self.left -= np.diff(through, axis=1, prepend=0.0)
        return np.asarray(through[:, -1])

    def close(self) -> Floats:
        """End a day and return [n] units thrown away."""
        wasted = self.left[:, 0].copy()
        self.left[:, :-1] = self.left[:, 1:]
        self.left[:, -1] = 0.0
        return wasted
