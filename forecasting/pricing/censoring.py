"""Sales on days when the shelf was empty: at least so much was wanted.

Leaving such days out would keep the weaker of the promoted days and make promotions look weaker
than they are. Instead what was wanted is filled in as expected, given that it was no less than
what was sold (the expectation step of Dempster, Laird and Rubin, 1977, for a censored count,
taken as normal about the fitted mean; Tobin, 1958).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

Floats = NDArray[np.float64]

_FAR = 6.0
_LEAST = 1e-3
# A count of c stands for what lies above c - 1/2.
_HALF = 0.5


def told(sold: Floats, expected: Floats, extra: float) -> Floats:
    """Return how much such a day tells of its mean, as a share of what a day with stock tells.

    What is filled in is known only as far as it was not left to guess (the missing information
    of Orchard and Woodbury, 1972): little where far less was to be had than people wanted.

    Args:
        sold: Units that were to be had.
        expected: Mean demand by the fit.
        extra: Variance beyond Poisson noise, as a share of the mean squared.
    """
    above, _spread = _above(sold, expected, extra)
    hazard = _hazard(above)
    return np.asarray(np.clip(hazard * (hazard - above), 0.0, 1.0))


def wanted(sold: Floats, expected: Floats, extra: float) -> Floats:
    """Return what was wanted where at least `sold` was.

    Args:
        sold: Units that were to be had.
        expected: Mean demand by the fit.
        extra: Variance beyond Poisson noise, as a share of the mean squared.
    """
    above, spread = _above(sold, expected, extra)
    mean = np.maximum(expected, _LEAST)
    return np.asarray(mean + spread * _hazard(above), dtype=np.float64)


def _above(sold: Floats, expected: Floats, extra: float) -> tuple[Floats, Floats]:
    """Return how many standard deviations above the mean was sold, and the deviation."""
    mean = np.maximum(expected, _LEAST)
    spread = np.sqrt(mean + extra * mean**2)
    return np.clip((sold - _HALF - mean) / spread, -_FAR, _FAR), spread


def _hazard(above: Floats) -> Floats:
    density = np.exp(-(above**2) / 2) / np.sqrt(2 * np.pi)
    return np.asarray(density / np.exp(log_ndtr(-above)))
