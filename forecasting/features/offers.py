"""Offers of the product itself where no price response speaks for them, and of its rivals."""

import numpy as np

from forecasting.demand import Demand
from forecasting.features.contract import OFFERS, OWN_PRICE, Feature, Lag, Values
from forecasting.origin import Origin, Rows


class Offers:
    """Planned discounts and promotions."""

    def features(self, demand: Demand) -> tuple[Feature, ...]:
        """Return those that ever differ from zero."""
        features = []
        for name in demand.offers:
            own = name.startswith("own_")
            features.append(Feature(name, Lag.KNOWN, OWN_PRICE if own else OFFERS, rising=own))
        return tuple(features)

    def values(self, origin: Origin, rows: Rows, columns: Rows) -> Values:
        """Return [rows, columns] each."""
        cells = np.ix_(rows, columns)
        return {name: values[cells] for name, values in origin.demand.offers.items()}
