"""Training rows: many past origins, so that features look as they will when forecasting."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.features import Feature, Table, build
from forecasting.forecasters.base import Progress
from forecasting.origin import MONTH, Floats, Origin, Rows, without_faults
from forecasting.units import Aim, Frequency

NEAR = {Frequency.DAY: 56, Frequency.WEEK: 8, Frequency.MONTH: 6}
"""Periods ahead that most forecasts are for."""
FAR = {Frequency.DAY: 366, Frequency.WEEK: 53, Frequency.MONTH: 12}
"""Periods ahead that a forecast may be for."""

# Of the horizons trained on, this share lies beyond the near ones.
_FAR_SHARE = 0.2
# With fewer origins than this a model learns accidents of single weeks; where rows are short, each
# origin takes fewer series instead.
_LEAST_ORIGINS = 60
_MOST_ORIGINS = 90
_HORIZONS_AN_ORIGIN = 10
# Noise of a series of mean m: m counts as many as m / (1 + m * this) of its units. Small series
# are noisy by counting, large ones by this relative variance.
_RELATIVE_VARIANCE = 0.05
# Beyond this a ratio says only that the base was next to nothing.
_MOST_RATIO = 1e6
# From so many years on enough rows remain when only those are kept whose last year is known.
_SEASON_YEARS = 1.4
# A row this many years older counts half.
_HALF_WEIGHT_YEARS = 1.5


@dataclass(frozen=True)
class TrainingRows:
    """What the model learns from.

    Attributes:
        table: [rows, features].
        ratio: [rows] demand at the usual price relative to the base as of the origin.
        weight: [rows] how much each row says; mean 1.
        last: The newest period that any feature or target comes from.
    """

    table: Table
    ratio: NDArray[np.float32]
    weight: NDArray[np.float32]
    last: int


def training_rows(
    demand: Demand,
    features: Sequence[Feature],
    *,
    most: int,
    seed: int,
    progress: Progress,
) -> TrainingRows:
    """Draw training rows from origins spread over the history.

    Args:
        demand: The history to learn from.
        features: Columns of the table.
        most: About how many rows to draw.
        seed: Decides origins and horizons.
        progress: Told the fraction done.
    """
    rng = np.random.default_rng(seed)
    history = demand.panel.history
    target = without_faults(demand.adjusted.astype(np.float64))
    origins, horizons = _origins(demand, most, rng)
    parts = []
    for number, at in enumerate(origins):
        progress(number / len(origins), "building features")
        columns = at + _horizons(demand.panel.frequency, history - at, horizons, rng)
        rows = _drawn(demand.panel.n, most // (len(origins) * len(columns)), rng)
        parts.append(_part(Origin(demand, int(at)), features, target, rows, columns))
    weight = np.concatenate([part.weight for part in parts])
    return TrainingRows(
        table=np.concatenate([part.table for part in parts]),
        ratio=np.concatenate([part.ratio for part in parts]),
        weight=np.asarray(weight / (weight.mean() if len(weight) else 1.0), dtype=np.float32),
        last=max(part.last for part in parts),
    )


def _origins(demand: Demand, most: int, rng: np.random.Generator) -> tuple[Rows, int]:
    """Return origins, oldest first, and how many horizons to draw at each."""
    history, month = demand.panel.history, MONTH[demand.panel.frequency]
    first = max(1, min(2 * month, history // 3))
    wanted = most // (demand.panel.n * _HORIZONS_AN_ORIGIN)
    count = int(np.clip(wanted, _LEAST_ORIGINS, _MOST_ORIGINS))
    count = min(count, max(1, history - first))
    step = (history - first) / count
    # A random day of each stretch, so that every weekday is an origin.
    origins = (first + step * (np.arange(count) + rng.uniform(0, 1, count))).astype(np.int64)
    origins = np.unique(np.clip(origins, 1, history - 1))
    horizons = max(_HORIZONS_AN_ORIGIN, most // (demand.panel.n * len(origins)))
    return origins, horizons


def _horizons(
    frequency: Frequency, most: int, count: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Return distinct periods ahead (0 is the next), mostly near, that lie in the history."""
    near = min(NEAR[frequency], most)
    far = min(FAR[frequency], most)
    beyond = min(round(count * _FAR_SHARE), far - near)
    close = rng.choice(near, size=min(count - beyond, near), replace=False)
    distant = near + rng.choice(far - near, size=beyond, replace=False) if beyond else close[:0]
    return np.sort(np.concatenate([close, distant]))


def _drawn(n: int, room: int, rng: np.random.Generator) -> Rows:
    if room >= n:
        return np.arange(n)
    return np.sort(rng.choice(n, size=max(1, room), replace=False))


def _part(
    origin: Origin, features: Sequence[Feature], target: Floats, rows: Rows, columns: Rows
) -> TrainingRows:
    demand = origin.demand
    table, base = build(features, origin, rows, columns)
    base = base.ravel()
    sold = target[np.ix_(rows, columns)].ravel()
    keep = (base > 0) & ~np.isnan(sold)
    if origin.seasonal and demand.panel.history >= _SEASON_YEARS * origin.year:
        # Ratios to a base without the season would have the trees add the season once more.
        keep &= origin.season_known(rows, columns).ravel()
    years = (demand.panel.history - np.tile(columns, len(rows))) * (
        demand.panel.frequency.days / 365.25
    )
    weight = 0.5 ** (years / _HALF_WEIGHT_YEARS)
    if demand.panel.aim is Aim.RELATIVE:
        # A percentage of nothing is not defined.
        keep &= sold > 0
    else:
        size = base * demand.factor[np.ix_(rows, columns)].ravel()
        weight *= size / (1 + _RELATIVE_VARIANCE * size)
    return TrainingRows(
        table=table[keep],
        ratio=np.minimum(sold[keep] / base[keep], _MOST_RATIO).astype(np.float32),
        weight=weight[keep].astype(np.float32),
        last=int(columns.max()),
    )
