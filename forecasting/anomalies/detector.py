"""Find what is not as expected in a panel's history, each day judged by what was known then."""

import numpy as np

from forecasting.anomalies.findings import Finding, Kind, Sensitivity
from forecasting.anomalies.gaps import gaps
from forecasting.anomalies.reasons import MOST_EXPLAINED
from forecasting.anomalies.shifts import shifts
from forecasting.anomalies.watch import Rows, Watch
from forecasting.panel import Matrix, Panel
from forecasting.pricing.response import PriceResponse

# A store's day counts as one finding when this share of its series moved the same way.
_MOST_SERIES = 0.6
_LEAST_SERIES = 4
# Recorded over expected from which a figure looks like a wrong unit rather than a rush; a
# thousandfold from the second on. Whole units delivered in hundredths are whole hundreds.
_WRONG_UNIT = 40.0
_THOUSAND_FROM = 300.0
_LEAST_EXPECTED = 0.5


def detect(
    panel: Panel,
    *,
    response: PriceResponse | None = None,
    rows: Rows | None = None,
    first: int = 0,
    last: int | None = None,
    sensitivity: Sensitivity = "normal",
) -> list[Finding]:
    """Return what is not as expected, newest first.

    Args:
        panel: The history; what happened after a period changes nothing about it.
        response: How demand answers to price and promotion, so that these are expected.
        rows: Only series of these rows; store-wide findings of their stores.
        first: First period column to look at.
        last: Column after the last one; the end of the history by default.
        sensitivity: How many false alarms are borne; see `FALSE_ALARMS`.
    """
    watch = Watch.over(panel, response, sensitivity, first)
    columns = np.arange(first, panel.history if last is None else last)
    chosen = np.arange(panel.n) if rows is None else rows
    whole, taken = _whole_stores(watch, chosen, columns)
    single = _single(watch, chosen, columns, taken)
    missing, shifted = gaps(watch, chosen, columns), shifts(watch, chosen, columns)
    found = [*whole, *single, *missing, *shifted]
    return sorted(found, key=lambda one: (one.start, abs(one.score)), reverse=True)


def _whole_stores(watch: Watch, rows: Rows, columns: Rows) -> tuple[list[Finding], Rows]:
    """Return store-wide findings, and [k, 2] store and column of the days they took."""
    score = watch.scores.store[:, columns]
    limit = max(watch.threshold, 4.0)
    found, taken = [], []
    stores = np.unique(watch.scores.store_of[rows])
    for store, at in zip(*np.nonzero(np.abs(score) > limit), strict=True):
        column = int(columns[at])
        members = _members(watch, int(store), column)
        if store not in stores or not _together(watch, members, column, float(score[store, at])):
            continue
        taken.append((int(store), column))
        found.append(_of_store(watch, members, column, float(score[store, at])))
    return found, np.array(taken, dtype=np.int64).reshape(-1, 2)


def _members(watch: Watch, store: int, column: int) -> Rows:
    known = np.isfinite(watch.panel.sales[:, column]) & np.isfinite(watch.expected.mean[:, column])
    return np.flatnonzero((watch.scores.store_of == store) & known)


def _together(watch: Watch, members: Rows, column: int, score: float) -> bool:
    """Tell whether the store moved as a whole, not by one product alone."""
    if len(members) < _LEAST_SERIES:
        return False
    sold, due = watch.panel.sales[members, column], watch.expected.mean[members, column]
    same_way = (np.sign(sold - due) == np.sign(score)).mean() >= _MOST_SERIES
    typical = np.median((sold + 1) / (due + 1))
    whole = (sold.sum() + 1) / (due.sum() + 1)
    return bool(same_way and np.log(typical) * np.sign(score) > abs(np.log(whole)) / 2)


def _of_store(watch: Watch, members: Rows, column: int, score: float) -> Finding:
    sold, due = watch.panel.sales[members, column], watch.expected.mean[members, column]
    actual, expected, low = float(sold.sum()), float(due.sum()), score < 0
    factor = _factor(float(np.median(sold / np.maximum(due, _LEAST_EXPECTED))), sold)
    kind: Kind = "unit_error" if factor else ("drop" if low else "spike")
    reason = "" if factor else watch.reasons.of_rows(members, column, low=low)
    return Finding(
        kind=kind,
        start=watch.first_day(column),
        end=watch.last_day(column),
        seen=watch.last_day(column),
        store=watch.store(int(members[0])),
        product=None,
        actual=actual,
        expected=expected,
        score=score,
        factor=factor,
        likely_reason=_enough(reason, actual, expected),
        series=len(members),
    )


def _single(watch: Watch, rows: Rows, columns: Rows, taken: Rows) -> list[Finding]:
    score = watch.scores.cell[np.ix_(rows, columns)].copy()
    for store, column in taken:
        score[watch.scores.store_of[rows] == store, column - columns[0]] = np.nan
    found = []
    for at, when in zip(*np.nonzero(np.abs(score) > watch.threshold), strict=True):
        found.append(_of_series(watch, int(rows[at]), int(columns[when]), float(score[at, when])))
    return found


def _of_series(watch: Watch, row: int, column: int, score: float) -> Finding:
    panel = watch.panel
    actual, expected = float(panel.sales[row, column]), float(watch.scores.mean[row, column])
    factor = _factor(actual / max(expected, _LEAST_EXPECTED), panel.sales[[row], column])
    kind: Kind = "spike" if score > 0 else ("zero" if actual == 0 else "drop")
    reason = "" if factor else watch.reasons.of(row, column, low=score < 0)
    return Finding(
        kind="unit_error" if factor else kind,
        start=watch.first_day(column),
        end=watch.last_day(column),
        seen=watch.last_day(column),
        store=watch.store(row),
        product=watch.product(row),
        actual=actual,
        expected=expected,
        score=score,
        factor=factor,
        likely_reason=_enough(reason, actual, expected),
    )


def _factor(ratio: float, sold: Matrix) -> int | None:
    if ratio < _WRONG_UNIT:
        return None
    factor = 1000 if ratio >= _THOUSAND_FROM else 100
    return factor if (np.mod(sold, factor) == 0).all() else None


def _enough(reason: str, actual: float, expected: float) -> str:
    """Return the reason if what happened is of a size that it explains."""
    if reason == "a stock-out":
        return reason
    ratio = actual / max(expected, 1e-9)
    return reason if 1 / MOST_EXPLAINED <= ratio <= MOST_EXPLAINED else ""
