"""What a training reports of its trial: errors, coverage, and where seasonal naive served."""

from dataclasses import asdict
from typing import Any

import numpy as np

from forecasting.forecasters.naive import SeasonalNaive
from forecasting.intervals.calibrating import LEVELS
from forecasting.intervals.calibration import Calibration, Floats
from forecasting.lifecycle.gate import WindowErrors
from forecasting.lifecycle.window_losses import (
    KEPT,
    PERIODS,
    by_store,
    few_segments,
    to_metric,
    window_errors,
)
from forecasting.metrics import Accuracy, accuracy, rmspe
from forecasting.selection.choice import Choice
from forecasting.selection.trial import Trial
from forecasting.units import Aim


def measures(tried: Trial, choice: Choice, intervals: Calibration) -> dict[str, Any]:
    """Return the trial's figures, in fractions and the unit of sales.

    WAPE, MASE, RMSSE, RMSE, MAE, R2 and bias are those of expected sales, MAPE and RMSPE those
    of the figures that single periods are quoted as, all by weights that had not seen the days.
    """
    outcomes, panel = tried.outcomes, tried.panel
    served = _side_by_side(tried, choice.expected).to_dict()
    quoted = choice.relative if panel.aim is Aim.RELATIVE else choice.expected
    names = {name: name.upper() for name in served if name not in {"bias", "pairs"}}
    coverage = {
        f"coverage_{level}": intervals.covered[str(level)]["cells"]
        for level in LEVELS
        if str(level) in intervals.covered
    }
    naive = outcomes.forecasts[SeasonalNaive.name].astype(np.float64)
    found = {names.get(name, name): value for name, value in served.items()} | {
        "MAPE": _finite(_side_by_side(tried, quoted).mape),
        "RMSPE": _finite(rmspe(outcomes.actual, quoted)),
        "seasonal_naive_WAPE": _finite(_side_by_side(tried, naive).wape),
        "members": {
            name: _finite(_side_by_side(tried, one.astype(np.float64)).wape)
            for name, one in outcomes.forecasts.items()
        },
        "segments": [asdict(one) for one in choice.segments],
        "served": "seasonal_naive" if choice.blend.members == (SeasonalNaive.name,) else "ensemble",
    }
    return {
        **found,
        **coverage,
        "unit": panel.unit,
        "windows": len(outcomes.starts),
        "horizon": tried.horizon,
        KEPT: to_metric(few_segments(_ahead(tried, choice)), panel.frequency),
    }


def _ahead(tried: Trial, choice: Choice) -> WindowErrors:
    """Return the errors of the first week of every window, or its first period."""
    outcomes, width = tried.outcomes, PERIODS[tried.panel.frequency]
    pairs = zip(outcomes.windows(outcomes.actual), outcomes.windows(choice.expected), strict=True)
    losses = [by_store(tried.panel, *(one[:, :width] for one in pair)) for pair in pairs]
    return window_errors(tried.panel, outcomes.starts, losses)


def _side_by_side(tried: Trial, forecast: Floats) -> Accuracy:
    outcomes, panel = tried.outcomes, tried.panel
    history = panel.sales[:, : outcomes.starts[0]].astype(np.float64)
    actual, mean = (np.hstack(outcomes.windows(one)) for one in (outcomes.actual, forecast))
    return accuracy(actual, mean, history, panel.frequency.season)


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def naive_notes(choice: Choice) -> tuple[str, ...]:
    """Return a sentence for each kind of series that seasonal naive serves."""
    return tuple(
        f"Seasonal naive serves the {one.name}: no blend beat its error of "
        f"{100 * one.naive:.1f} % there."
        for one in choice.segments
        if one.served == SeasonalNaive.name
    )
