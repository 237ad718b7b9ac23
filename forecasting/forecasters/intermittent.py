"""For series that mostly sell nothing: how often they sell, times how much when they do.

Teunter, Syntetos and Babai (2011): both are smoothed, the chance of a sale in every period, the
size in periods that sold. Unlike Croston's method the forecast falls while nothing sells, so
that obsolete items die out.
"""

import numpy as np

from forecasting.forecasters.level import LevelTimesPattern
from forecasting.origin import Floats
from forecasting.units import Frequency

# Weights of the newest chance and size; small ones do best on retail data (Teunter et al. 2011).
CHANCE_WEIGHT, SIZE_WEIGHT = 0.03, 0.05


class Intermittent(LevelTimesPattern):
    """TSB over all series at once, with the pattern of weekday and flags."""

    name = "intermittent"

    def level(self, plain: Floats, frequency: Frequency) -> Floats:
        """Return [n] expected sales after the last period."""
        del frequency
        return expected_sales(plain)


def expected_sales(values: Floats) -> Floats:
    """Return [n] expected sales after the last of [n, t] values; 0 where nothing is known."""
    known = ~np.isnan(values)
    sold = known & (np.nan_to_num(values) > 0)
    filled = np.where(sold, values, 0.0)
    chance = sold.sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    size = filled.sum(axis=1) / np.maximum(sold.sum(axis=1), 1)
    for step in range(values.shape[1]):
        chance = chance + CHANCE_WEIGHT * known[:, step] * (sold[:, step] - chance)
        size = size + SIZE_WEIGHT * sold[:, step] * (filled[:, step] - size)
    return np.asarray(chance * size)
