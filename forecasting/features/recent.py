"""How a series sold lately: levels of several lengths, trend, spread, age."""

import numpy as np

from forecasting.demand import Demand
from forecasting.features.contract import RECENT, Feature, Lag, Values
from forecasting.origin import Floats, Origin, Rows, log_to

_STATE = (
    "log_level",
    "fast",
    "half_month",
    "month",
    "quarter",
    "year",
    "trend_year",
    "zero_share",
    "spread",
    "age",
    "silence",
)


class Recent:
    """The state of each series as of the origin."""

    def features(self, demand: Demand) -> tuple[Feature, ...]:
        """Return the same features for every panel."""
        del demand
        return tuple(Feature(name, Lag.ORIGIN, RECENT) for name in _STATE)

    def values(self, origin: Origin, rows: Rows, columns: Rows) -> Values:
        """Return [rows, 1] each; levels are logarithms relative to the level."""
        del columns
        state = {
            "log_level": np.log(np.maximum(origin.level, 1e-3)),
            "fast": log_to(origin.fast_level, origin.level),
            "half_month": _recent(origin, max(1, origin.month // 2)),
            "month": _recent(origin, origin.month),
            "quarter": _recent(origin, origin.quarter),
            "year": log_to(origin.long_run, origin.level),
            "trend_year": _trend_year(origin),
            "zero_share": origin.zero_share,
            "spread": origin.spread,
            "age": np.minimum(origin.age, origin.year),
            "silence": np.minimum(origin.silence, origin.quarter),
        }
        return {name: value[rows][:, None] for name, value in state.items()}


def _recent(origin: Origin, periods: int) -> Floats:
    return log_to(origin.recent(periods), origin.level)


def _trend_year(origin: Origin) -> Floats:
    rows = np.arange(len(origin.level))
    end = np.array([origin.at - origin.year])
    then = origin.mean(rows, end - origin.quarter, end)[:, 0]
    return log_to(origin.recent(origin.quarter), np.nan_to_num(then))
