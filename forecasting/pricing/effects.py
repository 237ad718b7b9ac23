"""Multiplicative effects that are not price: levels, weekdays, shared shocks, local level.

Each effect is a ratio of observed to expected sums over a group, drawn towards one in the
measure of its noise (the gamma prior of a Poisson mean); how far effects spread beyond noise
is read off the data.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Groups = NDArray[np.int64]

_WIDEST = 50.0


@dataclass(frozen=True)
class Grouping:
    """A partition of the cells of a panel.

    Attributes:
        cell: [n, t] the group of each cell, counted from 0.
        least: The smallest variance of its effects the prior may assume.
        most: The largest.
    """

    cell: Groups
    least: float = 1e-4
    most: float = 1.0


def effect(grouping: Grouping, observed: Floats, expected: Floats) -> Floats:
    """Return [n, t] the ratio of observed to expected of each cell's group, shrunk to one.

    Args:
        grouping: Which cells share an effect.
        observed: [n, t] sales scaled to unit dispersion; 0 where unusable.
        expected: [n, t] their expectation without this effect; 0 where unusable.
    """
    seen, due = _sums(grouping.cell, observed), _sums(grouping.cell, expected)
    prior = 1 / _spread(seen, due, grouping)
    return _ratio(seen, due, prior)[grouping.cell]


def shrinkage(grouping: Grouping, observed: Floats, expected: Floats) -> tuple[Floats, Floats]:
    """Return [groups] the sums expected and the share of a group's own mean that is kept."""
    seen, due = _sums(grouping.cell, observed), _sums(grouping.cell, expected)
    prior = 1 / _spread(seen, due, grouping)
    return due, due / (due + prior)


def shares_within(
    grouping: Grouping, product: Groups, observed: Floats, expected: Floats
) -> tuple[Grouping, Floats]:
    """Return a product's part in each shared effect, as a partition of its own with its shares.

    A product's regressor is zero in the sales of others, so that a shared effect can follow it
    only as far as the product makes up the group.
    """
    due, kept = shrinkage(grouping, observed, expected)
    key = product[:, None] * (int(grouping.cell.max()) + 1) + grouping.cell
    _, first, cell = np.unique(key, return_index=True, return_inverse=True)
    cell = cell.reshape(key.shape).astype(np.int64)
    of = grouping.cell.ravel()[first]
    return Grouping(cell), kept[of] * _sums(cell, expected) / np.maximum(due[of], 1e-9)


def precision(grouping: Grouping, observed: Floats, expected: Floats) -> float:
    """Return how firmly the group effects are drawn towards one."""
    seen, due = _sums(grouping.cell, observed), _sums(grouping.cell, expected)
    return 1 / _spread(seen, due, grouping)


def partial_out(
    columns: Floats, weight: Floats, groupings: tuple[tuple[Grouping, Floats], ...], sweeps: int
) -> Floats:
    """Return the columns [k, n, t] less what (shrunken) group means explain of them.

    Args:
        columns: Regressors.
        weight: [n, t] working weights; 0 where unusable.
        groupings: Each grouping with the share [groups] of the group mean to take away.
        sweeps: How often to go through the groupings in turn.
    """
    rest = columns.copy()
    sums = [np.maximum(_sums(grouping.cell, weight), 1e-9) for grouping, _ in groupings]
    for column in rest:
        _take_out(column, weight, groupings, sums, sweeps)
    return rest


def explained(
    field: Floats, weight: Floats, groupings: tuple[tuple[Grouping, Floats], ...], sweeps: int
) -> list[Floats]:
    """Return [n, t] by grouping what its (shrunken) group means explain of a field [n, t]."""
    sums = [np.maximum(_sums(grouping.cell, weight), 1e-9) for grouping, _ in groupings]
    taken = _take_out(field.copy(), weight, groupings, sums, sweeps)
    return [one[grouping.cell] for one, (grouping, _) in zip(taken, groupings, strict=True)]


def _take_out(
    column: Floats,
    weight: Floats,
    groupings: tuple[tuple[Grouping, Floats], ...],
    sums: list[Floats],
    sweeps: int,
) -> list[Floats]:
    """Take group means out of a column in place, and return them by grouping."""
    taken = [np.zeros(len(share)) for _, share in groupings]
    for _ in range(sweeps):
        for at, (grouping, share) in enumerate(groupings):
            column += taken[at][grouping.cell]
            mean = _sums(grouping.cell, weight * column) / sums[at]
            taken[at] = share * mean
            column -= taken[at][grouping.cell]
    return taken


def _sums(cell: Groups, values: Floats) -> Floats:
    flat = np.bincount(cell.ravel(), weights=values.ravel(), minlength=int(cell.max()) + 1)
    return np.asarray(flat, dtype=np.float64)


def _ratio(seen: Floats, due: Floats, prior: float) -> Floats:
    return np.asarray(np.clip((seen + prior) / (due + prior), 1 / _WIDEST, _WIDEST))


def _spread(seen: Floats, due: Floats, grouping: Grouping) -> float:
    """Return the variance of the group effects beyond noise, by moments."""
    full = due > 1.0
    if full.sum() < 3:  # noqa: PLR2004 - fewer groups show no spread
        return grouping.least
    seen, due = seen[full], due[full]
    excess = ((seen - due) ** 2 - due).sum() / (due**2).sum()
    return float(np.clip(excess, grouping.least, grouping.most))
