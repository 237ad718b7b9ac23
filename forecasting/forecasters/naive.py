"""Seasonal naive: the same period of the last season; what every model must beat."""

from pathlib import Path

import numpy as np

from forecasting.demand import Demand
from forecasting.forecasters.base import Budget, Capabilities, Progress, never_negative
from forecasting.origin import Floats, Rows, without_faults
from forecasting.panel import Matrix

# How many seasons back a missing period is looked for.
_SEASONS = 8


class SeasonalNaive:
    """Repeats the last known value of the same phase of the season (weekday, week of the year).

    A phase without a known value in the last eight seasons takes the mean of all values known.
    """

    name = "seasonal_naive"
    capabilities = Capabilities(needs_fit=False, uses_plan=False, explains=False)

    def fit(self, demand: Demand, *, budget: Budget, seed: int, progress: Progress) -> None:
        """Learn nothing: all it needs is in the panel it predicts from."""

    def predict(self, demand: Demand, rows: Rows, first: int, last: int) -> Matrix:
        """Return [rows, last - first] the last season's sales."""
        panel = demand.panel
        season, history = panel.frequency.season, panel.history
        start = max(0, history - _SEASONS * season)
        masked = np.where(panel.stocked_out[rows, start:], np.nan, panel.sales[rows, start:])
        phases = _last_by_phase(without_faults(masked.astype(np.float64)), season)
        ahead = np.arange(first, last) - history
        return never_negative(phases[:, ahead % season])

    def to_files(self, folder: Path) -> None:
        """Write nothing: there is nothing learned."""

    @classmethod
    def from_files(cls, folder: Path) -> "SeasonalNaive":
        """Return the forecaster."""
        del folder
        return cls()


def _last_by_phase(sales: Floats, season: int) -> Floats:
    """Return [rows, season] the last known value of each phase; phase 0 comes next."""
    lacking = -sales.shape[1] % season
    padded = np.hstack([np.full((len(sales), lacking), np.nan), sales])
    seasons = padded.reshape(len(sales), -1, season)
    known = ~np.isnan(seasons)
    newest = seasons.shape[1] - 1 - known[:, ::-1].argmax(axis=1)
    found = np.take_along_axis(seasons, newest[:, None, :], axis=1)[:, 0]
    count = known.sum(axis=(1, 2))
    overall = np.where(known, seasons, 0).sum(axis=(1, 2)) / np.maximum(count, 1)
    return np.where(known.any(axis=1), found, overall[:, None])
