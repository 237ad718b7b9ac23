"""Parts that follow forecasts of their totals, as far as backtests say those know more.

Sums of many small forecasts miss what only shows in the total: the whole chain growing, say.
Forecasts made of the totals' own sales see it, but do not add up. Trace minimisation
(Wickramasuriya, Athanasopoulos and Hyndman 2019, "Optimal forecast reconciliation for hierarchical
and grouped time series through trace minimization") moves parts by W C' (C W C' + V)⁻¹ (totals -
C parts). Parts of a total err together, in proportion to their size; with that as W all are moved
by the same factor, and what is left to learn is one share a level,

    moved = parts · (1 + share · (total / C parts - 1))

The share has the least squared error of the totals in backtest windows. A level is followed only
where that lowered the error of totals on days left out, on most of them, and not that of parts.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.origin import Floats

# So many periods stand for totals that know nothing more than their parts.
_PRIOR_PERIODS = 14.0
# By so much must the error of totals fall on days left out for them to be followed.
_LEAST_GAIN = 0.02
# What only a crumb of the difference is taken of is not worth the work.
_LEAST_SHARE = 0.05
_MOST_MOVED = 2.0
_NOTHING = 1e-9


@dataclass(frozen=True)
class Compared:
    """Totals of one level in backtest windows, windows side by side.

    Attributes:
        actual: [totals, periods] what was sold, of what is known.
        parts: [totals, periods] sums of the parts' forecasts.
        forecasts: By forecaster, [totals, periods] of the totals themselves.
        fold: [periods] which block of days each is in.
    """

    actual: Floats
    parts: Floats
    forecasts: dict[str, Floats]
    fold: NDArray[np.int64]


@dataclass(frozen=True)
class Follow:
    """How parts follow the totals of a level.

    Attributes:
        level: Its name.
        member: Who forecasts the totals.
        share: Of the difference between total and parts, how much they are moved.
    """

    level: str
    member: str
    share: float


@dataclass(frozen=True)
class Verdict:
    """What following a level did on days left out.

    Attributes:
        follow: How it would be done.
        factors: [totals, periods] of the parts, each chosen without its own days.
        before: WAPE of the totals as sums of their parts.
        after: The same with the parts moved.
        steady: It was better in more than half of the blocks of days.
    """

    follow: Follow
    factors: Floats
    before: float
    after: float
    steady: bool

    @property
    def helps(self) -> bool:
        """Tell whether the totals gained; of the parts it knows nothing."""
        gained = self.after < (1 - _LEAST_GAIN) * self.before
        return gained and self.steady and self.follow.share >= _LEAST_SHARE


def judged(level: str, seen: Compared) -> Verdict:
    """Choose who forecasts a level and how far to follow, and say what came of it."""
    factors = np.ones_like(seen.parts)
    better: list[bool] = []
    folds = np.unique(seen.fold)
    for fold in folds if len(folds) > 1 else ():
        own = seen.fold == fold
        chosen = _chosen(level, seen, ~own)
        factors[:, own] = moves(chosen.share, seen.forecasts[chosen.member], seen.parts)[:, own]
        was, now = (_error(seen, one, own) for one in (np.ones_like(factors), factors))
        better.append(now < was)
    every = np.ones(len(seen.fold), dtype=bool)
    size = max(float(np.abs(seen.actual).sum()), _NOTHING)
    return Verdict(
        follow=_chosen(level, seen, every),
        factors=factors,
        before=_error(seen, np.ones_like(factors), every) / size,
        after=_error(seen, factors, every) / size,
        steady=2 * sum(better) > len(better),
    )


def moves(share: float, totals: Floats, parts: Floats) -> Floats:
    """Return the factors that parts are moved by; 1 where either forecast is nothing or unknown.

    Args:
        share: How much of the difference is taken.
        totals: Forecasts of the totals.
        parts: Sums of the forecasts of their parts, of the same shape.
    """
    able = (parts > _NOTHING) & (totals > _NOTHING)
    ratio = np.divide(totals, parts, out=np.ones_like(parts), where=able)
    return 1 + share * (np.clip(ratio, 1 / _MOST_MOVED, _MOST_MOVED) - 1)


def _chosen(level: str, seen: Compared, used: NDArray[np.bool_]) -> Follow:
    """Return the forecaster and the share with the least squared error, weighted by size."""
    best, least = Follow(level, next(iter(seen.forecasts)), 0.0), np.inf
    size = np.maximum(seen.parts[:, used], _NOTHING)
    missed = seen.actual[:, used] - seen.parts[:, used]
    for name, totals in seen.forecasts.items():
        difference = (moves(1.0, totals, seen.parts)[:, used] - 1) * seen.parts[:, used]
        square = float((difference**2 / size).sum())
        periods = used.sum() / (used.sum() + _PRIOR_PERIODS)
        share = float((difference * missed / size).sum()) / max(square, _NOTHING)
        share = float(np.clip(share, 0, 1)) * float(periods)
        loss = float(((missed - share * difference) ** 2 / size).sum())
        if loss < least:
            best, least = Follow(level, name, share), loss
    return best


def _error(seen: Compared, factors: Floats, used: NDArray[np.bool_]) -> float:
    return float(np.abs(seen.parts * factors - seen.actual)[:, used].sum())
