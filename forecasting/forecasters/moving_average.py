"""Moving average: the recent level times the pattern of weekday and flags."""

import numpy as np

from forecasting.forecasters.level import LevelTimesPattern
from forecasting.origin import QUARTER, Floats
from forecasting.panel import Mask
from forecasting.units import Frequency


class MovingAverage(LevelTimesPattern):
    """The mean of the last quarter without its pattern, and the pattern put back."""

    name = "moving_average"

    def level(self, plain: Floats, frequency: Frequency) -> Floats:
        """Return [n] means of the last quarter."""
        return _recent_mean(plain, QUARTER[frequency])


def _recent_mean(plain: Floats, periods: int) -> Floats:
    """Return [n] the mean of the last periods; of all where nothing is known of those."""
    known: Mask = ~np.isnan(plain)
    recent = known & (np.arange(plain.shape[1]) >= plain.shape[1] - periods)
    counted = np.where(recent.any(axis=1)[:, None], recent, known)
    total = np.where(counted, plain, 0.0).sum(axis=1)
    return np.asarray(total / np.maximum(counted.sum(axis=1), 1))
