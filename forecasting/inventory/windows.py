"""The stretches of time that an order is about, and what shelves may sell in each."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from forecasting.intervals.calibration import Floats
from forecasting.intervals.demanded import Sums
from forecasting.inventory.ahead import Ahead
from forecasting.inventory.orders import REVIEW_DAYS, Outlook
from forecasting.inventory.records import LEVEL
from forecasting.inventory.spread import Spread
from forecasting.scope import Estimate
from forecasting.spans import Span


@dataclass(frozen=True)
class Windows:
    """What n shelves may sell before a delivery, after it, and in all.

    Attributes:
        ahead: What is expected of them.
        delivery: When an order of today arrives.
        span: From today until the day before the next order arrives.
        spoils: [n] days that a delivery can be sold; NaN where it does not spoil soon.
    """

    ahead: Ahead
    delivery: date
    span: Span
    spoils: Floats

    @cached_property
    def period(self) -> Sums:
        """Return sales of the whole span."""
        return self.ahead.sums(self._period)

    @cached_property
    def before(self) -> Sums:
        """Return sales before the delivery."""
        return self.ahead.sums(self._before)

    @cached_property
    def covered(self) -> Sums:
        """Return sales until the next delivery, or until what is ordered is too old."""
        return self.ahead.sums(self._covered) if self._some_spoil else self.period

    @cached_property
    def before_spread(self) -> Spread:
        """Return the distribution of sales before the delivery."""
        return Spread.of(self.before)

    @cached_property
    def period_spread(self) -> Spread:
        """Return the distribution of sales of the whole span."""
        return Spread.of(self.period)

    @cached_property
    def covered_spread(self) -> Spread:
        """Return the distribution of sales that the order is for, and of those before it."""
        return Spread.of(self.covered) if self._some_spoil else self.period_spread

    @property
    def uncovered(self) -> Floats:
        """Return [n] expected sales after what is ordered is too old."""
        return np.maximum(self.period.total - self.covered.total, 0.0)

    def outlook(self, stock: Floats) -> Outlook:
        """Return what [n] stocks will meet."""
        kept, kept_together = self.before_spread, np.ones(len(stock))
        if self._some_spoil:
            share = self._until(self.delivery, self.spoils)
            sums = self.ahead.sums(share)
            kept, kept_together = Spread.of(sums), self._together(sums, share)
        return Outlook(
            stock=stock,
            before=self.before_spread,
            covered=self.covered_spread,
            together=self._together(self.covered, self._covered),
            kept=kept,
            kept_together=kept_together,
            spoils=self.spoils,
        )

    def demand(self, begun: int, count: int) -> Estimate:
        """Return sales of the whole span of several shelves together, with their interval."""
        first = [*self.period.first, len(self.period.mean)]
        rows = slice(first[begun], first[begun + count])
        parts = (self.period.mean[rows], self.period.deviation[rows], LEVEL)
        return self.period.intervals.total(*parts, self.period.series.iloc[rows])

    @cached_property
    def _period(self) -> Floats:
        return self.ahead.share(self.span.start, self.span.end)

    @cached_property
    def _before(self) -> Floats:
        return self.ahead.share(self.span.start, self.delivery - timedelta(days=1))

    @cached_property
    def _covered(self) -> Floats:
        """Return [n, h] shares from today until a delivery is used up or too old."""
        if not self._some_spoil:
            return self._period
        return self._until(self.span.start, np.fmin(self.spoils, REVIEW_DAYS))

    def _until(self, start: date, days: Floats) -> Floats:
        """Return [n, h] shares from a day until so many days from the delivery on are over."""
        shares = np.zeros((len(days), len(self.ahead.columns)))
        for kept in np.unique(days[np.isfinite(days)]).tolist():
            end = self.delivery + timedelta(days=int(kept) - 1)
            shares[days == kept] = self.ahead.share(max(start, self.span.start), end)
        return shares

    def _together(self, sums: Sums, share: Floats) -> Floats:
        """Return [n] the correlation of sales in a stretch with those before the delivery."""
        one, other = sums.variance, self.before.variance
        both = self.ahead.sums(share + self._before).variance
        scale = 2 * np.sqrt(one * other)
        shared = np.divide(both - one - other, scale, out=np.zeros(len(one)), where=scale > 0)
        return np.asarray(np.clip(shared, 0.0, 1.0))

    @property
    def _some_spoil(self) -> bool:
        return bool(np.isfinite(self.spoils).any())
