"""How much to order of what, and what comes of it: lost sales and units that spoil.

What is ordered today stands on the shelf after the lead time, and must last until the order after
it arrives. What is asked for before the delivery and not there is not bought later: it is lost,
and nothing needs to be ordered for it.

Goods that spoil are sold oldest first, and what is left of the delivery before is taken to be a
week older than the new one, as one orders every week. That says how much is likely to spoil, not
how much to order: nobody knows how old the stock is, and whoever asks twice must not be told to
order the same again.

Demand before the delivery and after it go together as the errors of forecasts do; both are laid
out over a grid of cases, each with its probability. The order follows from the distribution of
what is missing at the delivery, as in periodic review with lost sales (Silver, Pyke and Thomas,
*Inventory and Production Management in Supply Chains*, 2017, ch. 7 and 10).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.intervals.calibration import Floats
from forecasting.inventory.spread import SCORES, WEIGHTS, Spread

REVIEW_DAYS = 7

# How demand before the delivery lies given that after it: Gauss and Hermite's seven points.
_POINTS, _SHARES = np.polynomial.hermite_e.hermegauss(7)
_SHARES = _SHARES / _SHARES.sum()
_WEIGHTS = np.outer(WEIGHTS, _SHARES).ravel()
# Service levels that are weighed against each other where costs decide.
LEVELS = np.array([50, 60, 70, 75, 80, 85, 90, 92.5, 95, 96, 97, 98, 99, 99.5])
# A unit held for a week costs this share of its cost: about a quarter a year.
_HOLDING = 0.005


@dataclass(frozen=True)
class Outlook:
    """What n shelves may sell, and what they have.

    Attributes:
        stock: [n] units.
        before: Before an order of today arrives.
        covered: From today until the next order arrives, or what was ordered is too old.
        together: [n] correlation of the two.
        kept: Over the days that the delivery can be sold; as `before` where it does not spoil.
        kept_together: [n] correlation of `before` and `kept`.
        spoils: [n] days that a delivery can be sold; NaN where it does not spoil.
    """

    stock: Floats
    before: Spread
    covered: Spread
    together: Floats
    kept: Spread
    kept_together: Floats
    spoils: Floats

    def only(self, shelves: NDArray[np.int64]) -> "Outlook":
        """Return the outlook of some of the shelves."""
        return Outlook(
            stock=self.stock[shelves],
            before=self.before.only(shelves),
            covered=self.covered.only(shelves),
            together=self.together[shelves],
            kept=self.kept.only(shelves),
            kept_together=self.kept_together[shelves],
            spoils=self.spoils[shelves],
        )


@dataclass(frozen=True)
class Cases:
    """What may happen to n shelves, in [n, cases] of known probability.

    Attributes:
        missing: What an order must bring for nothing to be lost after it arrives.
        kept: What can be sold of the order before it is too old; infinite where it keeps.
        spoiled: Units there before the delivery that grow too old.
    """

    missing: Floats
    kept: Floats
    spoiled: Floats

    def order(self, service_pct: Floats) -> Floats:
        """Return [n, k] what to order so that stock lasts with [k] service levels, in percent."""
        order = np.argsort(self.missing, axis=1)
        sorted_ = np.take_along_axis(self.missing, order, axis=1)
        weight = _WEIGHTS[order]
        reached = np.cumsum(weight, axis=1) - weight / 2
        found = [_interpolated(sorted_, reached, share) for share in (service_pct / 100).tolist()]
        return np.maximum(np.stack(found, axis=1), 0.0)

    def lost(self, order: Floats) -> Floats:
        """Return [n] units expected to be lost after the delivery of [n] units."""
        return np.asarray(np.maximum(self.missing - order[:, None], 0.0) @ _WEIGHTS)

    def spoil(self, order: Floats) -> Floats:
        """Return [n] units expected to spoil, of the stock and of [n] units ordered."""
        fresh = np.maximum(order[:, None] - self.kept, 0.0)
        return np.asarray((fresh + self.spoiled) @ _WEIGHTS)

    def left(self, order: Floats) -> Floats:
        """Return [n] units expected to be there when the next delivery comes."""
        return np.asarray(np.maximum(order[:, None] - self.missing, 0.0) @ _WEIGHTS)


def cases(outlook: Outlook) -> Cases:
    """Lay out what may happen."""
    stock, days = outlook.stock[:, None], outlook.spoils[:, None]
    spoils = np.isfinite(days)
    covered, before = _paired(outlook.covered, outlook.before, outlook.together)
    missing = np.maximum(covered - before, 0.0) - np.maximum(stock - before, 0.0)
    kept, before = _paired(outlook.kept, outlook.before, outlook.kept_together)
    there = np.maximum(stock - before, 0.0)
    # Of the days that the order keeps, those on which what was there before is not too old yet.
    early = np.maximum(days - REVIEW_DAYS, 0.0) / days
    sold = np.minimum(there, early * kept)
    return Cases(
        missing=missing,
        kept=np.where(spoils, kept - sold, np.inf),
        spoiled=np.where(spoils, there - sold, 0.0),
    )


def best_level(found: Cases, orders: Floats, cost: Floats, earns: Floats) -> Floats:
    """Return [n] the place of the order that loses least money: sales, waste and holding.

    Args:
        found: What may happen.
        orders: [n, k] orders to choose from.
        cost: [n] of a unit.
        earns: [n] what a unit sold earns beyond its cost.
    """
    losses = [
        earns * found.lost(order) + cost * found.spoil(order) + _HOLDING * cost * found.left(order)
        for order in orders.T
    ]
    return np.asarray(np.argmin(np.stack(losses, axis=1), axis=1))


def _paired(outer: Spread, inner: Spread, together: Floats) -> tuple[Floats, Floats]:
    """Return [n, cases] two demands that go together by a correlation."""
    alone = np.sqrt(1 - together**2)
    scores = together[:, None, None] * SCORES[:, None] + alone[:, None, None] * _POINTS
    n = len(together)
    return (
        np.repeat(outer.values, len(_POINTS), axis=1),
        inner.at(scores).reshape(n, -1),
    )


def _interpolated(values: Floats, reached: Floats, share: float) -> Floats:
    """Return [n] where rising [n, cases] values reach a share of their weight."""
    last = reached.shape[1] - 1
    above = np.clip((reached < share).sum(axis=1), 1, last)
    row = np.arange(len(values))
    low, high = reached[row, above - 1], reached[row, above]
    part = np.clip((share - low) / np.maximum(high - low, 1e-12), 0.0, 1.0)
    found = values[row, above - 1] * (1 - part) + values[row, above] * part
    return np.asarray(found)
