"""Whether something that no table tells of moves both sales and promotions.

Demand is fitted a second time with nothing shared but what the tables tell: calendar, events,
known covariates. If these are all that planners went by, then:

* `specification`: an offer's effect is the same as with free shocks by store's day and
  category's week (Hausman, 1978);
* `before`: sales in the week before an offer are as usual (a placebo in time, the pre-trend);
  where periods are longer than a day, at most a day of the offer may be booked there, as stores
  do not all begin an offer on the day a period does;
* `earlier`: so are they one such period further back, where no early start can reach;
* `elsewhere`: so are sales of the product in stores without the offer (a negative control);
* `neighbours`: an offer next door does not *raise* sales;
* `after`: nor are sales higher than usual once it is over.

Each is pooled over products for power and jackknifed over stretches of history, so that shocks
that products share count once. A misfit smaller than its tolerance harms no advice, so it is
part of the error. Small deviations that agree in direction are added up (Stouffer, 1949).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from forecasting.pricing.design import AFTER, NEIGHBOURS, PRICE, PROMOTION
from forecasting.pricing.fitting import Fit
from forecasting.pricing.probes import BEFORE, EARLIER, ELSEWHERE
from forecasting.pricing.uncertainty import student

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Fair = Floats | float

SPECIFICATION = "specification"
AT_PCT = 20.0
_PRICE = float(np.log(1 - AT_PCT / 100))
# Log points at 20 % off that harm no advice.
_TOLERANCE = {
    SPECIFICATION: 0.02,
    BEFORE: 0.015,
    EARLIER: 0.015,
    ELSEWHERE: 0.04,
    NEIGHBOURS: 0.033,
    AFTER: 0.022,
}
_LIMIT, _LIMIT_IN_CATEGORY, _LIMIT_TOGETHER = 2.7, 4.0, 2.4
_LEAST_VARIANCE = 1e-8
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Check:
    """What one probe showed, over all products or a category's.

    Attributes:
        name: What was probed.
        value: Log points of sales, at 20 % off where it goes with a price.
        error: Its standard error.
        score: How many errors, tolerance included, it is away from what it should be.
        passed: Whether that is near enough.
    """

    name: str
    value: float
    error: float
    score: float
    passed: bool


@dataclass(frozen=True)
class Verdict:
    """What the checks say.

    Attributes:
        checks: Those over all products.
        failed: [p] products whose estimates do not stand.
    """

    checks: tuple[Check, ...]
    failed: Mask


@dataclass(frozen=True, slots=True)
class _Probe:
    """What p products show, and from where to where it tells of no hidden driver.

    Attributes:
        value: [p] log points.
        moves: [p, g] what each stretch of history moves it by.
        low: [p] the least that is fair.
        high: [p] the most that is fair.
    """

    value: Floats
    moves: Floats
    low: Floats
    high: Floats

    @classmethod
    def within(cls, value: Floats, moves: Floats, low: Fair = 0.0, high: Fair = 0.0) -> Self:
        """Return a probe whose bounds may be alike for all products."""
        return cls(value, moves, *(np.broadcast_to(each, value.shape) for each in (low, high)))


def judge(
    main: Fit, listed: Fit, known: Mask, category: NDArray[np.int64], period_days: float
) -> Verdict:
    """Compare two fits of the same products.

    Args:
        main: With free shocks that products share.
        listed: With probes, and only what the tables tell.
        known: [p] products that can be told about at all.
        category: [p] number of each one's category.
        period_days: How many days a period has.
    """
    probed = _probes(main, listed, period_days)
    checks = tuple(_checks(probed, known, _LIMIT))
    failed = np.zeros_like(known)
    if not all(check.passed for check in checks) or _together(checks):
        failed[:] = known
    else:
        for number in np.unique(category[known]):
            mine = known & (category == number)
            if mine.sum() >= _FEWEST:
                found = _checks(probed, mine, _LIMIT_IN_CATEGORY)
                failed[mine] = not all(check.passed for check in found)
    return Verdict(checks, failed)


def _probes(main: Fit, listed: Fit, period_days: float) -> dict[str, _Probe]:
    without, moved = _uplift(listed)
    within, moved_within = _uplift(main)
    found = {SPECIFICATION: _Probe.within(without - within, moved - moved_within)}
    # A neighbour's offer may take sales, and a dip follows an offer; the reverse may not be.
    fair: dict[str, tuple[float, Fair, Fair]] = {
        BEFORE: (1.0, 0.0, _begun(within, period_days)),
        EARLIER: (1.0, 0.0, 0.0),
        ELSEWHERE: (1.0, 0.0, 0.0),
        NEIGHBOURS: (-_PRICE, 0.0, np.inf),
        AFTER: (-_PRICE, -np.inf, 0.0),
    }
    for name, (scale, low, high) in fair.items():
        if name in listed.names:
            at = listed.names.index(name)
            value, moves = listed.coefficients[:, at], listed.moves[:, :, at]
            found[name] = _Probe.within(scale * value, scale * moves, low, high)
    return found


def _begun(uplift: Floats, period_days: float) -> Floats:
    """Return [p] log points that one day of an offer adds to the period before it."""
    if period_days <= 1:
        return np.zeros_like(uplift)
    return np.asarray(np.log1p(np.expm1(np.maximum(uplift, 0.0)) / period_days))


def _uplift(fit: Fit) -> tuple[Floats, Floats]:
    price, lift = fit.names.index(PRICE), fit.names.index(PROMOTION)
    return (
        _PRICE * fit.coefficients[:, price] + fit.coefficients[:, lift],
        _PRICE * fit.moves[:, :, price] + fit.moves[:, :, lift],
    )


def _checks(probed: dict[str, _Probe], of: Mask, limit: float) -> Iterable[Check]:
    for name, probe in probed.items():
        variance = np.square(probe.moves).sum(axis=1)
        told = of & (variance > _LEAST_VARIANCE)
        if not told.any():
            continue
        weight = 1 / (variance[told] + np.median(variance[told]))
        weight /= weight.sum()
        mean, moved = float(weight @ probe.value[told]), weight @ probe.moves[told]
        freedom = np.array([max(1.0, (moved != 0).sum() - 1.0)])
        error = float(np.sqrt((moved**2).sum() * student(freedom)[0]))
        beyond = mean - np.clip(mean, weight @ probe.low[told], weight @ probe.high[told])
        score = float(beyond / np.hypot(error, _TOLERANCE[name]))
        yield Check(name, mean, error, score, abs(score) <= limit)


def _together(checks: Iterable[Check]) -> bool:
    """Tell whether small deviations agree that demand was other than usual about offers."""
    scores = {check.name: check.score for check in checks if check.name != NEIGHBOURS}
    # Sales after an offer are lower anyway, so that only higher ones say something.
    count = len(scores.keys() - {AFTER})
    return bool(abs(sum(scores.values())) > _LIMIT_TOGETHER * np.sqrt(max(1, count)))
