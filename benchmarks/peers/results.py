"""What a forecaster made of a window, and how two of them compare on what both forecast."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmarks.peers.exchange import KEYS

_DRAWS = 2_000
_SEED = 7


@dataclass(frozen=True)
class Result:
    """What one forecaster made of one window.

    Attributes:
        rows: `unique_id`, `ds`, `y`, `yhat` of the periods that count and sold something.
        seconds: Processor seconds of fitting and forecasting, what it reads included.
    """

    rows: pd.DataFrame
    seconds: float

    @property
    def series(self) -> int:
        """Return how many series it forecast."""
        return int(self.rows["unique_id"].nunique())

    def mape(self, series: list[str] | None = None) -> float:
        """Return the mean absolute error in percent of the actual, of some series or all."""
        return float(100 * self._relative(series).abs().mean())

    def rmspe(self, series: list[str] | None = None) -> float:
        """Return the root of the mean squared relative error."""
        return float(np.sqrt((self._relative(series) ** 2).mean()))

    def _relative(self, series: list[str] | None) -> "pd.Series[float]":
        rows = self.rows if series is None else self.rows[self.rows["unique_id"].isin(series)]
        return (rows["yhat"] - rows["y"]) / rows["y"]


@dataclass(frozen=True)
class Ratio:
    """A peer over us; above 1 we are ahead.

    Attributes:
        error: Its MAPE over ours, on the series and periods that both forecast.
        interval: 95 % of the error's, from redrawing whole series.
        seconds: Its processor seconds a series over ours, starting up included.
        series: How many series the error rests on.
        pairs: How many single forecasts.
    """

    error: float
    interval: tuple[float, float]
    seconds: float
    series: int
    pairs: int

    @property
    def both(self) -> float:
        """Return how much more accuracy a processor second buys: both ratios multiplied."""
        return self.error * self.seconds


def ratio(theirs: Result, ours: Result) -> Ratio:
    """Return how a peer's error and time compare with ours on the same series and periods."""
    both = theirs.rows.merge(ours.rows[[*KEYS, "yhat"]], on=KEYS, suffixes=("", "_ours"))
    errors = pd.DataFrame(
        {
            "theirs": (both["yhat"] - both["y"]).abs() / both["y"],
            "ours": (both["yhat_ours"] - both["y"]).abs() / both["y"],
        }
    )
    sums = errors.groupby(both["unique_id"]).sum()
    # Days of one series err together, so whole series are redrawn.
    drawn = np.random.default_rng(_SEED).integers(len(sums), size=(_DRAWS, len(sums)))
    totals = {name: sums[name].to_numpy()[drawn].sum(axis=1) for name in sums}
    low, high = np.quantile(totals["theirs"] / totals["ours"], [0.025, 0.975])
    return Ratio(
        error=float(sums["theirs"].sum() / sums["ours"].sum()),
        interval=(float(low), float(high)),
        seconds=(theirs.seconds / theirs.series) / (ours.seconds / ours.series),
        series=len(sums),
        pairs=len(both),
    )
