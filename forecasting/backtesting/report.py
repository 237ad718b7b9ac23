"""What a backtest found: errors beside seasonal naive's, and ranges promised against held."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np

from forecasting.metrics import Accuracy


@dataclass(frozen=True)
class Comparison:
    """Model and seasonal naive on the same pairs.

    Attributes:
        name: Which part of the backtest, e.g. `days 1-7`, a store id, `promoted`.
        model: Errors of the trained model.
        naive: Errors of seasonal naive.
        coverage: By level, the share of actuals inside the model's intervals.
        pinball: Mean pinball loss of the intervals' bounds, in the unit of sales.
    """

    name: str
    model: Accuracy
    naive: Accuracy
    coverage: dict[str, float]
    pinball: float

    @property
    def skill(self) -> float:
        """Return by what fraction the model's WAPE is below seasonal naive's; negative: above."""
        return 1 - self.model.wape / self.naive.wape if self.naive.wape > 0 else float("nan")

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "name": self.name,
            "model": self.model.to_dict(),
            "seasonal_naive": self.naive.to_dict(),
            "skill": _finite(self.skill),
            "coverage": {level: _finite(value) for level, value in self.coverage.items()},
            "pinball": _finite(self.pinball),
        }


@dataclass(frozen=True)
class Promise:
    """How often intervals of one kind held what came.

    Attributes:
        what: `single periods`, or what was added up.
        count: How many intervals.
        held: By level in percent, the share that held.
    """

    what: str
    count: int
    held: dict[str, float]

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        held = {level: _finite(share) for level, share in self.held.items()}
        return {"what": self.what, "count": self.count, "held": held}


@dataclass(frozen=True)
class Backtest:
    """What a rolling-origin backtest found.

    Attributes:
        horizon: Periods ahead that were forecast.
        overall: All windows together.
        windows: One comparison a window, oldest first, named by its first day.
        by_horizon: Near to far.
        by_store: By store id; the largest ones when there are many.
        by_volume: Tenths of the series, those that sell least first; empty for few series.
        by_promotion: Promoted or not; empty where no promotion is known.
        by_flag: With and without each known covariate that is on or off.
        promises: Promised against held, of single periods and of sums.
        unit: What errors that are not fractions are measured in.
        cutoff: Last day with data.
        notes: What a reader must know, in sentences.
    """

    horizon: int
    overall: Comparison
    windows: tuple[Comparison, ...]
    by_horizon: tuple[Comparison, ...]
    by_store: tuple[Comparison, ...]
    by_volume: tuple[Comparison, ...]
    by_promotion: tuple[Comparison, ...]
    by_flag: tuple[Comparison, ...]
    promises: tuple[Promise, ...]
    unit: str
    cutoff: date
    notes: tuple[str, ...]

    @property
    def tables(self) -> dict[str, tuple[Comparison, ...]]:
        """Return the comparisons by part, in order."""
        names = [one.name for one in fields(self) if one.name.startswith("by_")]
        return {name: getattr(self, name) for name in ("windows", *names)}

    @property
    def naive_won(self) -> tuple[str, ...]:
        """Return the parts in which seasonal naive had the lower WAPE."""
        found = [
            f"{table.removeprefix('by_')} {one.name}"
            for table, parts in self.tables.items()
            for one in parts
            if one.skill < 0
        ]
        return tuple(found)

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        tables = {name: [one.to_dict() for one in parts] for name, parts in self.tables.items()}
        return {
            "horizon": self.horizon,
            "unit": self.unit,
            "cutoff": self.cutoff.isoformat(),
            "notes": list(self.notes),
            "overall": self.overall.to_dict(),
            **tables,
            "promises": [one.to_dict() for one in self.promises],
            "naive_won": list(self.naive_won),
        }


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None
