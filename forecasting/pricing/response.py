"""How demand answers to price and promotion, estimated from what a tenant has tried.

Discounts are planned for weeks of high demand and for slow stock, so sales at a discount are
compared with what the same series, weekday, store's day and category's week would have sold
anyway (`fitting.py`). The result is observational: it is what sales were *associated with*,
under the assumption that nothing else moved with the price that these controls do not see.

A product is answered for only when its history can tell: at least six separate price changes,
26 weeks with sales, two distinct prices besides rounding (or one promoted depth, then as one
combined effect of price and promotion), an elasticity below zero and known to within one point
or half its size. Otherwise the reason stands in `why_not` and its factor is 1.
"""

import json
from dataclasses import dataclass, field, fields
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.panel import Matrix, Panel
from forecasting.pricing.design import AFTER, LATER, NEIGHBOURS, PRICE, PROMOTION, regressors
from forecasting.pricing.exposure import Exposure, reference_price, tried, why_never
from forecasting.pricing.fitting import Fit, fit
from forecasting.pricing.partitions import shocks
from forecasting.pricing.pooling import pool

__all__ = ["PriceResponse", "Spillover", "estimate_response", "reference_price"]

LEAST_PRICE_CHANGES = 6
LEAST_WEEKS = 26
STEP_POINTS = 5.0
_WIDEST_ERROR = 1.0
_LEAST_PROMOTED = 3
# Series × periods that a fit works on: more would take gigabytes and minutes, and tell no more.
_MOST_CELLS = 2_000_000
_LOWEST = 0.02
# Log points: no price or promotion is believed to multiply or divide demand by more than 1,000.
_WIDEST_EFFECT = 6.9
# The variance of a lift that was never seen: it lends nothing to other products.
_UNKNOWN = 1e6

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

    def slopes(self, price_ratio: Matrix, promoted: Matrix) -> tuple[Floats, Floats]:
        """Return [n, h] twice: log demand per unit of elasticity, and per unit of lift."""
        low, high = self.lowest_ratio - STEP_POINTS / 100, self.highest_ratio + STEP_POINTS / 100
        price = np.log(np.clip(np.nan_to_num(price_ratio, nan=1.0), max(low, _LOWEST), high))
        lift = np.zeros_like(promoted) if self.combined else promoted
        return price.astype(np.float64), lift.astype(np.float64)


