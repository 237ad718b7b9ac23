"""A question about the future becomes figures: totals and points with intervals that add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
import pandas as pd

from forecasting.intervals import Floats
from forecasting.model import TrainedModel
from forecasting.origin import Rows
from forecasting.panel import Mask, Panel
from forecasting.periods import lengths, overlap
from forecasting.scope import Estimate, PlanChange
from forecasting.units import Frequency, Target
from tenants.errors import CannotAnswer, OutOfRange

Granularity = Literal["total", "day", "week", "month"]
Measure = Literal["units", "revenue"]

MOST_DAYS_AHEAD = 366
_FEW_PERIODS = 14
_DELISTED_DAYS = 28
_PAUSES = 6


@dataclass(frozen=True, slots=True)
class Point:
    """The forecast of one day, week or month.

    Attributes:
        start: First day, not before the period asked for.
        end: Last day.
        mean: Expected sales.
        lower: Lower bound of the prediction interval, never negative.
        upper: Upper bound.
    """

    start: date
    end: date
    mean: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Forecast:
    """An answer about the future.

    Attributes:
        total: Of the whole period; its mean is the sum of the points' means.
        points: By the granularity asked for; the whole period as one for `total`.
        unit: Of all figures: `units`, or a currency code.
        start: First day covered.
        end: Last day covered.
        level: Percent that should fall inside lower to upper.
        cutoff: Last day with data.
        model: Id of the model.
        series: How many series were added up.
        wape_pct: The model's error in its backtest, in percent; None if not measured.
        naive_wape_pct: Seasonal naive's error in the same backtest.
        notes: Sentences that must be said along with the figures.
    """

    total: Estimate
    points: tuple[Point, ...]
    unit: str
    start: date
    end: date
    level: float
    cutoff: date
    model: str
    series: int
    wape_pct: float | None
    naive_wape_pct: float | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Span:
    """Which columns of a panel a period covers.

    Attributes:
        start: First day, after the cutoff.
        end: Last day.
        columns: Panel columns with a day in it.
        share: Share of each column's days that lies in it.
    """

    start: date
    end: date
    columns: Rows
    share: Floats


@dataclass(frozen=True)
class Served:
    """The model that answers.

    Attributes:
        id: Its name in the registry.
        model: The model itself.
        record: Its registry record.
    """

    id: str
    model: TrainedModel
    record: object = None


def last_day(panel: Panel) -> date:
    """Return the last day that the panel's history covers."""
    days = int(lengths(panel.periods, panel.frequency)[panel.history - 1])
    return (panel.cutoff + pd.Timedelta(days=days - 1)).date()


def span_of(panel: Panel, start: date, end: date, today: date) -> tuple[Span, list[str]]:
    """Clip a period to what can be forecast, and say so.

    Raises:
        OutOfRange: It ends before it starts, lies in the past, or too far ahead.
        CannotAnswer: It starts further after the data than the plan goes.
    """
    cutoff, notes = last_day(panel), []
    if end < start:
        raise OutOfRange(f"The period ends ({end}) before it starts ({start}); turn them round.")
    if end <= cutoff:
        raise OutOfRange(
            f"Sales up to {cutoff} are known already; ask for sales history, or forecast later days."
        )
    furthest = max(today, cutoff) + timedelta(days=MOST_DAYS_AHEAD)
    if start > furthest:
        raise OutOfRange(
            f"A forecast reaches at most {MOST_DAYS_AHEAD} days ahead, to {furthest}; "
            "ask for days up to then."
        )
    if start <= cutoff:
        start = cutoff + timedelta(days=1)
        notes.append(f"Sales up to {cutoff} are known; the forecast covers {start} to {end}.")
    reach = (panel.periods[-1] + pd.Timedelta(days=int(_days(panel)[-1]) - 1)).date()
    last = min(furthest, reach)
    if start > last:
        raise CannotAnswer(
            f"The data end on {cutoff}, too long before {start} to forecast it; load newer sales."
        )
    if end > last:
        end = last
        notes.append(f"A forecast from data up to {cutoff} reaches {end} at most.")
    share = overlap(panel.periods, panel.frequency, pd.Timestamp(start), pd.Timestamp(end))
    share[: panel.history] = 0
    columns = np.flatnonzero(share > 0)
    return Span(start, end, columns, share[columns]), notes


def freshness_notes(panel: Panel, today: date) -> list[str]:
    """Return a note when the data are older than their rhythm allows."""
    cutoff = last_day(panel)
    allowed = 2 if panel.frequency is Frequency.DAY else 2 + round(panel.frequency.days)
    if cutoff >= today - timedelta(days=allowed):
        return []
    return [f"The data end on {cutoff}, {(today - cutoff).days} days ago; load newer sales."]


