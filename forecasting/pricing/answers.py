"""What is known of how demand answers to price and promotion, product by product."""

import json
from dataclasses import MISSING, asdict, dataclass, field, fields
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.panel import Matrix
from forecasting.pricing.curvature import FAMILY, PLAIN, Bend, cut_of
from forecasting.pricing.falsification import Check

STEP_POINTS = 5.0
_LOWEST = 0.02
# Log points: no price or promotion is believed to multiply or divide demand by more than 1,000.
_WIDEST_EFFECT = 6.9

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spillover:
    """An effect on other sales, pooled over products: log points per log point of price.

    Attributes:
        value: Positive `neighbours`: a cut takes sales from the category. Negative `after`:
            sales after a cut are lower, having been pulled forward.
        error: Its standard error.
    """

    value: float
    error: float


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
    lead: float = 0.0
    lead_se: float = 0.0
    flips_at_pct: float = 0.0
    bend: Bend = PLAIN

    def slopes(self, price_ratio: Matrix, promoted: Matrix) -> tuple[Floats, Floats]:
        """Return [n, h] twice: log demand per unit of elasticity, and per unit of lift."""
        low, high = self.lowest_ratio - STEP_POINTS / 100, self.highest_ratio + STEP_POINTS / 100
        price = np.log(np.clip(np.nan_to_num(price_ratio, nan=1.0), max(low, _LOWEST), high))
        price = price.astype(np.float64)
        runs = np.nan_to_num(promoted).astype(np.float64)
        lift = np.zeros_like(runs) if self.combined else runs
        return self.bend.slopes(price, cut_of(price, runs), lift)


@dataclass(frozen=True)
class PriceResponse:
    """Elasticity and promotion lift of every product, with what was tried.

    Attributes:
        table: One row a product (index `product`): `elasticity`, `elasticity_se`,
            `promotion_lift`, `promotion_lift_se` (log points), `covariance` (of the two),
            `combined` (promotion cannot be told from its price; the lift is inside the
            elasticity), `price_changes`, `min_discount`, `max_discount` (tried, percent),
            `lowest_ratio`, `highest_ratio` (tried, price over usual price), `usable` (its
            factor counts in forecasts), `why_not` (no advice may be given, and why),
            `evidence`, `lead` with `lead_se` (log points by which sales differ in the week
            before an offer), `flips_at_pct` (how many percent more a hidden driver would have
            to sell in offers than else to explain the deepest one's effect away; the lower
            95 % bound).
        spillovers: `after` and `later` (one and two weeks after a cut, per log point of its
            depth) and `neighbours` (per log point of the others' price).
        checks: What would have shown a hidden driver, over all products.
        bend: How demand bends with the depth of a cut; elasticities are those at 20 % off.
    """

    table: pd.DataFrame
    spillovers: dict[str, Spillover] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    bend: Bend = PLAIN

    def factor(
        self, products: NDArray[np.str_] | pd.Series, price_ratio: Matrix, promoted: Matrix
    ) -> Matrix:
        """Return [n, h] the multiplier on demand at the usual price without promotion.

        Args:
            products: [n] product ids.
            price_ratio: [n, h] price asked over the usual price; clamped to what was tried
                and one step of five points; NaN counts as the usual price.
            promoted: [n, h] 1 while a promotion runs.
        """
        rows = self._rows(products)
        asked = self._log_ratio(rows, price_ratio)
        runs = np.nan_to_num(promoted).astype(np.float64)
        price, noticed = self.bend.slopes(asked, cut_of(asked, runs), runs)
        linear = price * rows["elasticity"].to_numpy()[:, None]
        linear = linear + noticed * rows["promotion_lift"].to_numpy()[:, None]
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

    def to_json(self) -> str:
        """Return the response as JSON text."""
        stored = {
            "table": self.table.reset_index().to_dict(orient="list"),
            "spillovers": {name: [one.value, one.error] for name, one in self.spillovers.items()},
            "checks": [asdict(check) for check in self.checks],
            "bend": dict(zip(FAMILY, self.bend.weights, strict=True)),
        }
        return json.dumps(stored)

    @classmethod
    def from_json(cls, text: str) -> "PriceResponse":
        """Read what `to_json` wrote, of earlier versions too."""
        stored = json.loads(text)
        table = pd.DataFrame(stored["table"]).astype({"product": str}).set_index("product")
        spillovers = {name: Spillover(*pair) for name, pair in stored["spillovers"].items()}
        checks = tuple(Check(**one) for one in stored.get("checks", ()))
        shares = stored.get("bend", {"log": 1.0})
        bend = Bend(tuple(float(shares.get(name, 0.0)) for name in FAMILY))
        return cls(table, spillovers, checks, bend)

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

    def _rows(self, products: NDArray[np.str_] | pd.Series) -> pd.DataFrame:
        rows = self.table.reindex(np.asarray(products, dtype=str))
        absent = rows["usable"].isna().to_numpy(dtype=bool)
        if absent.any():
            rows.loc[absent, ["usable", "combined"]] = False
            numbers = ["elasticity", "promotion_lift", "lowest_ratio", "highest_ratio"]
            rows.loc[absent, numbers] = [0.0, 0.0, 1.0, 1.0]
        return rows

    def _log_ratio(self, rows: pd.DataFrame, price_ratio: Matrix) -> Floats:
        step = STEP_POINTS / 100
        low = np.maximum(rows["lowest_ratio"].to_numpy(dtype=np.float64) - step, _LOWEST)
        high = rows["highest_ratio"].to_numpy(dtype=np.float64) + step
        asked = np.nan_to_num(price_ratio, nan=1.0).astype(np.float64)
        return np.asarray(np.log(np.clip(asked, low[:, None], high[:, None])))
