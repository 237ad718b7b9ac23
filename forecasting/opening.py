"""When a series can sell at all: the opening calendar of tenants whose closed days have no record."""

import numpy as np

from forecasting.demand import Demand
from forecasting.origin import Floats, Rows

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
    started = np.arange(history) >= demand.panel.first_seen[rows][:, None]
    usual = _by_phase(past, started, demand.phase[:history])[:, demand.phase[columns]]
    holiday = demand.calendar.get("holiday")
    if holiday is not None:
        last = slice(max(0, history - _HOLIDAY_WINDOW), history)
        counts = started[:, last] & (holiday[last] > 0)
        share = _share(past[:, last], counts)[:, None]
        usual = np.where((holiday[columns] > 0) & counts.any(axis=1)[:, None], share, usual)
    planned = opened[np.ix_(rows, columns)] if opened.shape[1] > history else None
    return usual if planned is None else np.where(np.isnan(planned), usual, planned)


def _by_phase(past: Floats, started: Floats, phase: Rows) -> Floats:
    last = slice(max(0, past.shape[1] - _WINDOW), None)
    shares = np.ones((len(past), 7))
    for day in np.unique(phase[last]):
        shares[:, day] = _share(past[:, last], started[:, last] & (phase[last] == day))
    return shares


def _share(past: Floats, counts: Floats) -> Floats:
    number = counts.sum(axis=1)
    total = np.where(counts, past, 0).sum(axis=1)
    return np.divide(total, number, out=np.ones(len(past)), where=number > 0)
