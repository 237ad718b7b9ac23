"""What offers take from neighbours and from later sales, by category and over all of them.

Nobody stocks up on bread, everybody on detergent: categories differ, and each tells of itself only
roughly. So each category's mean is drawn towards that of all, in the measure of its error against
how far categories differ (random effects; DerSimonian and Laird, 1986). A category's error is
jackknifed over stretches of history, since its products share what else happened then.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from forecasting.pricing.answers import Share, Spillover
from forecasting.pricing.design import AFTER, LATER, NEIGHBOURS
from forecasting.pricing.fitting import Fit
from forecasting.pricing.uncertainty import student

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

# Fewer categories do not tell how far categories differ.
_FEWEST = 3
_LEAST_VARIANCE = 1e-12


def spillovers(
    result: Fit, known: Mask, group: NDArray[np.int64], names: Sequence[str]
) -> dict[str, Spillover]:
    """Return what each route moves, log points per log point of price.

    Args:
        result: The fit.
        known: [p] products that can be told about.
        group: [p] number of each one's category.
        names: The categories' names, by number.
    """
    return {
        route: _of_route(result, result.names.index(route), known, group, names)
        for route in (AFTER, LATER, NEIGHBOURS)
    }


def _of_route(
    result: Fit, at: int, known: Mask, group: NDArray[np.int64], names: Sequence[str]
) -> Spillover:
    variance = result.covariance[:, at, at]
    is_shared = result.names[at] == NEIGHBOURS
    told = known & (variance > _LEAST_VARIANCE)
    if not told.any():
        return Spillover(0.0, 0.0)
    values, moves = result.coefficients[:, at], result.moves[:, :, at]
    numbers = np.unique(group[told])
    own = np.array(
        [
            _mean(values[mine], variance[mine], None if is_shared else moves[mine])
            for mine in told & (group == numbers[:, None])
        ]
    )
    centre, doubt, spread = _drawn_together(own[:, 0], own[:, 1])
    if len(numbers) < _FEWEST:
        return Spillover(centre, doubt)
    kept = spread / (spread + np.square(own[:, 1]))
    shares = {
        names[number]: Share(
            value=float(weight * value + (1 - weight) * centre),
            own=float(np.sqrt(weight) * its_error),
            common=float((1 - weight) * doubt),
        )
        for number, weight, (value, its_error) in zip(numbers, kept, own, strict=True)
    }
    return Spillover(centre, doubt, shares)


def _mean(values: Floats, variance: Floats, moves: Floats | None) -> tuple[float, float]:
    """Return the mean over a category's products, and its standard error.

    Args:
        values: [p] estimates.
        variance: [p] of each.
        moves: [p, g] how far each moves when a stretch of history is left out; None where the
            products share one estimate, and so one error.
    """
    weight = 1 / (variance + np.median(variance))
    weight /= weight.sum()
    if moves is None:
        return float(weight @ values), float(weight @ np.sqrt(variance))
    moved = weight @ moves
    freedom = np.array([max(1.0, (moved != 0).sum() - 1.0)])
    return float(weight @ values), float(np.sqrt((moved**2).sum() * student(freedom)[0]))


def _drawn_together(values: Floats, errors: Floats) -> tuple[float, float, float]:
    """Return the random-effects mean of several estimates, its error, and their variance."""
    precision = 1 / np.square(np.maximum(errors, np.sqrt(_LEAST_VARIANCE)))
    centre = np.average(values, weights=precision)
    excess = (precision * (values - centre) ** 2).sum() - (len(values) - 1)
    scale = precision.sum() - (precision**2).sum() / precision.sum()
    spread = max(0.0, float(excess / scale)) if scale > 0 else 0.0
    weight = 1 / (1 / precision + spread)
    return float(np.average(values, weights=weight)), float(weight.sum() ** -0.5), spread