def answerable(panel: Panel, rows: Rows, *, named: bool) -> tuple[Rows, list[str]]:
    """Return the series that can be forecast, and say which cannot.

    Args:
        panel: The data.
        rows: The series asked for.
        named: The question was about single items, so leaving out must be explained.

    Raises:
        CannotAnswer: None of them can be forecast.
    """
    if not len(rows):
        raise CannotAnswer("That product was never sold in that store; nothing can be forecast.")
    sold = last_sold(panel)[rows]
    gone = no_longer_sold(panel)[rows]
    count = (~np.isnan(panel.sales[rows])).sum(axis=1)
    new = ~gone & (count < _FEW_PERIODS)
    kept = rows[~gone & ~new]
    if not len(kept):
        raise CannotAnswer(_why_none(panel, sold, gone, count))
    notes = []
    if named and gone.any():
        notes.append(f"{gone.sum()} of {len(rows)} series are no longer sold and left out.")
    if named and new.any():
        notes.append(f"{new.sum()} of {len(rows)} series are too new to forecast and left out.")
    young = panel.history - panel.first_seen[kept] < 8 * _FEW_PERIODS
    if named and young.all():
        since = panel.periods[panel.first_seen[kept].min()].date()
        notes.append(f"On sale only since {since}, so the forecast rests on little history.")
    return kept, notes


def no_longer_sold(panel: Panel) -> Mask:
    """Return [n] the series that have not sold for long while others have.

    Long is four weeks, and six times the usual pause for series that sell now and then.
    """
    sold = last_sold(panel)
    with np.errstate(invalid="ignore"):
        times = (panel.sales > 0).sum(axis=1)
    pause = np.where(times > 1, (sold - panel.first_seen) / np.maximum(times - 1, 1), 0)
    silence = sold.max(initial=-1) - sold
    usual = np.maximum(_DELISTED_DAYS / min(panel.frequency.days, 7), _PAUSES * pause)
    # What has never sold but is still recorded is on the shelf.
    shelf = (times == 0) & (panel.history - panel.last_seen <= usual)
    return (silence >= usual) & ~shelf


def last_sold(panel: Panel) -> Rows:
    """Return [n] the last period with sales above zero; -1 where there are none."""
    with np.errstate(invalid="ignore"):
        sold = panel.sales > 0
    last = panel.history - 1 - sold[:, ::-1].argmax(axis=1)
    return np.where(sold.any(axis=1), last, -1)


def _why_none(panel: Panel, sold: Rows, gone: Rows, count: Rows) -> str:
    if gone.all() and sold.max() < 0:
        return "There are no sales of that on record; nothing can be forecast."
    if gone.all():
        return (
            f"Last sold on {panel.periods[sold.max()].date()} and not since, so it is taken as no "
            "longer on sale; nothing can be forecast."
        )
    return (
        f"It is too new: {int(count.max())} {panel.frequency.word}s of sales are on record, and a "
        f"forecast needs at least {_FEW_PERIODS}."
    )


def weights(
    panel: Panel, rows: Rows, span: Span, measure: Measure, change: PlanChange | None
) -> Floats:
    """Return [rows, columns] what each forecast counts in the sum: its share, times its price.

    Raises:
        CannotAnswer: Money is asked for, and no prices are known.
    """
    share = np.broadcast_to(span.share, (len(rows), len(span.columns))).astype(np.float64)
    if measure == "units" or panel.target is Target.REVENUE:
        return share
    price = panel.price[np.ix_(rows, span.columns)].astype(np.float64)
    discount = panel.discount[np.ix_(rows, span.columns)]
    if change is not None and change.discount_pct is not None:
        discount = np.full_like(discount, change.discount_pct)
    asked = price * (1 - discount / 100)
    if change is not None and change.price is not None:
        asked = np.full_like(asked, change.price)
    if np.isnan(asked).all():
        raise CannotAnswer("No prices are known, so revenue cannot be forecast; ask for units.")
    # A series without a price of its own counts at the mean price of the others.
    return share * np.where(np.isnan(asked), np.nanmean(asked), asked)


