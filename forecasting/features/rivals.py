"""Offers of the other products of the same store and category."""

import numpy as np

from forecasting.demand import Demand
from forecasting.features.contract import OFFERS, Feature, Lag, Values
from forecasting.origin import Origin, Rows


class Rivals:
    """Their mean depth and flags, the deepest, and single ones that most stores sell."""

    def features(self, demand: Demand) -> tuple[Feature, ...]:
        """Return those that ever change."""
        others = demand.own_offers.others
        return tuple(
            Feature(name, Lag.KNOWN, OFFERS)
            for name, values in others.items()
            if np.isfinite(values).any() and np.nanstd(values) > 0
        )

    def values(self, origin: Origin, rows: Rows, columns: Rows) -> Values:
        """Return [rows, columns] each."""
        near = origin.demand.own_offers.near(rows, columns)
        return {name: one[near.cells] for name, one in near.offers.others.items()}
