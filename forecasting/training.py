"""Training: calibrate on backtest windows inside the history, then fit on all of it."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from forecasting.calibrating import LEVELS, Window, calibrate
from forecasting.demand import Demand
from forecasting.forecasters.base import BUDGETS, Budget, Forecaster, Progress, silent
from forecasting.forecasters.boosted import BoostedTrees
from forecasting.forecasters.naive import SeasonalNaive
from forecasting.intervals import Calibration, Floats
from forecasting.metrics import Accuracy, accuracy, wape
from forecasting.model import FAMILIES, TrainedModel
from forecasting.origins import NEAR
from forecasting.panel import Panel
from forecasting.periods import lengths
from forecasting.pricing.response import estimate_response
from forecasting.units import LEAST_PERIODS, Frequency
from tenants.errors import BadInput, CannotAnswer

# How far apart calibration windows start, and how many there are, by frequency.
_STEP = {Frequency.DAY: 7, Frequency.WEEK: 1, Frequency.MONTH: 1}
_WINDOWS = {Frequency.DAY: 8, Frequency.WEEK: 12, Frequency.MONTH: 6}
# A panel cell is worth drawing for about this many training rows.
_DRAWS = 1.5
_LEAST_ROWS = 5000
# A small panel gets fewer and smaller trees, but not less than these shares of the budget's.
_LEAST_SHARE, _LEAST_LEAVES = 0.5, 0.65
# Of the whole work, this share is the calibration backtest.
_CALIBRATION_SHARE = 0.4


@dataclass(frozen=True)
class Trial:
    """Windows of one forecaster that had not seen them, beside seasonal naive."""

    model: tuple[Window, ...]
    naive: tuple[Window, ...]
    independent: float


def train(
    panel: Panel, *, budget: str = "normal", seed: int = 7, progress: Progress = silent
) -> TrainedModel:
    """Train a model on a panel's history.

    A first, smaller fit ends before the last weeks; its forecasts of them calibrate the
    intervals and decide whether the model or seasonal naive serves. Then the model is fitted on
    everything.

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
    allowed = _fitting(BUDGETS[budget], panel)
    trial = _trial(panel, allowed, seed, _part(progress, 0.0, _CALIBRATION_SHARE))
    beats_naive = _total(trial.model) < _total(trial.naive)
    served = trial.model if beats_naive else trial.naive
    response = estimate_response(panel, seed=seed)
    demand = Demand(panel, response)
    intervals = calibrate(
        served, panel.series, panel.frequency, independent=trial.independent, demand=demand
    )
    forecaster: Forecaster = BoostedTrees() if beats_naive else SeasonalNaive()
    later = _part(progress, _CALIBRATION_SHARE, 1.0)
    forecaster.fit(demand, budget=allowed, seed=seed, progress=later)
    last = lengths(panel.periods, panel.frequency)[panel.history - 1]
    end = panel.cutoff + pd.Timedelta(days=int(last) - 1)
    return TrainedModel(
        forecaster=forecaster,
        response=response,
        intervals=intervals,
        words=demand.learned_words(),
        metrics=_metrics(panel, trial, intervals, served=forecaster.name, budget=budget),
        cutoff=end.date(),
        data_version=panel.version,
        family=FAMILIES[forecaster.name],
    )


def _fitting(budget: Budget, panel: Panel) -> Budget:
    """Return the budget, no larger than what the panel can teach."""
    cells = int((~np.isnan(panel.sales)).sum())
    rows = int(np.clip(_DRAWS * cells, _LEAST_ROWS, budget.rows))
    share = max(_LEAST_SHARE, rows / budget.rows)
    trees, leaves = round(budget.trees * share), round(budget.leaves * max(share, _LEAST_LEAVES))
    return replace(budget, rows=min(rows, budget.rows), trees=trees, leaves=leaves)


