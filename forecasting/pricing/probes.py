"""Regressors that demand should not answer to, if nothing hidden moves sales and promotions."""

import numpy as np
from numpy.typing import NDArray

from forecasting.pricing.design import CUT
from forecasting.pricing.exposure import Exposure
from forecasting.units import Frequency

Floats = NDArray[np.float64]

BEFORE, EARLIER, ELSEWHERE = "before", "earlier", "elsewhere"


def probes(exposure: Exposure, frequency: Frequency) -> dict[str, Floats]:
    """Return each probe as [n, t].

    `before`: 1 without an offer in the week (or period) before one: the future cannot cause the
    past, so only what planners knew shows here, and in periods longer than a day also an offer
    that began a little before its first whole one. `earlier`: the same one such period further
    back, where no early start can reach. `elsewhere`: share of the other stores with an
    offer of the product where this store has none: a shelf tag in another town sells nothing
    here, so only what moves the product everywhere shows.
    """
    on = (exposure.promoted > 0) | (exposure.log_ratio < -CUT)
    found = {BEFORE: _ahead(on, 7 if frequency is Frequency.DAY else 1) & ~on}
    if frequency is not Frequency.DAY:
        found[EARLIER] = _ahead(on, 2) & ~_ahead(on, 1) & ~on
    numbers = {name: mask.astype(np.float64) for name, mask in found.items()}
    return numbers | {ELSEWHERE: _elsewhere(on, exposure)}


def _ahead(on: NDArray[np.bool_], span: int) -> NDArray[np.bool_]:
    """Return [n, t] whether an offer runs in one of the next `span` periods."""
    ahead = np.zeros_like(on)
    for lag in range(1, span + 1):
        ahead[:, :-lag] |= on[:, lag:]
    return ahead


def _elsewhere(on: NDArray[np.bool_], exposure: Exposure) -> Floats:
    sold = exposure.usable | exposure.censored
    shape = (len(exposure.products), on.shape[1])
    offered, stores = np.zeros(shape), np.zeros(shape)
    np.add.at(offered, exposure.product, on & sold)
    np.add.at(stores, exposure.product, sold)
    others = stores[exposure.product] - sold
    share = offered[exposure.product] / np.maximum(others, 1.0)
    return np.asarray(np.where(~on & (others > 0), share, 0.0), dtype=np.float64)
