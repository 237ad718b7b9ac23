"""Whether the size of errors stays the same from week to week, and how large they were lately.

Chains err together: a bad week is bad for most series. How much the mean size of errors differs
between weeks says how little the next weeks may be like those seen; and errors that have lately
grown or shrunk are followed part of the way.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# So many weeks, differing by this variance of the logarithm, are believed before any is seen.
_PRIOR_WEEKS, _PRIOR_VARIANCE = 4.0, 0.02
_LEAST_FREEDOM, _MOST_FREEDOM = 3.0, 1000.0
# The newest week counts twice as much as one so many weeks older.
_HALF_LIFE = 3.0
# Of what the last weeks' errors differ from all, so much is expected of the next.
_FOLLOWED = 0.5
_LEAST_IN_WEEK = 10
_LOG_LIMIT = 1.2


@dataclass(frozen=True)
class Steadiness:
    """How errors differed in size between weeks.

    Attributes:
        freedom: Degrees of freedom of Student's law whose scale is as uncertain as the next
            weeks' size of errors.
        recent: Size of errors to expect next, over that of all errors seen.
        latest: How large the errors of the last week or two were over those of a usual one.
        weeks: How many weeks (or longer periods) this rests on.
    """

    freedom: float
    recent: float
    latest: float
    weeks: int


def steadiness(z: Floats, columns: NDArray[np.int64], block: int, independent: float) -> Steadiness:
    """Compare the size of errors between weeks.

    Args:
        z: [w, n, h] standardised errors.
        columns: [w, h] the period each is of.
        block: Periods in a week; 1 for longer periods.
        independent: How many windows do not overlap.
    """
    size, week = _by_week(z, columns, block)
    if not len(size):
        return Steadiness(_freedom(_PRIOR_VARIANCE, independent), 1.0, 1.0, 0)
    middle = float(size.mean())
    off = np.clip(size - middle, -_LOG_LIMIT, _LOG_LIMIT)
    # What the means of that many errors would differ by if all weeks were alike.
    each = np.abs(z[~np.isnan(z)])
    chance = float(each.var() / each.mean() ** 2) * len(size) / len(each)
    between = max(0.0, float((off**2).sum()) - len(size) * chance)
    variance = (between + _PRIOR_WEEKS * _PRIOR_VARIANCE) / (len(size) + _PRIOR_WEEKS)
    age = (week.max() - week).astype(np.float64)
    weight = 0.5 ** (age / _HALF_LIFE)
    # As if one usual week had been seen among the last.
    lately = float((weight * off).sum() / (weight.sum() + 1.0))
    return Steadiness(
        freedom=_freedom(variance, independent),
        recent=float(np.exp(_FOLLOWED * lately)),
        latest=float(np.exp(np.average(size - np.median(size), weights=0.5**age))),
        weeks=len(size),
    )


def _by_week(z: Floats, columns: NDArray[np.int64], block: int) -> tuple[Floats, Floats]:
    """Return the logarithm of the mean absolute error of each week, and which week it is."""
    known = ~np.isnan(z)
    count = known.sum(axis=1)
    total = np.abs(np.where(known, z, 0.0)).sum(axis=1)
    # Where periods hold few errors, more of them make a week.
    each = max(1.0, float(count.sum()) / len(np.unique(columns)))
    block = max(block, int(np.ceil(_LEAST_IN_WEEK / each)))
    week = (columns - columns.max()) // block
    week = week - week.min()
    total = np.bincount(week.ravel(), weights=total.ravel())
    count = np.bincount(week.ravel(), weights=count.ravel())
    seen = np.flatnonzero((count >= _LEAST_IN_WEEK) & (total > 0))
    return np.log(total[seen] / count[seen]), seen.astype(np.float64)


def _freedom(variance: float, independent: float) -> float:
    """Return the freedom of a law whose scale has this variance of its logarithm.

    The logarithm of a scale from n errors has variance 1 / 2n. Weeks that follow each other are
    alike, so that a horizon's mean differs about half as much as a week's.
    """
    ahead = variance * 0.5 * (1 + 1 / max(independent, 1.0))
    return float(np.clip(1 / (2 * ahead), _LEAST_FREEDOM, _MOST_FREEDOM))
