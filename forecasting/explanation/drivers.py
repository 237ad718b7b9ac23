"""What an explanation is made of: named effects that add up, and the items that moved most."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PRICE = "price and discount"
PROMOTION = "promotion"
OFFER = "price and promotion"
"""Both, where they cannot be told apart."""
OTHERS = "offers of other products"
LENGTH = "length of the period"
WEEKDAYS = "days of the week"
SEASON = "season"
HOLIDAYS = "holidays and events"
STOCK = "stock-outs"
RANGE = "new and discontinued items"
LEVEL = "usual level"
RECENT = "recent sales"
TREND = "trend"
PLANS = "other known plans"
REST = "everything else"
MISSING = "days without records"
VOLUME = "volume"
MIX = "mix of items"
REGULAR = "regular prices"
DISCOUNTS = "discounts"
STORE_DAYS = "days on which a whole store was off"
NEWER = "sales since then"
PLANNED = "changed prices, promotions and plans"
CORRECTED = "corrected past data"
MODEL = "another model"

_LOG_ZERO = 1e-12
# As a share of the whole, what rounding may leave.
_DUST = 1e-7


@dataclass(frozen=True, slots=True)
class Driver:
    """One named effect, in the unit of what is explained."""

    name: str
    effect: float


@dataclass(frozen=True, slots=True)
class Mover:
    """One product or store with its share of a change.

    Attributes:
        id: Its id.
        before: Its figure in the reference.
        after: Its figure in what is explained.
    """

    id: str
    before: float
    after: float

    @property
    def change(self) -> float:
        """Return how much it moved."""
        return self.after - self.before


def adding_up(change: float, effects: Mapping[str, float], rest: str) -> tuple[Driver, ...]:
    """Return effects, the largest first, with what they leave as one named `rest`.

    They add up to `change` exactly. Effects of less than a thousandth of the whole are left to
    the rest; where rounding is all that is left, there is no rest.
    """
    size = max(abs(change), *(abs(effect) for effect in effects.values()), 1e-9)
    kept = {name: effect for name, effect in effects.items() if abs(effect) >= size / 1000}
    drivers = [Driver(name, effect) for name, effect in kept.items()]
    drivers.sort(key=lambda one: abs(one.effect), reverse=True)
    left = change - sum(one.effect for one in drivers)
    if drivers and abs(left) <= _DUST * size:
        first = Driver(drivers[0].name, drivers[0].effect + left)
        return (first, *drivers[1:])
    return (*drivers, Driver(rest, left))


def movers(ids: pd.Series, before: Floats, after: Floats, most: int = 5) -> tuple[Mover, ...]:
    """Return the items that moved most, summed over their series; none of only one item."""
    table = pd.DataFrame({"id": ids.astype(str).to_numpy(), "before": before, "after": after})
    total = table.groupby("id", sort=True)[["before", "after"]].sum()
    if len(total) == 1:
        return ()
    order = (total["after"] - total["before"]).abs().sort_values(ascending=False).index[:most]
    return tuple(
        Mover(str(item), float(b), float(a))
        for item, b, a in zip(
            order, total.loc[order, "before"], total.loc[order, "after"], strict=True
        )
    )


def log_mean(one: Floats, other: Floats) -> Floats:
    """Return the logarithmic mean, by which differences of logs become differences of sums."""
    one, other = np.maximum(one, _LOG_ZERO), np.maximum(other, _LOG_ZERO)
    distance = np.log(one) - np.log(other)
    near = np.abs(distance) < 1e-9  # noqa: PLR2004 - as good as equal
    return np.asarray(np.where(near, one, (one - other) / np.where(near, 1.0, distance)))
