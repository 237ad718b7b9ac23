"""What is planned for the days around the target: spells of flags, holidays, closures, ages."""

import numpy as np

from forecasting.demand import Demand
from forecasting.features.contract import PLAN, Feature, Lag, Values
from forecasting.origin import Origin, Rows


class Around:
    """Spells of daily data."""

    def features(self, demand: Demand) -> tuple[Feature, ...]:
        """Return one a spell; none for longer periods than days."""
        return tuple(Feature(f"around_{name}", Lag.KNOWN, PLAN) for name in demand.spells)

    def values(self, origin: Origin, rows: Rows, columns: Rows) -> Values:
        """Return [rows, columns] or [1, columns] each."""
        found = {}
        for name, values in origin.demand.spells.items():
            some = values[:, columns] if len(values) == 1 else values[np.ix_(rows, columns)]
            found[f"around_{name}"] = some.astype(np.float32)
        return found
