"""Which totals a model's parts follow: found in the trial, kept with the model, read in service."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from forecasting.demand import Demand
from forecasting.forecasters.base import BUDGETS, Forecaster, silent
from forecasting.forecasters.naive import SeasonalNaive
from forecasting.forecasters.registry import BY_NAME
from forecasting.forecasters.ridge import Ridge
from forecasting.forecasters.theta import Theta
from forecasting.grouping import sum_by
from forecasting.metrics import mape, rmse
from forecasting.origin import Floats, Rows
from forecasting.selection.choice import Choice
from forecasting.selection.trial import Trial
from forecasting.totals.groups import Level, NoResponse, levels_of, presence, totals_of, usual_sales
from forecasting.totals.reconciliation import Compared, Follow, Verdict, judged, moves
from forecasting.units import Aim

_FILE = "totals.json"

# Who may forecast totals; both cost little.
_MEMBERS: tuple[type[Forecaster], ...] = (Ridge, Theta)
# Parts are summed over so many periods at once, whatever was asked.
_BLOCK = 28


@dataclass(frozen=True)
class Found:
    """What a trial says of following totals.

    Attributes:
        follows: The levels that helped, narrow ones first.
        factors: [cells] what the windows' forecasts are moved by, chosen without their days.
        report: By level, the error of totals before and after, and whether it is followed.
    """

    follows: tuple[Follow, ...]
    factors: Floats
    report: tuple[dict[str, Any], ...]


def found_in(tried: Trial, choice: Choice, demand: Demand, seed: int) -> Found:
    """Try every level of totals on the windows of a trial.

    Args:
        tried: What came of the trial.
        choice: Its expected sales are the parts' forecasts.
        demand: The trial's series, with their whole history.
        seed: Decides everything random.
    """
    outcomes = tried.outcomes
    factors = np.ones(len(outcomes.actual))
    follows, report = [], []
    naive = choice.blend.members == (SeasonalNaive.name,)
    for level in () if naive else levels_of(demand.panel.series):
        compared = _compared(tried, choice.expected * factors, demand, level, seed)
        verdict = judged(level.name, compared)
        moved = factors * _by_cell(tried, verdict, level)
        parts = tuple(_parts_error(tried, choice, one) for one in (factors, moved))
        used = verdict.helps and parts[1] <= parts[0]
        report.append(
            asdict(verdict.follow)
            | {"used": used, "total_WAPE": _finite(verdict.before, verdict.after)}
            | {"parts_error": _finite(*parts)}
        )
        if used:
            follows.append(verdict.follow)
            factors = moved
    return Found(tuple(follows), factors, tuple(report))


def _parts_error(tried: Trial, choice: Choice, factors: Floats) -> float:
    """Return the error of single periods by what they are judged by.

    Expected sales of slow sellers lie above what mostly sells, which is nothing: their absolute
    error falls when they are too low, their squared error does not.
    """
    actual = tried.outcomes.actual
    if tried.panel.aim is Aim.RELATIVE:
        return mape(actual, choice.relative * factors)
    return rmse(actual, choice.expected * factors)


def _finite(*values: float) -> list[float | None]:
    return [one if np.isfinite(one) else None for one in values]


def _compared(tried: Trial, parts: Floats, demand: Demand, level: Level, seed: int) -> Compared:
    outcomes = tried.outcomes
    usual = usual_sales(demand, outcomes.starts[0])
    totals, count = totals_of(demand, level, usual), len(level.words)
    before = Demand(totals.until(outcomes.starts[0]), NoResponse())
    members = [kind() for kind in _MEMBERS]
    for member in members:
        member.fit(before, budget=BUDGETS["fast"], seed=seed, progress=silent)
    columns: dict[str, list[Floats]] = {"actual": [], "parts": []}
    every = np.arange(count)
    windows = zip(
        outcomes.starts, outcomes.windows(outcomes.actual), outcomes.windows(parts), strict=True
    )
    for start, actual, mean in windows:
        known = ~np.isnan(actual) & (usual > 0)[:, None]
        last = start + actual.shape[1]
        seen = Demand(totals.until(start), NoResponse())
        there = presence(demand, level, usual, np.arange(start, last), known)
        for name, values in (("actual", actual), ("parts", mean)):
            columns[name].append(sum_by(np.where(known, values, 0.0), level.codes, count))
        for one in members:
            whole = one.predict(seen, every, start, last).astype(np.float64)
            columns.setdefault(one.name, []).append(whole * there)
    stacked = {name: np.hstack(values) for name, values in columns.items()}
    fold = np.hstack([one[0] for one in outcomes.windows(outcomes.fold.astype(np.float64))])
    return Compared(
        actual=stacked.pop("actual"),
        parts=stacked.pop("parts"),
        forecasts=stacked,
        fold=fold.astype(np.int64),
    )


def _by_cell(tried: Trial, verdict: Verdict, level: Level) -> Floats:
    """Return [cells] the factors of the totals that the cells' series are parts of."""
    widths = [width for _n, width in tried.outcomes.shapes]
    windows = np.split(verdict.factors[level.codes], np.cumsum(widths)[:-1], axis=1)
    return np.concatenate([one.ravel() for one in windows])


