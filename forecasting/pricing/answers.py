"""What is known of how demand answers to price and promotion, product by product."""

import json
from dataclasses import MISSING, asdict, dataclass, field, fields
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.panel import Matrix
from forecasting.pricing.curvature import FAMILY, PLAIN, Bend, cut_of
from forecasting.pricing.falsification import Check
from forecasting.pricing.stores import Strength

STEP_POINTS = 5.0
_LOWEST = 0.02
_ROUNDING_POINTS = 0.1
# Log points: no price or promotion is believed to multiply or divide demand by more than 1,000.
_WIDEST_EFFECT = 6.9

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Share:
    """One category's part in a spillover.

    Attributes:
        value: As in the spillover.
        own: The part of its standard error that is this category's alone.
        common: The part that all categories share.
    """

    value: float
    own: float
    common: float


@dataclass(frozen=True, slots=True)
class Spillover:
    """An effect on other sales, pooled over products: log points per log point of price.

    Attributes:
        value: Positive `neighbours`: a cut takes sales from the category. Negative `after`:
            sales after a cut are lower, having been pulled forward.
        error: Its standard error.
        shares: By category, where there are enough of them to tell them apart.
    """

    value: float
    error: float
    shares: dict[str, Share] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProductResponse:
    """One row of a response's table; see `PriceResponse`."""

    elasticity: float
    elasticity_se: float
    promotion_lift: float
    promotion_lift_se: float
    covariance: float
    combined: bool
    promoted_periods: int
    price_changes: int
    min_discount: float
    max_discount: float
    lowest_ratio: float
    highest_ratio: float
    usable: bool
    why_not: str
    evidence: str = "observational"
    flips_at_pct: float = 0.0
    cuts_recorded: bool = True
    bend: Bend = PLAIN

    def slopes(
        self, price_ratio: Matrix, promoted: Matrix, discount: Matrix
    ) -> tuple[Floats, Floats]:
        """Return [n, h] twice: log demand per unit of elasticity, and per unit of lift.

        Args:
            price_ratio: [n, h] price asked over the usual price.
            promoted: [n, h] 1 while a promotion runs.
            discount: [n, h] the percent of the price that are off in it.
        """
        price, cut = _told(
            price_ratio,
            discount,
            ratios=(self.lowest_ratio, self.highest_ratio),
            deepest=self.max_discount if self.cuts_recorded else 0.0,
        )
        runs = np.nan_to_num(promoted).astype(np.float64)
        lift = np.zeros_like(runs) if self.combined else runs
        return self.bend.slopes(price, cut, lift)

    def beyond(self, price_ratio: Matrix, discount: Matrix) -> NDArray[np.bool_]:
        """Tell which prices lie further than one step from what was tried.

        A discount counts by its depth where discounts are on record, whatever the regular price
        has become since; other prices count by their ratio to the usual one.

        Args:
            price_ratio: [n, h] price asked over the usual price.
            discount: [n, h] the percent of the price that are off in it; below zero where more
                than the regular price is asked.
        """
        step = STEP_POINTS + _ROUNDING_POINTS
        high = 100 * price_ratio > 100 * self.highest_ratio + step
        if self.cuts_recorded:
            return np.asarray((discount > self.max_discount + step) | (high & (discount < 0)))
        return np.asarray((100 * price_ratio < 100 * self.lowest_ratio - step) | high)


