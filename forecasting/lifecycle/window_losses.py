"""What a model got wrong on stretches of the past, kept with it so that models can be compared.

A training's trial forecasts several stretches of the past by copies that had not seen them. Of
each stretch the first week is kept (or the first period of coarser data): such windows do not
overlap, and another model's errors on the same windows can be set beside them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from forecasting.lifecycle.gate import Losses, WindowErrors
from forecasting.panel import Panel
from forecasting.units import Frequency

PERIODS = {Frequency.DAY: 7, Frequency.WEEK: 1, Frequency.MONTH: 1}
"""How many periods ahead of its origin a window reaches, where it is kept with a model."""

KEPT = "windows_ahead"
"""The metric it is kept as."""

EVERYTHING = "all"
# Of more stores than this only the sum is kept.
_MOST_SEGMENTS = 12
_DIGITS = 3


def by_store(panel: Panel, actual: Losses, mean: Losses) -> Losses:
    """Return [3, stores] sums of |error|, error and |actual| over what is known."""
    stores = panel.series["store"].astype("category").cat.codes.to_numpy()
    error = mean - actual
    count = int(stores.max(initial=-1)) + 1
    rows = (np.nansum(values, axis=1) for values in (np.abs(error), error, np.abs(actual)))
    return np.stack([np.bincount(stores, weights=row, minlength=count) for row in rows])


def window_errors(panel: Panel, starts: Sequence[int], losses: Sequence[Losses]) -> WindowErrors:
    """Return windows' losses, as `by_store` gives them, by their first day."""
    absolute, signed, actual = np.stack(losses, axis=1)
    stores = panel.series["store"].astype("category").cat.categories
    return WindowErrors(
        starts=tuple(panel.periods[start].date() for start in starts),
        segments=tuple(str(store) for store in stores),
        absolute=absolute,
        signed=signed,
        actual=actual,
    )


def few_segments(errors: WindowErrors) -> WindowErrors:
    """Return the errors, added up over all stores where there are many."""
    return errors if len(errors.segments) <= _MOST_SEGMENTS else altogether(errors)


def altogether(errors: WindowErrors) -> WindowErrors:
    """Return the errors added up over all stores."""
    added = (
        one.sum(axis=1, keepdims=True) for one in (errors.absolute, errors.signed, errors.actual)
    )
    return WindowErrors(errors.starts, (EVERYTHING,), *added)


def to_metric(errors: WindowErrors, frequency: Frequency) -> dict[str, Any]:
    """Return the errors as JSON can hold them."""
    arrays = {name: getattr(errors, name) for name in ("absolute", "signed", "actual")}
    return {
        "periods": PERIODS[frequency],
        "starts": [day.isoformat() for day in errors.starts],
        "segments": list(errors.segments),
    } | {name: np.round(values, _DIGITS).tolist() for name, values in arrays.items()}


def from_metric(metrics: Mapping[str, Any], frequency: Frequency) -> WindowErrors | None:
    """Return what was kept with a model; None where nothing was, or of other windows."""
    kept = metrics.get(KEPT)
    if not isinstance(kept, Mapping) or kept["periods"] != PERIODS[frequency]:
        return None
    absolute, signed, actual = (
        np.array(kept[name], dtype=np.float64) for name in ("absolute", "signed", "actual")
    )
    return WindowErrors(
        starts=tuple(np.array(kept["starts"], dtype="datetime64[D]").tolist()),
        segments=tuple(kept["segments"]),
        absolute=absolute,
        signed=signed,
        actual=actual,
    )
