"""What intervals promised against what they held."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.intervals.calibration import LEVELS, Calibration, Floats, kind
from forecasting.intervals.dependence import codes
from forecasting.intervals.sums import summed, sums_of
from forecasting.intervals.windows import Errors

SINGLE, SUMS = "cells", "sums"
"""Names of single periods and of all sums in the tables."""


@dataclass(frozen=True, slots=True)
class HeldSum:
    """One sum of a backtest.

    Attributes:
        kind: Its kind, as `calibration.kind` names it.
        what: What it adds up: days of one `series`, a `store`, a `product`, `some`, `all`.
        inside: At each of `LEVELS`, whether it was in its interval.
    """

    kind: str
    what: str
    inside: tuple[bool, ...]


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
    sums = held_sums(calibration, errors, deviation, series)
    for number, level in enumerate(LEVELS):
        if not sums:
            continue
        row = found[str(level)]
        row[SUMS] = float(np.mean([one.inside[number] for one in sums]))
        for what in sorted({one.kind for one in sums}):
            row[what] = float(np.mean([one.inside[number] for one in sums if one.kind == what]))
    return found


def held_sums(
    calibration: Calibration, errors: Errors, deviation: Floats, series: pd.DataFrame
) -> list[HeldSum]:
    """Return which sums over days, products, stores and all were inside their intervals.

    Args:
        calibration: One that has not seen these windows.
        errors: The windows.
        deviation: [w, n, h] standard deviations.
        series: [n] with columns `store` and `product`.
    """
    stores, products = codes(series)
    found = []
    for one in sums_of(errors, series):
        parts = summed(one, errors, deviation)
        if parts is None:
            continue
        actual, mean, spread = parts
        name, centre = kind(mean.shape), float(mean.sum())
        own, common = calibration.dependence.variance(spread, stores[one.rows], products[one.rows])
        totals = [calibration.around(centre, own, common, name, level) for level in LEVELS]
        inside = tuple(total.lower <= actual <= total.upper for total in totals)
        found.append(HeldSum(name, one.what, inside))
    return found


def _inside(actual: Floats, bounds: tuple[Floats, Floats]) -> NDArray[np.bool_]:
    return np.asarray((actual >= bounds[0]) & (actual <= bounds[1]))
