"""One product's planned forecast, and what another price or promotion would make of it."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.panel import Mask, Matrix, Panel
from forecasting.pricing.exposure import reference_price
from forecasting.pricing.market import DRAWS, Elsewhere, Market, Seat, weeks_after
from forecasting.pricing.outcome import Outcome, spread
from forecasting.pricing.plan import Asked, Rows, announced, asked, asked_at
from forecasting.pricing.response import PriceResponse, ProductResponse
from forecasting.pricing.rules import Rules
from forecasting.pricing.supply import Supply
from forecasting.scope import Estimate, PlanChange

Floats = NDArray[np.float64]

# Prices and log ratios this close are one price.
_DIGITS = 6
_CENT = 0.005
_SEED = 20260206
_MIX = np.sqrt([2.0, 3.0, 5.0, 7.0])
# Cells of store and period, over all plans, that are worked with at once.
_MOST_CELLS = 20_000


@dataclass(frozen=True)
class Outlook:
    """The planned forecast of one product over stores and periods.

    Attributes:
        product: Its id.
        panel: Where plan and history come from.
        rows: The series.
        columns: First period column, and the one after the last.
        mean: [rows, columns] units expected under the plan, each period cut to the share
            of it that is asked about.
        relative_error: Standard error of their total over the total.
        response: How demand answers; the product is usable in it.
        unit_cost: Cost of a unit, or None where it is not known.
        market: The product among its neighbours; None where only itself is looked at.
        rules: What the retailer has ruled about its price.
        supply: How much of demand stores usually have stock for; None where nothing tells.
    """

    product: str
    panel: Panel
    rows: Rows
    columns: tuple[int, int]
    mean: Floats
    relative_error: float
    response: PriceResponse
    unit_cost: float | None
    market: Market | None = None
    rules: Rules = field(default_factory=Rules)
    supply: Supply | None = None

    @property
    def known(self) -> ProductResponse:
        """Return what is known of the product's response."""
        known = self.response.of(self.product)
        if known is None:
            raise KeyError(self.product)
        return known

    def elasticity(self, level: float) -> Estimate:
        """Return the product's elasticity in these stores together, with its interval."""
        units = self.mean.sum(axis=1)
        strength = self.response.strength(self._stores)
        weighed = float(np.average(strength, weights=units if units.any() else None))
        return spread(self.known.elasticity * weighed, self._draws[:, 0] * weighed, level)

    @cached_property
    def usual(self) -> Matrix:
        """Return [n] the usual price of each series; NaN where none is known."""
        return reference_price(self.panel, self.rows)

    @cached_property
    def planned(self) -> Asked:
        """Return what the plan asks of customers."""
        return self.asked(None)

    @property
    def has_price(self) -> bool:
        """Tell whether any regular price is known in these periods."""
        return bool(np.isfinite(self.planned.regular).any())

    @property
    def one_price(self) -> float | None:
        """Return the regular price where it is the same in every store and period."""
        known = self.planned.regular[np.isfinite(self.planned.regular)]
        return float(known[0]) if known.size and np.ptp(known) < _CENT else None

    def mean_price(self, discount_pct: float | None) -> float | None:
        """Return the mean price asked at a discount (None: as planned), or None if not known."""
        change = None if discount_pct is None else PlanChange(discount_pct=discount_pct)
        return float(np.nanmean(self.asked(change).paid)) if self.has_price else None

    def asked(self, change: PlanChange | None) -> Asked:
        """Return what a change of plan asks of customers."""
        return asked(
            self.panel,
            self.rows,
            self.columns,
            change,
            usual=self.usual,
            announces=self._announces,
        )

    def told(self, discounts: Sequence[float]) -> list[float]:
        """Return those discounts whose prices stay within one step of what was tried."""
        far = [
            bool(beyond.any())
            for one in self._in_parts(discounts)
            for beyond in self.known.beyond(one.ratio, one.discount)
        ]
        return [one for one, is_far in zip(discounts, far, strict=True) if not is_far]

    def is_beyond(self, change: PlanChange) -> bool:
        """Tell whether a change asks a price further than one step from what was tried."""
        asked = self.asked(change)
        return bool(self.known.beyond(asked.ratio, asked.discount).any())

    @cached_property
    def _announces(self) -> Mask:
        return announced(self.panel, self.rows)

    @cached_property
    def as_planned(self) -> Outcome:
        """Return what the plan brings."""
        none = np.zeros((1, *self.mean.shape))
        return self._brought(self.planned.as_several, (none, none), [None])[0]

    def under(self, asked: Asked) -> Outcome:
        """Return what another plan would bring."""
        return self.as_planned if asked is self.planned else self._under(asked.as_several)[0]

    def at(self, discounts: Sequence[float]) -> Iterator[tuple[Asked, Outcome, float]]:
        """Yield what discounts ask, each held throughout, what they bring, and the least margin."""
        for plans in self._in_parts(discounts):
            for n, found in enumerate(zip(self._under(plans), self._margins(plans), strict=True)):
                yield plans.part(n), *found

    def _in_parts(self, discounts: Sequence[float]) -> Iterator[Asked]:
        """Yield [k, n, h] what as many discounts ask as keeps what is worked with small."""
        most = max(1, _MOST_CELLS // max(self.mean.size, 1))
        for start in range(0, len(discounts), most):
            yield asked_at(
                self.panel,
                self.rows,
                self.columns,
                discounts[start : start + most],
                usual=self.usual,
                announces=self._announces,
            )

    def _under(self, plans: Asked) -> list[Outcome]:
        """Return what each of several other plans would bring."""
        price, lift = steps = self._steps(plans)
        moved: Iterable[Elsewhere | None] = [None] * len(price)
        if self._seat is not None:
            added = price * self.known.elasticity + lift * self.known.promotion_lift
            sold = self.mean * np.exp(added)
            moved = self._seat.elsewhere(plans, added, self._seat.added_by(plans), sold)
        return self._brought(plans, steps, moved)

    def _brought(
        self, plans: Asked, steps: tuple[Floats, Floats], moved: Iterable[Elsewhere | None]
    ) -> list[Outcome]:
        """Return what plans bring.

        Args:
            plans: What they ask, [k, n, h].
            steps: [k, n, h] twice how far each moves log price and promotion.
            moved: [k] what each moves elsewhere.
        """
        paid, regular = _priced(plans.paid), _priced(plans.regular)
        cells = np.round(np.stack([*steps, paid, regular]), _DIGITS).reshape(4, -1)
        # Cells of a plan at one price answer alike: told apart by a hash, and added up.
        _, alike = np.unique(_MIX @ cells, return_inverse=True)
        start = np.arange(len(paid)) * cells.shape[1]
        key, one, which = np.unique(
            start.repeat(self.mean.size) + alike.ravel(), return_index=True, return_inverse=True
        )
        mean = np.bincount(which.ravel(), np.tile(self.mean.ravel(), len(paid))).astype(np.float64)
        first = np.searchsorted(key, start)
        return self._summed(cells[:, one].astype(np.float64), mean, first, moved)

    def _summed(
        self, cells: Floats, mean: Floats, first: Rows, moved: Iterable[Elsewhere | None]
    ) -> list[Outcome]:
        """Return the outcome of each plan.

        Args:
            cells: [4, c] steps of price and lift, price asked and regular price of each cell.
            mean: [c] units expected under the plan on record.
            first: [k] the first cell of each plan.
            moved: [k] what each moves elsewhere.
        """
        (price, lift, paid, regular), known = cells, self.known
        expected = mean * np.exp(price * known.elasticity + lift * known.promotion_lift)
        by_draw = mean * np.exp(self._draws[:, :1] * price + self._draws[:, 1:2] * lift)
        by_draw *= np.maximum(1 + self.relative_error * self._draws[:, 2:], 0.0)
        lengths = np.diff(np.append(first, len(mean)))
        has_price = np.maximum.reduceat(paid, first) > 0
        paid = np.where(has_price.repeat(lengths), paid, np.nan)
        margin = paid - (np.nan if self.unit_cost is None else self.unit_cost)
        given = expected * np.maximum(regular - np.nan_to_num(paid), 0.0)
        sums = [np.add.reduceat(expected * each, first) for each in (1.0, paid, margin)]
        draws = [np.add.reduceat(by_draw * each, first, axis=1) for each in (1.0, paid, margin)]
        away = np.add.reduceat(given, first)
        return [
            Outcome(
                units=float(sums[0][n]),
                revenue=float(sums[1][n]),
                profit=float(sums[2][n]),
                given_away=float(away[n]),
                units_draws=draws[0][:, n],
                revenue_draws=draws[1][:, n],
                profit_draws=draws[2][:, n],
                elsewhere=each,
            )
            for n, each in enumerate(moved)
        ]

    def added(self, asked: Asked) -> Floats:
        """Return [n, h] log points that another plan adds to demand beyond the plan on record."""
        price, lift = self._steps(asked)
        known = self.known
        return np.asarray(price * known.elasticity + lift * known.promotion_lift)

    def sold(self, asked: Asked) -> Floats:
        """Return [n, h] the units expected in each period under another plan."""
        return np.asarray(self.mean * np.exp(self.added(asked)))

    def served(self, asked: Asked) -> Floats:
        """Return [n, h] the share of demand under a plan that stores usually have stock for.

        Nothing is counted off for it: it is told, so that somebody orders. Only the next two
        weeks may be short, an order's weekly turn and its week on the way: who decides on an offer
        of later days can order for it.
        """
        share = np.ones(self.mean.shape)
        offers = self._offers(asked)
        soon = self.panel.history + weeks_after(self.panel) - self.columns[0]
        if self.supply is None or offers is None or soon <= 0:
            return share
        factor = np.exp(offers.mean(axis=1))
        off = asked.discount.mean(axis=1).astype(np.float64)
        share[:, :soon] = self.supply.served(factor, off)[:, None]
        return share

    def stocked(self, asked: Asked) -> float:
        """Return the share of all units under a plan that stores usually have stock for."""
        wanted = self.sold(asked)
        return float(np.average(self.served(asked), weights=wanted)) if wanted.any() else 1.0

    def _offers(self, asked: Asked) -> Floats | None:
        """Return [n, h] log points that the offers of a plan add at the regular price."""
        return None if self._seat is None else self._seat.added_by(asked)

    @cached_property
    def _seat(self) -> Seat | None:
        return None if self.market is None else Seat(self.market, self.rows, self.known)

    def least_margin_pct(self, asked: Asked) -> float:
        """Return the lowest margin of any store and period, percent of the price; or NaN."""
        return self._margins(asked.as_several)[0]

    def _margins(self, plans: Asked) -> list[float]:
        """Return [k] the lowest margin under each of several plans."""
        sells = self.mean > 0
        if self.unit_cost is None or not sells.any():
            return [float("nan")] * len(plans.ratio)
        lowest: list[float] = (
            (100 * (1 - self.unit_cost / plans.paid[:, sells])).min(axis=1).tolist()
        )
        return lowest

    def _steps(self, asked: Asked) -> tuple[Floats, Floats]:
        """Return [..., n, h] twice: how far log price and promotion move from the plan.

        Where a store's customers answer more strongly than others, as much further.
        """
        after = self.known.slopes(asked.ratio, asked.promoted, asked.discount)
        strength = self.response.strength(self._stores)[:, None]
        price, lift = (
            strength * (one - other) for one, other in zip(after, self._planned_slopes, strict=True)
        )
        return price, lift

    @property
    def _stores(self) -> pd.Series:
        return self.panel.series["store"].iloc[self.rows]

    @cached_property
    def _planned_slopes(self) -> tuple[Floats, Floats]:
        plan = self.planned
        return self.known.slopes(plan.ratio, plan.promoted, plan.discount)

    @cached_property
    def _draws(self) -> Floats:
        """Return [draws, 3]: elasticity, lift, and demand in standard errors."""
        # The same draws for every question, so that two plans differ only by themselves; those of
        # demand are common to all products, as a good or bad week is.
        own = np.random.default_rng([_SEED, zlib.crc32(self.product.encode())])
        common = np.random.default_rng(_SEED)
        normal = np.hstack(
            [own.standard_normal((DRAWS // 2, 2)), common.standard_normal((DRAWS // 2, 1))]
        )
        normal = np.vstack([normal, -normal])
        centre = np.array([self.known.elasticity, self.known.promotion_lift])
        value, vector = np.linalg.eigh(self.response.covariance(self.product))
        root = vector * np.sqrt(np.maximum(value, 0.0))
        normal[:, :2] = centre + normal[:, :2] @ root.T
        error = self.response.strength_error(self._stores, self.mean.sum(axis=1))
        if error:
            names = "\n".join(sorted(set(self._stores.astype(str))))
            drawn = np.random.default_rng([_SEED, zlib.crc32(names.encode())])
            half = drawn.standard_normal((DRAWS // 2, 1))
            normal[:, :2] *= 1 + error * np.vstack([half, -half])
        return normal


def _priced(price: Matrix) -> Floats:
    """Return [k, n, h] prices, one not known counted at the mean of its plan's; 0 if none is."""
    known = np.isfinite(price)
    count = known.sum(axis=(1, 2), keepdims=True)
    mean = np.where(known, price, 0.0).sum(axis=(1, 2), keepdims=True) / np.maximum(count, 1)
    return np.where(known, price, mean).astype(np.float64)
