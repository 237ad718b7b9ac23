"""Reasons for forecasts worked out beforehand, read back from memory-mapped arrays."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from forecasting.beforehand import Folders
from forecasting.explanation.drivers import Floats
from forecasting.explanation.reasons import NAMES, reasons_of, recent_reasons
from forecasting.forecast_store import AHEAD
from forecasting.lately import Lately, most_kept
from forecasting.model import TrainedModel
from forecasting.origin import Rows
from forecasting.panel import Matrix, Panel

# Changed whenever what is stored, or how it is worked out, changes.
_FORMAT = 1
# So many series-periods are worked out beforehand, of all series alike: four seconds' work. The
# more series, the fewer periods ahead; what is asked beyond them is worked out then.
_MOST_CELLS = 15_000
# Fewer periods ahead than this are not worth keeping.
_LEAST_AHEAD = 7
# Of more series-periods than this, reasons that are not stored are read from a sample of the
# series: half a second's work. On a demo world 20 of 131 series gave every driver of a week within
# 0.4 % of the forecast, of a month within 0.9 %.
_MOST_ASKED = 2_000
_BLOCK = 2_000


@dataclass(frozen=True)
class _Stored:
    """What was worked out of one model and panel.

    Attributes:
        ahead: [drivers, n, periods] from the first period after the history.
        recent: [past drivers, n] of the recent weeks.
    """

    ahead: Matrix
    recent: Floats


@dataclass(frozen=True)
class Account:
    """The reasons of one model for its forecasts from one panel: read where stored, else made.

    Attributes:
        model: The model.
        panel: What it sees.
        stored: What was worked out beforehand, if anything was.
    """

    model: TrainedModel
    panel: Panel
    stored: _Stored | None = None

    def ahead(self, rows: Rows, first: int, last: int) -> Matrix:
        """Return [drivers, rows, periods] for forecasts of columns first to last - 1."""
        edge = min(last, max(first, self._edge))
        parts = []
        if self.stored is not None and edge > first:
            history = self.panel.history
            parts.append(self.stored.ahead[:, :, first - history : edge - history][:, rows])
        if edge < last:
            parts.append(reasons_of(self.model, self.panel, rows, edge, last))
        return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=2)

    def recent(self, rows: Rows) -> Floats:
        """Return [past drivers, rows] of the recent weeks."""
        if self.stored is not None:
            return np.asarray(self.stored.recent[:, rows])
        return recent_reasons(self.model, self.panel, rows)

    def most_series(self, last: int) -> int:
        """Return of how many series reasons up to a column are asked for without a long wait."""
        new = last - max(self._edge, self.panel.history)
        return max(1, _MOST_ASKED // new) if new > 0 else self.panel.n

    @property
    def _edge(self) -> int:
        held = 0 if self.stored is None else self.stored.ahead.shape[2]
        return self.panel.history + held


class Reasoned:
    """The reasons for one tenant's forecasts; safe to share between threads."""

    def __init__(self, folder: Path | None) -> None:
        """Keep them in a folder; None keeps nothing."""
        self._folders = None if folder is None else Folders(folder, _FORMAT)
        self._open: Lately[dict[str, _Stored]] = Lately()

    def account(self, model_id: str, model: TrainedModel, panel: Panel) -> Account:
        """Return the reasons of a model for its forecasts from a panel."""
        known = self._open.of(panel, dict, most=most_kept(panel.sales.size))
        if model_id not in known and (found := self._read(model_id, panel)) is not None:
            known[model_id] = found
        return Account(model, panel, known.get(model_id))

    def fill(self, model_id: str, model: TrainedModel, panel: Panel) -> None:
        """Work out the reasons for all series' coming periods, unless they are there.

        Raises:
            Unavailable: The disk is full or cannot be written to.
        """
        most = min(AHEAD[panel.frequency], len(panel.periods) - panel.history)
        width = min(most, _MOST_CELLS // max(panel.n, 1))
        if self._folders is None or width < min(_LEAST_AHEAD, AHEAD[panel.frequency]):
            return
        if self.account(model_id, model, panel).stored is None:
            self._folders.fill(model_id, panel, lambda draft: _write(draft, model, panel, width))

    def _read(self, model_id: str, panel: Panel) -> _Stored | None:
        if self._folders is None:
            return None
        folder = self._folders.of(model_id, panel)
        try:
            ahead = np.load(folder / "ahead.npy", mmap_mode="r")
            recent = np.load(folder / "recent.npy", mmap_mode="r")
        except OSError:  # what is not there, or cannot be read, is worked out
            return None
        return _Stored(ahead.view(np.ndarray), recent.view(np.ndarray))


def _write(folder: Path, model: TrainedModel, panel: Panel, width: int) -> None:
    ahead = np.empty((len(NAMES), panel.n, width), dtype=np.float32)
    step = max(1, _BLOCK // width)
    for start in range(0, panel.n, step):
        rows = np.arange(start, min(start + step, panel.n))
        ahead[:, rows] = reasons_of(model, panel, rows, panel.history, panel.history + width)
    np.save(folder / "ahead.npy", ahead)
    np.save(folder / "recent.npy", recent_reasons(model, panel, np.arange(panel.n)))
