"""Every forecaster that an ensemble may be made of."""

from forecasting.forecasters.base import Forecaster
from forecasting.forecasters.boosted import BoostedTrees
from forecasting.forecasters.intermittent import Intermittent
from forecasting.forecasters.moving_average import MovingAverage
from forecasting.forecasters.naive import SeasonalNaive
from forecasting.forecasters.ridge import Ridge
from forecasting.forecasters.theta import Theta

MEMBERS: tuple[type[Forecaster], ...] = (
    BoostedTrees,
    Ridge,
    SeasonalNaive,
    MovingAverage,
    Theta,
    Intermittent,
)
"""Candidates, in the order in which they are tried."""

BY_NAME: dict[str, type[Forecaster]] = {kind.name: kind for kind in MEMBERS}