@dataclass(frozen=True)
class Totals:
    """Forecasters of totals, and how far parts follow them.

    Attributes:
        followed: By level, narrow ones first.
    """

    followed: tuple[tuple[Follow, Forecaster], ...] = ()

    @classmethod
    def fitted(cls, follows: tuple[Follow, ...], demand: Demand, seed: int) -> "Totals":
        """Fit the forecasters of the levels to follow on the whole history."""
        followed = []
        for follow in follows:
            member = BY_NAME[follow.member]()
            totals = _seen(demand, _level(demand, follow.level))
            member.fit(totals, budget=BUDGETS["fast"], seed=seed, progress=silent)
            followed.append((follow, member))
        return cls(tuple(followed))

    def factors(
        self, demand: Demand, rows: Rows, columns: Rows, parts: Callable[[int, int], Floats]
    ) -> Floats:
        """Return [rows, columns] what forecasts of the parts are moved by, by the plan on record.

        Worked out for all series and a block of periods at once, and kept: the same whatever
        is asked of them.

        Args:
            demand: What is known.
            rows: Series.
            columns: Periods in a row, none before the end of the history.
            parts: Returns [n, last - first] forecasts of all series from first to last - 1.
        """
        history, width = demand.panel.history, len(demand.panel.periods)
        blocks = np.unique((columns - history) // _BLOCK).tolist()

        def block(number: int) -> Callable[[], Floats]:
            first = history + number * _BLOCK
            last = min(first + _BLOCK, width)
            return lambda: self._moved(demand, np.arange(first, last), parts(first, last))

        found = [demand.once(("totals", one), block(one))[rows] for one in blocks]
        start = int(columns[0]) - history - blocks[0] * _BLOCK
        return np.hstack(found)[:, start : start + len(columns)]

    def _moved(self, demand: Demand, columns: Rows, parts: Floats) -> Floats:
        usual = usual_sales(demand, demand.panel.history)
        known = np.broadcast_to((usual > 0)[:, None], parts.shape)
        factors = np.ones(parts.shape)
        for follow, member in self.followed:
            level = _level(demand, follow.level)
            count = len(level.words)
            first, last = int(columns[0]), int(columns[-1]) + 1
            whole = member.predict(_seen(demand, level), np.arange(count), first, last)
            there = presence(demand, level, usual, columns, known)
            summed = sum_by(np.where(known, parts * factors, 0.0), level.codes, count)
            factors *= moves(follow.share, whole * there, summed)[level.codes]
        return factors

    def save(self, folder: Path) -> None:
        """Write which levels are followed as JSON, and each forecaster into a folder."""
        if not self.followed:
            return
        about = [asdict(follow) for follow, _member in self.followed]
        (folder / _FILE).write_text(json.dumps(about, indent=1), encoding="utf-8")
        for follow, member in self.followed:
            own = folder / f"total_{follow.level}"
            own.mkdir(exist_ok=True)
            member.to_files(own)

    @classmethod
    def load(cls, folder: Path) -> "Totals":
        """Read what `save` wrote; no totals where it wrote nothing."""
        if not (folder / _FILE).exists():
            return cls()
        stored = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        follows = [Follow(one["level"], one["member"], float(one["share"])) for one in stored]
        return cls(
            tuple(
                (follow, BY_NAME[follow.member].from_files(folder / f"total_{follow.level}"))
                for follow in follows
            )
        )


def _level(demand: Demand, name: str) -> Level:
    def found() -> Level:
        return next(one for one in levels_of(demand.panel.series) if one.name == name)

    return demand.once(("level", name), found)


def _seen(demand: Demand, level: Level) -> Demand:
    def seen() -> Demand:
        usual = usual_sales(demand, demand.panel.history)
        return Demand(totals_of(demand, level, usual), NoResponse())

    return demand.once(("totals of", level.name), seen)
