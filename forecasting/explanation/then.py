"""What an earlier forecast saw, laid out beside what is known now."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from forecasting.model import TrainedModel
from forecasting.origin import Rows
from forecasting.panel import Matrix, Panel

# The matrices that hold the plan, and those of past records.
_PLAN = ("price", "discount", "promoted", "open")
_RECORDS = ("sales", "stocked_out", "price", "discount", "promoted")


@dataclass(frozen=True)
class Then:
    """An earlier model with the data it saw.

    Attributes:
        panel: The data as they stand.
        model: The earlier model; the same where only data are newer.
        earlier: The data it saw.
    """

    panel: Panel
    model: TrainedModel
    earlier: Panel

    @cached_property
    def places(self) -> Rows:
        """Return [n] where each series of the panel was in the earlier one; -1: not there."""
        place = {pair: at for at, pair in enumerate(self.earlier.ids)}
        return np.array([place.get(pair, -1) for pair in self.panel.ids], dtype=np.int64)

    @cached_property
    def cut(self) -> int:
        """Return how many of today's columns were history then."""
        return int(self.panel.periods.searchsorted(self.earlier.cutoff, side="right"))

    def column_then(self, column: int) -> int:
        """Return where a column of today's panel is in the earlier one."""
        return int(self.earlier.periods.searchsorted(self.panel.periods[column]))


@dataclass(frozen=True)
class SeenThen:
    """States between the earlier data and today's; None where nothing changes from the one before.

    Attributes:
        corrected: Past records as they read now, with the plan of then.
        planned: The same, with today's plan.
    """

    corrected: Panel | None
    planned: Panel | None


def seen_then(then: Then) -> SeenThen:
    """Return the states in between, kept for the next question about the same two."""
    return then.panel.once("states since then", lambda: _between(then), then.earlier)


def _between(then: Then) -> SeenThen:
    if then.earlier is then.panel:
        return SeenThen(None, None)
    cut = then.panel.until(then.cut)
    laid = _with_plan_of(then, cut)
    corrected = None if _same_records(then, cut) else laid or cut
    return SeenThen(corrected, None if laid is None else cut)


def _with_plan_of(then: Then, cut: Panel) -> Panel | None:
    """Return today's records of then with the plan of then; None where the plan is the same."""
    now = np.flatnonzero(then.places >= 0)
    was = then.places[now]
    first, start = then.cut, then.column_then(then.cut)
    width = min(len(cut.periods) - first, len(then.earlier.periods) - start)
    ahead, before = slice(first, first + width), slice(start, start + width)
    changes: dict[str, Any] = {}

    def laid(now_values: Matrix, then_values: Matrix) -> Matrix | None:
        planned = then_values[was, before]
        same = np.array_equal(now_values[now, ahead], planned, equal_nan=planned.dtype.kind == "f")
        if same:
            return None
        values = now_values.copy()
        values[now, ahead] = planned
        return values

    for name in _PLAN:
        both = getattr(cut, name), getattr(then.earlier, name)
        if both[0] is None or both[1] is None or both[0].shape[1] <= first:
            continue
        if (values := laid(*both)) is not None:
            changes[name] = values
    for name in ("known", "events"):
        ours, theirs = getattr(cut, name), getattr(then.earlier, name)
        # Codes of words that were added since mean something else.
        alike = [
            one
            for one in ours
            if one in theirs and cut.categories.get(one) == then.earlier.categories.get(one)
        ]
        found = {one: laid(ours[one], theirs[one]) for one in alike}
        if any(values is not None for values in found.values()):
            kept = {one: values for one, values in found.items() if values is not None}
            changes[name] = ours | kept
    return replace(cut, **changes) if changes else None


def _same_records(then: Then, cut: Panel) -> bool:
    """Tell whether past sales, stock-outs and prices read as they did."""
    if then.cut != then.earlier.history:
        return False  # the data begin elsewhere now
    now = np.flatnonzero(then.places >= 0)
    was = then.places[now]
    for name in _RECORDS:
        ours, theirs = getattr(cut, name)[:, : then.cut], getattr(then.earlier, name)
        past = theirs[:, : then.cut][was]
        if not np.array_equal(ours[now], past, equal_nan=past.dtype.kind == "f"):
            return False
    return True
