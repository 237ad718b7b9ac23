"""Rolling-origin backtests: the model as it would have been, against what then happened."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from forecasting.forecasters.base import Progress, silent
from forecasting.forecasters.naive import SeasonalNaive
from forecasting.intervals import Floats
from forecasting.metrics import Accuracy, accuracy, coverage
from forecasting.model import TrainedModel
from forecasting.origins import FAR
from forecasting.panel import Mask, Panel
from forecasting.spans import last_day
from forecasting.training import train, window_actual
from tenants.errors import CannotAnswer, OutOfRange

LEVELS = (50, 80, 95)
_BUCKET_SHARES = (0.25, 0.5, 1.0)
_MOST_STORES = 50
_MOST_WINDOWS = 100
# Periods of history before the first window.
_LEAST_HISTORY = 28


@dataclass(frozen=True)
class Comparison:
    """Model and seasonal naive on the same pairs.

    Attributes:
        name: Which part of the backtest, e.g. `days 1-7`, a store id, `promoted`.
        model: Errors of the trained model.
        naive: Errors of seasonal naive.
        coverage: By level, the share of actuals inside the model's intervals.
    """

    name: str
    model: Accuracy
    naive: Accuracy
    coverage: dict[str, float]

    @property
    def skill(self) -> float:
        """Return by what fraction the model's WAPE is below seasonal naive's; negative: above."""
        return 1 - self.model.wape / self.naive.wape if self.naive.wape > 0 else float("nan")

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "name": self.name,
            "model": self.model.to_dict(),
            "seasonal_naive": self.naive.to_dict(),
            "skill": self.skill if np.isfinite(self.skill) else None,
            "coverage": {
                level: value if np.isfinite(value) else None
                for level, value in self.coverage.items()
            },
        }


@dataclass(frozen=True)
class Backtest:
    """What a rolling-origin backtest found.

    Attributes:
        horizon: Periods ahead that were forecast.
        windows: One comparison a window, oldest first, named by its first day.
        overall: All windows together.
        by_horizon: Near to far.
        by_store: By store id; the largest ones when there are many.
        by_promotion: Promoted or not; empty where no promotion is known.
        unit: What errors that are not fractions are measured in.
        notes: What a reader must know, in sentences.
    """

    horizon: int
    windows: tuple[Comparison, ...]
    overall: Comparison
    by_horizon: tuple[Comparison, ...]
    by_store: tuple[Comparison, ...]
    by_promotion: tuple[Comparison, ...]
    unit: str
    cutoff: date
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "horizon": self.horizon,
            "unit": self.unit,
            "cutoff": self.cutoff.isoformat(),
            "notes": list(self.notes),
            "overall": self.overall.to_dict(),
            **{
                name: [one.to_dict() for one in getattr(self, name)]
                for name in ("windows", "by_horizon", "by_store", "by_promotion")
            },
        }


@dataclass(frozen=True)
class _Outcome:
    """One window: [n, h] what happened, what was forecast, and its bounds by level."""

    start: date
    actual: Floats
    model: Floats
    naive: Floats
    bounds: dict[int, tuple[Floats, Floats]]
    promoted: Mask
    history: Floats
    served: str


def backtest(
    panel: Panel,
    *,
    horizon: int,
    windows: int,
    step: int | None = None,
    budget: str = "fast",
    seed: int = 7,
    progress: Progress = silent,
) -> Backtest:
    """Train at past origins on what was known then, and compare with what happened.

    The model is trained anew for every window, intervals and price response included.

    Args:
        panel: The whole history.
        horizon: Periods ahead, at most a year.
        windows: How many origins, the last one `horizon` periods before the end.
        step: Periods between origins; the horizon by default, so that windows do not overlap.
        budget: How much work each training may do.
        seed: Decides everything random.
        progress: Told the fraction done.

    Raises:
        OutOfRange: Horizon or number of windows make no sense.
        CannotAnswer: The history is too short for that many windows.
    """
    origins = _origins(panel, horizon, windows, step or horizon)
    outcomes = []
    for number, at in enumerate(origins):

        def told(done: float, words: str, number: int = number) -> None:
            progress((number + done) / windows, f"window {number + 1} of {windows}: {words}")

        model = train(panel.until(at), budget=budget, seed=seed, progress=told)
        outcomes.append(_outcome(model, panel, at, horizon))
    return _report(panel, outcomes, horizon, budget)


def _origins(panel: Panel, horizon: int, windows: int, step: int) -> list[int]:
    most = FAR[panel.frequency]
    if not 1 <= horizon <= most:
        raise OutOfRange(f"The horizon must be 1 to {most} {panel.frequency.word}s, not {horizon}.")
    if not 1 <= windows <= _MOST_WINDOWS:
        raise OutOfRange(f"The number of windows must be 1 to {_MOST_WINDOWS}, not {windows}.")
    first = panel.history - horizon - step * (windows - 1)
    least = min(_LEAST_HISTORY, 4 * panel.frequency.season)
    if first < least:
        raise CannotAnswer(
            f"The history of {panel.history} {panel.frequency.word}s is too short for {windows} "
            f"windows of {horizon}; ask for fewer or shorter ones."
        )
    return [first + step * number for number in range(windows)]


def _outcome(model: TrainedModel, panel: Panel, at: int, horizon: int) -> _Outcome:
    seen = panel.until(at)
    rows = np.arange(panel.n)
    prediction = model.predict(seen, rows, at, at + horizon)
    mean, deviation = prediction.mean.astype(np.float64), prediction.sd.astype(np.float64)
    naive = SeasonalNaive().predict(model.demand(seen), rows, at, at + horizon)
    return _Outcome(
        start=panel.periods[at].date(),
        actual=window_actual(panel, at, horizon),
        model=mean,
        naive=naive.astype(np.float64),
        bounds={level: model.intervals.cells(mean, deviation, level) for level in LEVELS},
        promoted=panel.promoted[:, at : at + horizon] > 0,
        history=seen.sales.astype(np.float64),
        served=model.forecaster.name,
    )


def _report(panel: Panel, outcomes: list[_Outcome], horizon: int, budget: str) -> Backtest:
    season, word = panel.frequency.season, panel.frequency.word
    ahead = np.arange(1, horizon + 1)
    stores = panel.series["store"].to_numpy()
    promoted = [one.promoted for one in outcomes]
    everything = _comparison("all", outcomes, season)
    return Backtest(
        horizon=horizon,
        windows=tuple(_comparison(str(one.start), [one], season) for one in outcomes),
        overall=everything,
        by_horizon=tuple(
            _comparison(f"{word}s {a}-{b}", outcomes, season, (ahead >= a) & (ahead <= b))
            for a, b in _buckets(horizon)
        ),
        by_store=tuple(
            _comparison(store, outcomes, season, (stores == store)[:, None])
            for store in _largest_stores(panel)
        ),
        by_promotion=(
            _comparison("promoted", outcomes, season, np.hstack(promoted)),
            _comparison("not promoted", outcomes, season, ~np.hstack(promoted)),
        )
        if any(mask.any() for mask in promoted)
        else (),
        unit=panel.unit,
        cutoff=last_day(panel),
        notes=_notes(everything, outcomes, budget),
    )


def _comparison(
    name: str, outcomes: list[_Outcome], season: int, mask: Mask | None = None
) -> Comparison:
    """Compare on some cells: a mask over periods, over series, or over all windows at once."""
    actual = np.hstack([one.actual for one in outcomes])
    if mask is not None:
        wide = np.tile(mask, len(outcomes)) if mask.ndim == 1 else mask
        actual = np.where(wide, actual, np.nan)
    bounds = {
        level: [np.hstack([one.bounds[level][side] for one in outcomes]) for side in (0, 1)]
        for level in LEVELS
    }
    history = outcomes[0].history
    return Comparison(
        name=name,
        model=accuracy(actual, np.hstack([one.model for one in outcomes]), history, season),
        naive=accuracy(actual, np.hstack([one.naive for one in outcomes]), history, season),
        coverage={str(level): coverage(actual, *pair) for level, pair in bounds.items()},
    )


def _largest_stores(panel: Panel) -> list[str]:
    size = pd.Series(np.nansum(panel.sales, axis=1)).groupby(panel.series["store"]).sum()
    return [str(store) for store in size.sort_values(ascending=False).index[:_MOST_STORES]]


def _buckets(horizon: int) -> list[tuple[int, int]]:
    ends = sorted({max(1, round(horizon * share)) for share in _BUCKET_SHARES})
    return list(zip([1, *(end + 1 for end in ends[:-1])], ends, strict=True))


def _notes(overall: Comparison, outcomes: list[_Outcome], budget: str) -> tuple[str, ...]:
    notes = [f"Each window was trained anew on what was known then, with the {budget} budget."]
    if not overall.skill > 0:
        notes.append("The model did not beat seasonal naive here.")
    naive = sum(one.served == SeasonalNaive.name for one in outcomes)
    if naive:
        notes.append(f"In {naive} of {len(outcomes)} windows seasonal naive was the one to serve.")
    return tuple(notes)
