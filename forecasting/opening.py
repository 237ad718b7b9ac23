"""When a series can sell at all, for tenants whose closed days leave no record."""

import numpy as np

from forecasting.demand import Demand
from forecasting.origin import Floats, Rows
from forecasting.panel import Mask, Matrix

# How far back the opening pattern is read, in periods.
_WINDOW = 84
_HOLIDAY_WINDOW = 730


def opening(demand: Demand, rows: Rows, columns: Rows) -> Floats:
    """Return [rows, columns] the chance that a series is open: 1 or 0 where a plan says.

    Without a plan it is the share of the same weekday on which the series was open lately, and
    on public holidays the share of those.
    """
    opened = demand.panel.open
    if opened is None:
        return np.ones((len(rows), len(columns)))
    history = demand.panel.history
    past = opened[rows, :history]
    started: Mask = np.arange(history)[None, :] >= demand.panel.first_seen[rows][:, None]
    usual = _by_phase(past, started, demand.phase[:history])[:, demand.phase[columns]]
    if "holiday" in demand.calendar:
        holiday = demand.calendar["holiday"]
        last = slice(max(0, history - _HOLIDAY_WINDOW), history)
        closed_day = (holiday[last] > 0)[None, :]
        counts: Mask = started[:, last] & closed_day
        share = _share(past[:, last], counts)[:, None]
        known = counts.any(axis=1, keepdims=True)
        usual = np.where((holiday[columns] > 0)[None, :] & known, share, usual)
    planned = opened[np.ix_(rows, columns)] if opened.shape[1] > history else None
    return usual if planned is None else np.where(np.isnan(planned), usual, planned)


def _by_phase(past: Matrix, started: Mask, phase: Rows) -> Floats:
    last = slice(max(0, past.shape[1] - _WINDOW), None)
    shares = np.ones((len(past), 7))
    lately = started[:, last]
    for day in np.unique(phase[last]):
        shares[:, day] = _share(past[:, last], lately & (phase[last] == day)[None, :])
    return shares


def _share(past: Matrix, counts: Mask) -> Floats:
    number = counts.sum(axis=1)
    total = np.where(counts, past, 0).sum(axis=1)
    share: Floats = np.divide(total, number, out=np.ones(len(past)), where=number > 0)
    return share
