"""Which series can be forecast at all: not those gone, nor the new that nothing is like."""

import numpy as np

from forecasting.origin import YEAR, Rows
from forecasting.panel import Mask, Panel
from forecasting.units import LEAST_PERIODS
from tenants.errors import CannotAnswer

_DELISTED_DAYS = 28
_PAUSES = 6


def answerable(panel: Panel, rows: Rows, *, named: bool) -> tuple[Rows, list[str]]:
    """Return the series that can be forecast, and say which cannot.

    Args:
        panel: The data.
        rows: The series asked for.
        named: The question was about single items, so leaving out must be explained.

    Raises:
        CannotAnswer: None of them can be forecast.
    """
    if not len(rows):
        raise CannotAnswer("That product was never sold in that store; nothing can be forecast.")
    sold = panel.last_sold[rows]
    gone = no_longer_sold(panel)[rows]
    count = panel.times_known[rows]
    new = ~gone & (count < LEAST_PERIODS)
    helped = new & bool(len(lenders(panel)))
    kept = rows[~gone & (~new | helped)]
    if not len(kept):
        raise CannotAnswer(_why_none(panel, sold, gone, count))
    notes = []
    if named and gone.any():
        notes.append(f"No longer sold and left out: {gone.sum()} of {len(rows)} series.")
    if named and (new & ~helped).any():
        notes.append(f"Too new to forecast and left out: {new.sum()} of {len(rows)} series.")
    if named and helped.any():
        notes.append(_borrowed(panel, int(helped.sum()), len(kept)))
    little = min(8 * LEAST_PERIODS, YEAR[panel.frequency])
    young = panel.history - panel.first_seen[kept] < little
    if named and young.all():
        since = panel.periods[panel.first_seen[kept].min()].date()
        notes.append(f"On sale only since {since}, so the forecast rests on little history.")
    return kept, notes


def _borrowed(panel: Panel, new: int, kept: int) -> str:
    """Return what must be said of forecasts of new series."""
    which = "This is" if new == kept == 1 else f"{new} of {kept} series are"
    return (
        f"{which} too new for a forecast of its own ({LEAST_PERIODS} {panel.frequency.word}s of "
        "sales): it is worked out from similar products and stores, and its range is wide."
    )


def lenders(panel: Panel) -> Rows:
    """Return the series that new ones may be likened to: on sale, with history enough."""
    trusted = (panel.times_known >= LEAST_PERIODS) & (panel.times_sold > 0)
    return np.flatnonzero(trusted & ~no_longer_sold(panel))


def no_longer_sold(panel: Panel) -> Mask:
    """Return [n] the series that have not sold for long while others have.

    Long is four weeks, and six times the usual pause for series that sell now and then.
    """
    sold, times = panel.last_sold, panel.times_sold
    pause = np.where(times > 1, (sold - panel.first_seen) / np.maximum(times - 1, 1), 0)
    silence = sold.max(initial=-1) - sold
    usual = np.maximum(_DELISTED_DAYS / min(panel.frequency.days, 7), _PAUSES * pause)
    # What has never sold but is still recorded is on the shelf.
    shelf = (times == 0) & (panel.history - panel.last_seen <= usual)
    long: Mask = (silence >= usual) & ~shelf
    return long


def _why_none(panel: Panel, sold: Rows, gone: Mask, count: Rows) -> str:
    if gone.all() and sold.max() < 0:
        return "There are no sales of that on record; nothing can be forecast."
    if gone.all():
        day = panel.periods[sold.max()].date()
        return (
            f"This was last sold on {day} and is taken as no longer on sale, so nothing can be "
            "forecast."
        )
    return (
        f"It is too new: {int(count.max())} {panel.frequency.word}s of sales are on record, and a "
        f"forecast needs at least {LEAST_PERIODS}."
    )
