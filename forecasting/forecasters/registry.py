"""Every forecaster that an ensemble may be made of."""

from collections.abc import Callable

from forecasting.demand import Demand
from forecasting.forecasters.base import Forecaster
from forecasting.forecasters.boosted import BoostedTrees
from forecasting.forecasters.intermittent import Intermittent
from forecasting.forecasters.moving_average import MovingAverage
from forecasting.forecasters.naive import SeasonalNaive
from forecasting.forecasters.offer_trees import OfferTrees
from forecasting.forecasters.ridge import Ridge
from forecasting.forecasters.theta import Theta

MEMBERS: tuple[type[Forecaster], ...] = (
    OfferTrees,
    BoostedTrees,
    Ridge,
    SeasonalNaive,
    MovingAverage,
    Theta,
    Intermittent,
)
"""Candidates, in the order in which they are tried; of the two kinds of trees only one is."""
# Two kinds of trees cost twice the time and hardly differ in what they miss.
_SUITS: dict[type[Forecaster], Callable[[Demand], bool]] = {
    OfferTrees: OfferTrees.suits,
    BoostedTrees: lambda demand: not OfferTrees.suits(demand),
}

BY_NAME: dict[str, type[Forecaster]] = {kind.name: kind for kind in MEMBERS}


def candidates(demand: Demand) -> list[Forecaster]:
    """Return every forecaster that suits the data, not fitted yet."""
    return [kind() for kind in MEMBERS if _SUITS.get(kind, _always)(demand)]


def _always(_demand: Demand) -> bool:
    return True
