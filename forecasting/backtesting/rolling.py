"""Rolling-origin backtests: the model as it would have been, against what then happened."""

from dataclasses import replace

import numpy as np

from forecasting.backtesting.report import Backtest, Comparison
from forecasting.backtesting.tables import Outcome, Tables
from forecasting.forecasters.base import Progress, silent
from forecasting.forecasters.naive import SeasonalNaive
from forecasting.intervals.achieved import held_sums
from forecasting.intervals.calibration import LEVELS
from forecasting.intervals.occasions import PROMOTED
from forecasting.intervals.windows import Window, side_by_side
from forecasting.model import TrainedModel
from forecasting.origins import FAR
from forecasting.panel import Panel
from forecasting.spans import last_day
from forecasting.training import train, window_actual
from forecasting.units import Aim
from tenants.errors import CannotAnswer, OutOfRange

__all__ = ["Backtest", "Comparison", "backtest"]

_MOST_WINDOWS = 100
# Periods of history before the first window.
_LEAST_HISTORY = 28
_AIMED = {
    Aim.EXPECTED: (),
    Aim.RELATIVE: (
        (
            "MAPE and RMSPE are those of single figures, which have the least error in percent and "
            "so lie below the mean where sales vary; all other errors are those of means."
        ),
    ),
}
# So many parts in which seasonal naive won are named.
_MOST_NAMED = 8


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


def _outcome(model: TrainedModel, panel: Panel, at: int, horizon: int) -> Outcome:
    seen = panel.until(at)
    demand, rows, columns = model.demand(seen), np.arange(panel.n), np.arange(at, at + horizon)
    prediction = model.predict(seen, rows, at, at + horizon)
    expected, deviation, quoted = (
        one.astype(np.float64) for one in (prediction.mean, prediction.sd, prediction.point)
    )
    naive = SeasonalNaive().predict(demand, rows, at, at + horizon)
    actual, intervals = window_actual(panel, at, horizon), model.intervals
    errors = side_by_side([Window(actual, expected, at)], None, ())
    known = {name: mask[:, columns] for name, mask in demand.flags.items()}
    return Outcome(
        start=panel.periods[at].date(),
        actual=actual,
        expected=expected,
        quoted=quoted,
        naive=naive.astype(np.float64),
        bounds={
            level: intervals.bounds(expected, deviation, level, quoted=quoted) for level in LEVELS
        },
        flags=known | {PROMOTED: panel.promoted[:, columns] > 0},
        history=seen.sales.astype(np.float64),
        sums=held_sums(intervals, errors, deviation[None], panel.series),
        served=model.forecaster.name,
    )


def _report(panel: Panel, outcomes: list[Outcome], horizon: int, budget: str) -> Backtest:
    tables = Tables(outcomes, panel.frequency.season)
    overall = tables.part("all")
    flags = [name for name in outcomes[0].flags if name != PROMOTED]
    found = Backtest(
        horizon=horizon,
        overall=overall,
        windows=tables.windows(),
        by_horizon=tables.by_horizon(panel.frequency.word),
        by_store=tables.by_store(panel.series["store"]),
        by_volume=tables.by_volume(),
        by_promotion=tables.by_flag(PROMOTED),
        by_flag=tuple(part for name in flags for part in tables.by_flag(name)),
        promises=tables.promises(overall),
        unit=panel.unit,
        cutoff=last_day(panel),
        notes=(),
    )
    return replace(found, notes=(*_notes(found, outcomes, budget), *_AIMED[panel.aim]))


def _notes(found: Backtest, outcomes: list[Outcome], budget: str) -> tuple[str, ...]:
    notes = [f"Each window was trained anew on what was known then, with the {budget} budget."]
    if not found.overall.skill > 0:
        notes.append("The model did not beat seasonal naive here.")
    elif won := found.naive_won:
        more = f" and {len(won) - _MOST_NAMED} more" if len(won) > _MOST_NAMED else ""
        notes.append(f"Seasonal naive was better for: {', '.join(won[:_MOST_NAMED])}{more}.")
    naive = sum(one.served == SeasonalNaive.name for one in outcomes)
    if naive:
        notes.append(f"In {naive} of {len(outcomes)} windows seasonal naive was the one to serve.")
    return tuple(notes)
