"""What a plan of one product brings, and what it may bring given what is not known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.pricing.market import Elsewhere
from forecasting.scope import Estimate

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Outcome:
    """What a plan brings: expected figures, and what they may be given what is not known.

    Attributes:
        units: Expected units.
        revenue: Expected money taken; NaN where no price is known.
        profit: Expected revenue less cost; NaN where no cost is known.
        given_away: Expected money below the regular price.
        units_draws: [draws] units under each possible response and demand.
        revenue_draws: [draws] revenue.
        profit_draws: [draws] profit.
        elsewhere: What it moves beyond the product's own sales of these days, against the plan;
            None where the neighbours are not at hand.
    """

    units: float
    revenue: float
    profit: float
    given_away: float
    units_draws: Floats
    revenue_draws: Floats
    profit_draws: Floats
    elsewhere: Elsewhere | None = None

    def mean(self, objective: str) -> float:
        """Return the expected `units`, `revenue` or `profit`."""
        return float(getattr(self, objective))

    def estimate(self, objective: str, level: float = 80) -> Estimate:
        """Return `units`, `revenue` or `profit` with its interval."""
        return spread(self.mean(objective), getattr(self, f"{objective}_draws"), level)

    def change(self, planned: "Outcome", objective: str, level: float = 80) -> Estimate:
        """Return the difference to another outcome of the same outlook, with its own interval.

        Both share the same demand, so what is not known of demand mostly cancels; what is not
        known of the response does not.
        """
        draws = self.draws(objective) - planned.draws(objective)
        return spread(self.mean(objective) - planned.mean(objective), draws, level)

    def whole_change(self, planned: "Outcome", objective: str, level: float = 80) -> Estimate:
        """Return the difference with what neighbours lose and later weeks miss counted in."""
        mean = self.mean(objective) - planned.mean(objective) + self.moved(objective)
        return spread(mean, self.whole_draws(planned, objective), level)

    def whole_draws(self, planned: "Outcome", objective: str) -> Floats:
        """Return [draws] the possible differences, neighbours and later weeks counted in."""
        own = self.draws(objective) - planned.draws(objective)
        return own if self.elsewhere is None else own + self.elsewhere.possible(objective)

    def moved(self, objective: str, *routes: str) -> float:
        """Return what is expected to move elsewhere, by some routes; by all as a default."""
        return 0.0 if self.elsewhere is None else self.elsewhere.mean(objective, *routes)

    def draws(self, objective: str) -> Floats:
        """Return [draws] the possible values of `units`, `revenue` or `profit`."""
        return np.asarray(getattr(self, f"{objective}_draws"), dtype=np.float64)


def spread(mean: float, draws: Floats, level: float) -> Estimate:
    """Return a figure with the interval that holds `level` percent of its draws."""
    tail = (100 - level) / 200
    lower, upper = np.quantile(draws, [tail, 1 - tail])
    return Estimate(mean, float(min(lower, mean)), float(max(upper, mean)))
