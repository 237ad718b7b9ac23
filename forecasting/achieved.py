"""What intervals promised against what they held."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.dependence import codes
from forecasting.intervals import LEVELS, Calibration, Floats, kind
from forecasting.sums import summed, sums_of
from forecasting.windows import Errors

SINGLE, SUMS = "cells", "sums"
"""Names of single periods and of all sums in the tables."""


def deviations(calibration: Calibration, errors: Errors, series: pd.DataFrame) -> Floats:
    """Return [w, n, h] standard deviations of the windows' forecasts."""
    windows, n, width = errors.mean.shape
    scale = np.tile(calibration.scale_of(series), windows)
    usual = calibration.deviation(errors.mean.reshape(-1, width), errors.ahead, scale)
    season = np.exp(calibration.unrest.strength * errors.unrest / 2)
    factor = np.array(calibration.kinds)[errors.kind] * season[:, None, :] * calibration.recent
    return np.asarray(usual.reshape(windows, n, width) * factor)


def achieved(
    calibration: Calibration, errors: Errors, series: pd.DataFrame
) -> dict[str, dict[str, float]]:
    """Return by level the share of actuals inside: of single periods, and of sums by their kind.

    Args:
        calibration: One that has not seen these windows.
        errors: The windows.
        series: [n] with columns `store` and `product`.
    """
    deviation = deviations(calibration, errors, series)
    known = ~np.isnan(errors.actual)
    actual, mean, spread = (one[known] for one in (errors.actual, errors.mean, deviation))
    found: dict[str, dict[str, float]] = {}
    for level in LEVELS:
        inside = _inside(actual, calibration.cells(mean, spread, level))
        found[str(level)] = {SINGLE: float(inside.mean()) if inside.size else float("nan")}
    for name, kinds in _held(calibration, errors, deviation, series).items():
        every = [one for values in kinds.values() for one in values]
        found[name] |= {SUMS: float(np.mean(every))}
        found[name] |= {what: float(np.mean(values)) for what, values in kinds.items()}
    return found


def _held(
    calibration: Calibration, errors: Errors, deviation: Floats, series: pd.DataFrame
) -> dict[str, dict[str, list[bool]]]:
    """Return by level and kind of sum which sums were inside."""
    stores, products = codes(series)
    held: dict[str, dict[str, list[bool]]] = {}
    for one in sums_of(errors, series):
        parts = summed(one, errors, deviation)
        if parts is None:
            continue
        actual, mean, spread = parts
        rows, name, centre = one.rows, kind(mean.shape), float(mean.sum())
        own, common = calibration.dependence.variance(spread, stores[rows], products[rows])
        for level in LEVELS:
            total = calibration.around(centre, own, common, name, level)
            inside = total.lower <= actual <= total.upper
            held.setdefault(str(level), {}).setdefault(name, []).append(inside)
    return held


def _inside(actual: Floats, bounds: tuple[Floats, Floats]) -> NDArray[np.bool_]:
    return np.asarray((actual >= bounds[0]) & (actual <= bounds[1]))
