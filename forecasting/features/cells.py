"""What a series sold on such days: means by weekday, and by weekday and flags."""

import numpy as np

from forecasting.demand import Demand
from forecasting.features.contract import PLAN, WEEKDAY, Feature, Lag, Values
from forecasting.origin import Origin, Rows, log_to


class Cells:
    """Means of past periods that are like the target period."""

    def features(self, demand: Demand) -> tuple[Feature, ...]:
        """Return means by weekday for daily data, by flags where there are any."""
        weekday = [Feature("weekday_mean", Lag.ORIGIN, WEEKDAY)] if demand.phase.any() else []
        cell = [Feature("cell_mean", Lag.ORIGIN, PLAN)] if demand.flags else []
        return (*weekday, *cell)

    def values(self, origin: Origin, rows: Rows, columns: Rows) -> Values:
        """Return [rows, columns] logarithms relative to the level."""
        demand, level = origin.demand, origin.level[rows][:, None]
        weekday = origin.weekdays[np.ix_(rows, demand.phase[columns])]
        values = {"weekday_mean": log_to(weekday, level)}
        if demand.flags:
            cell = demand.cell[np.ix_(rows, columns)]
            values["cell_mean"] = log_to(origin.cell_means[rows[:, None], cell], level)
        return values
