"""The backtest inside a training: every candidate, fitted before the last weeks, forecasts them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.demand import Demand
from forecasting.forecasters.base import Budget, Forecaster, Progress
from forecasting.forecasters.registry import candidates
from forecasting.intervals.calibration import Floats
from forecasting.origins import NEAR
from forecasting.panel import Panel
from forecasting.pricing.response import estimate_response
from forecasting.selection.blend import promoted
from forecasting.selection.outcomes import Outcomes, Slice, laid_out
from forecasting.selection.segments import Segments
from forecasting.units import Frequency

# How far apart windows start, and how many there are at most, by frequency.
_STEP = {Frequency.DAY: 7, Frequency.WEEK: 1, Frequency.MONTH: 1}
_WINDOWS = {Frequency.DAY: 8, Frequency.WEEK: 12, Frequency.MONTH: 6}
# Cells of all windows together: with very many series, fewer windows say as much.
_MOST_CELLS = 4_000_000
_LEAST_WINDOWS = 2
_FOLDS = 5
_FIT_SHARE = 0.7


@dataclass(frozen=True)
class Trial:
    """What came of it.

    Attributes:
        panel: The series it was held on.
        outcomes: Forecasts of every candidate.
        independent: How many windows do not overlap.
        horizon: Periods of the longest window.
    """

    panel: Panel
    outcomes: Outcomes
    independent: float
    horizon: int


def trial(
    panel: Panel,
    *,
    budget: Budget,
    windows: float,
    seed: int,
    progress: Progress,
) -> Trial:
    """Fit candidates before the last weeks and let them forecast those from several origins.

    Args:
        panel: The whole history.
        budget: How much work each fit may do.
        windows: Share of the usual number of windows.
        seed: Decides everything random.
        progress: Told the fraction done.
    """
    near = NEAR[panel.frequency]
    origins = _origins(panel, windows)
    before = panel.until(origins[0])
    demand = Demand(before, estimate_response(before))
    every = candidates(demand)
    for number, one in enumerate(every):

        def told(done: float, words: str, number: int = number) -> None:
            progress(_FIT_SHARE * (number + done) / len(every), words)

        one.fit(demand, budget=budget, seed=seed, progress=told)
    segments = Segments.of_history(demand)
    slices = []
    for number, at in enumerate(origins):
        share = number / len(origins)
        progress(_FIT_SHARE + (1 - _FIT_SHARE) * share, "checking on past weeks")
        seen = Demand(panel.until(at), demand.response, demand.learned_words())
        slices.append(_slice(panel, seen, every, segments, min(near, panel.history - at)))
    return Trial(
        panel=panel,
        outcomes=laid_out(segments, slices, folds=_FOLDS),
        independent=(panel.history - origins[0]) / near,
        horizon=slices[0].actual.shape[1],
    )


def _origins(panel: Panel, share: float) -> list[int]:
    """Return the columns at which windows start, oldest first."""
    step, near = _STEP[panel.frequency], NEAR[panel.frequency]
    room = _MOST_CELLS // max(1, panel.n * near)
    count = int(np.clip(room, _LEAST_WINDOWS, max(_LEAST_WINDOWS, _WINDOWS[panel.frequency])))
    wanted = near + step * (_WINDOWS[panel.frequency] - 1)
    start = panel.history - max(1, min(wanted, panel.history // 3))
    every = np.arange(start, panel.history, step)
    few = max(1, min(len(every), round(count * share)))
    return [int(every[place]) for place in np.linspace(0, len(every) - 1, few).round().astype(int)]


def _slice(
    panel: Panel, seen: Demand, every: Sequence[Forecaster], segments: Segments, horizon: int
) -> Slice:
    at, rows = seen.panel.history, np.arange(panel.n)
    return Slice(
        start=at,
        actual=window_actual(panel, at, horizon),
        forecasts={one.name: one.predict(seen, rows, at, at + horizon) for one in every},
        segment=segments.of(seen, rows),
        promoted=promoted(seen, rows, np.arange(at, at + horizon)),
    )


def window_actual(panel: Panel, at: int, horizon: int) -> Floats:
    """Return [n, horizon] sales that a forecast made at `at` may be held against.

    Not those of series without a record before, nor of periods in which stock ran out.
    """
    actual = panel.sales[:, at : at + horizon].astype(np.float64)
    on_sale = (panel.first_seen < at)[:, None] & ~panel.stocked_out[:, at : at + horizon]
    return np.where(on_sale, actual, np.nan)
