"""How the members of an ensemble are put together, and what its figures are quoted as."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.origin import Floats, Rows
from forecasting.selection.segments import Segments

# In logarithms a member's forecast is not taken for less than this share of the highest.
_LEAST_SHARE = 0.02
_HALF = 0.5


@dataclass(frozen=True)
class Blend:
    """Convex weights of the members by segment.

    Attributes:
        members: Names, in the order of the weights.
        segments: Which series share weights.
        weights: [segments, members], each row adding up to 1.
    """

    members: tuple[str, ...]
    segments: Segments
    weights: tuple[tuple[float, ...], ...]

    def of(self, demand: Demand, rows: Rows) -> Floats:
        """Return [rows, members] the weights of each series."""
        return np.array(self.weights)[self.segments.of(demand, rows)]

    def without_idle(self) -> "Blend":
        """Return the blend of only those members that have a weight anywhere."""
        table = np.array(self.weights)
        busy = np.flatnonzero(table.any(axis=0))
        return Blend(
            tuple(self.members[place] for place in busy),
            self.segments,
            tuple(tuple(float(one) for one in row) for row in table[:, busy]),
        )

    def to_json(self) -> str:
        """Return it as JSON text."""
        return json.dumps(asdict(self), indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Blend":
        """Read what `to_json` wrote."""
        stored = json.loads(text)
        return cls(
            members=tuple(stored["members"]),
            segments=Segments(tuple(stored["segments"]["volumes"])),
            weights=tuple(tuple(row) for row in stored["weights"]),
        )


def combined(centres: Sequence[NDArray[np.floating]], weights: Floats) -> Floats:
    """Return the weighted mean of forecasts.

    Args:
        centres: By member, each of one shape, first axis the series or cells.
        weights: [series or cells, members].
    """
    wide = weights.reshape(*weights.shape, *(1,) * (centres[0].ndim - 1))
    found: Floats = np.zeros(centres[0].shape)
    for number, one in enumerate(centres):
        found += wide[:, number] * one
    return found


def logarithms(centres: Sequence[NDArray[np.floating]]) -> list[Floats]:
    """Return the logarithms of forecasts, none far below the highest; of nothing but zeros, 0."""
    highest = np.maximum.reduce([np.asarray(one, dtype=np.float64) for one in centres])
    least = np.where(highest > 0, _LEAST_SHARE * highest, 1.0)
    return [np.log(np.maximum(one, least)) for one in centres]


@dataclass(frozen=True)
class Corrections:
    """Factors from the centre that an ensemble forecasts to the figures that are quoted.

    Attributes:
        segments: Which series share factors.
        expected: [segments][not promoted, promoted] to expected sales.
        relative: The same to the figure with the least error in percent.
    """

    segments: Segments
    expected: tuple[tuple[float, float], ...]
    relative: tuple[tuple[float, float], ...]

    @classmethod
    def none(cls) -> "Corrections":
        """Return factors of 1."""
        return cls(Segments(()), ((1.0, 1.0),) * 2, ((1.0, 1.0),) * 2)

    def of(self, demand: Demand, rows: Rows, columns: Rows) -> tuple[Floats, Floats]:
        """Return [rows, columns] factors to expected sales and to the relative figure."""
        segment = self.segments.of(demand, rows)[:, None]
        on = promoted(demand, rows, columns).astype(np.int64)
        return np.array(self.expected)[segment, on], np.array(self.relative)[segment, on]

    def to_json(self) -> str:
        """Return it as JSON text."""
        return json.dumps(asdict(self), indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Corrections":
        """Read what `to_json` wrote."""
        stored = json.loads(text)
        return cls(
            segments=Segments(tuple(stored["segments"]["volumes"])),
            expected=tuple((row[0], row[1]) for row in stored["expected"]),
            relative=tuple((row[0], row[1]) for row in stored["relative"]),
        )


def promoted(demand: Demand, rows: Rows, columns: Rows) -> NDArray[np.bool_]:
    """Return [rows, columns] where something is on: a promotion, or the first known flag."""
    cells = np.ix_(rows, columns)
    on: NDArray[np.bool_] = demand.panel.promoted[cells] > _HALF
    for flag in list(demand.flags.values())[:1]:
        on = on | flag[cells]
    return on
