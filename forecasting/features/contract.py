"""What a feature is, by what rule it may look back, and what a family of features offers.

A feature is either worked out as of the origin, from periods before it only (so its lag is at
least the horizon), or known in advance of the target period: a calendar, a plan, an attribute.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.origin import Origin, Rows

Table = NDArray[np.float32]
Values = Mapping[str, NDArray[np.floating]]
"""By feature name: [rows, 1], [1, columns] or [rows, columns]."""


class Lag(StrEnum):
    """What a feature may look at."""

    ORIGIN = "as of the origin"
    KNOWN = "known in advance"


# The reasons that a forecast is explained by.
RECENT = "recent sales"
TREND = "trend"
SEASON = "time of year"
WEEKDAY = "day of the week"
CALENDAR = "calendar and holidays"
PLAN = "known plans"
OWN_PRICE = "own price and promotion"
OFFERS = "offers of other products"
ITEM = "store and product"
AHEAD = "how far ahead"


@dataclass(frozen=True, slots=True)
class Feature:
    """One column of the model's input.

    Attributes:
        name: Unique name.
        lag: What it may look at.
        driver: The group of reasons it belongs to when a forecast is explained.
        categorical: Its figures are codes.
        rising: A higher value never lowers the forecast.
    """

    name: str
    lag: Lag
    driver: str
    categorical: bool = False
    rising: bool = False

    def to_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return asdict(self) | {"lag": str(self.lag)}

    @classmethod
    def from_dict(cls, values: dict[str, object]) -> "Feature":
        """Return the feature that `to_dict` wrote."""
        return cls(
            name=str(values["name"]),
            lag=Lag(str(values["lag"])),
            driver=str(values["driver"]),
            categorical=bool(values["categorical"]),
            rising=bool(values["rising"]),
        )


class Family(Protocol):
    """Features that are worked out together."""

    def features(self, demand: Demand) -> tuple[Feature, ...]:
        """Return those that this tenant's data allow, in a fixed order."""
        ...

    def values(self, origin: Origin, rows: Rows, columns: Rows) -> Values:
        """Return the values of at least these features for some series and target periods.

        Args:
            origin: What is known, and when.
            rows: Series.
            columns: Target periods, none before the origin.
        """
        ...
