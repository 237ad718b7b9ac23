"""What happened at the same time last year, in the series and in its group."""

from forecasting.demand import Demand
from forecasting.features.contract import SEASON, Feature, Lag, Values
from forecasting.origin import Origin, Rows

# How many periods on either side of last year's same time are averaged.
_REACHES = (0, 1, 2)


class LastYear:
    """Last year's same time relative to the month before last year's origin."""

    def features(self, demand: Demand) -> tuple[Feature, ...]:
        """Return the series' own for several reaches, then its group's; none for daily data.

        Of days `seasons.py` knows better: promotions fall on other days each year.
        """
        if demand.phase.any():
            return ()
        return (
            *(Feature(f"last_year_{reach}", Lag.ORIGIN, SEASON) for reach in _REACHES),
            *(Feature(f"group_year_{reach}", Lag.ORIGIN, SEASON) for reach in _REACHES[1:]),
        )

    def values(self, origin: Origin, rows: Rows, columns: Rows) -> Values:
        """Return [rows, columns] logarithms; NaN where last year is not known."""
        own = {f"last_year_{reach}": origin.last_year(rows, columns, reach) for reach in _REACHES}
        return own | {
            f"group_year_{reach}": origin.chain_last_year(rows, columns, reach)
            for reach in _REACHES[1:]
        }
