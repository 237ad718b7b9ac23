"""Training: choose among forecasters on windows inside the history, then fit on all of it."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from forecasting.calibrating import LEVELS, Window, calibrate
from forecasting.demand import Demand
from forecasting.forecasters.base import BUDGETS, Budget, Forecaster, Progress, silent
from forecasting.forecasters.ensemble import Ensemble
from forecasting.forecasters.naive import SeasonalNaive
from forecasting.forecasters.registry import BY_NAME
from forecasting.intervals import Calibration
from forecasting.metrics import Accuracy, accuracy, rmspe
from forecasting.model import FAMILIES, TrainedModel
from forecasting.panel import Panel
from forecasting.periods import lengths
from forecasting.pricing.response import estimate_response
from forecasting.selection import Choice, choose
from forecasting.time_left import with_time_left
from forecasting.trial import Trial, trial, window_actual
from forecasting.units import LEAST_PERIODS, Aim
from forecasting.vetting import vet
from tenants.errors import BadInput, CannotAnswer

__all__ = ["train", "window_actual"]

# A panel cell is worth drawing for about this many training rows.
_DRAWS = 1.5
_LEAST_ROWS = 5000
# A small panel gets fewer and smaller trees, but not less than these shares of the budget's.
_LEAST_SHARE, _LEAST_LEAVES = 0.5, 0.65
# Of the whole work, this share is the trial.
_TRIAL_SHARE = 0.4


@dataclass(frozen=True)
class _Effort:
    """How much of a budget the trial gets.

    Attributes:
        rows: Share of the training rows.
        trees: Share of the trees.
        windows: Share of the usual windows.
    """

    rows: float
    trees: float
    windows: float


_EFFORTS = {
    "fast": _Effort(rows=0.4, trees=0.5, windows=0.5),
    "normal": _Effort(rows=0.5, trees=0.5, windows=1.0),
    "thorough": _Effort(rows=0.6, trees=0.6, windows=1.0),
}


def train(
    panel: Panel, *, budget: str = "normal", seed: int = 7, progress: Progress = silent
) -> TrainedModel:
    """Train a model on a panel's history.

    Every candidate is first fitted, smaller, before the last weeks; its forecasts of them choose
    weights by kind of series and calibrate the intervals. Where seasonal naive did better, it
    serves. Then the members with a weight are fitted on everything.

    Args:
        panel: The history to learn from, and its plan.
        budget: `fast`, `normal` or `thorough`.
        seed: The same data and seed give the same forecasts.
        progress: Told the fraction done and what is being done.

    Raises:
        BadInput: There is no such budget.
        CannotAnswer: The history is too short.
    """
    if budget not in BUDGETS:
        raise BadInput(f"There is no budget {budget!r}; choose one of {', '.join(BUDGETS)}.")
    if panel.history < LEAST_PERIODS:
        raise CannotAnswer(
            f"The history covers {panel.history} {panel.frequency.word}s; training needs at "
            f"least {LEAST_PERIODS}: load more."
        )
    vetted = vet(panel)
    panel = vetted.panel
    told = with_time_left(progress)
    allowed = _fitting(BUDGETS[budget], panel)
    tried = _tried(panel, allowed, _EFFORTS[budget], seed, _part(told, 0.0, _TRIAL_SHARE))
    choice = choose(tried.outcomes, panel.aim)
    response = estimate_response(panel, seed=seed)
    demand = Demand(panel, response)
    intervals = _calibrated(demand, tried, choice)
    forecaster = _serving(choice)
    forecaster.fit(demand, budget=allowed, seed=seed, progress=_part(told, _TRIAL_SHARE, 1.0))
    told(1.0, "trained")
    return TrainedModel(
        forecaster=forecaster,
        corrections=choice.corrections,
        response=response,
        intervals=intervals,
        words=demand.learned_words(),
        metrics=_metrics(panel, tried, choice, intervals)
        | {"budget": budget, "left_out": list(vetted.left_out), "notes": list(vetted.notes)},
        cutoff=_last_day(panel),
        data_version=panel.version,
        family=FAMILIES[forecaster.name],
    )


def _calibrated(demand: Demand, tried: Trial, choice: Choice) -> Calibration:
    panel, windows = demand.panel, _windows(tried, choice)
    return calibrate(
        windows, panel.series, panel.frequency, independent=tried.independent, demand=demand
    )


def _last_day(panel: Panel) -> date:
    last = lengths(panel.periods, panel.frequency)[panel.history - 1]
    return (panel.cutoff + pd.Timedelta(days=int(last) - 1)).date()


def _serving(choice: Choice) -> Forecaster:
    members = choice.blend.members
    if members == (SeasonalNaive.name,):
        return SeasonalNaive()
    return Ensemble(tuple(BY_NAME[name]() for name in members), choice.blend)


def _fitting(budget: Budget, panel: Panel) -> Budget:
    """Return the budget, no larger than what the panel can teach."""
    cells = int((~np.isnan(panel.sales)).sum())
    rows = int(np.clip(_DRAWS * cells, _LEAST_ROWS, budget.rows))
    share = max(_LEAST_SHARE, rows / budget.rows)
    trees, leaves = round(budget.trees * share), round(budget.leaves * max(share, _LEAST_LEAVES))
    return replace(budget, rows=min(rows, budget.rows), trees=trees, leaves=leaves)


def _tried(panel: Panel, budget: Budget, effort: _Effort, seed: int, progress: Progress) -> Trial:
    reduced = replace(
        budget, rows=round(budget.rows * effort.rows), trees=round(budget.trees * effort.trees)
    )
    return trial(panel, budget=reduced, windows=effort.windows, seed=seed, progress=progress)


def _windows(tried: Trial, choice: Choice) -> tuple[Window, ...]:
    outcomes = tried.outcomes
    pairs = zip(
        outcomes.windows(outcomes.actual),
        outcomes.windows(choice.expected),
        outcomes.starts,
        strict=True,
    )
    return tuple(Window(actual, mean, start) for actual, mean, start in pairs)


def _metrics(panel: Panel, tried: Trial, choice: Choice, intervals: Calibration) -> dict[str, Any]:
    """Return the trial's figures, in fractions and the unit of sales.

    WAPE, MASE, RMSSE, RMSE, MAE, R2 and bias are those of expected sales, MAPE and RMSPE those
    of the figures that single periods are quoted as, all by weights that had not seen the days.
    """
    outcomes = tried.outcomes
    served = _side_by_side(panel, tried, choice.expected).to_dict()
    quoted = choice.relative if panel.aim is Aim.RELATIVE else choice.expected
    names = {name: name.upper() for name in served if name not in {"bias", "pairs"}}
    coverage = {
        f"coverage_{level}": intervals.covered[str(level)]["cells"]
        for level in LEVELS
        if str(level) in intervals.covered
    }
    naive = outcomes.forecasts[SeasonalNaive.name].astype(np.float64)
    found = {names.get(name, name): value for name, value in served.items()} | {
        "MAPE": _finite(_side_by_side(panel, tried, quoted).mape),
        "RMSPE": _finite(rmspe(outcomes.actual, quoted)),
        "seasonal_naive_WAPE": _finite(_side_by_side(panel, tried, naive).wape),
        "members": {
            name: _finite(_side_by_side(panel, tried, one.astype(np.float64)).wape)
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
    }


def _side_by_side(panel: Panel, tried: Trial, forecast: "np.ndarray[Any, Any]") -> Accuracy:
    outcomes = tried.outcomes
    history = panel.sales[:, : outcomes.starts[0]].astype(np.float64)
    actual, mean = (np.hstack(outcomes.windows(one)) for one in (outcomes.actual, forecast))
    return accuracy(actual, mean, history, panel.frequency.season)


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _part(progress: Progress, start: float, end: float) -> Progress:
    def told(done: float, words: str) -> None:
        progress(start + (end - start) * done, words)

    return told
