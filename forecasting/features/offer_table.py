"""The input of trees that see offers themselves."""

from collections.abc import Sequence

import numpy as np

from forecasting.demand import Demand
from forecasting.features.attributes import Attributes
from forecasting.features.contract import SEASON, Family, Feature, Lag, Table
from forecasting.features.dates import Dates
from forecasting.features.own_offers import OwnOffers
from forecasting.features.plans import Plans
from forecasting.features.rest import Rest
from forecasting.features.rivals import Rivals
from forecasting.features.similar import Similar
from forecasting.offers.origin import OfferOrigin
from forecasting.origin import Rows

FAMILIES: tuple[Family, ...] = (
    Rest(),
    Similar(),
    OwnOffers(),
    Rivals(),
    Dates(),
    Plans(),
    Attributes(),
)


def offer_features(demand: Demand) -> tuple[Feature, ...]:
    """Return the features this tenant's data allow, in a fixed order.

    Offers that only their own end would tell of are left out: plans rarely reach beyond the
    periods asked for. The day of the year is told from the first year on, for trees that lean on
    many series at once gain more from it than they lose.
    """
    flags = {f"known_{name}" for name in demand.own_offers.flags}
    left_out = flags | set(demand.runs)
    found = [
        one for family in FAMILIES for one in family.features(demand) if one.name not in left_out
    ]
    named = {one.name for one in found}
    if "day_of_year" in demand.calendar and "day_of_year" not in named:
        found.append(Feature("day_of_year", Lag.KNOWN, SEASON))
    return tuple(found)


def offer_table(
    features: Sequence[Feature], origin: OfferOrigin, rows: Rows, columns: Rows
) -> Table:
    """Return [rows * columns, features], the columns of one series beside each other.

    Args:
        features: Columns to build; one the data no longer have is left NaN.
        origin: What is known, and when.
        rows: Series.
        columns: Target periods, none before the origin.
    """
    place = {feature.name: number for number, feature in enumerate(features)}
    table = np.full((len(rows), len(columns), len(features)), np.nan, dtype=np.float32)
    for family in FAMILIES:
        for name, values in family.values(origin, rows, columns).items():
            if name in place:
                table[:, :, place[name]] = values
    return table.reshape(-1, len(features))
