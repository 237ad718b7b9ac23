"""The model's input: the features of all families beside each other."""

from collections.abc import Sequence

import numpy as np

from forecasting.demand import Demand
from forecasting.features.around import Around
from forecasting.features.attributes import Attributes
from forecasting.features.cells import Cells
from forecasting.features.contract import Family, Feature, Table
from forecasting.features.dates import Dates
from forecasting.features.last_year import LastYear
from forecasting.features.offers import Offers
from forecasting.features.plans import Plans
from forecasting.features.recent import Recent
from forecasting.features.seasons import Seasons
from forecasting.features.standing import Standing
from forecasting.origin import Floats, Origin, Rows

FAMILIES: tuple[Family, ...] = (
    Recent(),
    Cells(),
    Standing(),
    LastYear(),
    Seasons(),
    Dates(),
    Plans(),
    Around(),
    Offers(),
    Attributes(),
)


def features_of(demand: Demand) -> tuple[Feature, ...]:
    """Return the features this tenant's data allow, in a fixed order."""
    return tuple(feature for family in FAMILIES for feature in family.features(demand))


def build(
    features: Sequence[Feature], origin: Origin, rows: Rows, columns: Rows
) -> tuple[Table, Floats]:
    """Return the model's input for some series and target periods.

    Args:
        features: Columns to build; one the data no longer have is left NaN.
        origin: What is known, and when.
        rows: Series.
        columns: Target periods, none before the origin.

    Returns:
        [rows * columns, features] with the columns of one series beside each other, and
        [rows, columns] the base that the target is relative to.
    """
    place = {feature.name: number for number, feature in enumerate(features)}
    table = np.full((len(rows), len(columns), len(features)), np.nan, dtype=np.float32)
    for family in FAMILIES:
        if place.keys().isdisjoint(one.name for one in family.features(origin.demand)):
            continue
        for name, values in family.values(origin, rows, columns).items():
            if name in place:
                table[:, :, place[name]] = values
    return table.reshape(-1, len(features)), origin.base(rows, columns)
