"""What was sold: sums and sales-weighted means over products, stores and days."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from forecasting.origin import Floats, Rows
from forecasting.panel import Panel
from forecasting.periods import overlap
from forecasting.scope import Scope
from forecasting.spans import Granularity, Span, blocks
from forecasting.units import Target
from tenants.errors import CannotAnswer, OutOfRange

HistoryMeasure = Literal["units", "revenue", "price", "discount"]
GroupBy = Literal["product", "store", "category", "day", "week", "month"]
Order = Literal["desc", "asc"]

_PERIODS: dict[str, Granularity] = {"day": "day", "week": "week", "month": "month"}


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One group of past sales.

    Attributes:
        key: The product's or store's id, the category's name, or the first day (ISO).
        start: First day covered.
        end: Last day covered.
        value: The measure; None where nothing is known.
        previous: The same in the period compared to; None without one.
        change_pct: 100 * (value - previous) / previous; None where it cannot be said.
    """

    key: str
    start: date
    end: date
    value: float | None
    previous: float | None
    change_pct: float | None


@dataclass(frozen=True)
class HistorySummary:
    """An answer about the past.

    Attributes:
        value: The measure over everything asked for; None where nothing is known.
        unit: `units`, a currency code, a currency code per unit, or `percent`.
        previous: The same in the period compared to; None without one.
        change_pct: 100 * (value - previous) / previous; None where it cannot be said.
        rows: By group, ordered; at most `top` of them.
        groups: How many groups there are in all.
        start: First day covered.
        end: Last day covered.
        series: How many series have sales in the period.
        notes: Sentences that must be said along with the figures.
    """

    value: float | None
    unit: str
    previous: float | None
    change_pct: float | None
    rows: tuple[HistoryRow, ...]
    groups: int
    start: date
    end: date
    series: int
    notes: tuple[str, ...]


def summarise(
    panel: Panel,
    scope: Scope,
    start: date,
    end: date,
    *,
    measure: HistoryMeasure = "units",
    group_by: GroupBy | None = None,
    top: int | None = None,
    order: Order = "desc",
    compare: tuple[date, date] | None = None,
    currency: str = "",
) -> HistorySummary:
    """Add up past sales.

    Args:
        panel: The data.
        scope: Which series.
        start: First day.
        end: Last day, included; both inside the history.
        measure: Sums of units or revenue, or sales-weighted means of price or discount.
        group_by: Split by item or by time.
        top: Keep so many groups.
        order: Largest first or smallest first; groups of time stay in their order without `top`.
        compare: First and last day of a period to compare with.
        currency: The unit of money.

    Raises:
        OutOfRange: The period lies outside the history.
        CannotAnswer: The data lack what the measure needs.
    """
    rows = panel.rows(scope.products, scope.stores)
    if not len(rows):
        raise CannotAnswer("That product was never sold in that store; there is no history.")
    sums = _Sums(panel, rows, measure)
    span, notes = _span(panel, start, end)
    earlier = None if compare is None else _span(panel, *compare)[0]
    found = _groups(sums, panel, rows, (span, earlier), group_by)
    value = sums.whole(span)
    previous = None if earlier is None else sums.whole(earlier)
    return HistorySummary(
        value=value,
        unit=_unit(panel, measure, currency),
        previous=previous,
        change_pct=_change(value, previous),
        rows=tuple(_ordered(found, group_by, top, order)),
        groups=len(found),
        start=span.start,
        end=span.end,
        series=int((~np.isnan(panel.sales[np.ix_(rows, span.columns)])).any(axis=1).sum()),
        notes=(*_measure_notes(panel, measure), *notes),
    )


@dataclass(frozen=True)
class _Part:
    """One group: its key, its days, and positions of its series and columns."""

    key: str
    start: date
    end: date
    rows: Rows
    columns: Rows


class _Sums:
    """Figures of one measure: a sum, or one sum over another."""

    def __init__(self, panel: Panel, rows: Rows, measure: HistoryMeasure) -> None:
        sold = panel.sales[rows].astype(np.float64)
        self._below: Floats | None = None
        if measure == "units":
            self._above = sold
        elif measure == "revenue":
            self._above = _money(panel)[rows]
        elif panel.target is Target.REVENUE:
            raise CannotAnswer(
                f"These data record revenue, not units, so there is no {measure}; ask for revenue."
            )
        elif measure == "price":
            self._above = _money(panel)[rows]
            self._below = np.where(np.isnan(self._above), np.nan, sold)
        else:
            discount = panel.discount[rows, : panel.history].astype(np.float64)
            self._above, self._below = sold * discount, sold

    def over(self, span: Span, rows: Rows, columns: Rows) -> float | None:
        """Return the figure over some series and columns of a span; None if nothing is known."""
        at = np.ix_(rows, span.columns[columns])
        share = span.share[columns]
        if np.isnan(self._above[at]).all():
            return None
        above = float(np.nansum(self._above[at] * share))
        if self._below is None:
            return above
        below = float(np.nansum(self._below[at] * share))
        return above / below if below > 0 else None

    def whole(self, span: Span) -> float | None:
        """Return the figure over all series and columns of a span."""
        return self.over(span, np.arange(len(self._above)), np.arange(len(span.columns)))


