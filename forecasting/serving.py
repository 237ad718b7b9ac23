"""A question about the future becomes figures: totals and points with intervals that add up."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from forecasting.intervals.calibration import Floats
from forecasting.on_sale import answerable, no_longer_sold
from forecasting.origin import Rows
from forecasting.panel import Panel
from forecasting.pricing.plan import asked
from forecasting.scope import Estimate, PlanChange, Scope
from forecasting.served import Served
from forecasting.spans import Granularity, Span, blocks, freshness_notes, last_day, span_of
from forecasting.units import Target
from tenants.errors import CannotAnswer

# What a question goes through, in order, so that an answer is made from one room.
__all__ = [
    "Forecast",
    "Granularity",
    "Measure",
    "Point",
    "Question",
    "Served",
    "Span",
    "answerable",
    "forecast",
    "freshness_notes",
    "last_day",
    "no_longer_sold",
    "span_of",
    "table",
]

Measure = Literal["units", "revenue"]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about the future.

    Attributes:
        scope: Which series, added up.
        start: First day.
        end: Last day, included.
        change: A plan that differs from the one on record for the whole period.
        measure: Units, or money at the planned prices.
        level: Percent that should fall inside the interval.
        granularity: Into which points the period is split.
    """

    scope: Scope
    start: date
    end: date
    change: PlanChange | None
    measure: Measure
    level: float
    granularity: Granularity


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


def _weights(
    panel: Panel, rows: Rows, span: Span, measure: Measure, change: PlanChange | None
) -> Floats:
    """Return [rows, columns] what each forecast counts in the sum: its share, times its price.

    Raises:
        CannotAnswer: Money is asked for, and no prices are known.
    """
    share = np.broadcast_to(span.share, (len(rows), len(span.columns))).astype(np.float64)
    if measure == "units" or panel.target is Target.REVENUE:
        return share
    first, last = int(span.columns[0]), int(span.columns[-1]) + 1
    paid = asked(panel, rows, (first, last), change).paid.astype(np.float64)
    if np.isnan(paid).all():
        raise CannotAnswer("No prices are known, so revenue cannot be forecast; ask for units.")
    # A series without a price of its own counts at the mean price of the others.
    return share * np.where(np.isnan(paid), np.nanmean(paid), paid)


def forecast(
    served: Served, panel: Panel, question: Question, *, today: date, currency: str
) -> Forecast:
    """Answer a question about the future.

    Args:
        served: The model that answers.
        panel: The data.
        question: What is asked.
        today: The tenant's local date, from which "too far ahead" and "too old" are counted.
        currency: The unit of money.

    Raises:
        OutOfRange: The period is beyond what can be asked.
        CannotAnswer: The data or prices do not allow it.
    """
    span, clipped = span_of(panel, question.start, question.end, today)
    scope = question.scope
    named = scope.products is not None or scope.stores is not None
    rows, left_out = answerable(panel, panel.rows(scope.products, scope.stores), named=named)
    tried_out, parts = served.notes_of(rows), served.split(rows)
    # Of several models the production model says how errors of a sum go together.
    served = served if len(parts) > 1 else parts[0][0]
    intervals = served.model.intervals
    intervals.require(question.level)
    total, points = _figures(served, panel, rows, span, question)
    unit, money = _unit_of(panel, question.measure, currency)
    metrics = served.model.metrics
    old = freshness_notes(panel, today)
    return Forecast(
        total=total,
        points=points,
        unit=unit,
        start=span.start,
        end=span.end,
        level=question.level,
        cutoff=last_day(panel),
        model=served.id,
        series=len(rows),
        wape_pct=_percent(metrics.get("WAPE")),
        naive_wape_pct=_percent(metrics.get("seasonal_naive_WAPE")),
        notes=(
            *(*old, *clipped, *left_out, *money),
            *(*tried_out, *assumption_notes(panel, rows, span)),
            *intervals.notices,
        ),
    )


