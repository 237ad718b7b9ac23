"""Which sales share an effect: a series' weekday or stretch, a store's day, a category's week.

What no table tells of (a store's good day, a category's good week) is told apart from what the
calendar and the events on record tell, so that demand can be fitted with either.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.calendar import public_holidays
from forecasting.panel import Panel
from forecasting.periods import lengths
from forecasting.pricing.effects import Grouping, Groups
from forecasting.units import Frequency

_FREE = 1e6
# Shopping for a holiday begins this many days before it, and is over this many after it.
_BEFORE, _AFTER = 4, 1
_THIRDS = 3
_WIDE_WEEKDAYS, _WIDE_SHOCKS, _WIDE_CALENDAR = 400.0, 0.25, 0.5


def own(panel: Panel) -> tuple[Grouping, ...]:
    """Return what each series has for itself: its weekdays, and its level every twelve weeks.

    The local level is wholly free: only comparisons within a stretch count.
    """
    series = np.arange(panel.n)[:, None]
    turn, turns = _weekday(panel)
    stretch = stretches(panel)[None, :]
    return (
        Grouping(series * turns + turn[None, :], most=_WIDE_WEEKDAYS),
        Grouping(series * (int(stretch.max()) + 1) + stretch, least=_FREE, most=_FREE),
    )


def shocks(panel: Panel) -> tuple[Grouping, ...]:
    """Return what series share without any table telling of it: store's days, category's weeks."""
    when = np.arange(panel.history)[None, :]
    store = stores(panel)
    week = when // 7 if panel.frequency is Frequency.DAY else when
    category = categories(panel)[:, None]
    return (
        Grouping(store[:, None] * panel.history + when, most=_WIDE_SHOCKS),
        Grouping(category * (int(week.max()) + 1) + week, most=_WIDE_SHOCKS),
    )


def listed(panel: Panel) -> tuple[Grouping, ...]:
    """Return what a category shares by the tables: days about public holidays, and events."""
    category = categories(panel)[:, None]
    found = []
    for code in (_holidays(panel)[None, :], _events(panel)):
        count = int(code.max()) + 1
        if count > 1:
            cell = np.broadcast_to(category * count + code, (panel.n, panel.history))
            found.append(Grouping(cell, most=_WIDE_CALENDAR))
    return tuple(found)


def stretches(panel: Panel) -> Groups:
    """Return [t] the stretch of twelve weeks (or months) that each period is in."""
    length = 84 if panel.frequency is Frequency.DAY else 12
    return np.arange(panel.history) // length


def categories(panel: Panel) -> Groups:
    """Return [n] the number of each series' category; 0 where none is on record."""
    return _categories(panel)[1]


def category_names(panel: Panel) -> tuple[str, ...]:
    """Return what `categories` numbers."""
    return _categories(panel)[0]


def stores(panel: Panel) -> Groups:
    """Return [n] the number of each series' store."""
    return _stores(panel)[1]


def store_names(panel: Panel) -> tuple[str, ...]:
    """Return what `stores` numbers."""
    return _stores(panel)[0]


def _stores(panel: Panel) -> tuple[tuple[str, ...], Groups]:
    names, number = np.unique(panel.series["store"].to_numpy(dtype=str), return_inverse=True)
    return tuple(names.tolist()), number.astype(np.int64)


def _categories(panel: Panel) -> tuple[tuple[str, ...], Groups]:
    return panel.once("categories", lambda: _told_apart(panel))


def _told_apart(panel: Panel) -> tuple[tuple[str, ...], Groups]:
    if "product_category" not in panel.series:
        return ("",), np.zeros(panel.n, dtype=np.int64)
    words = panel.series["product_category"].astype(str).to_numpy(dtype=str)
    names, number = np.unique(words, return_inverse=True)
    return tuple(names.tolist()), number.astype(np.int64)


def _weekday(panel: Panel) -> tuple[Groups, int]:
    if panel.frequency is Frequency.DAY:
        return panel.periods[: panel.history].day_of_week.to_numpy(dtype=np.int64), 7
    return np.zeros(panel.history, dtype=np.int64), 1


def _holidays(panel: Panel) -> Groups:
    """Return [t] a code of the holiday a period is near and how near; 0 near none.

    Holidays of different years are one if they fall in the same third of a month.
    """
    periods = panel.periods[: panel.history]
    code = np.zeros(panel.history, dtype=np.int64)
    daily = panel.frequency is Frequency.DAY
    if panel.frequency is Frequency.MONTH:
        return code
    length = lengths(panel.periods, panel.frequency)[: panel.history]
    for holiday in public_holidays(
        panel.country, int(periods.year.min()), int(periods.year.max()) + 1
    ):
        kind = holiday.month * _THIRDS + min(_THIRDS - 1, (holiday.day - 1) // 10)
        for offset in range(-_BEFORE, _AFTER + 1) if daily else (0,):
            day = holiday + pd.Timedelta(days=offset)
            at = int(periods.searchsorted(day, side="right")) - 1
            if 0 <= at < panel.history and (day - periods[at]).days < length[at]:
                code[at] = kind * (_BEFORE + _AFTER + 1) + offset + _BEFORE
    return np.unique(np.append(code, 0), return_inverse=True)[1][:-1].astype(np.int64)


def _events(panel: Panel) -> NDArray[np.int64]:
    """Return [n, t] a code of the events that are on; several at once have their own."""
    code = np.zeros((panel.n, panel.history), dtype=np.int64)
    for mask in panel.events.values():
        both = 2 * code + mask[:, : panel.history]
        code = np.unique(both, return_inverse=True)[1].reshape(code.shape).astype(np.int64)
    return code
