"""What stock must be held and ordered, from the forecast's own distribution of demand.

One orders today and again in a week; what is ordered today arrives after the lead time. Stock
must therefore last over the lead time and one more week: that is what is ordered up to. Below
the reorder point, which covers the lead time alone, even an order of today may come too late.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil

import numpy as np
import pandas as pd

from forecasting.intervals.calibration import Calibration, Floats
from forecasting.intervals.demanded import quantiles
from forecasting.origin import Rows
from forecasting.panel import Panel
from forecasting.periods import lengths, overlap
from forecasting.scope import Estimate
from forecasting.serving import Served, span_of
from forecasting.spans import Span

REVIEW_DAYS = 7
LEVEL = 80

# Equally likely levels of demand, at whose middles what is lost is worked out.
_STEPS = 50
_MIDDLES = (np.arange(_STEPS) + 0.5) / _STEPS


@dataclass(frozen=True, slots=True)
class Supply:
    """How stock is replenished.

    Attributes:
        lead_days: Days from an order to its delivery.
        service_pct: How likely stock shall last until the next delivery, in percent.
    """

    lead_days: int
    service_pct: float


@dataclass(frozen=True, slots=True)
class Need:
    """What one shelf needs; all in the panel's unit.

    Attributes:
        demand: From today over the lead time and one more week, with its 80 % interval.
        reorder_point: Demand of the lead time that is not exceeded at the service level.
        order_up_to: The same of lead time and one more week.
        on_hand: Stock; None where not known.
        order: What is missing to order up to; None where stock is not known.
        days_of_cover: Days stock lasts at expected demand, at most those looked at.
        lost_before_delivery: Expected demand beyond stock over the lead time.
        lost_without_order: Expected demand beyond stock over all of the time.
    """

    demand: Estimate
    reorder_point: float
    order_up_to: float
    on_hand: float | None = None
    order: float | None = None
    days_of_cover: float | None = None
    lost_before_delivery: float | None = None
    lost_without_order: float | None = None

    @property
    def safety_stock(self) -> float:
        """Return what is held beyond expected demand."""
        return max(0.0, self.order_up_to - self.demand.mean)


Shelf = tuple[Rows, float | None]
"""The series that are sold from one stock, and that stock; None where it is not known."""


@dataclass(frozen=True)
class Group:
    """Some shelves that are told of together, such as one product's in all stores.

    Attributes:
        demand: Of all of them together, with its own 80 % interval.
        needs: By shelf; none stands in for another, so what they need adds up.
    """

    demand: Estimate
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class Needs:
    """The needs of groups of shelves, in their order, and the days they cover."""

    groups: tuple[Group, ...]
    span: Span
    notes: tuple[str, ...]


def needs(
    served: Served,
    panel: Panel,
    groups: Sequence[Sequence[Shelf]],
    supply: Supply,
    *,
    today: date,
) -> Needs:
    """Return what shelves need.

    Args:
        served: The production model.
        panel: The data.
        groups: Shelves that are told of together.
        supply: How they are replenished.
        today: The tenant's local date; orders go out today.

    Raises:
        OutOfRange: The period cannot be forecast.
        CannotAnswer: The data end too long ago, or too few past errors are known for the
            service level.
    """
    last = today + timedelta(days=supply.lead_days + REVIEW_DAYS - 1)
    span, clipped = span_of(panel, today, last, today)
    intervals = served.model.intervals
    intervals.require(2 * supply.service_pct - 100)
    every = np.concatenate([rows for shelves in groups for rows, _stock in shelves])
    prediction = served.predict(panel, every, int(span.columns[0]), int(span.columns[-1]) + 1)
    mean = prediction.mean.astype(np.float64) * span.share
    deviation = prediction.sd.astype(np.float64) * span.share
    lead = _within(panel, span, today + timedelta(days=supply.lead_days - 1))
    found, start = [], 0
    for shelves in groups:
        first, own = start, []
        for rows, stock in shelves:
            at = slice(start, start + len(rows))
            start += len(rows)
            forecast = _Forecast(intervals, _named(panel, rows), mean[at], deviation[at])
            own.append(_need(forecast, lead, supply, stock, _daily(panel, span, mean[at])))
        at = slice(first, start)
        whole = _Forecast(intervals, _named(panel, every[at]), mean[at], deviation[at])
        found.append(Group(whole.total, tuple(own)))
    return Needs(tuple(found), span, tuple(clipped))


def _named(panel: Panel, rows: Rows) -> pd.DataFrame | None:
    """Return the store and product of several series; nothing goes together with one alone."""
    return panel.series[["store", "product"]].iloc[rows] if len(rows) > 1 else None


def _within(panel: Panel, span: Span, day: date) -> Floats:
    """Return [columns] which share of what a span holds of each period lies up to a day."""
    if day < span.start:
        return np.zeros(len(span.columns))
    part = overlap(panel.periods[span.columns], panel.frequency, span.start, day)
    return np.asarray(part / span.share)


def _daily(panel: Panel, span: Span, mean: Floats) -> Floats:
    """Return [days] expected sales, those of a longer period spread evenly over its days."""
    days = lengths(panel.periods[span.columns], panel.frequency)
    inside = np.rint(span.share * days).astype(np.int64)
    return np.repeat(mean.sum(axis=0) / inside, inside)


@dataclass(frozen=True)
class _Forecast:
    """What some series are expected to sell: [rows, columns]."""

    intervals: Calibration
    series: pd.DataFrame | None
    mean: Floats
    deviation: Floats

    def part(self, share: Floats) -> "_Forecast | None":
        """Return [columns] shares of it, without the columns of which there is none."""
        inside = np.flatnonzero(share > 0)
        if not len(inside):
            return None
        of_it = self.mean[:, inside] * share[inside], self.deviation[:, inside] * share[inside]
        return _Forecast(self.intervals, self.series, *of_it)

    @property
    def total(self) -> Estimate:
        """Return expected demand with its interval."""
        return self.intervals.total(self.mean, self.deviation, LEVEL, self.series)

    def not_exceeded(self, probabilities: Floats) -> Floats:
        """Return what demand does not exceed with each probability."""
        return quantiles(self.intervals, self.mean, self.deviation, probabilities, self.series)

    def covering(self, service_pct: float) -> float:
        """Return the stock that lasts at a service level."""
        found = float(self.not_exceeded(np.array([service_pct / 100]))[0])
        return ceil(found) if self.intervals.whole else found

    def lost(self, stock: float) -> float:
        """Return expected demand beyond stock."""
        if self.mean.sum() <= 0:
            return 0.0
        demand = self.not_exceeded(_MIDDLES)
        # The quantiles' mean misses the forecast by a little: an empty shelf loses all of it.
        demand *= self.mean.sum() / demand.mean()
        return float(np.maximum(demand - stock, 0.0).mean())


def _need(
    forecast: _Forecast, lead_share: Floats, supply: Supply, stock: float | None, daily: Floats
) -> Need:
    lead = forecast.part(lead_share)
    up_to = forecast.covering(supply.service_pct)
    known = Need(
        demand=forecast.total,
        reorder_point=0.0 if lead is None else lead.covering(supply.service_pct),
        order_up_to=up_to,
    )
    if stock is None:
        return known
    missing = max(0.0, up_to - stock)
    return replace(
        known,
        on_hand=stock,
        order=ceil(missing) if forecast.intervals.whole else missing,
        days_of_cover=_lasts(daily, stock),
        lost_before_delivery=0.0 if lead is None else lead.lost(stock),
        lost_without_order=forecast.lost(stock),
    )


def _lasts(daily: Floats, stock: float) -> float:
    """Return how many days a stock lasts at expected sales, at most those there are."""
    sold = np.concatenate([[0.0], np.cumsum(daily)])
    beyond = np.flatnonzero(sold > stock)
    if not len(beyond):
        return float(len(daily))
    day = int(beyond[0])
    return float(day - 1 + (stock - sold[day - 1]) / (sold[day] - sold[day - 1]))
