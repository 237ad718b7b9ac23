"""Own price, discount and flags, against the series' own past and against the chain."""

import numpy as np

from forecasting.demand import Demand
from forecasting.features.contract import OWN_PRICE, Feature, Lag, Values
from forecasting.offers.origin import OfferOrigin
from forecasting.origin import YEAR, Floats, Origin, Rows

# The more of these, the cheaper: never less is sold for it.
_CHEAP = {"own_cheapness", "own_cut"}
_CHEAP_TO_PAST = ("below_usual", "below_lowest", "cheapness_rank")
# A price this much lower in logs is lower.
_LOWER = 0.005


class OwnOffers:
    """What is asked for the product, as trees see it that learn its effect themselves."""

    def features(self, demand: Demand) -> tuple[Feature, ...]:
        """Return those that ever change, and how the price stands to past ones."""
        offers = demand.own_offers
        planned = {**offers.own, **offers.chain}
        moving = (name for name, values in planned.items() if np.nanstd(values) > 0)
        rising = _CHEAP | {f"own_{name}" for name in offers.flags}
        return (
            *(Feature(name, Lag.KNOWN, OWN_PRICE, rising=name in rising) for name in moving),
            *(Feature(name, Lag.ORIGIN, OWN_PRICE, rising=True) for name in _CHEAP_TO_PAST),
        )

    def values(self, origin: Origin, rows: Rows, columns: Rows) -> Values:
        """Return [rows, columns] each."""
        assert isinstance(origin, OfferOrigin)  # noqa: S101 - families of offers are built on it
        near = origin.offers.near(rows, columns)
        planned = {**near.offers.own, **near.offers.chain}
        return {name: values[near.cells] for name, values in planned.items()} | _to_past(
            origin, rows, near.offers.price[near.cells]
        )


def _to_past(origin: OfferOrigin, rows: Rows, price: Floats) -> dict[str, Floats]:
    """Return [rows, columns] how prices stand to those of the last year at which it sold."""
    year = slice(max(0, origin.at - YEAR[origin.demand.panel.frequency]), origin.at)
    known = origin.known_logs[rows, year]
    past = np.sort(np.where(known, origin.offers.price[rows, year], np.nan), axis=1)
    count = known.sum(axis=1)
    middle = past[np.arange(len(rows)), np.maximum(count - 1, 0) // 2]
    lower = np.stack([(past < column[:, None] - _LOWER).sum(axis=1) for column in price.T], axis=1)
    return {
        "below_usual": middle[:, None] - price,
        "below_lowest": past[:, :1] - price,
        "cheapness_rank": -lower / np.maximum(count, 1)[:, None],
    }
