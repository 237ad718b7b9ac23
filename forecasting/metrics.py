"""How far forecasts were from what happened.

Conventions: errors are forecast - actual, so a positive bias means too much was forecast. Pairs
of which either is NaN are left out; a metric of no pairs is NaN. Shares (WAPE, MAPE, coverage)
are fractions: 0.12 is 12 %.
"""

from dataclasses import asdict, dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def wape(actual: ArrayLike, forecast: ArrayLike) -> float:
    """Return the sum of absolute errors over the sum of actuals, a fraction."""
    y, f = _pairs(actual, forecast)
    return _divide(np.abs(f - y).sum(), np.abs(y).sum())


def mae(actual: ArrayLike, forecast: ArrayLike) -> float:
    """Return the mean absolute error, in the unit of sales."""
    y, f = _pairs(actual, forecast)
    return _mean(np.abs(f - y))


def rmse(actual: ArrayLike, forecast: ArrayLike) -> float:
    """Return the root of the mean squared error, in the unit of sales."""
    y, f = _pairs(actual, forecast)
    return float(np.sqrt(_mean((f - y) ** 2)))


def bias(actual: ArrayLike, forecast: ArrayLike) -> float:
    """Return mean(forecast - actual), in the unit of sales; positive: too much was forecast."""
    y, f = _pairs(actual, forecast)
    return _mean(f - y)


def mape(actual: ArrayLike, forecast: ArrayLike) -> float:
    """Return the mean of absolute errors over actuals where actual > 0, a fraction."""
    y, f = _pairs(actual, forecast)
    return _mean(np.abs(f - y)[y > 0] / y[y > 0])


def rmspe(actual: ArrayLike, forecast: ArrayLike) -> float:
    """Return the root of the mean squared relative error where actual > 0, a fraction."""
    y, f = _pairs(actual, forecast)
    return float(np.sqrt(_mean(((f - y)[y > 0] / y[y > 0]) ** 2)))


def r2(actual: ArrayLike, forecast: ArrayLike) -> float:
    """Return 1 - squared error over the actuals' squared distance from their mean."""
    y, f = _pairs(actual, forecast)
    return 1 - _divide(((f - y) ** 2).sum(), ((y - _mean(y)) ** 2).sum())


def mase(actual: ArrayLike, forecast: ArrayLike, scale: ArrayLike) -> float:
    """Return the mean over series of mean absolute error / scale; below 1 beats seasonal naive.

    Args:
        actual: [series, periods].
        forecast: [series, periods].
        scale: [series] mean absolute seasonal difference of the history (`naive_scale`).
    """
    y, f = np.asarray(actual, dtype=np.float64), np.asarray(forecast, dtype=np.float64)
    return _mean(_row_means(np.abs(f - y)) / _positive(scale))


def rmsse(actual: ArrayLike, forecast: ArrayLike, scale: ArrayLike) -> float:
    """Return the mean over series of root mean squared error / root mean squared scale.

    Args:
        actual: [series, periods].
        forecast: [series, periods].
        scale: [series] mean squared seasonal difference of the history (`naive_scale`, power 2).
    """
    y, f = np.asarray(actual, dtype=np.float64), np.asarray(forecast, dtype=np.float64)
    return _mean(np.sqrt(_row_means((f - y) ** 2) / _positive(scale)))


def coverage(actual: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> float:
    """Return the share of actuals between lower and upper, both inclusive."""
    y = np.asarray(actual, dtype=np.float64)
    known = ~np.isnan(y)
    inside = (y >= np.asarray(lower)) & (y <= np.asarray(upper))
    return _mean(inside[known].astype(np.float64))


def pinball(actual: ArrayLike, quantile: ArrayLike, probability: float) -> float:
    """Return mean(max(p·(y - q), (p - 1)·(y - q))), in the unit of sales."""
    y, q = _pairs(actual, quantile)
    return _mean(np.maximum(probability * (y - q), (probability - 1) * (y - q)))


def naive_scale(history: ArrayLike, season: int, *, power: int = 1) -> Floats:
    """Return [series] the mean of |y[t] - y[t - season]| ** power over a history.

    A history of less than a season and one period is compared with the period before; NaN where
    that is not possible either.
    """
    y = np.asarray(history, dtype=np.float64)
    lag = season if y.shape[1] > season else 1
    return _row_means(np.abs(y[:, lag:] - y[:, :-lag]) ** power)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """One forecaster's errors over some pairs; units as in the functions of the same names."""

    pairs: int
    wape: float
    mase: float
    rmsse: float
    rmse: float
    mae: float
    mape: float
    rmspe: float
    r2: float
    bias: float

    def quoting(self, actual: Floats, quoted: Floats) -> "Accuracy":
        """Return it with relative errors of the figures that single periods are quoted as."""
        return replace(self, mape=mape(actual, quoted), rmspe=rmspe(actual, quoted))

    def to_dict(self) -> dict[str, float | None]:
        """Return it as JSON values; None where there is no figure."""
        return {name: value if np.isfinite(value) else None for name, value in asdict(self).items()}


def accuracy(actual: Floats, forecast: Floats, history: Floats, season: int) -> Accuracy:
    """Return all errors of [series, periods] forecasts, scaled by the series' history."""
    return Accuracy(
        pairs=int((~np.isnan(actual) & ~np.isnan(forecast)).sum()),
        wape=wape(actual, forecast),
        mase=mase(actual, forecast, naive_scale(history, season)),
        rmsse=rmsse(actual, forecast, naive_scale(history, season, power=2)),
        rmse=rmse(actual, forecast),
        mae=mae(actual, forecast),
        mape=mape(actual, forecast),
        rmspe=rmspe(actual, forecast),
        r2=r2(actual, forecast),
        bias=bias(actual, forecast),
    )


def _pairs(actual: ArrayLike, forecast: ArrayLike) -> tuple[Floats, Floats]:
    y, f = np.asarray(actual, dtype=np.float64), np.asarray(forecast, dtype=np.float64)
    known = ~np.isnan(y) & ~np.isnan(f)
    return y[known], f[known]


def _positive(scale: ArrayLike) -> Floats:
    value = np.asarray(scale, dtype=np.float64)
    return np.where(value > 0, value, np.nan)


def _row_means(values: Floats) -> Floats:
    known = ~np.isnan(values)
    total = np.where(known, values, 0).sum(axis=1)
    count = known.sum(axis=1)
    means: Floats = np.divide(total, count, out=np.full(len(values), np.nan), where=count > 0)
    return means


def _mean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else float("nan")


def _divide(above: float, below: float) -> float:
    return float(above / below) if below > 0 else float("nan")
