"""Intervals follow what happens after training: wider when too little fell inside, and back.

Adaptive conformal inference (Gibbs and Candès 2021, "Adaptive conformal inference under
distribution shift"): after every period the widths take a small step towards the coverage that
was promised. Whatever sales do, coverage comes back to the promise in the long run. It is for those
who keep forecasts and what came of them; answers are made with the widths of the training.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from forecasting.demand import Demand
from forecasting.intervals.achieved import deviations
from forecasting.intervals.calibration import Calibration
from forecasting.intervals.windows import Errors, Window, side_by_side

# The level at which coverage is watched, in percent, and how far a period moves the logarithm of
# the widths: one wholly outside widens them by an eighth, one wholly inside narrows by 3 %.
_WATCHED, _STEP = 80.0, 0.15
_LIMITS = (float(np.log(0.6)), float(np.log(8.0)))
# They are said to have drifted when they had to become so much wider.
_DRIFTED = float(np.log(1.35))
# The periods of so many series tell as much as they can of the chain's.
_FEW_SERIES = 3.0


def adapted(
    calibration: Calibration,
    windows: Sequence[Window],
    series: pd.DataFrame,
    demand: Demand | None = None,
) -> Calibration:
    """Return the calibration as widened or narrowed by what came after it.

    Args:
        calibration: As it was at training.
        windows: Forecasts made since, oldest first, and what happened. Of forecasts of the same
            period the one made last counts.
        series: [n] with columns `store` and `product`.
        demand: The whole history, where plan and calendar are to count.
    """
    if not windows:
        return calibration
    errors = side_by_side(windows, demand, calibration.flags)
    deviation = deviations(calibration, errors, series)
    width = 0.0
    for window, ahead in _in_order(errors):
        actual = errors.actual[window, :, ahead]
        known = ~np.isnan(actual)
        if not known.any():
            continue
        mean, spread = errors.mean[window, :, ahead], deviation[window, :, ahead]
        lower, upper = calibration.cells(mean[known], spread[known] * np.exp(width), _WATCHED)
        share = float(((actual[known] >= lower) & (actual[known] <= upper)).mean())
        step = _STEP * known.sum() / (known.sum() + _FEW_SERIES)
        width = float(np.clip(width + step * (_WATCHED / 100 - share), *_LIMITS))
    notice = drift_notice(float(np.exp(width))) if width > _DRIFTED else calibration.notice
    return replace(calibration, recent=calibration.recent * float(np.exp(width)), notice=notice)


def drift_notice(times: float) -> str:
    """Return what to say of intervals that had to become so many times as wide."""
    return (
        f"Sales have lately differed from the forecasts {times:.1f} times as much as before: "
        "ranges are wider, and the model should be trained anew or its data checked."
    )


def _in_order(errors: Errors) -> list[tuple[int, int]]:
    """Return window and place of the last forecast made of each period, oldest period first."""
    latest = {
        int(period): (window, ahead)
        for window, periods in enumerate(errors.columns)
        for ahead, period in enumerate(periods)
        if not np.isnan(errors.actual[window, :, ahead]).all()
    }
    return [latest[period] for period in sorted(latest)]
