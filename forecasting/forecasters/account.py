"""Why the base that trees are relative to differs from a series' recent level."""

import numpy as np

from forecasting.features.contract import PLAN, SEASON, WEEKDAY
from forecasting.origin import Floats, Origin, Rows

_WEEK = 7
# Days that tell which flags usually come with a weekday.
_LATE_DAYS = 84


def base_reasons(origin: Origin, rows: Rows, columns: Rows) -> dict[str, Floats]:
    """Return [rows, columns] what each driver adds to the logarithm of the recent level.

    Of days the weekday, and how far the flags planned differ from those it usually comes with; of
    longer periods the season.
    """
    demand = origin.demand
    level = origin.level[rows][:, None]
    base = _log_ratio(origin.base(rows, columns), level)
    if not demand.phase.any():
        return {SEASON: base}
    weekday = _log_ratio(_by_weekday(origin, rows)[:, demand.phase[columns]], level)
    return {WEEKDAY: weekday, PLAN: base - weekday}


def _by_weekday(origin: Origin, rows: Rows) -> Floats:
    """Return [rows, 7] the usual sales of each weekday under the flags of late."""
    demand = origin.demand
    past = np.arange(max(0, origin.at - _LATE_DAYS), origin.at)
    usual = origin.habits.expected(rows, demand.cell[np.ix_(rows, past)])
    found = origin.habits.expected(rows, np.tile(np.arange(_WEEK), (len(rows), 1)))
    for day in np.unique(demand.phase[past]):
        found[:, day] = usual[:, demand.phase[past] == day].mean(axis=1)
    return found


def _log_ratio(above: Floats, below: Floats) -> Floats:
    """Return log(above / below); 0 where either is nothing."""
    some = (above > 0) & (below > 0)
    ratio = np.divide(above, below, out=np.ones(np.broadcast(above, below).shape), where=some)
    return np.asarray(np.log(ratio))
