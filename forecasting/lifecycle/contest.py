"""Challenger, production and seasonal naive on the same stretches of the past.

The challenger is trained anew, a few times, on what was known before the windows it then
forecasts. The production model forecasts as it is. Windows after its cutoff are taken when there
are enough of them; it has been trained on earlier ones, which favours it, never the challenger.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from forecasting.forecasters.base import Progress, silent
from forecasting.forecasters.naive import SeasonalNaive
from forecasting.lifecycle.gate import MIN_WINDOWS, Losses, WindowErrors
from forecasting.lifecycle.schedule import Decay
from forecasting.lifecycle.window_losses import PERIODS, by_store, window_errors
from forecasting.model import TrainedModel
from forecasting.panel import Panel
from forecasting.training import train, window_actual
from forecasting.units import Frequency

_HORIZON = {Frequency.DAY: 7, Frequency.WEEK: 2, Frequency.MONTH: 1}
_WINDOWS = 8
_TRAININGS = 3
_TRAINING_SHARE = 0.9
# Windows shorter than a week of new days would say little more than luck.
_LEAST_FRESH = {Frequency.DAY: 7, Frequency.WEEK: 4, Frequency.MONTH: 4}
_LEAST_FOR_DECAY = {Frequency.DAY: 14, Frequency.WEEK: 4, Frequency.MONTH: 3}


@dataclass(frozen=True, slots=True)
class Windows:
    """Which stretches of the past are forecast.

    Attributes:
        starts: Panel column at which each begins, oldest first; they touch and do not overlap.
        horizon: Their length in periods.
        seen: How many of them the production model was trained on, wholly or in part.
    """

    starts: tuple[int, ...]
    horizon: int
    seen: int


@dataclass(frozen=True)
class Contest:
    """The errors of all three on the same windows."""

    windows: Windows
    challenger: WindowErrors
    naive: WindowErrors
    production: WindowErrors


def choose_windows(panel: Panel, trained_until: date) -> Windows | None:
    """Return the windows to judge on, or None when the history is too short for any.

    Args:
        panel: The history.
        trained_until: The production model's cutoff.
    """
    known = _periods_until(panel, trained_until)
    fresh, longest = panel.history - known, _HORIZON[panel.frequency]
    if fresh >= _LEAST_FRESH[panel.frequency]:
        horizon = max(1, min(longest, fresh // 7))
        count = min(_WINDOWS, fresh // horizon)
    else:
        horizon, count = longest, _WINDOWS
    count = min(count, panel.history // 2 // horizon)
    if count < 1:
        return None
    first = panel.history - count * horizon
    starts = tuple(range(first, panel.history, horizon))
    seen = sum(start < known for start in starts)
    return Windows(starts, horizon, seen)


def hold(
    panel: Panel,
    windows: Windows,
    production: TrainedModel,
    *,
    budget: str,
    seed: int,
    progress: Progress = silent,
) -> Contest:
    """Let all three forecast the windows.

    Args:
        panel: The whole history.
        windows: Where to compare.
        production: The model that serves now; it is used as it is.
        budget: How much work each training of the challenger may do.
        seed: Decides everything random.
        progress: Told the fraction done.

    Raises:
        CannotAnswer: The history before the windows is too short to train on.
    """
    batches = np.array_split(np.array(windows.starts), min(_TRAININGS, len(windows.starts)))
    found: dict[str, list[Losses]] = {"challenger": [], "naive": [], "production": []}
    for number, starts in enumerate(batches):

        def told(done: float, words: str, number: int = number) -> None:
            share = (number + _TRAINING_SHARE * done) / len(batches)
            progress(share, f"comparing, training {number + 1} of {len(batches)}: {words}")

        model = train(panel.until(int(starts[0])), budget=budget, seed=seed, progress=told)
        for start in starts.tolist():
            seen = panel.until(start)
            rows, last = np.arange(panel.n), start + windows.horizon
            means = {
                "challenger": model.predict(seen, rows, start, last).mean,
                "naive": SeasonalNaive().predict(model.demand(seen), rows, start, last),
                "production": production.predict(seen, rows, start, last).mean,
            }
            actual = window_actual(panel, start, windows.horizon)
            for name, mean in means.items():
                found[name].append(by_store(panel, actual, mean.astype(np.float64)))
    return Contest(
        windows,
        **{name: window_errors(panel, windows.starts, each) for name, each in found.items()},
    )


def notes(contest: Contest, *, budget: str) -> tuple[str, ...]:
    """Return what must be known to read the verdict."""
    windows = contest.windows
    said = [
        f"It was judged by copies trained before the windows, with the {budget} budget.",
    ]
    if windows.seen:
        said.append(
            f"The production model was trained on {windows.seen} of the {len(windows.starts)} "
            "windows, which favours it; load newer sales for an even comparison."
        )
    return tuple(said)


def forecast_alike(panel: Panel, one: TrainedModel, other: TrainedModel) -> bool:
    """Tell whether two models forecast exactly the same of the next few periods."""
    rows, first = np.arange(panel.n), panel.history
    last = min(first + _HORIZON[panel.frequency], len(panel.periods))
    if last <= first:
        return False
    mine, theirs = (model.predict(panel, rows, first, last).mean for model in (one, other))
    return np.array_equal(mine, theirs)


def measure_decay(panel: Panel, model: TrainedModel, wape_then: float | None) -> Decay | None:
    """Return how a served model does on what came in since its cutoff, if that is enough.

    Args:
        panel: The whole history.
        model: The model that serves.
        wape_then: WAPE of its backtest when it was trained, a fraction; None when not measured.
    """
    known = _periods_until(panel, model.cutoff)
    fresh = panel.history - known
    if wape_then is None or wape_then <= 0 or fresh < _LEAST_FOR_DECAY[panel.frequency]:
        return None
    longest = int(model.metrics.get("horizon") or fresh)
    rows, losses = np.arange(panel.n), np.zeros(3)
    # As in the backtest at its training: origins a step apart, each forecasting what is left.
    for start in range(known, panel.history, PERIODS[panel.frequency]):
        horizon = min(longest, panel.history - start)
        mean = model.predict(panel.until(start), rows, start, start + horizon).mean
        actual = window_actual(panel, start, horizon)
        losses += by_store(panel, actual, mean.astype(np.float64)).sum(axis=1)
    absolute, _signed, sold = losses
    if sold <= 0:
        return None
    return Decay(100 * wape_then, 100 * float(absolute / sold), fresh, panel.frequency.word)


def enough(windows: Windows | None) -> bool:
    """Tell whether there are windows enough for a verdict."""
    return windows is not None and len(windows.starts) >= MIN_WINDOWS


def _periods_until(panel: Panel, day: date) -> int:
    """Return how many periods of the history begin on or before a day."""
    history = panel.periods[: panel.history].to_numpy()
    return int(np.searchsorted(history, np.datetime64(day), side="right"))
