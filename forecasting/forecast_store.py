"""Forecasts worked out beforehand, read back from memory-mapped arrays."""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from forecasting.beforehand import Folders
from forecasting.model import Prediction, TrainedModel
from forecasting.origin import Rows
from forecasting.panel import Matrix, Panel
from forecasting.units import Frequency

AHEAD = {Frequency.DAY: 91, Frequency.WEEK: 13, Frequency.MONTH: 12}
"""Periods that are worked out beforehand: what people mostly ask about."""

# Changed whenever what is stored, or how a model's figures are worked out, changes.
_FORMAT = 1
# Cells worked out at once, which bounds memory whatever the number of series.
_CELLS = 500_000
_FIGURES = tuple(field.name for field in fields(Prediction))


@dataclass(frozen=True)
class StoredForecasts:
    """The forecasts of one model from one panel.

    Attributes:
        panel: What they were worked out from; they hold for no other.
        figures: [n, periods] by figure of a prediction, from the first period after the history.
    """

    panel: Panel
    figures: dict[str, Matrix]

    @property
    def width(self) -> int:
        """Return how many periods are stored."""
        return int(next(iter(self.figures.values())).shape[1])

    def prediction(self, panel: Panel, rows: Rows, first: int, last: int) -> Prediction | None:
        """Return what `TrainedModel.predict` would; None for other panels or later periods."""
        start = first - panel.history
        width = last - first
        if panel is not self.panel or start < 0 or start + width > self.width:
            return None
        # One row is a view of the map, and all of them in order need no list of rows either.
        if len(rows) == 1:
            which: slice | Rows = slice(int(rows[0]), int(rows[0]) + 1)
        else:
            which = slice(None) if len(rows) == panel.n else rows
        found = {
            name: values[which, start : start + width] for name, values in self.figures.items()
        }
        return Prediction(**found)


class ForecastStore:
    """The forecasts of one tenant that are worked out beforehand."""

    def __init__(self, folder: Path) -> None:
        self._folders = Folders(folder, _FORMAT)

    def open(self, model_id: str, panel: Panel) -> StoredForecasts | None:
        """Return the forecasts of a model from a panel, or None where there are none yet."""
        folder = self._folders.of(model_id, panel)
        try:
            mapped = {
                name: np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray)
                for name in _FIGURES
            }
        except OSError:  # what is not there, or cannot be read, is worked out
            return None
        return StoredForecasts(panel, mapped)

    def fill(self, model_id: str, model: TrainedModel, panel: Panel) -> StoredForecasts | None:
        """Work out every series' coming periods, unless they are there, and return them.

        Raises:
            Unavailable: The disk is full or cannot be written to.
        """
        found = self.open(model_id, panel)
        if found is not None or len(panel.periods) == panel.history:
            return found
        self._folders.fill(model_id, panel, lambda draft: _write(draft, model, panel))
        return self.open(model_id, panel)


def _write(folder: Path, model: TrainedModel, panel: Panel) -> None:
    width = min(AHEAD[panel.frequency], len(panel.periods) - panel.history)
    shape, step = (panel.n, width), max(1, _CELLS // max(1, width))
    maps = {
        name: np.lib.format.open_memmap(
            folder / f"{name}.npy", mode="w+", dtype=np.float32, shape=shape
        )
        for name in _FIGURES
    }
    for start in range(0, panel.n, step):
        rows = np.arange(start, min(start + step, panel.n))
        found = model.predict(panel, rows, panel.history, panel.history + width)
        for name, values in maps.items():
            values[start : start + len(rows)] = getattr(found, name)
    for values in maps.values():
        values.flush()
