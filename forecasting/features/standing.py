"""How a series and its group stood of late, promotions and weekdays taken out."""

import numpy as np

from forecasting.demand import Demand
from forecasting.features.contract import PLAN, RECENT, WEEKDAY, Feature, Lag, Values
from forecasting.origin import Origin, Rows, log_to

_SPANS = (7, 14, 28, 56, 91, 182)
# A ratio to nothing else.
_ONE = np.ones(1)


class Standing:
    """Recent sales of daily data against what is usual on such days."""

    def features(self, demand: Demand) -> tuple[Feature, ...]:
        """Return none for longer periods than days."""
        if not demand.phase.any():
            return ()
        return (
            Feature("recent_rest", Lag.ORIGIN, RECENT),
            *(Feature(f"own_rest_{span}", Lag.ORIGIN, RECENT) for span in _SPANS),
            Feature("own_rest_before", Lag.ORIGIN, RECENT),
            *(Feature(f"chain_rest_{span}", Lag.ORIGIN, RECENT) for span in _SPANS),
            Feature("usual_in_cell", Lag.ORIGIN, PLAN),
            Feature("chain_in_cell", Lag.ORIGIN, PLAN),
            Feature("weekday_rest", Lag.ORIGIN, WEEKDAY),
        )

    def values(self, origin: Origin, rows: Rows, columns: Rows) -> Values:
        """Return logarithms of ratios: [rows, 1] of the state, [rows, columns] of cells."""
        habits, demand = origin.habits, origin.demand
        recent = habits.recent[rows][:, None]
        cell = demand.cell[np.ix_(rows, columns)]
        end, month = np.array([origin.at]), np.array([origin.at - 28])
        values = {
            "recent_rest": log_to(recent, _ONE),
            "own_rest_before": log_to(habits.own(rows, month - 28, month), recent),
            "usual_in_cell": log_to(
                habits.usual[rows[:, None], cell], habits.long_run[rows][:, None]
            ),
            "chain_in_cell": log_to(habits.chain_ratio[cell], _ONE),
            "weekday_rest": log_to(
                habits.weekdays[rows[:, None], demand.phase[columns][None, :]], recent
            ),
        }
        spans = np.array(_SPANS)
        own = log_to(habits.own(rows, end - spans, end), recent)
        chain = log_to(habits.chain(rows, end - spans, end), _ONE)
        for number, span in enumerate(_SPANS):
            values[f"own_rest_{span}"] = own[:, number, None]
            values[f"chain_rest_{span}"] = chain[:, number, None]
        return values