def _trial(panel: Panel, budget: Budget, seed: int, progress: Progress) -> Trial:
    step, near = _STEP[panel.frequency], NEAR[panel.frequency]
    wanted = near + step * (_WINDOWS[panel.frequency] - 1)
    span = max(1, min(wanted, panel.history // 3))
    start = panel.history - span
    before = panel.until(start)
    demand = Demand(before, estimate_response(before, seed=seed))
    model = BoostedTrees()
    reduced = replace(budget, rows=budget.rows // 2, trees=budget.trees // 2)
    model.fit(demand, budget=reduced, seed=seed, progress=_part(progress, 0.0, 0.8))
    both: tuple[Forecaster, Forecaster] = (model, SeasonalNaive())
    found: tuple[list[Window], list[Window]] = ([], [])
    origins = range(start, panel.history, step)
    for number, at in enumerate(origins):
        progress(0.8 + 0.2 * number / len(origins), "checking on past weeks")
        seen = Demand(panel.until(at), demand.response, demand.learned_words())
        for forecaster, windows in zip(both, found, strict=True):
            windows.append(window(forecaster, seen, panel, min(near, panel.history - at)))
    return Trial(tuple(found[0]), tuple(found[1]), span / near)


def window(forecaster: Forecaster, seen: Demand, panel: Panel, horizon: int) -> Window:
    """Return a forecaster's forecasts of the periods after `seen` against the panel's sales."""
    at = seen.panel.history
    mean = forecaster.predict(seen, np.arange(panel.n), at, at + horizon)
    return Window(window_actual(panel, at, horizon), mean.astype(np.float64), at)


def window_actual(panel: Panel, at: int, horizon: int) -> Floats:
    """Return [n, horizon] sales that a forecast made at `at` may be held against.

    Not those of series without a record before, nor of periods in which stock ran out.
    """
    actual = panel.sales[:, at : at + horizon].astype(np.float64)
    on_sale = (panel.first_seen < at)[:, None] & ~panel.stocked_out[:, at : at + horizon]
    return np.where(on_sale, actual, np.nan)


def _metrics(
    panel: Panel, trial: Trial, intervals: Calibration, *, served: str, budget: str
) -> dict[str, Any]:
    """Return the calibration backtest's figures, in fractions and the unit of sales.

    WAPE, MASE, RMSSE, RMSE, MAE, MAPE, R2 and bias are those of what serves; `model_` and
    `seasonal_naive_` ones stand beside them.
    """
    history = panel.sales[:, : panel.history - trial.model[0].actual.shape[1]]
    season = panel.frequency.season
    by_name: dict[str, Accuracy] = {}
    for name, windows in (("boosted_trees", trial.model), ("seasonal_naive", trial.naive)):
        actual = np.hstack([one.actual for one in windows])
        mean = np.hstack([one.mean for one in windows])
        by_name[name] = accuracy(actual, mean, history.astype(np.float64), season)
    own = by_name[served].to_dict()
    names = {name: name.upper() for name in own if name not in {"bias", "pairs"}}
    coverage = {
        f"coverage_{level}": intervals.covered[str(level)]["cells"]
        for level in LEVELS
        if str(level) in intervals.covered
    }
    return {
        **{names.get(name, name): value for name, value in own.items()},
        **coverage,
        "model_WAPE": by_name["boosted_trees"].to_dict()["wape"],
        "seasonal_naive_WAPE": by_name["seasonal_naive"].to_dict()["wape"],
        "served": served,
        "budget": budget,
        "unit": panel.unit,
        "windows": len(trial.model),
        "horizon": trial.model[0].actual.shape[1],
    }


def _total(windows: tuple[Window, ...]) -> float:
    actual: Floats = np.concatenate([one.actual.ravel() for one in windows])
    found = wape(actual, np.concatenate([one.mean.ravel() for one in windows]))
    return found if np.isfinite(found) else 1.0


def _part(progress: Progress, start: float, end: float) -> Progress:
    def told(done: float, words: str) -> None:
        progress(start + (end - start) * done, words)

    return told
