"""From backtest errors to the widths of prediction intervals."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.special import ndtri, stdtrit

from forecasting.demand import Demand
from forecasting.intervals.achieved import achieved, deviations
from forecasting.intervals.adapting import drift_notice
from forecasting.intervals.calibration import LEVELS, PROBABILITIES, Calibration, Floats
from forecasting.intervals.dependence import Dependence, codes, dependence
from forecasting.intervals.occasions import flags_of
from forecasting.intervals.scales import by_kind, own_scales, size_and_horizon, strength_of
from forecasting.intervals.steadiness import steadiness
from forecasting.intervals.sums import widths_of
from forecasting.intervals.unrest import Unrest, turmoil, unrest
from forecasting.intervals.windows import Errors, Window, side_by_side
from forecasting.panel import Panel
from forecasting.units import Frequency, Target

__all__ = ["LEVELS", "Window", "calibrate", "measure"]

_LEAST_IN_GROUP = 400
# Below about this many errors, quantiles lean on a heavy-tailed law instead.
_FEW_ERRORS = 50.0
# Errors that have lately been so many times as large as before are said to have drifted.
_DRIFTED = 1.5
_MOST_SERIES = 400
_WEEK = 7


def calibrate(
    windows: Sequence[Window],
    series: pd.DataFrame,
    frequency: Frequency,
    *,
    independent: float,
    demand: Demand | None = None,
) -> Calibration:
    """Fit interval widths to backtest errors, and measure them on windows left out.

    Args:
        windows: Oldest first, each [n, h] with the same n.
        series: [n] with columns `store` and `product`.
        frequency: How long a period is.
        independent: How many windows do not overlap.
        demand: The whole history; with it and the windows' `start`, intervals are wider where
            the plan and the calendar make sales harder to forecast.
    """
    flags = () if demand is None else flags_of(demand)
    errors = side_by_side(windows, demand, flags)
    half = (len(windows) + 1) // 2
    covered = {}
    if len(windows) > 1:
        earlier = _fit(errors.part(slice(None, half)), series, frequency, independent / 2, flags)
        covered = achieved(earlier, errors.part(slice(half, None)), series)
    fitted = _fit(errors, series, frequency, independent, flags)
    return replace(
        fitted,
        unrest=_season(demand, fitted.unrest.strength),
        covered=covered,
        whole=demand is not None and _whole(demand.panel),
    )


def measure(
    calibration: Calibration,
    windows: Sequence[Window],
    series: pd.DataFrame,
    demand: Demand | None = None,
) -> dict[str, dict[str, float]]:
    """Return by level the share of single periods and of sums that fell inside."""
    return achieved(calibration, side_by_side(windows, demand, calibration.flags), series)


def _whole(panel: Panel) -> bool:
    """Tell whether units are counted in whole numbers; weighed goods are not."""
    sold = panel.sales[~np.isnan(panel.sales)]
    return panel.target is Target.UNITS and bool((sold == np.rint(sold)).all())


def _season(demand: Demand | None, strength: float) -> Unrest:
    if demand is None:
        return Unrest()
    panel = demand.panel
    return unrest(turmoil(demand), panel.periods[: panel.history], panel.frequency, strength)


def _fit(
    errors: Errors,
    series: pd.DataFrame,
    frequency: Frequency,
    independent: float,
    flags: tuple[str, ...],
) -> Calibration:
    found = _neutral(independent, flags, int((~np.isnan(errors.actual)).sum()))
    # What all series have in common is seen well enough in some of them.
    rows = np.linspace(0, len(series) - 1, min(len(series), _MOST_SERIES)).astype(np.int64)
    some, named = errors.of(rows), series.iloc[rows]
    found = _sized(found, some, named, frequency)
    strength = strength_of(_standardised(found, some, named), some.unrest)
    found = replace(found, unrest=Unrest(strength=strength))
    kinds = by_kind(_standardised(found, some, named), some.kind, 1 << len(flags))
    found = replace(found, kinds=kinds)
    own = own_scales(_standardised(found, errors, series), errors.columns, series)
    pairs = zip(series["store"], series["product"], own.full, strict=True)
    found = replace(found, scales=tuple((s, p, round(float(x), 4)) for s, p, x in pairs))
    found = _sized(found, some, named, frequency)
    deviation = deviations(found, some, named) * own.unseen()[:, rows]
    z = _divided(some, deviation)
    sizes, quantiles = _quantiles(some.mean, z)
    steady = steadiness(z, some.columns, _WEEK if frequency is Frequency.DAY else 1, independent)
    found = replace(
        found,
        sizes=sizes,
        quantiles=quantiles,
        dependence=dependence(list(z), *codes(named)),
        freedom=steady.freedom,
    )
    widths = widths_of(found, some, deviation, named)
    notice = drift_notice(steady.latest) if steady.latest > _DRIFTED else ""
    return replace(found, widths=widths, recent=steady.recent, notice=notice)


def _neutral(independent: float, flags: tuple[str, ...], errors: int) -> Calibration:
    return Calibration(
        counting=1.0,
        relative=(0.0,),
        horizons=(1,),
        sizes=(),
        quantiles=(tuple(ndtri(PROBABILITIES)),),
        dependence=Dependence(),
        widths={},
        windows=max(1.0, independent),
        scales=(),
        covered={},
        flags=flags,
        kinds=(1.0,) * (1 << len(flags)),
        errors=errors,
    )


def _sized(
    found: Calibration, errors: Errors, series: pd.DataFrame, frequency: Frequency
) -> Calibration:
    """Return it with variances by size and horizon, given all else."""
    same = replace(found, counting=1.0, relative=(0.0,), horizons=(1,))
    # The deviation of a forecast of 1 with a variance of 1 is all else.
    ones = replace(errors, mean=np.ones(errors.mean.shape))
    plain = size_and_horizon(errors, deviations(same, ones, series) ** 2, frequency)
    return replace(found, counting=plain.counting, relative=plain.relative, horizons=plain.ends)


def _standardised(found: Calibration, errors: Errors, series: pd.DataFrame) -> Floats:
    return _divided(errors, deviations(found, errors, series))


def _divided(errors: Errors, deviation: Floats) -> Floats:
    """Return [w, n, h] errors in standard deviations; NaN where not known or none is expected."""
    error = errors.actual - errors.mean
    return np.divide(error, deviation, out=np.full_like(error, np.nan), where=deviation > 0)


def _quantiles(
    mean: Floats, error: Floats
) -> tuple[tuple[float, ...], tuple[tuple[float, ...], ...]]:
    """Return quantiles of standardised errors, apart for small and large forecasts."""
    known = ~np.isnan(error)
    error, mean = error[known], mean[known]
    groups = int(np.clip(len(error) // _LEAST_IN_GROUP, 1, 5))
    parts = np.arange(1, groups) / groups
    sizes: Floats = np.unique(np.quantile(mean, parts)) if groups > 1 else parts
    group = np.searchsorted(sizes, mean)
    rows = [_grid(error[group == number]) for number in range(len(sizes) + 1)]
    return tuple(float(size) for size in sizes), tuple(rows)


def _grid(error: Floats) -> tuple[float, ...]:
    """Return the quantiles of the error to come, if it is like those seen.

    Split conformal prediction: the next of n + 1 like errors is as likely to have any rank, so
    that the share p lies below the p (n + 1)-th smallest of those seen.
    """
    heavy = stdtrit(4, PROBABILITIES)
    if not len(error):
        return tuple(float(value) for value in heavy)
    seen = np.quantile(error, PROBABILITIES, method="weibull")
    # A few errors have not shown how large they can be.
    share = min(1.0, len(error) / _FEW_ERRORS)
    return tuple(round(float(value), 4) for value in share * seen + (1 - share) * heavy)
