"""What each driver adds to a linear forecast: coefficients times how far terms are from usual."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.features.contract import (
    CALENDAR,
    OFFERS,
    OWN_PRICE,
    PLAN,
    SEASON,
    TREND,
    WEEKDAY,
)
from forecasting.linear.calendar_terms import calendar_terms
from forecasting.linear.design import LEVEL, Design
from forecasting.linear.design import TREND as DRIFT
from forecasting.linear.plan_terms import plan_terms
from forecasting.linear.price_terms import price_terms
from forecasting.origin import YEAR, Floats, Rows
from forecasting.units import Frequency

# Of days every fifth says what is usual: it falls on all weekdays and all parts of the month.
_STEP = {Frequency.DAY: 5, Frequency.WEEK: 1, Frequency.MONTH: 1}
_SEASONS = ("month_", "year_")
_WEEKDAYS = "weekday_"
# Terms of a plan that come with the calendar: local events, closed days around.
_EVENTS = ("event_", "closed_", "reopened")
# Series whose terms are in memory at once.
_BLOCK = 100


@dataclass(frozen=True)
class Terms:
    """A linear model's terms and what they count.

    Attributes:
        design: Which terms there are.
        common: [k] coefficients that all series share.
        steps: [rows, own terms] what each series adds to them.
    """

    design: Design
    common: Floats
    steps: Floats

    def reasons(
        self, demand: Demand, rows: Rows, columns: Rows
    ) -> tuple[Floats, dict[str, Floats]]:
        """Return why, in logs: [rows, 1] what is usual, and [rows, columns] by driver.

        Usual is the mean of each term over the last year: what stays the same is no reason.
        """
        history = demand.panel.history
        step, year = _STEP[demand.panel.frequency], YEAR[demand.panel.frequency]
        past = np.arange(history - 1, max(-1, history - 1 - year), -step)[::-1]
        places = _places(self.design, demand)
        base = np.empty((len(rows), 1))
        parts = {driver: np.empty((len(rows), len(columns))) for driver in places}
        for start in range(0, len(rows), _BLOCK):
            block = slice(start, start + _BLOCK)
            coefficients = np.tile(self.common, (len(rows[block]), 1))
            coefficients[:, self.design.own] += self.steps[block]
            usual = self.design.values(demand, rows[block], past).mean(axis=1)
            base[block, 0] = (usual * coefficients).sum(axis=1)
            moved = self.design.values(demand, rows[block], columns) - usual[:, None, :]
            for driver, at in places.items():
                added = np.matmul(moved[:, :, at], coefficients[:, at, None])
                parts[driver][block] = added[:, :, 0]
        return base, parts


def _places(design: Design, demand: Demand) -> dict[str, NDArray[np.int64]]:
    """Return which terms belong to each driver."""
    driver = _drivers(design, demand)
    found: dict[str, list[int]] = {}
    for place, name in enumerate(design.names):
        if name != LEVEL:
            found.setdefault(driver.get(name, PLAN), []).append(place)
    return {name: np.array(places, dtype=np.int64) for name, places in found.items()}


def _drivers(design: Design, demand: Demand) -> dict[str, str]:
    """Return the driver of each term; those of offers as `OfferTrees` counts them."""
    one = np.zeros(1, dtype=np.int64)
    found = {DRIFT: TREND}
    for name in calendar_terms(demand, one, yearly=design.yearly):
        season = SEASON if name.startswith(_SEASONS) else CALENDAR
        found[name] = WEEKDAY if name.startswith(_WEEKDAYS) else season
    for name in plan_terms(demand, one, one):
        found[name] = CALENDAR if name.startswith(_EVENTS) else PLAN
    if design.sees_offers:
        flags = tuple(demand.own_offers.flags)
        found |= {name: OWN_PRICE for name in found if flags and name.startswith(flags)}
        rivals = demand.own_offers.others
        for name in price_terms(demand, one, one):
            found[name] = OFFERS if name in rivals else OWN_PRICE
    return found
