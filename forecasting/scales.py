"""How large errors are: by size of the forecast, horizon, plan, time of the year, and series."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.dependence import codes
from forecasting.units import Frequency
from forecasting.windows import Errors

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

# Ends of the horizon buckets, in periods ahead.
_BUCKETS = {
    Frequency.DAY: (7, 14, 28, 56, 112, 366),
    Frequency.WEEK: (1, 2, 4, 8, 16, 53),
    Frequency.MONTH: (1, 2, 3, 6, 12),
}
_LARGEST_SQUARE = 50.0
_RELATIVE_VARIANCE = 0.05
# So many errors stand for "like all others" in the scale of a series, product, store or plan.
_PRIOR = {"series": 30.0, "product": 60.0, "store": 60.0}
_PRIOR_KIND = 200.0
# A scale rests on both: mean absolute errors settle sooner, squares see rare large ones.
_SCALE_LIMITS = (0.25, 4.0)
# So many period-windows stand for the usual strength of the season of unrest.
_PRIOR_STRENGTH, _USUAL_STRENGTH, _MOST_STRENGTH = 40.0, 0.6, 1.0


@dataclass(frozen=True)
class SizeAndHorizon:
    """Variance counting · mean + relative[bucket] · mean².

    Attributes:
        counting: Variance per unit of the forecast.
        relative: [buckets] variance per squared unit, never falling with the horizon.
        ends: [buckets] the last period ahead of each.
    """

    counting: float
    relative: tuple[float, ...]
    ends: tuple[int, ...]


def size_and_horizon(errors: Errors, divided: Floats, frequency: Frequency) -> SizeAndHorizon:
    """Fit variances by size and horizon.

    Args:
        errors: The errors.
        divided: [w, n, h] what other variances make of each error's; squares are divided by it.
        frequency: How long a period is.
    """
    square = (errors.actual - errors.mean) ** 2 / divided
    known = ~np.isnan(square) & (errors.mean > 0)
    mean, square = errors.mean[known], square[known]
    ahead = np.broadcast_to(errors.ahead, known.shape)[known]
    rough = mean + _RELATIVE_VARIANCE * mean**2
    middle = float(np.median(square / rough)) if len(mean) else 1.0
    square = np.minimum(square, _LARGEST_SQUARE * rough * max(1.0, middle))
    counting, overall = _two_parts(mean, square, rough)
    longest = int(ahead.max(initial=1))
    ends = [end for end in _BUCKETS[frequency] if end < longest]
    ends.append(longest)
    relative, worst = [], 0.0
    bucket = np.searchsorted(ends, ahead)
    for number in range(len(ends)):
        inside = bucket == number
        value = _relative_part(mean[inside], square[inside], rough[inside], counting, overall)
        # A forecast further ahead is never surer.
        worst = max(worst, value)
        relative.append(worst)
    return SizeAndHorizon(counting, tuple(relative), tuple(ends))


def _two_parts(mean: Floats, square: Floats, rough: Floats) -> tuple[float, float]:
    """Return a, b >= 0 of square = a mean + b mean², by weighted least squares."""
    if not len(mean):
        return 1.0, 0.1
    x = np.column_stack([mean, mean**2]) / rough[:, None]
    y = square / rough
    both = np.linalg.lstsq(x.T @ x, x.T @ y, rcond=None)[0]
    if (both >= 0).all():
        return float(both[0]), float(both[1])
    alone = (x * y[:, None]).sum(axis=0) / (x**2).sum(axis=0)
    better = int(((y - x[:, 1] * alone[1]) ** 2).sum() < ((y - x[:, 0] * alone[0]) ** 2).sum())
    return (0.0, float(alone[1])) if better else (float(alone[0]), 0.0)


def _relative_part(
    mean: Floats, square: Floats, rough: Floats, counting: float, otherwise: float
) -> float:
    if not len(mean):
        return otherwise
    x, y = mean**2 / rough, (square - counting * mean) / rough
    return max(0.0, float((x * y).sum() / (x * x).sum()))


def by_kind(z: Floats, kind: Codes, kinds: int) -> tuple[float, ...]:
    """Return the factor on the deviation of each kind of period, shrunk to 1.

    Args:
        z: [w, n, h] standardised errors.
        kind: [w, n, h] codes below `kinds`.
        kinds: How many there are.
    """
    known = ~np.isnan(z)
    size = np.abs(z[known])
    usual = float(size.mean()) if size.size else 1.0
    total = np.bincount(kind[known], weights=size, minlength=kinds)
    count = np.bincount(kind[known], minlength=kinds)
    factor = (total / max(usual, 1e-9) + _PRIOR_KIND) / (count + _PRIOR_KIND)
    return tuple(round(float(one), 4) for one in np.clip(factor, *_SCALE_LIMITS))


def strength_of(z: Floats, unrest: Floats) -> float:
    """Return which share of the season of unrest shows in the errors.

    Args:
        z: [w, n, h] errors standardised without it.
        unrest: [w, h] logarithm of the variance it stands for.
    """
    known = ~np.isnan(z)
    count = known.sum(axis=1)
    square = np.minimum(np.where(known, z, 0.0) ** 2, _LARGEST_SQUARE).sum(axis=1)
    seen = (count > 0) & (square > 0)
    if not seen.any() or not unrest.any():
        return _USUAL_STRENGTH
    y, x, weight = np.log(square[seen] / count[seen]), unrest[seen], count[seen] / count.max()
    x, y = x - np.average(x, weights=weight), y - np.average(y, weights=weight)
    # Windows overlap: each day counts once.
    weight = weight * unrest.shape[1] / max(1, seen.sum()) * min(len(unrest), 4)
    slope = (weight * x * y).sum() + _PRIOR_STRENGTH * _USUAL_STRENGTH * 0.1
    return float(
        np.clip(slope / ((weight * x * x).sum() + _PRIOR_STRENGTH * 0.1), 0, _MOST_STRENGTH)
    )


def own_scales(z: Floats, series: pd.DataFrame) -> Floats:
    """Return [n] each series' factor on the deviation: its product's, its store's, its own.

    Args:
        z: [w, n, h] standardised errors.
        series: [n] with columns `store` and `product`.
    """
    known = ~np.isnan(z)
    count = known.sum(axis=(0, 2)).astype(np.float64)
    size = np.abs(np.where(known, z, 0.0))
    usual = size.sum() / max(count.sum(), 1.0)
    relative = size.sum(axis=(0, 2)) / max(usual, 1e-9)
    scale = np.ones(len(count))
    stores, products = codes(series)
    for name, code in (("product", products), ("store", stores), ("series", np.arange(len(count)))):
        total = np.bincount(code, weights=relative / scale)
        number = np.bincount(code, weights=count)
        factor = (total + _PRIOR[name]) / (number + _PRIOR[name])
        scale = np.clip(scale * factor[code], *_SCALE_LIMITS)
    return scale
