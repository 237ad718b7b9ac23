"""Training: choose among forecasters on windows inside the history, then fit on all of it."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from forecasting.demand import Demand
from forecasting.forecasters.base import BUDGETS, Budget, Forecaster, Progress, silent
from forecasting.forecasters.ensemble import Ensemble
from forecasting.forecasters.naive import SeasonalNaive
from forecasting.forecasters.registry import BY_NAME
from forecasting.intervals.calibrating import Window, calibrate
from forecasting.intervals.calibration import Calibration
from forecasting.measures import measures, naive_notes
from forecasting.model import FAMILIES, TrainedModel
from forecasting.panel import Panel
from forecasting.periods import lengths
from forecasting.pricing.response import estimate_response
from forecasting.selection.choice import Choice, choose
from forecasting.selection.trial import Trial, trial, window_actual
from forecasting.selection.tuning import tuned
from forecasting.time_left import with_time_left
from forecasting.totals.following import Found, Totals, found_in
from forecasting.units import LEAST_PERIODS
from forecasting.vetting.vet import vet
from tenants.errors import BadInput, CannotAnswer

__all__ = ["train", "window_actual"]

# A panel cell is worth drawing for about this many training rows.
_DRAWS = 1.5
_LEAST_ROWS = 5000
# A small panel gets fewer and smaller trees, but not less than these shares of the budget's.
_LEAST_SHARE, _LEAST_LEAVES = 0.5, 0.65
# Of the whole work, this share is the trial.
_TRIAL_SHARE = 0.4
# Of fewer stores than this no sample is taken.
_STORES_TO_SAMPLE = 100
_TUNED = {"thorough"}
# Where trees are tuned, that takes this share of it all.
_TUNING_SHARE = 0.3


@dataclass(frozen=True)
class _Effort:
    """How much of a budget the trial gets.

    Attributes:
        rows: Share of the training rows.
        trees: Share of the trees.
        windows: Share of the usual windows.
        series: Most series tried, where there are stores enough to take a sample of.
    """

    rows: float
    trees: float
    windows: float
    series: int


_EFFORTS = {
    "fast": _Effort(rows=0.3, trees=0.5, windows=0.4, series=250),
    "normal": _Effort(rows=0.5, trees=0.5, windows=1.0, series=4000),
    "thorough": _Effort(rows=0.6, trees=0.6, windows=1.0, series=20_000),
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
    _check(panel, budget)
    vetted = vet(panel)
    panel = vetted.panel
    told = with_time_left(progress)
    allowed = _fitting(BUDGETS[budget], panel)
    if budget in _TUNED:
        allowed = tuned(panel, allowed, seed=seed, progress=_part(told, 0.0, _TUNING_SHARE))
        told = _part(told, _TUNING_SHARE, 1.0)
    tried = _tried(panel, allowed, _EFFORTS[budget], seed, _part(told, 0.0, _TRIAL_SHARE))
    response = estimate_response(panel)
    demand = Demand(panel, response)
    seen = Demand(tried.panel, response)
    choice, found = _following(tried, choose(tried.outcomes, panel.aim), seed, seen)
    intervals = _calibrated(tried, choice, seen)
    notes = (*vetted.notes, *naive_notes(choice))
    forecaster = _serving(choice)
    forecaster.fit(demand, budget=allowed, seed=seed, progress=_part(told, _TRIAL_SHARE, 1.0))
    told(1.0, "trained")
    return TrainedModel(
        forecaster=forecaster,
        corrections=choice.corrections,
        response=response,
        intervals=intervals,
        words=demand.learned_words(),
        metrics=measures(tried, choice, intervals)
        | {"budget": budget, "left_out": list(vetted.left_out), "notes": [*notes]}
        | {"totals": [*found.report]},
        cutoff=_last_day(panel),
        data_version=panel.version,
        family=FAMILIES[forecaster.name],
        totals=Totals.fitted(found.follows, demand, seed),
    )


def _check(panel: Panel, budget: str) -> None:
    if budget not in BUDGETS:
        raise BadInput(f"There is no budget {budget!r}; choose one of {', '.join(BUDGETS)}.")
    if panel.history < LEAST_PERIODS:
        raise CannotAnswer(
            f"The history covers {panel.history} {panel.frequency.word}s; training needs at "
            f"least {LEAST_PERIODS}: load more."
        )


def _following(tried: Trial, choice: Choice, seed: int, demand: Demand) -> tuple[Choice, Found]:
    """Return the choice with its forecasts moved towards totals where that helps."""
    found = found_in(tried, choice, demand, seed)
    if not found.follows:
        return choice, found
    moved = choice.expected * found.factors, choice.relative * found.factors
    return replace(choice, expected=moved[0], relative=moved[1]), found


def _calibrated(tried: Trial, choice: Choice, demand: Demand) -> Calibration:
    panel, windows = tried.panel, _windows(tried, choice)
    return calibrate(
        windows,
        panel.series,
        panel.frequency,
        independent=tried.independent,
        demand=demand,
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
    return trial(
        _sample(panel, effort.series),
        budget=reduced,
        windows=effort.windows,
        seed=seed,
        progress=progress,
    )


def _sample(panel: Panel, most: int) -> Panel:
    """Return the panel of every so manieth store: weights and widths need no more than some."""
    stores = np.unique(panel.series["store"])
    if panel.n <= most or len(stores) < _STORES_TO_SAMPLE:
        return panel
    few = max(_STORES_TO_SAMPLE // 2, most * len(stores) // panel.n)
    chosen = stores[np.linspace(0, len(stores) - 1, few).round().astype(int)]
    return panel.only(np.flatnonzero(panel.series["store"].isin(chosen)))


def _windows(tried: Trial, choice: Choice) -> tuple[Window, ...]:
    outcomes = tried.outcomes
    pairs = zip(
        outcomes.windows(outcomes.actual),
        outcomes.windows(choice.expected),
        outcomes.starts,
        strict=True,
    )
    return tuple(Window(actual, mean, start) for actual, mean, start in pairs)


def _part(progress: Progress, start: float, end: float) -> Progress:
    def told(done: float, words: str) -> None:
        progress(start + (end - start) * done, words)

    return told
