"""How demand bends with the depth of a cut: a small family, weighed by how well each fits.

All shapes give what a constant elasticity gives at 20 % off, so an elasticity means the same in
all of them. `log`: constant elasticity. `straight`: log demand rises by the point (semi-log).
`kinked`: a cut below some depth goes unnoticed, announced or not; `early`: the first points do
most (a threshold and a saturation, as Gupta and Cooper, 1992, found of discounts). One shape holds
for a whole tenant; it is the family's mean weighed by quasi-likelihood, so that no shape is
believed beyond what tells it from the others (Bayesian model averaging; Hoeting, Madigan, Raftery
and Volinsky, 1999).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_ANCHOR = 0.2
_FULL = float(-np.log(1 - _ANCHOR))
_KINKS = {"kinked_5": 0.05, "kinked_8": 0.08, "kinked_11": 0.11}
_EARLY = {"early_10": 0.1, "early_20": 0.2}
FAMILY = ("log", "straight", *_KINKS, *_EARLY)
# A promotion without a cut is noticed by its sign; less than this is no cut.
_NO_CUT = 0.01
_MOST_PCT = 95.0
# Sales of one week are not independent: the likelihood counts for a part of what it says.
_TEMPER = 0.1
# A constant elasticity is believed unless sales say otherwise.
_PRIOR = 0.0025
_NOTHING = 0.05


@dataclass(frozen=True, slots=True)
class Bend:
    """A mean of the family.

    Attributes:
        weights: Share of each shape of `FAMILY`; they sum to 1.
    """

    weights: tuple[float, ...]

    @classmethod
    def only(cls, name: str) -> "Bend":
        """Return one shape of the family."""
        return cls(tuple(float(name == each) for each in FAMILY))

    @classmethod
    def weighed(cls, likelihoods: Floats) -> "Bend":
        """Return the mean of the family by its log quasi-likelihoods; tiny shares are left out."""
        share = np.exp(_TEMPER * (likelihoods - likelihoods.max()))
        share[1:] *= _PRIOR
        share /= share.sum()
        share[share < _NOTHING] = 0.0
        return cls(tuple((share / share.sum()).tolist()))

    def slopes(self, log_ratio: Floats, cut: Floats, promoted: Floats) -> tuple[Floats, Floats]:
        """Return log demand per unit of elasticity, and per unit of lift.

        Args:
            log_ratio: Log of the price asked over the usual one.
            cut: The part of it that is a discount; the rest is a move of the regular price.
            promoted: 1 while a promotion runs.
        """
        if self.plain:
            return log_ratio, promoted
        return log_ratio - cut + self.price(cut), self.noticed(cut, promoted)

    @property
    def plain(self) -> bool:
        """Tell whether it is a constant elasticity."""
        return self.weights[0] == 1.0

    def price(self, log_ratio: Floats) -> Floats:
        """Return what takes the place of the log price ratio; itself above the usual price."""
        depth = np.maximum(0.0, -np.expm1(np.minimum(log_ratio, 0.0)))
        total = np.zeros_like(log_ratio)
        for name, weight in zip(FAMILY, self.weights, strict=True):
            if weight:
                total += weight * (-log_ratio if name == "log" else _shape(name, depth))
        return np.asarray(np.where(log_ratio < 0, -total, log_ratio))

    def noticed(self, log_ratio: Floats, promoted: Floats) -> Floats:
        """Return how much of a promotion is noticed at its price."""
        depth = -np.expm1(np.minimum(log_ratio, 0.0))
        blind = np.zeros_like(log_ratio)
        for name, kink in _KINKS.items():
            weight = self.weights[FAMILY.index(name)]
            if weight:
                blind += weight * ((depth <= kink) & (depth > _NO_CUT))
        return np.asarray(promoted * (1 - blind))


def cut_of(discount: NDArray[np.floating]) -> Floats:
    """Return the log of one less the discount: the part of a price that bends, in fit and use.

    Args:
        discount: Percent off the regular price; NaN and below zero count as none.
    """
    off = np.nan_to_num(discount).astype(np.float64)
    return np.asarray(np.log1p(-np.clip(off, 0.0, _MOST_PCT) / 100))


PLAIN = Bend.only("log")


def _shape(name: str, depth: Floats) -> Floats:
    if name in _KINKS:
        kink = _KINKS[name]
        return np.asarray(_FULL * np.maximum(0.0, depth - kink) / (_ANCHOR - kink))
    if name in _EARLY:
        scale = _EARLY[name]
        return np.asarray(_FULL * np.expm1(-depth / scale) / np.expm1(-_ANCHOR / scale))
    return np.asarray(_FULL * depth / _ANCHOR)
