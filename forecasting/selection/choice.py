"""Which forecasters serve which series, chosen on backtest windows.

What is reported of the choice was measured on days that its weights and factors had not seen.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.forecasters.naive import SeasonalNaive
from forecasting.intervals.calibration import Floats
from forecasting.metrics import mape, wape
from forecasting.selection.blend import Blend, Corrections
from forecasting.selection.correcting import factors_of
from forecasting.selection.outcomes import Outcomes
from forecasting.selection.weighing import weights_of
from forecasting.units import Aim

Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Segment:
    """How the choice did on one kind of series, on days it had not seen.

    Attributes:
        name: Which series.
        cells: Series-periods compared.
        error: Mean error in percent (aim relative) or WAPE, a fraction.
        naive: The same of seasonal naive.
        served: `ensemble`, or `seasonal_naive` where that did better.
    """

    name: str
    cells: int
    error: float
    naive: float
    served: str


@dataclass(frozen=True)
class Choice:
    """What serves.

    Attributes:
        blend: Members and their weights.
        corrections: Factors to the figures quoted.
        expected: [cells] expected sales in the windows, by weights that had not seen their days.
        relative: The same of the figures with the least error in percent.
        segments: How it did by kind of series.
    """

    blend: Blend
    corrections: Corrections
    expected: Floats
    relative: Floats
    segments: tuple[Segment, ...]


def choose(outcomes: Outcomes, aim: Aim) -> Choice:
    """Choose weights and factors.

    Args:
        outcomes: Forecasts of every candidate against what happened.
        aim: What single figures are judged by.
    """
    expected = np.zeros(len(outcomes.actual))
    relative = np.zeros_like(expected)
    for fold in np.unique(outcomes.fold):
        own = outcomes.fold == fold
        centre = outcomes.combine(weights_of(outcomes, aim, ~own))
        factors = factors_of(outcomes, centre, ~own)
        expected[own] = (centre * outcomes.corrected(factors[0]))[own]
        relative[own] = (centre * outcomes.corrected(factors[1]))[own]
    quoted = relative if aim is Aim.RELATIVE else expected
    segments, losing = _judged(outcomes, quoted, aim)
    naive = outcomes.forecasts[SeasonalNaive.name].astype(np.float64)
    beaten = np.isin(outcomes.segment, losing)
    every = np.ones(len(expected), dtype=bool)
    weights = weights_of(outcomes, aim, every)
    factors = factors_of(outcomes, outcomes.combine(weights), every)
    weights[losing] = [name == SeasonalNaive.name for name in outcomes.members]
    for table in factors:
        table[losing] = 1.0
    blend = Blend(outcomes.members, outcomes.segments, tuple(map(tuple, weights.tolist())))
    corrections = Corrections(
        outcomes.segments, *(tuple(map(tuple, table.tolist())) for table in factors)
    )
    return Choice(
        blend.without_idle(),
        corrections,
        np.where(beaten, naive, expected),
        np.where(beaten, naive, relative),
        segments,
    )


def _judged(outcomes: Outcomes, quoted: Floats, aim: Aim) -> tuple[tuple[Segment, ...], list[int]]:
    """Return how each segment did beside seasonal naive, and which ones naive serves."""
    naive = outcomes.forecasts[SeasonalNaive.name].astype(np.float64)
    everything = _error(outcomes.actual, quoted, aim), _error(outcomes.actual, naive, aim)
    found, losing = [], []
    for number, name in enumerate(outcomes.segments.names):
        own = outcomes.segment == number
        actual = outcomes.actual[own]
        pair = _error(actual, quoted[own], aim), _error(actual, naive[own], aim)
        own_error, naive_error = pair if np.isfinite(pair).all() else everything
        if not own_error < naive_error:
            losing.append(number)
        cells = int((~np.isnan(actual)).sum())
        if cells:
            served = SeasonalNaive.name if number in losing else "ensemble"
            found.append(Segment(name, cells, *pair, served))
    return tuple(found), losing


def _error(actual: Floats, forecast: Floats, aim: Aim) -> float:
    return mape(actual, forecast) if aim is Aim.RELATIVE else wape(actual, forecast)
