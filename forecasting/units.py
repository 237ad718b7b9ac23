"""Words for what is counted and how often."""

from enum import StrEnum

# Periods of history without which nothing can be trained.
LEAST_PERIODS = 14


class Frequency(StrEnum):
    """How often a series is observed; the value is pandas' alias without its anchor."""

    DAY = "D"
    WEEK = "W"
    MONTH = "M"

    @property
    def season(self) -> int:
        """Return the periods after which a naive forecaster expects a repeat."""
        return {"D": 7, "W": 52, "M": 12}[self.value]

    @property
    def days(self) -> float:
        """Return the mean length of one period in days."""
        return {"D": 1.0, "W": 7.0, "M": 30.4375}[self.value]

    @property
    def word(self) -> str:
        """Return the English word."""
        return {"D": "day", "W": "week", "M": "month"}[self.value]


class Target(StrEnum):
    """What a tenant's series measure."""

    UNITS = "units"
    REVENUE = "revenue"


class Aim(StrEnum):
    """What the forecast of one series and period is the best guess in terms of.

    `EXPECTED` forecasts are means: they add up, and are right on average in units or money.
    `RELATIVE` ones have the least error in percent, as MAPE and RMSPE measure it. A period that
    may sell 50 or 200 counts a miss at 50 more, so they lie below the mean; totals do not use them.
    """

    EXPECTED = "expected"
    RELATIVE = "relative"