@dataclass(frozen=True)
class PriceResponse:
    """Elasticity and promotion lift of every product, with what was tried.

    Attributes:
        table: One row a product (index `product`): `elasticity`, `elasticity_se`,
            `promotion_lift`, `promotion_lift_se` (log points), `covariance` (of the two),
            `combined` (promotion cannot be told from its price; the lift is inside the
            elasticity), `price_changes`, `min_discount`, `max_discount` (tried, percent),
            `lowest_ratio`, `highest_ratio` (tried, price over usual price), `cuts_recorded`
            (discounts are on record, so what was tried is told by their depth), `usable` (its
            factor counts in forecasts), `why_not` (no advice may be given, and why),
            `evidence` (`observational`: not proven by an experiment), `flips_at_pct` (how many
            percent more a hidden driver would have to sell in offers than else to explain the
            deepest one's effect away; the lower 95 % bound). The last two are missing where
            nothing can be told of any product.
        spillovers: `after` and `later` (one and two weeks after a cut, per log point of its
            depth) and `neighbours` (per log point of the others' price); none where nothing can
            be told.
        checks: What would have shown a hidden driver, over all products.
        bend: How demand bends with the depth of a cut; elasticities are those at 20 % off.
        stores: How strongly each store answers, by store; empty where all answer alike.
    """

    table: pd.DataFrame
    spillovers: dict[str, Spillover] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    bend: Bend = PLAIN
    stores: dict[str, Strength] = field(default_factory=dict)

    def factor(
        self,
        series: pd.DataFrame,
        price_ratio: Matrix,
        promoted: Matrix,
        discount: Matrix,
    ) -> Matrix:
        """Return [n, h] the multiplier on demand at the usual price without promotion.

        Args:
            series: [n] `product` and `store`.
            price_ratio: [n, h] price asked over the usual price; clamped to what was tried
                and one step of five points; NaN counts as the usual price.
            promoted: [n, h] 1 while a promotion runs.
            discount: [n, h] the percent of the price that are off in it; clamped likewise.
        """
        rows = self._rows(series["product"])
        columns = ("lowest_ratio", "highest_ratio", "deepest")
        low, high, deepest = (rows[name].to_numpy(np.float64)[:, None] for name in columns)
        asked, cut = _told(price_ratio, discount, ratios=(low, high), deepest=deepest)
        runs = np.nan_to_num(promoted).astype(np.float64)
        price, noticed = self.bend.slopes(asked, cut, runs)
        linear = price * rows["elasticity"].to_numpy()[:, None]
        linear = linear + noticed * rows["promotion_lift"].to_numpy()[:, None]
        linear = linear * self.strength(series["store"])[:, None]
        usable = rows["usable"].to_numpy(dtype=bool)[:, None]
        linear = np.clip(np.where(usable, linear, 0.0), -_WIDEST_EFFECT, _WIDEST_EFFECT)
        return np.asarray(np.exp(linear), dtype=np.float32)

    def of(self, product: str) -> ProductResponse | None:
        """Return what is known of one product, or None where it has no history."""
        return self._by_product.get(product)

    def covariance(self, product: str) -> Floats:
        """Return [2, 2] the covariance of one product's elasticity and lift."""
        row = self._by_product[product]
        price, lift, cross = row.elasticity_se, row.promotion_lift_se, row.covariance
        return np.array([[price**2, cross], [cross, lift**2]])

    def strength(self, stores: pd.Series) -> Floats:
        """Return [n] how strongly the customers of each store answer; 1 as those of all."""
        if not self.stores:
            return np.ones(len(stores))
        factors = {name: one.factor for name, one in self.stores.items()}
        factor = stores.astype(str).map(factors).fillna(1.0)
        return np.asarray(factor.to_numpy(), dtype=np.float64)

    def strength_error(self, stores: pd.Series, size: Floats) -> float:
        """Return the standard error of how strongly some stores answer together, over that.

        Args:
            stores: [n] the store of each series.
            size: [n] how much each counts.
        """
        if not self.stores or not size.any():
            return 0.0
        share = pd.Series(size / size.sum()).groupby(stores.to_numpy(dtype=str)).sum()
        errors = [share[name] * one.error for name, one in self.stores.items() if name in share]
        together = float(np.average(self.strength(stores), weights=size))
        return float(np.linalg.norm(errors)) / together if together > 0 else 0.0

    def to_json(self) -> str:
        """Return the response as JSON text."""
        stored = {
            "table": self.table.reset_index().to_dict(orient="list"),
            "spillovers": {name: asdict(one) for name, one in self.spillovers.items()},
            "checks": [asdict(check) for check in self.checks],
            "bend": dict(zip(FAMILY, self.bend.weights, strict=True)),
            "stores": {name: asdict(one) for name, one in self.stores.items()},
        }
        return json.dumps(stored)

    @classmethod
    def from_json(cls, text: str) -> "PriceResponse":
        """Read what `to_json` wrote, of earlier versions too."""
        stored = json.loads(text)
        table = pd.DataFrame(stored["table"]).astype({"product": str}).set_index("product")
        spillovers = {name: _spillover(one) for name, one in stored["spillovers"].items()}
        checks = tuple(Check(**one) for one in stored.get("checks", ()))
        shares = stored.get("bend", {"log": 1.0})
        bend = Bend(tuple(float(shares.get(name, 0.0)) for name in FAMILY))
        stores = {name: Strength(**one) for name, one in stored.get("stores", {}).items()}
        return cls(table, spillovers, checks, bend, stores)

    @cached_property
    def _by_product(self) -> dict[str, ProductResponse]:
        names = [
            one.name
            for one in fields(ProductResponse)
            if one.default is MISSING or one.name in self.table
        ]
        rows = self.table[names].to_dict(orient="index")
        return {
            str(product): ProductResponse(
                **{str(name): value for name, value in row.items()}, bend=self.bend
            )
            for product, row in rows.items()
        }

    def _rows(self, products: pd.Series) -> pd.DataFrame:
        rows = self._reach.reindex(products.to_numpy(dtype=str))
        absent = rows["usable"].isna().to_numpy(dtype=bool)
        if absent.any():
            rows.loc[absent, ["usable", "combined"]] = False
            numbers = ["elasticity", "promotion_lift", "lowest_ratio", "highest_ratio", "deepest"]
            rows.loc[absent, numbers] = [0.0, 0.0, 1.0, 1.0, 0.0]
        return rows

    @cached_property
    def _reach(self) -> pd.DataFrame:
        """Return the table with `deepest`: the deepest discount on record; 0 where none is."""
        recorded = self.table.get("cuts_recorded", True)
        return self.table.assign(deepest=self.table["max_discount"] * recorded)


def _told(
    price_ratio: Matrix,
    discount: Matrix,
    *,
    ratios: tuple[float | Floats, float | Floats],
    deepest: float | Floats,
) -> tuple[Floats, Floats]:
    """Return [n, h] twice: the log price ratio, and the cut in it, as far as they can be told.

    The cut goes one step beyond the deepest on record; the rest of the ratio, a move of the
    regular price, one step beyond the ratios that were tried. Where no discount is on record all
    of the ratio is such a move.
    """
    step = STEP_POINTS / 100
    off = cut_of(discount)
    most = cut_of(np.asarray(deepest) + STEP_POINTS)
    told = np.where((np.asarray(deepest) > 0) & np.isfinite(price_ratio), off, 0.0)
    asked = np.nan_to_num(price_ratio, nan=1.0).astype(np.float64)
    low, high = np.maximum(ratios[0] - step, _LOWEST), ratios[1] + step
    cut = np.maximum(told, most)
    return np.log(np.clip(asked / np.exp(told), low, high)) + cut, cut


def _spillover(stored: dict[str, Any] | list[float]) -> Spillover:
    """Read one spillover; earlier versions stored the pair of value and error."""
    if isinstance(stored, list):
        value, error = stored
        return Spillover(value, error)
    shares = {name: Share(**one) for name, one in stored["shares"].items()}
    return Spillover(stored["value"], stored["error"], shares)
