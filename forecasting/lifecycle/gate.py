"""Whether a challenger may replace the production model: only when better beyond noise.

Both forecast the same windows; the differences of their losses are tested with Diebold and
Mariano's statistic under the small-sample correction and t distribution of Harvey, Leybourne and
Newbold (International Journal of Forecasting 13, 1997). With windows that do not overlap this is
the t-test on window means of Ibragimov and Mueller (JBES 28, 2010), which stays valid when errors
are correlated within a window and across series.
"""

import math
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

Losses = NDArray[np.float64]

MIN_WINDOWS = 4
SIGNIFICANCE = 0.05
BIAS_POINTS = 2.0
SEGMENT_PCT = 5.0


@dataclass(frozen=True)
class WindowErrors:
    """What one model got wrong on backtest windows, by segment (a store).

    Attributes:
        starts: [k] first day of each window, oldest first.
        segments: [s] what the columns are.
        absolute: [k, s] sum of |forecast - actual|.
        signed: [k, s] sum of forecast - actual; positive: forecast too high.
        actual: [k, s] sum of actual.
        overlap: How many windows share a day; 1 when none do.
    """

    starts: tuple[date, ...]
    segments: tuple[str, ...]
    absolute: Losses
    signed: Losses
    actual: Losses
    overlap: int = 1

    @property
    def wape_pct(self) -> float:
        """Return 100 · Σ|forecast - actual| / Σ|actual|."""
        return 100 * float(self.absolute.sum() / np.abs(self.actual).sum())

    @property
    def bias_pct(self) -> float:
        """Return 100 · Σ(forecast - actual) / Σ|actual|; positive: forecast too high."""
        return 100 * float(self.signed.sum() / np.abs(self.actual).sum())


@dataclass(frozen=True, slots=True)
class Advantage:
    """One model against another on the same windows.

    Attributes:
        gain_pct: By how much its error is smaller, in percent of the other's.
        p_value: Chance of at least such a gain between equally good models.
        windows: How many windows were compared.
    """

    gain_pct: float
    p_value: float
    windows: int

    @property
    def better(self) -> bool:
        """Tell whether the gain is beyond noise."""
        return self.gain_pct > 0 and self.p_value < SIGNIFICANCE


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to promote, why, and the figures behind it."""

    promote: bool
    reasons: tuple[str, ...]
    wape_pct: float
    naive_wape_pct: float
    production_wape_pct: float
    against_naive: Advantage
    against_production: Advantage

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict ready for JSON."""
        return asdict(self) | {"reasons": list(self.reasons)}


def decide(challenger: WindowErrors, naive: WindowErrors, production: WindowErrors) -> Verdict:
    """Judge a challenger against seasonal naive and the production model on the same windows."""
    against_naive = compare(challenger, naive)
    against_production = compare(challenger, production)
    objections = [
        *_too_few(challenger),
        *_biased(challenger, production),
        *_worse_segments(challenger, production),
    ]
    return Verdict(
        promote=against_naive.better and against_production.better and not objections,
        reasons=(
            _said(challenger, naive, against_naive, "the seasonal naive forecast"),
            _said(challenger, production, against_production, "the production model"),
            *objections,
        ),
        wape_pct=challenger.wape_pct,
        naive_wape_pct=naive.wape_pct,
        production_wape_pct=production.wape_pct,
        against_naive=against_naive,
        against_production=against_production,
    )


def compare(one: WindowErrors, other: WindowErrors) -> Advantage:
    """Compare the errors of two models on the same windows.

    Raises:
        ValueError: The windows or segments are not the same.
    """
    if one.starts != other.starts or one.segments != other.segments:
        raise ValueError("Two models are compared on different windows.")
    mine, theirs = one.absolute.sum(axis=1), other.absolute.sum(axis=1)
    gain = 100 * float((theirs - mine).sum() / theirs.sum()) if theirs.sum() > 0 else 0.0
    return Advantage(gain, smaller_by_chance(mine, theirs, overlap=one.overlap), len(mine))


def smaller_by_chance(mine: Losses, theirs: Losses, *, overlap: int = 1) -> float:
    """Return the p-value of `mine` being smaller on average than `theirs`, window by window.

    Args:
        mine: [k] losses.
        theirs: [k] losses on the same windows.
        overlap: h: how many windows share a period; 1 when none do. The long-run variance then
            takes in h - 1 lags, with Bartlett weights so that it cannot be negative.
    """
    gains = theirs - mine
    k, h = len(gains), overlap
    if k < 2 or not np.any(gains):  # noqa: PLR2004 - no spread can be seen in one window
        return 1.0
    centred = gains - gains.mean()
    variance = float(centred @ centred) / k
    for lag in range(1, min(h, k)):
        variance += 2 * (1 - lag / h) * float(centred[lag:] @ centred[:-lag]) / k
    correction = math.sqrt(max(k + 1 - 2 * h + h * (h - 1) / k, 0.0) / k)
    error = math.sqrt(max(variance, 0.0) / k)
    if error == 0:
        return 0.0 if gains.mean() > 0 else 1.0
    return float(stdtr(k - 1, -correction * gains.mean() / error))


def _said(one: WindowErrors, other: WindowErrors, found: Advantage, whom: str) -> str:
    windows = f"{found.windows} window{'s' if found.windows > 1 else ''}"
    figures = (
        f"On {windows} from {one.starts[0]} on, its WAPE is {one.wape_pct:.1f} % and that of "
        f"{whom} {other.wape_pct:.1f} %"
    )
    if found.gain_pct == 0:
        return f"{figures}: they are equal."
    how = "smaller" if found.gain_pct > 0 else "larger"
    sure = f"beyond noise (p = {found.p_value:.3f})"
    if not found.better:
        sure = f"not shown to be better (p = {found.p_value:.2f})"
    return f"{figures}: {abs(found.gain_pct):.1f} % {how}, {sure}."


def _too_few(challenger: WindowErrors) -> list[str]:
    k = len(challenger.starts)
    if k >= MIN_WINDOWS:
        return []
    return [f"{k} windows are too few to tell better from lucky; {MIN_WINDOWS} are needed."]


def _biased(challenger: WindowErrors, production: WindowErrors) -> list[str]:
    mine, theirs = challenger.bias_pct, production.bias_pct
    if abs(mine) <= abs(theirs) + BIAS_POINTS:
        return []
    figures = f"Its bias is {mine:+.1f} % against {theirs:+.1f} %"
    return [f"{figures}: more than {BIAS_POINTS:g} points further from zero."]


def _worse_segments(challenger: WindowErrors, production: WindowErrors) -> list[str]:
    """Name the segments that are worse by more than the limit, with Holm's correction."""
    allowed = (1 + SEGMENT_PCT / 100) * production.absolute
    chances = [
        smaller_by_chance(allowed[:, s], challenger.absolute[:, s], overlap=challenger.overlap)
        for s in range(len(challenger.segments))
    ]
    order = np.argsort(chances)
    worse = []
    for rank, s in enumerate(order):
        if chances[s] >= SIGNIFICANCE / (len(order) - rank):
            break
        worse.append(challenger.segments[s])
    if not worse:
        return []
    names = ", ".join(repr(name) for name in worse[:5])
    return [f"It is more than {SEGMENT_PCT:g} % worse, beyond noise, for {names}."]
