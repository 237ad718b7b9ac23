"""The days of a question against the periods of a panel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd

from forecasting.origin import Floats, Rows
from forecasting.panel import Panel
from forecasting.periods import lengths, overlap
from forecasting.units import Frequency
from tenants.errors import CannotAnswer, OutOfRange

Granularity = Literal["total", "day", "week", "month"]

MOST_DAYS_AHEAD = 366


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


def last_day(panel: Panel) -> date:
    """Return the last day that the panel's history covers."""
    return last_day_of(panel, panel.history - 1)


def last_day_of(panel: Panel, column: int) -> date:
    """Return the last day of a period of a panel."""
    start = panel.periods[column]
    days = int(lengths(pd.DatetimeIndex([start]), panel.frequency)[0])
    return start.date() + timedelta(days=days - 1)


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
            f"Sales up to {cutoff} are known already; ask what was sold, or forecast later days."
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
    last = min(furthest, last_day_of(panel, len(panel.periods) - 1))
    if start > last:
        raise CannotAnswer(
            f"The data end on {cutoff}, too long before {start} to forecast it; load newer sales."
        )
    if end > last:
        end = last
        notes.append(f"A forecast from data up to {cutoff} reaches {end} at most.")
    share = overlap(panel.periods[panel.history :], panel.frequency, start, end)
    inside = np.flatnonzero(share > 0)
    return Span(start, end, panel.history + inside, share[inside]), notes


def freshness_notes(panel: Panel, today: date) -> list[str]:
    """Return a note when the data are older than their rhythm allows."""
    cutoff = last_day(panel)
    allowed = 2 if panel.frequency is Frequency.DAY else 2 + round(panel.frequency.days)
    if cutoff >= today - timedelta(days=allowed):
        return []
    return [f"The data end on {cutoff}, {(today - cutoff).days} days ago; load newer sales."]


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
    firsts = starts.to_numpy().astype("datetime64[D]")
    lasts = firsts + (lengths(starts, panel.frequency) - 1)
    cuts = np.array([*np.flatnonzero(np.diff(label, prepend=label[0] - 1)), len(label)])
    begun = np.maximum(firsts[cuts[:-1]], np.datetime64(span.start)).tolist()
    ended = np.minimum(lasts[cuts[1:] - 1], np.datetime64(span.end)).tolist()
    parts = [np.arange(first, after) for first, after in pairwise(cuts.tolist())]
    return list(zip(begun, ended, parts, strict=True))
