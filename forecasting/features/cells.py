"""What a series sold in such periods: means by flags. Of days `standing.py` knows better."""

import numpy as np

from forecasting.demand import Demand
from forecasting.features.contract import PLAN, Feature, Lag, Values
from forecasting.origin import Origin, Rows, log_to


class Cells:
    """Means of past periods that are like the target period."""

    def features(self, demand: Demand) -> tuple[Feature, ...]:
        """Return means by flags where there are any; none for daily data."""
        if demand.phase.any() or not demand.flags:
            return ()
        return (Feature("cell_mean", Lag.ORIGIN, PLAN),)

    def values(self, origin: Origin, rows: Rows, columns: Rows) -> Values:
        """Return [rows, columns] logarithms relative to the level."""
        cell = origin.demand.cell[np.ix_(rows, columns)]
        mean = origin.cell_means[rows[:, None], cell]
        return {"cell_mean": log_to(mean, origin.level[rows][:, None])}
