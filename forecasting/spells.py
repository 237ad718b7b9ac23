"""How long each plan has been as it is and will stay so: promotions, holidays, closures.

Everything here is a plan, known in advance of every target period.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.panel import Mask, Matrix

Spells = NDArray[np.int8]
"""[n, t] small counts: as bytes, for there are many of them."""

# Longer spells are all alike, in periods.
_LONGEST = 40
_HOLIDAY_REACH = 14
_CLOSURE_REACH = 60
# Flags are counted over this many periods on either side: two weeks of daily data.
_COUNTED = 14
# A series is usually open on a weekday if it is so in this share of them.
_USUALLY = 0.5
_WEEK = 7
_PERCENT, _TENTHS = 100, 10


def spells(
    flags: Mapping[str, Mask],
    words: Mapping[str, Matrix],
    opened: Matrix | None,
    attributes: Mapping[str, Matrix],
    periods: pd.DatetimeIndex,
) -> dict[str, Spells]:
    """Return all spells of daily data by name, [n, t] or [1, t].

    Args:
        flags: [n, t] known covariates that are on or off.
        words: [n, t] known covariates in words, as codes.
        opened: [n, t] the opening calendar; None where there is none.
        attributes: [n] numbers that describe the series.
        periods: [t] days.
    """
    found: dict[str, Spells] = {}
    for name, on in flags.items():
        found |= flag_spells(name, on)
    for name, codes in words.items():
        found |= holiday_spells(name, codes)
    if opened is not None:
        found |= closure_spells(opened, periods.day_of_week.to_numpy())
    months = periods.year.to_numpy() * 12 + periods.month.to_numpy()
    return found | ages(attributes, months)


def flag_spells(name: str, on: Mask) -> dict[str, Spells]:
    """Return [n, t] since when a flag has been as it is, how long it stays so, how often it is on.

    Both are counted in either state: a promotion's third day, the fifth day after one.
    """
    changed = np.ones_like(on)
    changed[:, 1:] = on[:, 1:] != on[:, :-1]
    last = np.hstack([changed[:, 1:], np.ones((len(on), 1), dtype=bool)])
    return {
        f"{name}_spell_since": _since(changed, _LONGEST),
        f"{name}_spell_left": _until(last, _LONGEST),
        f"{name}_before": _count(on, -_COUNTED, 0),
        f"{name}_after": _count(on, 1, _COUNTED + 1),
    }


def holiday_spells(name: str, codes: Matrix) -> dict[str, Spells]:
    """Return [n, t] periods since and until a covariate in words was or will be unusual.

    Its usual word is the one it has most of the time; the target period itself does not count.
    """
    known = codes[~np.isnan(codes)]
    usual = np.bincount(known.astype(np.int64)).argmax() if len(known) else 0
    unusual = ~np.isnan(codes) & (codes != usual)
    none = np.zeros((len(codes), 1), dtype=bool)
    before = np.hstack([none, unusual[:, :-1]])
    after = np.hstack([unusual[:, 1:], none])
    return {
        f"{name}_since": _since(before, _HOLIDAY_REACH),
        f"{name}_until": _until(after, _HOLIDAY_REACH),
    }


def closure_spells(opened: Matrix, phase: NDArray[np.int64]) -> dict[str, Spells]:
    """Return what the opening calendar says of the days around each day.

    A closure is unusual on a weekday on which the series is usually open; how long the last one
    was and the next will be counts the usual closed days in it.

    Args:
        opened: [n, t] 1 open, 0 closed, NaN where no plan says: taken for open.
        phase: [t] weekday.

    Returns:
        [n, t] by name; [1, t] for those of the chain: percent of series open, tenths of days
        on which one was closed in the week before and after.
    """
    is_open = np.nan_to_num(opened, nan=1.0) > 0
    usual = np.stack([is_open[:, phase == day].mean(axis=1) for day in range(_WEEK)], axis=1)
    odd = ~is_open & (usual[:, phase] > _USUALLY)
    shut = 1.0 - is_open.mean(axis=0)
    week = np.convolve(shut, np.ones(_WEEK))[: len(shut)]
    next_week = np.convolve(shut[::-1], np.ones(_WEEK))[: len(shut)][::-1]
    return {
        "closed_since": _since(odd, _CLOSURE_REACH),
        "closed_until": _until(odd, _HOLIDAY_REACH),
        "closed_length": _length(odd, ~is_open),
        "closing_length": _length(odd[:, ::-1], ~is_open[:, ::-1])[:, ::-1],
        "chain_open": np.round(_PERCENT * (1.0 - shut))[None, :].astype(np.int8),
        "chain_closed_before": np.round(_TENTHS * week)[None, :].astype(np.int8),
        "chain_closed_after": np.round(_TENTHS * next_week)[None, :].astype(np.int8),
        "closed_before": _shifted(~is_open, 1),
        "closed_after": _shifted(~is_open[:, ::-1], 1)[:, ::-1],
    }


def ages(series: Mapping[str, Matrix], months: NDArray[np.int64]) -> dict[str, Spells]:
    """Return [n, t] months since what attributes date by a year, and perhaps a month or week.

    Args:
        series: [n] numeric attributes by name; pairs `<x>_since_year`, `<x>_since_month`.
        months: [t] year * 12 + month of each period.
    """
    found = {}
    for name, year in series.items():
        if not name.endswith("_since_year"):
            continue
        start = name.removesuffix("_year")
        middle = np.full(len(year), 6.0)
        month = series.get(
            f"{start}_month", series.get(f"{start}_week", middle * 52 / 12) * 12 / 52
        )
        age = np.clip(months[None, :] - (year * 12 + month)[:, None], -6, 36)
        # Not dated is as good as always there.
        found[f"{start}_months"] = np.nan_to_num(age, nan=36.0).astype(np.int8)
    return found


def _since(event: Mask, most: int) -> Spells:
    """Return periods since the last event, 0 at it, at most `most`."""
    number = np.arange(event.shape[1])
    last = np.maximum.accumulate(np.where(event, number, -most), axis=1)
    return np.minimum(number - last, most).astype(np.int8)


def _until(event: Mask, most: int) -> Spells:
    return _since(event[:, ::-1], most)[:, ::-1]


def _count(on: Mask, first: int, end: int) -> Spells:
    total = np.hstack([np.zeros((len(on), 1)), np.cumsum(on, axis=1)])
    number = np.arange(on.shape[1])
    start, stop = (np.clip(number + one, 0, on.shape[1]) for one in (first, end))
    return (total[:, stop] - total[:, start]).astype(np.int8)


def _length(odd: Mask, closed: Mask) -> Spells:
    """Return how many closed periods in a row ended with the last unusual one; 0 before any."""
    number = np.arange(odd.shape[1])
    opened = np.maximum.accumulate(np.where(closed, -1, number), axis=1)
    last = np.maximum.accumulate(np.where(odd, number, -1), axis=1)
    run = np.take_along_axis(number - opened, np.maximum(last, 0), axis=1)
    return np.where(last >= 0, np.minimum(run, _CLOSURE_REACH), 0).astype(np.int8)


def _shifted(mask: Mask, by: int) -> Spells:
    return np.hstack([mask[:, :by], mask[:, :-by]]).astype(np.int8)
