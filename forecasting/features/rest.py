"""How a series sold of late besides what offers explain."""

import numpy as np

from forecasting.demand import Demand
from forecasting.features.contract import RECENT, Feature, Lag, Values
from forecasting.offers.origin import OfferOrigin
from forecasting.origin import YEAR, Floats, Origin, Rows

_LAGS = (1, 2, 3)
_NAMES = (
    "offer_level",
    "fast_rest",
    "long_rest",
    "sold_of_late",
    "sold_without_offer",
    "last_without_offer",
    "since_without_offer",
    "rest_spread",
    "log_spread",
    "records",
    "product_late_1",
    "product_late_3",
    "store_late_1",
    "store_late_3",
)
_FAST, _WITHOUT_PRIOR = 2.0, 0.3
_LONG = 5.0


class Rest:
    """Levels, lags and spreads of what offers leave, and of chain and store."""

    def features(self, demand: Demand) -> tuple[Feature, ...]:
        """Return the same features for every panel with offers."""
        del demand
        lags = (f"{kind}_{lag}" for kind in ("lag", "rest") for lag in _LAGS)
        return tuple(Feature(name, Lag.ORIGIN, RECENT) for name in (*_NAMES, *lags))

    def values(self, origin: Origin, rows: Rows, columns: Rows) -> Values:
        """Return [rows, 1] each, logarithms relative to the level."""
        del columns
        assert isinstance(origin, OfferOrigin)  # noqa: S101 - families of offers are built on it
        state = origin.once("rest", lambda: _state(origin))
        return {name: value[rows][:, None] for name, value in state.items()}


def _state(origin: OfferOrigin) -> dict[str, Floats]:
    return {**_levels(origin), **_without(origin), **_groups(origin), **_lags(origin)}


def _levels(origin: OfferOrigin) -> dict[str, Floats]:
    level, month = origin.log_level, origin.month
    middle = origin.faded(origin.rest, _LONG * month)
    apart = (origin.rest - middle[:, None]) ** 2
    seen = np.where(origin.known_logs, origin.logs, np.nan)
    mean = origin.faded(seen, _LONG * month)
    return {
        "offer_level": level,
        "fast_rest": origin.fast_log - level,
        "long_rest": origin.long_log - level,
        "sold_of_late": origin.faded(seen, _FAST * month) - level,
        "rest_spread": np.sqrt(origin.faded(apart, _LONG * month)),
        "log_spread": np.sqrt(origin.faded((seen - mean[:, None]) ** 2, _LONG * month)),
        "records": np.minimum(
            origin.known_logs.sum(axis=1), 2 * YEAR[origin.demand.panel.frequency]
        ),
    }


def _without(origin: OfferOrigin) -> dict[str, Floats]:
    """Return what sold in periods without any offer, and when that last was."""
    without = ~origin.offers.on[:, : origin.at] & origin.known_logs
    logs = np.where(without, origin.logs, np.nan)
    level = origin.log_level
    last = np.where(without, np.arange(origin.at), -1).max(axis=1)
    newest = np.where(last >= 0, logs[np.arange(len(logs)), last] - level, np.nan)
    mean = origin.faded(logs, _FAST * origin.month, level, _WITHOUT_PRIOR)
    return {
        "sold_without_offer": mean - level,
        "last_without_offer": newest,
        "since_without_offer": (origin.at - last).astype(np.float64),
    }


def _groups(origin: OfferOrigin) -> dict[str, Floats]:
    product, rivals = origin.offers.product, origin.offers.rivals
    return {
        "product_late_1": origin.late(product, 1),
        "product_late_3": origin.late(product, 3),
        "store_late_1": origin.late(rivals, 1),
        "store_late_3": origin.late(rivals, 3),
    }


def _lags(origin: OfferOrigin) -> dict[str, Floats]:
    level = origin.log_level
    nothing = np.full(len(level), np.nan)
    found = {}
    for lag in _LAGS:
        there = lag <= origin.at
        found[f"lag_{lag}"] = origin.logs[:, -lag] - level if there else nothing
        found[f"rest_{lag}"] = origin.relative_rest[:, -lag] if there else nothing
    return found
