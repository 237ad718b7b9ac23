"""What the days like the target were last year, promotions and weekdays taken out.

A day's like is the one 52 weeks before, the one of the same date, and the one as far from Easter.
"""

import numpy as np

from forecasting.demand import Demand
from forecasting.features.contract import SEASON, Feature, Lag, Values
from forecasting.origin import Floats, Origin, Rows, log_to

# Days on either side that are averaged, for the group and for the series itself.
_CHAIN = {"weekday": (0, 3, 7, 14), "date": (0, 1), "easter": (0, 1)}
_OWN = {"weekday": (0, 3, 7, 14), "date": (1,), "easter": (1,)}
_MONTH = 28


class Seasons:
    """Last year's rests of daily data, against those of the month before last year's origin."""

    def features(self, demand: Demand) -> tuple[Feature, ...]:
        """Return none for longer periods than days."""
        if not demand.phase.any():
            return ()
        return tuple(Feature(name, Lag.ORIGIN, SEASON) for name in _names())

    def values(self, origin: Origin, rows: Rows, columns: Rows) -> Values:
        """Return logarithms, [rows, columns]; the state a year ago is [rows, 1]."""
        habits, like = origin.habits, origin.demand.last_year
        end = np.array([origin.at - origin.year])
        chain_then = habits.chain(rows, end - _MONTH, end)
        own_then = habits.own(rows, end - _MONTH, end)
        one = np.ones(1)
        values: dict[str, Floats] = {
            "chain_then": log_to(chain_then, one),
            "own_then": log_to(own_then, one),
        }
        for kind, back in like.items():
            then = columns - back[columns]
            for reach in _CHAIN[kind]:
                found = habits.chain(rows, then - reach, then + reach + 1)
                values[f"chain_{kind}_{reach}"] = log_to(found, chain_then)
                if (kind, reach) == ("weekday", 7):
                    values["chain_year"] = log_to(found, one)
            for reach in _OWN[kind]:
                found = habits.own(rows, then - reach, then + reach + 1)
                values[f"own_{kind}_{reach}"] = log_to(found, own_then)
                if (kind, reach) == ("weekday", 14):
                    values["own_year"] = log_to(found, one)
        return values


def _names() -> list[str]:
    chain = [f"chain_{kind}_{reach}" for kind, reaches in _CHAIN.items() for reach in reaches]
    own = [f"own_{kind}_{reach}" for kind, reaches in _OWN.items() for reach in reaches]
    return ["chain_then", "own_then", "chain_year", "own_year", *chain, *own]
