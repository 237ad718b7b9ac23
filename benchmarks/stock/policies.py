"""Ways to order: a rule of thumb, and what the product advises."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from benchmarks.stock.replay import Situation
from benchmarks.stock.shelves import Floats
from forecasting.inventory import Supply, needs
from forecasting.served import Served
from forecasting.spans import last_day

_FOUR_WEEKS = 28


def usual(situation: Situation) -> Floats:
    """Return [n] mean sales a day of the last four weeks, as they are on record."""
    panel = situation.panel
    newest = panel.sales[situation.rows, panel.history - _FOUR_WEEKS : panel.history]
    return np.asarray(np.nan_to_num(np.nanmean(newest, axis=1)), dtype=np.float64)


@dataclass(frozen=True)
class RuleOfThumb:
    """Hold the mean of the last four weeks over some days, and half as much again.

    Attributes:
        days: How many: the lead time, or that and the week until one orders again.
    """

    days: int

    def __call__(self, situation: Situation) -> Floats:
        """Return [n] units to order."""
        wanted = np.ceil(1.5 * self.days * usual(situation))
        return np.maximum(wanted - situation.stock, 0.0)


@dataclass(frozen=True)
class Advised:
    """What the product advises.

    Attributes:
        served: Its model.
        supply: The lead time and service level it is asked with.
    """

    served: Served
    supply: Supply

    def __call__(self, situation: Situation) -> Floats:
        """Return [n] units to order."""
        panel, stock = situation.panel, situation.stock.tolist()
        groups = [[(situation.rows[n : n + 1], stock[n])] for n in range(len(situation.rows))]
        today = last_day(panel) + timedelta(days=1)
        found = needs(self.served, panel, groups, self.supply, today=today)
        return np.array([group.needs[0].order for group in found.groups], dtype=np.float64)
