"""Which series a question is about, and how the plan should differ."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Products and stores by catalogue id; None means all."""

    products: tuple[str, ...] | None = None
    stores: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A different plan for the whole period: what is None stays as planned.

    Attributes:
        discount_pct: Percent off the regular price, 0 to 90.
        price: Price actually asked, in the tenant's currency.
        promoted: Whether a promotion runs.
    """

    discount_pct: float | None = None
    price: float | None = None
    promoted: bool | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its prediction interval; the unit stands beside it."""

    mean: float
    lower: float
    upper: float
