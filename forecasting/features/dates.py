"""What the calendar says of the target period, and how far ahead it is."""

import numpy as np

from forecasting.demand import Demand
from forecasting.features.contract import AHEAD, CALENDAR, SEASON, WEEKDAY, Feature, Lag, Values
from forecasting.origin import YEAR, Origin, Rows
from forecasting.units import Frequency

_SEASONAL = {"day_of_year", "month", "days_to_quarter_end"}
# What of the calendar comes round once a year, or seldom enough to name a single week: told only
# once the history has seen it twice, for else the model takes an accident for a season. Of weeks
# without offers, that would fall elsewhere each year, a year and the weeks of a season are enough.
_YEARS, _YEARS_OF_WEEKS = 2.0, 1.15
_YEARLY = _SEASONAL | {"easter", "christmas"}
_SELDOM = {Frequency.DAY: _YEARLY, Frequency.WEEK: _YEARLY | {"day_of_month", "holidays"}}


class Dates:
    """The calendar of the target period."""

    def features(self, demand: Demand) -> tuple[Feature, ...]:
        """Return the horizon, and what of the calendar the history has seen often enough."""
        return (
            Feature("horizon", Lag.KNOWN, AHEAD),
            *(Feature(name, Lag.KNOWN, _driver(name)) for name in _names(demand)),
        )

    def values(self, origin: Origin, rows: Rows, columns: Rows) -> Values:
        """Return [1, columns] each."""
        del rows
        horizon = (columns - origin.at + 1)[None, :].astype(np.float64)
        calendar = origin.demand.calendar
        dates = {name: values[columns][None, :] for name, values in calendar.items()}
        return {"horizon": horizon, **dates}


def _names(demand: Demand) -> list[str]:
    frequency = demand.panel.frequency
    years = _YEARS_OF_WEEKS if demand.weekly_season else _YEARS
    seen = demand.panel.history >= years * YEAR[frequency]
    seldom = set() if seen else _SELDOM.get(frequency, set(demand.calendar))
    return [name for name in demand.calendar if name not in seldom]


def _driver(name: str) -> str:
    if name == "day_of_week":
        return WEEKDAY
    return SEASON if name in _SEASONAL else CALENDAR
