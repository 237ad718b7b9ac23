"""How large errors are: by size of the forecast, horizon, plan, time of the year, and series."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.intervals.dependence import codes
from forecasting.intervals.windows import Errors
from forecasting.units import Frequency

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
_PRIOR_HORIZON = 60.0
# To see how well a series' scale is known, it is estimated without each fifth of the time.
_PARTS = 5
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
    bucket = np.searchsorted(ends, ahead)
    count = np.bincount(bucket, minlength=len(ends)).astype(np.float64)
    found = np.array(
        [
            _relative_part(mean[at], square[at], rough[at], counting, overall)
            for at in (bucket == number for number in range(len(ends)))
        ]
    )
    # Few errors of a horizon do not show it to differ from the others.
    shrunk = (count * found + _PRIOR_HORIZON * overall) / (count + _PRIOR_HORIZON)
    return SizeAndHorizon(counting, _never_falling(shrunk, count + 1), tuple(ends))


def _never_falling(values: Floats, weight: Floats) -> tuple[float, ...]:
    """Return the nearest values of which none is below the one before: pool what falls.

    A forecast further ahead is never surer.
    """
    pools: list[tuple[float, float, int]] = []
    for value, heavy in zip(values, weight, strict=True):
        pool = (float(value), float(heavy), 1)
        while pools and pools[-1][0] > pool[0]:
            before = pools.pop()
            total = before[1] + pool[1]
            mean = (before[0] * before[1] + pool[0] * pool[1]) / total
            pool = (mean, total, before[2] + pool[2])
        pools.append(pool)
    return tuple(value for value, _, times in pools for _ in range(times))


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


@dataclass(frozen=True)
class OwnScales:
    """Each series' factor on the deviation: its product's, its store's, its own.

    Attributes:
        full: [n] from all errors.
        left_out: [parts, n] from all but the errors of one part of the time.
        part: [w, h] which part each period is in.
    """

    full: Floats
    left_out: Floats
    part: Codes

    def unseen(self) -> Floats:
        """Return [w, n, h] the factors that had not seen the errors they stand for, over all."""
        return np.asarray((self.left_out / self.full)[self.part].transpose(0, 2, 1))


def own_scales(z: Floats, columns: Codes, series: pd.DataFrame) -> OwnScales:
    """Estimate each series' factor.

    Args:
        z: [w, n, h] standardised errors.
        columns: [w, h] the period of each.
        series: [n] with columns `store` and `product`.
    """
    first, last = columns.min(), columns.max()
    part = (columns - first) * _PARTS // max(1, last - first + 1)
    known = ~np.isnan(z)
    size = np.abs(np.where(known, z, 0.0))
    usual = max(size.sum() / max(known.sum(), 1), 1e-9)
    inside = (part[:, None, :] == np.arange(_PARTS)[:, None, None, None]).astype(np.float64)
    total = np.einsum("wnh,pwoh->pn", size / usual, inside)
    count = np.einsum("wnh,pwoh->pn", known.astype(np.float64), inside)
    groups = codes(series)
    left_out = [
        _shrunk(total.sum(axis=0) - one, count.sum(axis=0) - number, groups)
        for one, number in zip(total, count, strict=True)
    ]
    full = _shrunk(total.sum(axis=0), count.sum(axis=0), groups)
    return OwnScales(full, np.stack(left_out), part)


def _shrunk(total: Floats, count: Floats, groups: tuple[Codes, Codes]) -> Floats:
    """Return [n] factors from sums of sizes of errors, and their numbers."""
    stores, products = groups
    scale = np.ones(len(count))
    for name, code in (("product", products), ("store", stores), ("series", np.arange(len(count)))):
        above = np.bincount(code, weights=total / scale)
        number = np.bincount(code, weights=count)
        factor = (above + _PRIOR[name]) / (number + _PRIOR[name])
        scale = np.clip(scale * factor[code], *_SCALE_LIMITS)
    return scale
