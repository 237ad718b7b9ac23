"""Attributes of store and product that never change."""

from forecasting.demand import Demand
from forecasting.features.contract import ITEM, Feature, Lag, Values
from forecasting.origin import Origin, Rows


class Attributes:
    """Static attributes: numbers as they are, words as codes."""

    def features(self, demand: Demand) -> tuple[Feature, ...]:
        """Return one an attribute."""
        words = demand.static_words
        return tuple(
            Feature(f"is_{name}", Lag.KNOWN, ITEM, categorical=name in words)
            for name in demand.statics
        )

    def values(self, origin: Origin, rows: Rows, columns: Rows) -> Values:
        """Return [rows, 1] each."""
        del columns
        statics = origin.demand.statics
        return {f"is_{name}": values[rows][:, None] for name, values in statics.items()}
