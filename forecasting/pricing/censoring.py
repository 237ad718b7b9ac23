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


def wanted(sold: Floats, expected: Floats, extra: float) -> Floats:
    """Return what was wanted where at least `sold` was.

    Args:
        sold: Units that were to be had.
        expected: Mean demand by the fit.
        extra: Variance beyond Poisson noise, as a share of the mean squared.
    """
    mean = np.maximum(expected, _LEAST)
    spread = np.sqrt(mean + extra * mean**2)
    above = np.clip((sold - _HALF - mean) / spread, -_FAR, _FAR)
    density = np.exp(-(above**2) / 2) / np.sqrt(2 * np.pi)
    return np.asarray(mean + spread * density / np.exp(log_ndtr(-above)), dtype=np.float64)
