"""One product's planned forecast, and what another price or promotion would make of it."""

import zlib
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from forecasting.panel import Mask, Matrix, Panel
from forecasting.pricing.exposure import reference_price
from forecasting.pricing.market import DRAWS, Elsewhere, Market, Seat, weeks_after
from forecasting.pricing.plan import Asked, Rows, announced, asked
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


@dataclass(frozen=True)
class Outcome:
    """What a plan brings: expected figures, and what they may be given what is not known.

    Attributes:
        units: Expected units.
        revenue: Expected money taken; NaN where no price is known.
        profit: Expected revenue less cost; NaN where no cost is known.
        given_away: Expected money below the regular price.
        units_draws: [draws] units under each possible response and demand.
        revenue_draws: [draws] revenue.
        profit_draws: [draws] profit.
        elsewhere: What it moves beyond the product's own sales of these days, against the plan;
            None where the neighbours are not at hand.
    """

    units: float
    revenue: float
    profit: float
    given_away: float
    units_draws: Floats
    revenue_draws: Floats
    profit_draws: Floats
    elsewhere: Elsewhere | None = None

    def mean(self, objective: str) -> float:
        """Return the expected `units`, `revenue` or `profit`."""
        return float(getattr(self, objective))

    def estimate(self, objective: str, level: float = 80) -> Estimate:
        """Return `units`, `revenue` or `profit` with its interval."""
        return spread(self.mean(objective), getattr(self, f"{objective}_draws"), level)

    def change(self, planned: "Outcome", objective: str, level: float = 80) -> Estimate:
        """Return the difference to another outcome of the same outlook, with its own interval.

        Both share the same demand, so what is not known of demand mostly cancels; what is not
        known of the response does not.
        """
        draws = self.draws(objective) - planned.draws(objective)
        return spread(self.mean(objective) - planned.mean(objective), draws, level)

    def whole_change(self, planned: "Outcome", objective: str, level: float = 80) -> Estimate:
        """Return the difference with what neighbours lose and later weeks miss counted in."""
        mean = self.mean(objective) - planned.mean(objective) + self.moved(objective)
        return spread(mean, self.whole_draws(planned, objective), level)

    def whole_draws(self, planned: "Outcome", objective: str) -> Floats:
        """Return [draws] the possible differences, neighbours and later weeks counted in."""
        own = self.draws(objective) - planned.draws(objective)
        return own if self.elsewhere is None else own + self.elsewhere.possible(objective)

    def moved(self, objective: str, *routes: str) -> float:
        """Return what is expected to move elsewhere, by some routes; by all as a default."""
        return 0.0 if self.elsewhere is None else self.elsewhere.mean(objective, *routes)

    def draws(self, objective: str) -> Floats:
        """Return [draws] the possible values of `units`, `revenue` or `profit`."""
        return np.asarray(getattr(self, f"{objective}_draws"), dtype=np.float64)


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
        return self.under(self.planned)

    def under(self, asked: Asked) -> Outcome:
        """Return what another plan would bring."""
        price, lift = self._steps(asked)
        known, offers = self.known, self._offers(asked)
        added = price * known.elasticity + lift * known.promotion_lift
        elsewhere = None
        if self._seat is not None and offers is not None and asked is not self.planned:
            sold = self.mean * np.exp(added)
            elsewhere = self._seat.elsewhere(asked, added, offers, sold)
        paid, regular = _priced(asked.paid), _priced(asked.regular)
        cells = np.round(np.stack([price, lift, paid, regular]), _DIGITS).reshape(4, -1)
        # Cells at one price answer alike: told apart by a hash of their figures, added up.
        _, one, which = np.unique(_MIX @ cells, return_index=True, return_inverse=True)
        mean = np.bincount(which.ravel(), weights=self.mean.ravel())
        price, lift, paid, regular = cells[:, one].astype(np.float64)
        expected = mean * np.exp(price * known.elasticity + lift * known.promotion_lift)
        by_draw = mean * np.exp(self._draws[:, :1] * price + self._draws[:, 1:2] * lift)
        by_draw *= np.maximum(1 + self.relative_error * self._draws[:, 2:], 0.0)
        unpriced = 1.0 if paid.any() else np.nan
        margin = paid - (np.nan if self.unit_cost is None else self.unit_cost)
        return Outcome(
            units=float(expected.sum()),
            revenue=float((expected * paid).sum() * unpriced),
            profit=float((expected * margin).sum() * unpriced),
            given_away=float((expected * np.maximum(regular - paid, 0.0)).sum()),
            units_draws=by_draw.sum(axis=1),
            revenue_draws=by_draw @ (paid * unpriced),
            profit_draws=by_draw @ (margin * unpriced),
            elsewhere=elsewhere,
        )

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
        if self.unit_cost is None:
            return float("nan")
        paid = asked.paid[self.mean > 0]
        return float((100 * (1 - self.unit_cost / paid)).min()) if paid.size else float("nan")

    def _steps(self, asked: Asked) -> tuple[Floats, Floats]:
        """Return [n, h] twice: how far log price and promotion move from the plan."""
        after = self.known.slopes(asked.ratio, asked.promoted, asked.discount)
        before = self._planned_slopes
        return after[0] - before[0], after[1] - before[1]

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
        return normal


def _priced(price: Matrix) -> Floats:
    """Return prices, a series without one counted at the mean of the others; 0 if none has."""
    known = np.isfinite(price)
    mean = float(price[known].mean()) if known.any() else 0.0
    return np.where(known, price, mean).astype(np.float64)


def spread(mean: float, draws: Floats, level: float) -> Estimate:
    """Return a figure with the interval that holds `level` percent of its draws."""
    tail = (100 - level) / 200
    lower, upper = np.quantile(draws, [tail, 1 - tail])
    return Estimate(mean, float(min(lower, mean)), float(max(upper, mean)))