def _figures(
    served: Served, panel: Panel, rows: Rows, span: Span, question: Question
) -> tuple[Estimate, tuple[Point, ...]]:
    """Return the total and the points of a forecast; the points' means sum to the total's."""
    parts = blocks(panel, span, question.granularity)
    first, last = int(span.columns[0]), int(span.columns[-1]) + 1
    prediction = served.predict(panel, rows, first, last, question.change)
    weight = _weights(panel, rows, span, question.measure, question.change)
    mean, deviation = prediction.mean * weight, prediction.sd * weight
    intervals = served.model.intervals
    series = panel.series.iloc[rows] if len(rows) > 1 else None

    def added(at: Rows | slice) -> Estimate:
        return intervals.total(mean[:, at], deviation[:, at], question.level, series)

    if mean.size == len(parts):
        # Every part is one period of one series: their bounds are worked out at once.
        bounds = intervals.cells(mean[0], deviation[0], question.level)
        found = [Estimate(*three) for three in np.stack([mean[0], *bounds]).T.tolist()]
    else:
        found = [added(at) for _start, _end, at in parts]
    points = tuple(
        Point(start, end, one.mean, one.lower, one.upper)
        for (start, end, _at), one in zip(parts, found, strict=True)
    )
    whole = found[0] if len(found) == 1 else added(slice(None))
    total = sum(point.mean for point in points)
    return Estimate(total, min(whole.lower, total), max(whole.upper, total)), points


def table(served: Served, panel: Panel, rows: Rows, span: Span, level: float) -> pd.DataFrame:
    """Return every series and period of a span with its own interval.

    Columns `date` (ISO, start of the period), `store`, `product`, `mean`, `lower`, `upper`,
    `unit`; series by series. `mean` is what a single period is quoted as: expected sales, or
    the figure with the least error in percent where the tenant's data say so.
    """
    parts = served.split(rows)
    if len(parts) > 1:
        tables = [table(one, panel, rows[which], span, level) for one, which in parts]
        places = [np.repeat(np.flatnonzero(which), len(span.columns)) for _one, which in parts]
        order = np.argsort(np.concatenate(places), kind="stable")
        return pd.concat(tables).iloc[order].reset_index(drop=True)
    served = parts[0][0]
    first, last = int(span.columns[0]), int(span.columns[-1]) + 1
    prediction = served.predict(panel, rows, first, last)
    mean = prediction.mean.astype(np.float64)
    point = prediction.point.astype(np.float64)
    spread = prediction.sd.astype(np.float64)
    lower, upper = served.model.intervals.bounds(mean, spread, level, quoted=point)
    width = len(span.columns)
    series = panel.series.iloc[np.repeat(rows, width)]
    days = panel.periods[span.columns].strftime("%Y-%m-%d")
    return pd.DataFrame(
        {
            "date": np.tile(days.to_numpy(), len(rows)),
            "store": series["store"].to_numpy(),
            "product": series["product"].to_numpy(),
            "mean": point.ravel(),
            "lower": lower.ravel(),
            "upper": upper.ravel(),
            "unit": panel.unit,
        }
    )


def assumption_notes(panel: Panel, rows: Rows, span: Span) -> list[str]:
    """Return notes naming the known covariates whose plan is not given, or not everywhere."""
    at = np.ix_(rows, span.columns)
    open_days = np.ones(at[0].shape[:1] + at[1].shape[1:], dtype=bool)
    if panel.open is not None and panel.open.shape[1] > panel.history:
        open_days = ~(panel.open[at] == 0)
    lacking = {
        name: float(np.isnan(values[at])[open_days].mean()) if open_days.any() else 0.0
        for name, values in panel.known.items()
    }
    notes = []
    if nowhere := [name for name, share in lacking.items() if share == 1]:
        notes.append(
            f"No plan is given for {', '.join(nowhere)}; it is assumed to repeat as before."
        )
    if partly := [name for name, share in lacking.items() if 0 < share < 1]:
        notes.append(
            f"The plan does not give {', '.join(partly)} for every series and date; there it is "
            "assumed to repeat as before."
        )
    return notes


def _unit_of(panel: Panel, measure: Measure, currency: str) -> tuple[str, list[str]]:
    """Return the unit of figures in a measure, and a note where it is not the one asked for."""
    if panel.target is Target.REVENUE:
        note = [f"These data record revenue ({panel.unit}), not units."]
        return panel.unit, note if measure == "units" else []
    return (panel.unit if measure == "units" else currency), []


def _percent(fraction: object) -> float | None:
    """Return a fraction as percent; None where there is no figure."""
    return 100 * fraction if isinstance(fraction, float) else None
