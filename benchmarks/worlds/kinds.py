"""The kinds of retail worlds: how demand answers a discount, and when promotions are planned."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# At this depth all shapes of response agree, so that worlds differ by shape and not by strength.
ANCHOR = 0.2
KINK = 0.08
SATURATES_AT = 0.1
# Of how much people still remember of last week's prices, and how much a surprise counts.
MEMORY, SURPRISE = 0.8, 0.6

Shape = Literal["log-log", "semi-log", "kinked", "saturating", "reference"]
Driver = Literal["listed", "category", "product", "store"]


@dataclass(frozen=True)
class Kind:
    """What a world is like.

    Attributes:
        shape: How log demand bends with depth; `reference`: against what people are used to.
        towards: +1: promotions are planned when demand is high; -1: when it is low.
        driver: What planners look at: `listed` (calendar and events on record), or a driver in
            no table, of a `category`, `product` or `store` by week.
        step: Days in a period, 1 or 7.
        level: Units a day that a product usually sells in a store.
        short: Stores go on ordering by their rule whatever is advised; elsewhere who decides on
            a discount orders for it.
    """

    shape: Shape
    towards: int
    driver: Driver = "listed"
    step: int = 1
    level: float = 8.0
    short: bool = False

    @property
    def hidden(self) -> bool:
        """Tell whether the planner's driver is in no table."""
        return self.driver != "listed"


KINDS: dict[str, Kind] = {
    "loglog-busy": Kind("log-log", 1),
    "loglog-slow": Kind("log-log", -1),
    "semilog-busy": Kind("semi-log", 1),
    "semilog-slow": Kind("semi-log", -1),
    "kinked-busy": Kind("kinked", 1),
    "kinked-slow": Kind("kinked", -1),
    "saturating-busy": Kind("saturating", 1),
    "saturating-slow": Kind("saturating", -1),
    "reference-busy": Kind("reference", 1),
    "reference-slow": Kind("reference", -1),
    "weekly-loglog-slow": Kind("log-log", -1, step=7),
    "weekly-semilog-busy": Kind("semi-log", 1, step=7),
    "sparse-semilog-slow": Kind("semi-log", -1, level=1.2),
    "short-loglog-busy": Kind("log-log", 1, short=True),
    "hidden-category-busy": Kind("log-log", 1, "category"),
    "hidden-category-slow": Kind("log-log", -1, "category"),
    "hidden-product-busy": Kind("semi-log", 1, "product"),
    "hidden-product-slow": Kind("log-log", -1, "product"),
    "hidden-store-busy": Kind("log-log", 1, "store"),
}


def bent(shape: Shape, elasticity: Floats, depth: Floats) -> Floats:
    """Return log points that a discount of this depth (a fraction) adds to demand.

    All shapes give what a constant elasticity gives at 20 % off.

    Args:
        shape: How it bends.
        elasticity: Percent more units per percent more price, at the anchor; negative.
        depth: Discount, broadcastable to the elasticity.
    """
    full = elasticity * np.log(1 - ANCHOR)
    if shape == "semi-log":
        return np.asarray(full * depth / ANCHOR)
    if shape == "kinked":
        return np.asarray(full * np.maximum(0.0, depth - KINK) / (ANCHOR - KINK))
    if shape == "saturating":
        return np.asarray(full * np.expm1(-depth / SATURATES_AT) / np.expm1(-ANCHOR / SATURATES_AT))
    return np.asarray(elasticity * np.log(1 - depth))


def announced(shape: Shape, depth: Floats) -> Floats:
    """Return where a promotion is noticed beyond its price: 1.0 or 0.0."""
    return np.asarray(depth > (KINK if shape == "kinked" else 0.0), dtype=np.float64)
