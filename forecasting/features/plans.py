"""What is planned for the target period: known covariates, runs of flags, closures, events."""

import numpy as np

from forecasting.demand import Demand
from forecasting.features.contract import CALENDAR, PLAN, Feature, Lag, Values
from forecasting.origin import Origin, Rows


class Plans:
    """Known covariates and what follows from them."""

    def features(self, demand: Demand) -> tuple[Feature, ...]:
        """Return one a covariate, two a flag, those of closures and local events."""
        codes = set(demand.panel.categories)
        event = [Feature("event", Lag.KNOWN, CALENDAR, categorical=True)]
        return (
            *(Feature(f"known_{name}", Lag.KNOWN, PLAN, name in codes) for name in demand.known),
            *(Feature(name, Lag.KNOWN, PLAN) for name in demand.runs),
            *(Feature(name, Lag.KNOWN, PLAN) for name in demand.closures),
            *(event if demand.panel.events else []),
        )

    def values(self, origin: Origin, rows: Rows, columns: Rows) -> Values:
        """Return [rows, columns] each."""
        demand, cells = origin.demand, np.ix_(rows, columns)
        known = {f"known_{name}": values for name, values in demand.known.items()}
        event = {"event": demand.event} if demand.panel.events else {}
        planned = known | demand.runs | demand.closures | event
        return {name: values[cells] for name, values in planned.items()}
