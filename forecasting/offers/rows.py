"""Training rows for trees that see offers: many past origins, mostly few periods ahead."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.features.contract import Feature, Table
from forecasting.features.offer_table import offer_table
from forecasting.forecasters.base import Progress
from forecasting.offers.origin import OfferOrigin
from forecasting.origin import MONTH, YEAR, Floats, Rows, without_faults
from forecasting.units import Aim

# Horizons drawn at each origin: from the next month, the month after it, and the year after that.
_NEAR, _NEXT, _FAR = 2, 1, 0.2
# Of two histories of this many periods each the older counts half.
_HALF_LIFE_YEARS = 1.2
_MOST_ORIGINS = 120
# A sale below this share of the level counts as this in errors in percent, and most of them at
# that: one tiny sale should not outweigh a hundred others.
_LEAST_RATIO = 0.05
_RELATIVE_VARIANCE = 0.05


@dataclass(frozen=True)
class OfferRows:
    """What the trees learn from.

    Attributes:
        table: [rows, features].
        ratio: [rows] sales relative to the level as of the origin.
        weight: [rows] how much each row says.
        last: The newest period that any feature or target comes from.
    """

    table: Table
    ratio: NDArray[np.float32]
    weight: NDArray[np.float32]
    last: int


def offer_rows(
    demand: Demand, features: Sequence[Feature], *, most: int, seed: int, progress: Progress
) -> OfferRows:
    """Draw training rows from origins spread over the history.

    Args:
        demand: The history to learn from.
        features: Columns of the table.
        most: About how many rows to draw.
        seed: Decides origins, horizons and series.
        progress: Told the fraction done.
    """
    rng = np.random.default_rng(seed)
    panel = demand.panel
    masked = np.where(panel.stocked_out, np.nan, panel.sales)
    target = without_faults(masked.astype(np.float64))
    origins = _origins(demand, most)
    parts = []
    for number, at in enumerate(origins):
        progress(number / len(origins), "building features")
        columns = at + _horizons(demand, panel.history - int(at), rng)
        room = most // (len(origins) * len(columns))
        n = panel.n
        rows = np.arange(n) if room >= n else np.sort(rng.choice(n, max(1, room), replace=False))
        parts.append(_part(OfferOrigin(demand, int(at)), features, target, rows, columns))
    weight = np.concatenate([part.weight for part in parts])
    return OfferRows(
        table=np.concatenate([part.table for part in parts]),
        ratio=np.concatenate([part.ratio for part in parts]),
        weight=np.asarray(weight / (weight.mean() if len(weight) else 1.0), dtype=np.float32),
        last=max(part.last for part in parts),
    )


def _origins(demand: Demand, most: int) -> Rows:
    history, n = demand.panel.history, demand.panel.n
    first = max(1, min(6 * MONTH[demand.panel.frequency], history // 3))
    wanted = int(np.clip(most // (_NEAR * n), 12, _MOST_ORIGINS))
    return np.unique(np.linspace(first, history - 1, min(wanted, history - first)).astype(np.int64))


def _horizons(demand: Demand, most: int, rng: np.random.Generator) -> Rows:
    """Return distinct periods ahead (0 is the next) that lie in the history."""
    month, year = MONTH[demand.panel.frequency], YEAR[demand.panel.frequency]
    drawn = [*rng.choice(month, _NEAR, replace=False), *(month + rng.integers(month, size=_NEXT))]
    if rng.uniform() < _FAR:
        drawn.append(2 * month + rng.integers(max(1, year - 2 * month)))
    inside = [one for one in drawn if one < most]
    return np.unique(np.array(inside or [0], dtype=np.int64))


def _part(
    origin: OfferOrigin, features: Sequence[Feature], target: Floats, rows: Rows, columns: Rows
) -> OfferRows:
    panel = origin.demand.panel
    table = offer_table(features, origin, rows, columns)
    sold = target[np.ix_(rows, columns)]
    level = np.exp(origin.log_level[rows])[:, None]
    shift = origin.shift[rows][:, None]
    keep = (~np.isnan(sold) & origin.has_level[rows][:, None]).ravel()
    ratio = ((sold + shift) / level).ravel()[keep]
    weight = _weight(ratio, np.broadcast_to(level, sold.shape).ravel()[keep], panel.aim)
    years = (panel.history - np.tile(columns, len(rows))[keep]) * panel.frequency.days / 365.25
    return OfferRows(
        table=table[keep],
        ratio=ratio.astype(np.float32),
        weight=(weight * 0.5 ** (years / _HALF_LIFE_YEARS)).astype(np.float32),
        last=int(columns.max()),
    )


def _weight(ratio: Floats, level: Floats, aim: Aim) -> Floats:
    """Return how much rows count: by the error in percent they make, or by their size."""
    if aim is Aim.RELATIVE:
        return np.asarray(1 / np.maximum(ratio, _LEAST_RATIO))
    return np.asarray(level / (1 + _RELATIVE_VARIANCE * level))