def _groups(
    sums: _Sums,
    panel: Panel,
    rows: Rows,
    spans: tuple[Span, Span | None],
    group_by: GroupBy | None,
) -> list[HistoryRow]:
    span, earlier = spans
    split = _split(panel, rows, span, group_by)
    before = [] if earlier is None else _split(panel, rows, earlier, group_by)
    return [
        _row(sums, part, span, _match(before, number, part, group_by), earlier)
        for number, part in enumerate(split)
    ]


def _money(panel: Panel) -> Floats:
    if panel.revenue is None:
        raise CannotAnswer("No prices and no revenue are recorded; ask for units.")
    return panel.revenue.astype(np.float64)


def _span(panel: Panel, start: date, end: date) -> tuple[Span, list[str]]:
    share = overlap(panel.periods, panel.frequency, pd.Timestamp(start), pd.Timestamp(end))
    columns = np.flatnonzero(share[: panel.history] > 0)
    if not len(columns):
        first = panel.periods[0].date()
        raise OutOfRange(f"The data begin on {first} and do not cover {start} to {end}.")
    notes = []
    if (share[columns] < 1).any():
        word = panel.frequency.word
        notes.append(f"The data are recorded by the {word}; part {word}s count by their days.")
    return Span(start, end, columns, share[columns]), notes


def _split(panel: Panel, rows: Rows, span: Span, group_by: GroupBy | None) -> list[_Part]:
    every = np.arange(len(span.columns))
    if group_by is None:
        return []
    if group_by in _PERIODS:
        series = np.arange(len(rows))
        return [
            _Part(start.isoformat(), start, end, series, at)
            for start, end, at in blocks(panel, span, _PERIODS[group_by])
        ]
    column = "product_category" if group_by == "category" else group_by
    if column not in panel.series:
        raise CannotAnswer("The products have no categories; group by product instead.")
    keys = panel.series[column].iloc[rows].fillna("").astype(str).to_numpy()
    return [
        _Part(key, span.start, span.end, np.flatnonzero(keys == key), every)
        for key in sorted(set(keys))
    ]


def _match(before: list[_Part], number: int, part: _Part, group_by: GroupBy | None) -> _Part | None:
    """Return the same item in the period before, or the period of the same place in it."""
    if group_by in _PERIODS:
        return before[number] if number < len(before) else None
    return next((one for one in before if one.key == part.key), None)


def _row(
    sums: _Sums, part: _Part, span: Span, match: _Part | None, earlier: Span | None
) -> HistoryRow:
    value = sums.over(span, part.rows, part.columns)
    previous = None
    if match is not None and earlier is not None:
        previous = sums.over(earlier, match.rows, match.columns)
    return HistoryRow(part.key, part.start, part.end, value, previous, _change(value, previous))


def _ordered(
    rows: list[HistoryRow], group_by: GroupBy | None, top: int | None, order: Order
) -> list[HistoryRow]:
    if group_by in _PERIODS and top is None:
        return rows
    known = [row for row in rows if row.value is not None]
    sign = -1 if order == "desc" else 1
    ranked = sorted(known, key=lambda row: sign * (row.value or 0.0))
    return [*ranked, *(row for row in rows if row.value is None)][:top]


def _change(value: float | None, previous: float | None) -> float | None:
    if value is None or previous is None or previous <= 0:
        return None
    return 100 * (value - previous) / previous


def _unit(panel: Panel, measure: HistoryMeasure, currency: str) -> str:
    if measure == "discount":
        return "percent"
    if measure == "price":
        return f"{currency} per unit"
    money = panel.target is Target.REVENUE
    return panel.unit if money or measure == "units" else currency


def _measure_notes(panel: Panel, measure: HistoryMeasure) -> list[str]:
    if measure == "units" and panel.target is Target.REVENUE:
        return [f"These data record revenue ({panel.unit}), not units."]
    return []
