"""What weekday, season, holidays and events usually do to sales, read from the whole history."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.calendar import public_holidays
from forecasting.panel import Panel
from forecasting.units import Frequency

Floats = NDArray[np.float64]

_YEAR_DAYS = 364
# Seasons are read from a history at least this long, in years.
_LEAST_YEARS = 1.6
_SMOOTH_WEEKS = 5
_NEAR_DAYS = 1


@dataclass(frozen=True)
class Indices:
    """Multipliers [n, t] of an average day's sales at the usual price.

    Attributes:
        weekday: By store and weekday.
        season: By category and week of the year; 1 where the history is too short to tell.
        special: On public holidays, the day before, and local events; 1 elsewhere.
    """

    weekday: Floats
    season: Floats
    special: Floats


def indices(panel: Panel, adjusted: Floats) -> Indices:
    """Return the usual course of sales.

    Args:
        panel: Dates, groups and events.
        adjusted: [n, t] sales at the usual price; NaN where unknown or out of stock.
    """
    capped = np.minimum(adjusted, _ceiling(adjusted))
    weekday = _weekday(panel, capped)
    season = _season(panel, capped / weekday)
    special = _special(panel, capped / weekday / season)
    return Indices(weekday, season, special)


def _ceiling(values: Floats) -> Floats:
    known = np.isfinite(values).any(axis=1)
    high = np.full(len(values), np.inf)
    high[known] = 4 * np.nanquantile(values[known], 0.75, axis=1) + 12
    return high[:, None]


def _weekday(panel: Panel, values: Floats) -> Floats:
    ones = np.ones_like(values)
    if panel.frequency is not Frequency.DAY:
        return ones
    total, group = _summed(panel.series["store"], values)
    week = pd.DataFrame(total.T).rolling(7, center=True, min_periods=7).mean().to_numpy().T
    with np.errstate(invalid="ignore", divide="ignore"):
        share = total / week
    days = panel.periods[: panel.history].day_of_week.to_numpy()
    index = np.ones_like(total)
    for day in range(7):
        at = days == day
        typical = pd.DataFrame(share[:, at].T).median().fillna(1.0).to_numpy()
        index[:, at] = typical[:, None]
    return np.asarray(np.maximum(index, 0.02)[group])


def _season(panel: Panel, values: Floats) -> Floats:
    ones = np.ones_like(values)
    years = panel.history * panel.frequency.days / 365.25
    if years < _LEAST_YEARS:
        return ones
    kinds = panel.series.get("product_category", pd.Series("", index=panel.series.index))
    total, group = _summed(kinds.astype(str), values)
    year = max(3, round(_YEAR_DAYS / panel.frequency.days))
    smooth = max(1, round(7 * _SMOOTH_WEEKS / panel.frequency.days))
    short = pd.DataFrame(total.T).rolling(smooth, center=True, min_periods=1).mean()
    long = pd.DataFrame(total.T).rolling(year, center=True, min_periods=year // 2).mean()
    ratio = pd.DataFrame(np.log((short / long).replace(0.0, np.nan)))
    week = np.asarray((panel.periods[: panel.history].day_of_year - 1) // 7)
    usual = ratio.groupby(week).transform("mean").fillna(0.0)
    index = np.exp(usual.to_numpy().T)
    return np.asarray(index[group])


def _special(panel: Panel, values: Floats) -> Floats:
    result = np.ones_like(values)
    if panel.frequency is Frequency.MONTH:
        return result
    total, group = _summed(panel.series["store"], values)
    level = pd.DataFrame(total.T).rolling(29, center=True, min_periods=8).median().to_numpy().T
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.clip(np.nan_to_num((total / level)[group], nan=1.0), 0.05, 20.0)
    for mask in _occasions(panel):
        if mask.any():
            # One occasion is half believed; more of them more.
            count = len(np.unique(np.flatnonzero(mask.any(axis=0)) // 7))
            trust = count / (count + 1)
            result = np.where(mask, np.exp(trust * np.log(ratio[mask]).mean()), result)
    return result


def _occasions(panel: Panel) -> list[NDArray[np.bool_]]:
    """Return [n, t] masks of holidays by name's date, of the days before, and of local events."""
    periods = panel.periods[: panel.history]
    starts = periods.to_numpy().astype("datetime64[D]")
    masks: dict[tuple[int, int, int], NDArray[np.bool_]] = {}
    for day in public_holidays(panel.country, periods[0].year, periods[-1].year + 1):
        for before in range(_NEAR_DAYS + 1):
            at = np.datetime64(day.date()) - before
            column = int(np.searchsorted(starts, at, side="right")) - 1
            if 0 <= column < len(starts) and at <= starts[-1] + round(panel.frequency.days):
                key = (day.month, day.day // 8, before)
                mask = masks.setdefault(key, np.zeros((panel.n, len(starts)), dtype=bool))
                mask[:, column] = True
    return [*masks.values(), *(mask[:, : panel.history] for mask in panel.events.values())]


def _summed(keys: pd.Series, values: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Return [groups, t] the sums of each group's known values, and [n] the group of a series."""
    group = np.unique(keys.astype(str).to_numpy(dtype=str), return_inverse=True)[1]
    total = np.zeros((int(group.max(initial=0)) + 1, values.shape[1]))
    np.add.at(total, group, np.nan_to_num(values))
    return total, group.astype(np.int64)
