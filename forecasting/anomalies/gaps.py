"""Days without any record of what is otherwise recorded every day."""

import numpy as np
import pandas as pd

from forecasting.anomalies.findings import Finding
from forecasting.anomalies.watch import Rows, Watch
from forecasting.panel import Mask, Panel
from forecasting.units import Frequency

_MEMORY = 28
# A series is recorded regularly when this share of its recent periods is on record.
_REGULAR = 0.9
_MOST_SERIES = 0.6
_LEAST_SERIES = 4


def gaps(watch: Watch, rows: Rows, columns: Rows) -> list[Finding]:
    """Return missing records, a store's whole day as one finding.

    Where a missing record means that the shop was closed, or nothing was sold, none is missing.
    A day closed on the same weekday before is not missing either.
    """
    panel = watch.panel
    if panel.closed_when_missing:
        return []
    regular, gone = panel.once("gaps", lambda: _gone(panel))
    chosen = np.zeros(panel.n, dtype=bool)
    chosen[rows] = True
    store_of = watch.scores.store_of
    found = []
    for column in columns[gone[:, columns].any(axis=0)]:
        for store in np.unique(store_of[gone[:, column] & chosen]):
            here = store_of == store
            missing = np.flatnonzero(here & gone[:, column])
            if len(missing) >= max(_LEAST_SERIES, _MOST_SERIES * (here & regular[:, column]).sum()):
                found.append(_finding(watch, missing, int(column), None))
                continue
            for row in missing[chosen[missing] & (panel.last_seen[missing] > column)]:
                one = np.array([row])
                found.append(_finding(watch, one, int(column), watch.product(int(row))))
    return found


def _gone(panel: Panel) -> tuple[Mask, Mask]:
    """Return [n, t] where a record is due, and where it is missing."""
    known = np.isfinite(panel.sales)
    regular = _recently(known, panel.frequency)
    return regular, ~known & regular


def _recently(known: Mask, frequency: Frequency) -> Mask:
    """Tell series on record in nearly all recent periods, and on that weekday a week before."""
    recent = pd.DataFrame(known.T.astype(np.float32)).shift(1).rolling(_MEMORY).mean()
    regular = np.asarray(recent.to_numpy().T >= _REGULAR)
    if frequency is Frequency.DAY:
        regular[:, 7:] &= known[:, :-7]
    return regular


def _finding(watch: Watch, rows: Rows, column: int, product: str | None) -> Finding:
    due = watch.expected.mean[rows, column]
    return Finding(
        kind="missing",
        start=watch.first_day(column),
        end=watch.last_day(column),
        seen=watch.last_day(column),
        store=watch.store(int(rows[0])),
        product=product,
        actual=None,
        expected=float(np.nansum(due)),
        score=-float(len(rows)),
        series=len(rows),
    )
