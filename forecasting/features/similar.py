"""What was sold in past periods under offers like the target period's."""

import numpy as np

from forecasting.demand import Demand
from forecasting.features.contract import OWN_PRICE, Feature, Lag, Values
from forecasting.offers.origin import OfferOrigin
from forecasting.origin import Floats, Origin, Rows

_NAMES = ("similar_own", "similar_count", "similar_rest", "similar_wide", "like_offers", "straight")
_WEEKS = "similar_chain"
# A price so many logs away counts 0.6 as much: closely alike, and roughly.
_NEAR, _WIDE = 0.06, 0.15
# The same for the chain's mean depth and share of stores with a flag.
_CHAIN_DEPTH, _CHAIN_FLAG = 0.05, 0.4
# A period that differs in one flag counts this much.
_OTHER_FLAG, _SAME_FLAG = 0.25, 0.3
# How many periods the straight line counts as, beside those that were alike.
_PRIOR, _REST_PRIOR, _LEAST = 0.3, 0.5, 1e-3


class Similar:
    """Means of past periods of the series, and of its product in other stores (a kernel mean)."""

    def features(self, demand: Demand) -> tuple[Feature, ...]:
        """Return the same features for every panel with offers."""
        del demand
        return tuple(Feature(name, Lag.ORIGIN, OWN_PRICE) for name in (*_NAMES, _WEEKS))

    def values(self, origin: Origin, rows: Rows, columns: Rows) -> Values:
        """Return [rows, columns] logarithms relative to the level."""
        assert isinstance(origin, OfferOrigin)  # noqa: S101 - families of offers are built on it
        shape = (len(rows), len(columns))
        found = {name: np.empty(shape) for name in (*_NAMES, _WEEKS)}
        found["straight"] = origin.straight(rows, columns)
        found["like_offers"] = origin.like_offers(rows, columns)
        value, rest = origin.relative[rows], np.nan_to_num(origin.relative_rest[rows])
        for number, column in enumerate(columns):
            distance, alike = _apart(origin, rows, int(column))
            weight = alike * np.exp(-0.5 * (distance / _NEAR) ** 2)
            count, line = weight.sum(axis=1), found["straight"][:, number]
            found["similar_own"][:, number] = ((weight * value).sum(axis=1) + _PRIOR * line) / (
                count + _PRIOR
            )
            found["similar_count"][:, number] = count
            found["similar_rest"][:, number] = (weight * rest).sum(axis=1) / (count + _REST_PRIOR)
            wide = alike * np.exp(-0.5 * (distance / _WIDE) ** 2)
            found["similar_wide"][:, number] = (wide * value).sum(axis=1) / (
                wide.sum(axis=1) + _LEAST
            )
            found[_WEEKS][:, number] = _chain(origin, rows, int(column))
        return found


def _apart(origin: OfferOrigin, rows: Rows, column: int) -> tuple[Floats, Floats]:
    """Return [rows, at] how far each past period's price was, and how much it counts otherwise."""
    offers, at = origin.offers, origin.at
    distance = offers.price[rows, :at] - offers.price[rows, column][:, None]
    weight = origin.known_logs[rows] * origin.memory
    for flag in offers.flags.values():
        same = np.abs(flag[rows, :at] - flag[rows, column][:, None]) < _SAME_FLAG
        weight = weight * np.where(same, 1.0, _OTHER_FLAG)
    return distance, weight


def _chain(origin: OfferOrigin, rows: Rows, column: int) -> Floats:
    """Return [rows] the product's mean over past periods in which the chain's offer was alike."""
    offers, product = origin.offers, origin.offers.product[rows]
    value, depth, flags = origin.product_weeks
    apart = ((depth[product] - offers.depth[rows, column][:, None]) / _CHAIN_DEPTH) ** 2
    for seen, flag in zip(flags, offers.flags.values(), strict=True):
        apart = apart + ((seen[product] - flag[rows, column][:, None]) / _CHAIN_FLAG) ** 2
    weight = np.exp(-0.5 * apart) * origin.memory
    return np.asarray((weight * value[product]).sum(axis=1) / (weight.sum(axis=1) + _LEAST))
