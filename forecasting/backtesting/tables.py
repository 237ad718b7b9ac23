"""From the outcomes of backtest windows to the tables of a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.backtesting.report import Comparison, Promise
from forecasting.intervals.achieved import HeldSum
from forecasting.intervals.calibration import LEVELS, Floats
from forecasting.metrics import accuracy, coverage, pinball
from forecasting.panel import Mask

_MOST_STORES = 50
_BUCKET_SHARES = (0.25, 0.5, 1.0)
_TENTHS = 10
# Fewer series than this are not parted by volume.
_LEAST_FOR_TENTHS = 20

_WHAT = {
    "series": "days of one series",
    "store": "series of one store",
    "product": "stores of one product",
    "some": "ten series",
    "all": "everything",
}
"""What sums are called in the table of promises."""


@dataclass(frozen=True)
class Outcome:
    """One window.

    Attributes:
        start: Its first day.
        actual: [n, h] what happened; NaN where not known.
        expected: [n, h] the model's expected sales.
        quoted: [n, h] what single forecasts are quoted as.
        naive: [n, h] seasonal naive's forecasts.
        bounds: By level, [n, h] lower and upper bounds.
        flags: By name, [n, h] which flags are on.
        history: [n, t] the sales known then.
        sums: Sums over days, products, stores and all.
        served: The forecaster that served.
    """

    start: date
    actual: Floats
    expected: Floats
    quoted: Floats
    naive: Floats
    bounds: dict[int, tuple[Floats, Floats]]
    flags: dict[str, Mask]
    history: Floats
    sums: list[HeldSum]
    served: str


class Tables:
    """All outcomes side by side, compared part by part."""

    def __init__(self, outcomes: Sequence[Outcome], season: int) -> None:
        self._season = season
        self._outcomes = outcomes
        self._history = outcomes[0].history
        self._actual = np.hstack([one.actual for one in outcomes])
        self._expected, self._quoted, self._naive = (
            np.hstack([getattr(one, name) for one in outcomes])
            for name in ("expected", "quoted", "naive")
        )
        self._bounds = {
            level: [np.hstack([one.bounds[level][side] for one in outcomes]) for side in (0, 1)]
            for level in LEVELS
        }

    def part(
        self,
        name: str,
        *,
        rows: NDArray[np.int64] | slice = slice(None),
        columns: Mask | slice = slice(None),
        cells: Mask | None = None,
    ) -> Comparison:
        """Compare on some series, some columns of the windows side by side, or some cells."""

        def cut(values: Floats) -> Floats:
            return values[rows][:, columns]

        actual = cut(self._actual)
        if cells is not None:
            actual = np.where(cells[rows][:, columns], actual, np.nan)
        bounds = {level: [cut(side) for side in pair] for level, pair in self._bounds.items()}
        history = self._history[rows]
        losses = [
            pinball(actual, side, probability)
            for level, pair in bounds.items()
            for side, probability in zip(pair, _tails(level), strict=True)
        ]
        expected = accuracy(actual, cut(self._expected), history, self._season)
        return Comparison(
            name=name,
            model=expected.quoting(actual, cut(self._quoted)),
            naive=accuracy(actual, cut(self._naive), history, self._season),
            coverage={str(level): coverage(actual, *pair) for level, pair in bounds.items()},
            pinball=float(np.mean(losses)),
        )

    def windows(self) -> tuple[Comparison, ...]:
        """Return one comparison a window, named by its first day."""
        return tuple(Tables([one], self._season).part(str(one.start)) for one in self._outcomes)

    def by_horizon(self, word: str) -> tuple[Comparison, ...]:
        """Return near, middle and far periods ahead; `word` is that of a period."""
        width = self._outcomes[0].actual.shape[1]
        ahead = np.tile(np.arange(1, width + 1), len(self._outcomes))
        ends = sorted({max(1, round(width * share)) for share in _BUCKET_SHARES})
        pairs = zip([1, *(end + 1 for end in ends[:-1])], ends, strict=True)
        return tuple(
            self.part(f"{word}s {a}-{b}", columns=(ahead >= a) & (ahead <= b)) for a, b in pairs
        )

    def by_store(self, stores: pd.Series) -> tuple[Comparison, ...]:
        """Return the largest stores, largest first."""
        size = pd.Series(np.nansum(self._history, axis=1)).groupby(stores.to_numpy()).sum()
        largest = size.sort_values(ascending=False).index[:_MOST_STORES]
        return tuple(
            self.part(str(one), rows=np.flatnonzero((stores == one).to_numpy())) for one in largest
        )

    def by_volume(self) -> tuple[Comparison, ...]:
        """Return tenths of the series, those that sell least first; none for few series."""
        if len(self._history) < _LEAST_FOR_TENTHS:
            return ()
        order = np.argsort(np.nansum(self._history, axis=1), kind="stable")
        parts = np.array_split(order, _TENTHS)
        return tuple(self.part(f"tenth {n + 1}", rows=part) for n, part in enumerate(parts))

    def by_flag(self, name: str) -> tuple[Comparison, ...]:
        """Return the cells in which a flag is on, and the others; none where it never is."""
        on = np.hstack([one.flags[name] for one in self._outcomes])
        if not on.any():
            return ()
        return self.part(name, cells=on), self.part(f"not {name}", cells=~on)

    def promises(self, overall: Comparison) -> tuple[Promise, ...]:
        """Return promised against held: of single periods, and of each kind of sum."""
        sums = [one for outcome in self._outcomes for one in outcome.sums]
        found = [Promise("single periods", overall.model.pairs, dict(overall.coverage))]
        groups = {"all sums": sums} | {
            words: [one for one in sums if one.what == what] for what, words in _WHAT.items()
        }
        for words, ones in groups.items():
            if ones:
                held = np.mean([one.inside for one in ones], axis=0)
                shares = {
                    str(level): float(share) for level, share in zip(LEVELS, held, strict=True)
                }
                found.append(Promise(words, len(ones), shares))
        return tuple(found)


def _tails(level: int) -> tuple[float, float]:
    """Return the probabilities of a level's lower and upper bound."""
    return 0.5 - level / 200, 0.5 + level / 200
