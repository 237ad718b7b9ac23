"""What happened at the same time last year, in the series and in its group."""

from forecasting.demand import Demand
from forecasting.features.contract import SEASON, Feature, Lag, Values
from forecasting.origin import Origin, Rows


class LastYear:
    """Last year's same time relative to the month before last year's origin."""

    def features(self, demand: Demand) -> tuple[Feature, ...]:
        """Return the series' own for several reaches, then its group's."""
        reaches = _reaches(demand)
        return (
            *(Feature(f"last_year_{reach}", Lag.ORIGIN, SEASON) for reach in reaches),
            *(Feature(f"group_year_{reach}", Lag.ORIGIN, SEASON) for reach in reaches[1:]),
        )

    def values(self, origin: Origin, rows: Rows, columns: Rows) -> Values:
        """Return [rows, columns] logarithms; NaN where last year is not known."""
        reaches = _reaches(origin.demand)
        own = {f"last_year_{reach}": origin.last_year(rows, columns, reach) for reach in reaches}
        return own | {
            f"group_year_{reach}": origin.chain_last_year(rows, columns, reach)
            for reach in reaches[1:]
        }


def _reaches(demand: Demand) -> tuple[int, ...]:
    """Return how many periods on either side of last year's same time are averaged."""
    return (0, 3, 14) if demand.phase.any() else (0, 1, 2)