@dataclass(frozen=True)
class PriceResponse:
    """Elasticity and promotion lift of every product, with what was tried.

    Attributes:
        table: One row a product (index `product`): `elasticity`, `elasticity_se`,
            `promotion_lift`, `promotion_lift_se` (log points), `covariance` (of the two),
            `combined` (promotion cannot be told from its price; the lift is inside the
            elasticity), `price_changes`, `min_discount`, `max_discount` (tried, percent),
            `lowest_ratio`, `highest_ratio` (tried, price over usual price), `usable`,
            `why_not`.
        spillovers: `after` and `later` (one and two weeks after a cut, per log point of its
            depth) and `neighbours` (per log point of the others' price).
    """

    table: pd.DataFrame
    spillovers: dict[str, Spillover] = field(default_factory=dict)

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
        linear = self._log_ratio(rows, price_ratio) * rows["elasticity"].to_numpy()[:, None]
        linear += np.nan_to_num(promoted) * rows["promotion_lift"].to_numpy()[:, None]
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
        spillovers = {name: [one.value, one.error] for name, one in self.spillovers.items()}
        return json.dumps(
            {"table": self.table.reset_index().to_dict(orient="list"), "spillovers": spillovers}
        )

    @classmethod
    def from_json(cls, text: str) -> "PriceResponse":
        """Read what `to_json` wrote."""
        stored = json.loads(text)
        table = pd.DataFrame(stored["table"]).astype({"product": str}).set_index("product")
        spillovers = {name: Spillover(*pair) for name, pair in stored["spillovers"].items()}
        return cls(table, spillovers)

    @cached_property
    def _by_product(self) -> dict[str, ProductResponse]:
        names = [one.name for one in fields(ProductResponse)]
        rows = self.table[names].to_dict(orient="index")
        return {
            str(product): ProductResponse(**{str(name): value for name, value in row.items()})
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


def estimate_response(panel: Panel, *, seed: int = 0) -> PriceResponse:
    """Estimate how each product's demand answers to its price and promotions.

    Args:
        panel: The tenant's history; later periods are not looked at.
        seed: Unused: nothing here is random. Kept so that every estimator is called alike.
    """
    del seed
    panel = _enough(panel)
    exposure = Exposure.of(panel)
    table = tried(exposure, panel)
    never = why_never(panel)
    table["why_not"] = [never or _why_not(row, panel) for _, row in table.iterrows()]
    table["combined"] = _combined(table)
    if never or (table["why_not"] != "").all():
        return PriceResponse(_finished(table, np.zeros((len(table), 2)), None))
    columns = regressors(panel, exposure)
    without_lift = (table["combined"] | (table["promoted_periods"] < _LEAST_PROMOTED)).to_numpy()
    pinned = _pinned(without_lift, columns)
    result = fit(panel, exposure, columns, pinned, shared=shocks(panel))
    known = (table["why_not"] == "").to_numpy()
    estimates, covariances = _pooled(result, without_lift, panel, known)
    return PriceResponse(_finished(table, estimates, covariances), _spillovers(result, known))


def _enough(panel: Panel) -> Panel:
    """Return a panel small enough to fit: of a large chain, the same many stores of each product.

    The largest stores are taken first, so that the stores kept are the same for all products:
    shocks that a store's products share can then be told from answers to a price.
    """
    most = _MOST_CELLS // max(1, panel.history)
    if panel.n <= most:
        return panel
    store, product = panel.series["store"], panel.series["product"]
    sold = pd.Series(np.nansum(panel.sales, axis=1)).groupby(store.to_numpy()).sum()
    largest = store.map(sold.rank(ascending=False, method="first"))
    rank = largest.groupby(product).rank(method="first").to_numpy()
    each = max(1, most // product.nunique())
    return panel.only(np.flatnonzero(rank <= each))


def _why_not(row: pd.Series, panel: Panel) -> str:
    changes, weeks = int(row["price_changes"]), row["periods"] * panel.frequency.days / 7
    if changes < LEAST_PRICE_CHANGES:
        return f"Not enough price changes: {changes} on record, {LEAST_PRICE_CHANGES} needed."
    if weeks < LEAST_WEEKS:
        return f"Too new: {weeks:.0f} weeks of sales with a price, {LEAST_WEEKS} needed."
    if row["depths"] < 2:  # noqa: PLR2004 - two prices are the least that can be compared
        return "Only one price was ever asked for long enough to compare."
    return ""


def _combined(table: pd.DataFrame) -> pd.Series:
    """Tell where promotion and price always moved as one: no second promoted depth or price."""
    promoted = table["promoted_periods"] >= _LEAST_PROMOTED
    return promoted & (table["promoted_depths"] <= 1) & (table["depths"] <= 2)  # noqa: PLR2004 - usual and promoted


def _pinned(without_lift: NDArray[np.bool_], columns: dict[str, Floats]) -> NDArray[np.bool_]:
    names = list(columns)
    pinned = np.zeros((len(without_lift), len(names)), dtype=bool)
    pinned[:, names.index(PROMOTION)] = without_lift
    return pinned


def _pooled(
    result: Fit, without_lift: NDArray[np.bool_], panel: Panel, known: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    at = [result.names.index(PRICE), result.names.index(PROMOTION)]
    estimates = result.coefficients[:, at]
    covariances = result.covariance[:, at][:, :, at]
    covariances[without_lift, 1, 1] = _UNKNOWN
    group = np.zeros(len(known), dtype=np.int64)
    if "product_category" in panel.series:
        of = panel.series.astype({"product": str}).drop_duplicates("product")
        words = of.sort_values("product")["product_category"].astype(str).to_numpy(dtype=str)
        group = np.unique(words, return_inverse=True)[1].astype(np.int64)
    estimates, covariances = pool(estimates, covariances, group, known)
    estimates[without_lift, 1] = 0.0
    covariances[without_lift, 1, :] = covariances[without_lift, :, 1] = 0.0
    return estimates, covariances


def _finished(table: pd.DataFrame, estimates: Floats, covariances: Floats | None) -> pd.DataFrame:
    known = table["why_not"] == ""
    errors = np.zeros((len(table), 2, 2)) if covariances is None else covariances
    table["elasticity"], table["promotion_lift"] = estimates[:, 0], estimates[:, 1]
    table["elasticity_se"] = np.sqrt(errors[:, 0, 0])
    table["promotion_lift_se"] = np.sqrt(errors[:, 1, 1])
    table["covariance"] = errors[:, 0, 1]
    widest = np.maximum(_WIDEST_ERROR, table["elasticity"].abs() / 2)
    wrong = known & (table["elasticity"] >= 0)
    vague = known & ~wrong & (table["elasticity_se"] > widest)
    table.loc[wrong, "why_not"] = "Sales did not fall with a higher price in what is on record."
    table.loc[vague, "why_not"] = "Prices moved too little or too rarely to tell their effect."
    table["usable"] = table["why_not"] == ""
    figures = ["elasticity", "elasticity_se", "promotion_lift", "promotion_lift_se", "covariance"]
    table.loc[~table["usable"], figures] = 0.0
    return table


def _spillovers(result: Fit, known: NDArray[np.bool_]) -> dict[str, Spillover]:
    return {
        name: _mean(
            result.coefficients[known, at],
            np.sqrt(result.covariance[known, at, at]),
        )
        for name in (AFTER, LATER, NEIGHBOURS)
        if (at := result.names.index(name)) >= 0
    }


def _mean(values: Floats, errors: Floats) -> Spillover:
    """Return the random-effects mean of several estimates."""
    kept = errors > 0
    if not kept.any():
        return Spillover(0.0, 0.0)
    values, precision = values[kept], 1 / np.square(errors[kept])
    centre = np.average(values, weights=precision)
    excess = (precision * (values - centre) ** 2).sum() - (len(values) - 1)
    scale = precision.sum() - (precision**2).sum() / precision.sum()
    spread = max(0.0, excess / scale) if scale > 0 else 0.0
    weight = 1 / (1 / precision + spread)
    return Spillover(float(np.average(values, weights=weight)), float(weight.sum() ** -0.5))