def blocks(panel: Panel, span: Span, granularity: Granularity) -> Sequence[tuple[date, date, Rows]]:
    """Return first day, last day and positions in `span.columns` of each point.

    Raises:
        CannotAnswer: The data are coarser than the granularity.
    """
    rank = {"day": 0, "week": 1, "month": 2, "total": 3}
    if rank[granularity] < rank[panel.frequency.word]:
        raise CannotAnswer(
            f"The data are recorded by the {panel.frequency.word}, so a forecast by the "
            f"{granularity} is not possible; ask by the {panel.frequency.word}."
        )
    starts = panel.periods[span.columns]
    if granularity == "total":
        label = np.zeros(len(starts), dtype=np.int64)
    elif granularity == panel.frequency.word:
        label = np.arange(len(starts))
    elif granularity == "week":
        label = np.asarray((starts - pd.to_timedelta(starts.day_of_week, unit="D")).asi8)
    else:
        label = np.asarray(starts.year * 12 + starts.month)
    ends = starts + pd.to_timedelta(_days(panel)[span.columns] - 1, unit="D")
    cuts = [*np.flatnonzero(np.diff(label, prepend=label[0] - 1)), len(label)]
    return [
        (
            max(starts[first].date(), span.start),
            min(ends[after - 1].date(), span.end),
            np.arange(first, after),
        )
        for first, after in zip(cuts[:-1], cuts[1:], strict=True)
    ]


def answer(
    served: Served,
    panel: Panel,
    rows: Rows,
    span: Span,
    *,
    change: PlanChange | None,
    measure: Measure,
    level: float,
    granularity: Granularity,
) -> tuple[Estimate, tuple[Point, ...]]:
    """Return the total and the points of a forecast; the points' means sum to the total's."""
    parts = blocks(panel, span, granularity)
    first, last = int(span.columns[0]), int(span.columns[-1]) + 1
    prediction = served.model.predict(panel, rows, first, last, change)
    weight = weights(panel, rows, span, measure, change)
    mean, deviation = prediction.mean * weight, prediction.sd * weight
    intervals = served.model.intervals
    found = [
        (start, end, intervals.total(mean[:, at], deviation[:, at], level))
        for start, end, at in parts
    ]
    points = tuple(Point(s, e, one.mean, one.lower, one.upper) for s, e, one in found)
    whole = found[0][2] if len(found) == 1 else intervals.total(mean, deviation, level)
    total = sum(point.mean for point in points)
    return Estimate(total, min(whole.lower, total), max(whole.upper, total)), points


def table(served: Served, panel: Panel, rows: Rows, span: Span, level: float) -> pd.DataFrame:
    """Return every series and period of a span with its own interval.

    Columns `date` (ISO, start of the period), `store`, `product`, `mean`, `lower`, `upper`,
    `unit`; series by series.
    """
    first, last = int(span.columns[0]), int(span.columns[-1]) + 1
    prediction = served.model.predict(panel, rows, first, last)
    mean = prediction.mean.astype(np.float64)
    lower, upper = served.model.intervals.cells(mean, prediction.sd.astype(np.float64), level)
    width = len(span.columns)
    series = panel.series.iloc[np.repeat(rows, width)]
    days = panel.periods[span.columns].strftime("%Y-%m-%d")
    return pd.DataFrame(
        {
            "date": np.tile(days.to_numpy(), len(rows)),
            "store": series["store"].to_numpy(),
            "product": series["product"].to_numpy(),
            "mean": mean.ravel(),
            "lower": lower.ravel(),
            "upper": upper.ravel(),
            "unit": panel.unit,
        }
    )


def assumption_notes(panel: Panel, rows: Rows, span: Span) -> list[str]:
    """Return a note naming the known covariates whose plan is not given."""
    at = np.ix_(rows, span.columns)
    open_days = np.ones(at[0].shape[:1] + at[1].shape[1:], dtype=bool)
    if panel.open is not None and panel.open.shape[1] > panel.history:
        open_days = ~(panel.open[at] == 0)
    lacking = [
        name for name, values in panel.known.items() if np.isnan(values[at])[open_days].any()
    ]
    if not lacking:
        return []
    return [f"No plan is given for {', '.join(lacking)}; it is assumed to repeat as before."]


def _days(panel: Panel) -> Rows:
    return lengths(panel.periods, panel.frequency)


def unit_of(panel: Panel, measure: Measure, currency: str) -> tuple[str, list[str]]:
    """Return the unit of figures in a measure, and a note where it is not the one asked for."""
    if panel.target is Target.REVENUE:
        note = [f"These data record revenue ({panel.unit}), not units."]
        return panel.unit, note if measure == "units" else []
    return (panel.unit if measure == "units" else currency), []


def percent(fraction: object) -> float | None:
    """Return a fraction as percent; None where there is no figure."""
    return 100 * fraction if isinstance(fraction, float) else None
