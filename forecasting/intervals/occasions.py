"""Kinds of periods by what is planned for them, told apart by flags that are on or off."""

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Demand

PROMOTED = "promoted"
"""The flag of a promotion of the price list, beside the known covariates that are flags."""


def flags_of(demand: Demand) -> tuple[str, ...]:
    """Return the flags of a demand's plan."""
    own = (PROMOTED,) if (demand.panel.promoted > 0).any() else ()
    return own + tuple(demand.flags)


def kinds_of(
    demand: Demand, flags: tuple[str, ...], rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return [rows, columns] the kind of each period: the sum of 2 ** number of each flag on."""
    kind = np.zeros((len(rows), len(columns)), dtype=np.int64)
    at = np.ix_(rows, columns)
    for number, name in enumerate(flags):
        if name == PROMOTED:
            kind += (demand.panel.promoted[at] > 0).astype(np.int64) << number
        elif name in demand.flags:
            kind += demand.flags[name][at].astype(np.int64) << number
    return kind
