"""The whole distribution of a sum of forecasts, not only one interval of it."""

import numpy as np
import pandas as pd

from forecasting.intervals.calibration import LEVELS, Calibration, Floats, kind, skewed_at

# Of a single period intervals are kept, not z-scores: at the median they have no width.
_LEAST_LEVEL = 1.0


def quantiles(
    intervals: Calibration,
    mean: Floats,
    deviation: Floats,
    probabilities: Floats,
    series: pd.DataFrame | None = None,
) -> Floats:
    """Return what the sum of forecasts does not exceed with each probability.

    The ends of `Calibration.total` at a level are the quantiles that leave half of the rest on
    either side.

    Args:
        intervals: How errors spread and go together.
        mean: [n, h] forecasts, each times its weight in the sum.
        deviation: [n, h] their standard deviations, times the same weights.
        probabilities: Between 0 and 1.
        series: [n] with columns `store` and `product`, as `total` takes it.
    """
    levels, side = 100 * np.abs(2 * probabilities - 1), np.sign(2 * probabilities - 1)
    if mean.size == 1:
        ends = [intervals.cells(mean, deviation, max(one, _LEAST_LEVEL)) for one in levels.tolist()]
        picked = [
            float((high if sign >= 0 else low).sum())
            for (low, high), sign in zip(ends, side.tolist(), strict=True)
        ]
        return np.array(picked)
    own, common = intervals.variance(deviation, series)
    width = np.interp(levels, LEVELS, intervals.widths.get(kind(mean.shape), (1.0, 1.0, 1.0)))
    score = side * intervals.reach(own, common, levels) * width
    return skewed_at(float(mean.sum()), float(np.sqrt(own + common)), score)
