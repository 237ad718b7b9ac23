"""How demand answers to price and promotion, estimated from what a tenant has tried.

Discounts are planned for weeks of high demand and for slow stock, so sales at a discount are
compared with what the same series, weekday, store's day and category's week would have sold
anyway (`fitting.py`). The result is observational: it is what sales were *associated with*,
under the assumption that nothing else moved with the price that these controls do not see.

A product is answered for only when its history can tell: at least six separate price changes,
26 weeks with sales, two distinct prices besides rounding (or one promoted depth, then as one
combined effect of price and promotion), an elasticity below zero and known to within one point
or half its size. Otherwise the reason stands in `why_not` and its factor is 1.

And only when nothing hidden seems to move both its sales and its promotions
(`falsification.py`). Where something does, the reason stands in `why_not`, so nothing is advised
or told of other plans; its factor still counts, because forecasts of promotions planned in the
same way are best served by what went along with them so far.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.panel import Panel
from forecasting.pricing.answers import STEP_POINTS, PriceResponse, ProductResponse, Spillover
from forecasting.pricing.curvature import Bend, cut_of
from forecasting.pricing.design import PRICE, PROMOTION, regressors
from forecasting.pricing.exposure import Exposure, reference_price, tried, why_never
from forecasting.pricing.falsification import Verdict, judge
from forecasting.pricing.fitting import Fit, fit
from forecasting.pricing.partitions import categories, category_names, listed, shocks, store_names
from forecasting.pricing.pooling import pool
from forecasting.pricing.probes import probes
from forecasting.pricing.spilling import spillovers

__all__ = [
    "STEP_POINTS",
    "PriceResponse",
    "ProductResponse",
    "Spillover",
    "estimate_response",
    "reference_price",
]

LEAST_PRICE_CHANGES = 6
LEAST_WEEKS = 26
_WIDEST_ERROR = 1.0
_LEAST_PROMOTED = 3
# Series × periods that a fit works on: more would take gigabytes and minutes, and tell no more.
_MOST_CELLS = 2_000_000
# The variance of a lift that was never seen: it lends nothing to other products.
_UNKNOWN = 1e6
_LEAST_DISCOUNT_PCT = 5.0
_WIDE = 1.96
_HIDDEN = (
    "Something that is in no table seems to move both its sales and its offers: sales differ from "
    "the usual before offers, next to them or in other stores too. A test in some stores would "
    "tell what an offer does."
)

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


def estimate_response(panel: Panel) -> PriceResponse:
    """Estimate how each product's demand answers to its price and promotions.

    Args:
        panel: The tenant's history; later periods are not looked at.
    """
    panel = _enough(panel)
    exposure = Exposure.of(panel)
    table = tried(exposure, panel)
    never = why_never(panel)
    table["why_not"] = [never or _why_not(row, panel) for _, row in table.iterrows()]
    table["combined"] = _combined(table)
    table["cuts_recorded"] = _recorded(panel, exposure)
    if never or (table["why_not"] != "").all():
        return PriceResponse(_finished(table, np.zeros((len(table), 2)), None))
    columns = regressors(panel, exposure)
    without_lift = (table["combined"] | (table["promoted_periods"] < _LEAST_PROMOTED)).to_numpy()
    pinned = _pinned(without_lift, columns)
    cut = cut_of(panel.discount[:, : panel.history])
    result = fit(panel, exposure, columns, pinned, shared=shocks(panel), cut=cut)
    bent = result.bend.slopes(columns[PRICE], cut, columns[PROMOTION])
    columns[PRICE], columns[PROMOTION] = bent
    known = (table["why_not"] == "").to_numpy()
    group = _categories(panel)
    probed = _probed(panel, exposure, columns, pinned, result=result)
    verdict = judge(result, probed, known, group, panel.frequency.days)
    estimates, covariances = _pooled(result, without_lift, group, known)
    table = _finished(table, estimates, covariances)
    moved = spillovers(result, known, group, category_names(panel))
    table = _doubted(table, verdict, result.bend)
    strength = dict(zip(store_names(panel), result.stores, strict=False))
    return PriceResponse(table, moved, verdict.checks, result.bend, strength)


def _recorded(panel: Panel, exposure: Exposure) -> Mask:
    """Return [p] whether any discount of the product is on record."""
    series = np.nan_to_num(panel.discount[:, : panel.history]).any(axis=1)
    return np.isin(np.arange(len(exposure.products)), exposure.product[series])


def _probed(
    panel: Panel, exposure: Exposure, columns: dict[str, Floats], pinned: Mask, *, result: Fit
) -> Fit:
    """Fit once more with probes, and only with what the tables tell."""
    more = probes(exposure, panel.frequency)
    pinned = np.hstack([pinned, np.zeros((len(pinned), len(more)), dtype=bool)])
    return fit(panel, exposure, columns | more, pinned, shared=listed(panel), start=result)


def _doubted(table: pd.DataFrame, verdict: Verdict, bend: Bend) -> pd.DataFrame:
    """Add what the checks say of each product."""
    table["evidence"] = "observational"
    table["flips_at_pct"] = _flips_at(table, bend)
    table.loc[verdict.failed & table["usable"], "why_not"] = _HIDDEN
    return table


def _flips_at(table: pd.DataFrame, bend: Bend) -> pd.Series:
    """Return the least percent of sales that a hidden driver of offers must bring to explain all.

    The lower 95 % bound of what the deepest offer tried adds; the same question as the E-value
    of VanderWeele and Ding (2017) asks.
    """
    cut = cut_of(table["max_discount"].clip(lower=_LEAST_DISCOUNT_PCT).to_numpy(np.float64))
    promoted = np.asarray(table["promoted_periods"] >= _LEAST_PROMOTED, dtype=np.float64)
    price, lift = bend.slopes(cut, cut, promoted)
    uplift = price * table["elasticity"] + lift * table["promotion_lift"]
    variance = (price * table["elasticity_se"]) ** 2 + lift * (
        lift * table["promotion_lift_se"] ** 2 + 2 * price * table["covariance"]
    )
    lower = uplift - _WIDE * np.sqrt(variance.clip(lower=0.0))
    percent: pd.Series = 100 * np.expm1(lower.clip(0.0, 5.0))
    return percent.where(table["usable"], 0.0)


def _categories(panel: Panel) -> NDArray[np.int64]:
    """Return [p] the number of each product's category, products by id."""
    products = panel.series["product"].to_numpy(dtype=str)
    _, first = np.unique(products, return_index=True)
    return categories(panel)[first]


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


def _pinned(without_lift: Mask, columns: dict[str, Floats]) -> Mask:
    names = list(columns)
    pinned = np.zeros((len(without_lift), len(names)), dtype=bool)
    pinned[:, names.index(PROMOTION)] = without_lift
    return pinned


def _pooled(
    result: Fit, without_lift: Mask, group: NDArray[np.int64], known: Mask
) -> tuple[Floats, Floats]:
    at = [result.names.index(PRICE), result.names.index(PROMOTION)]
    estimates = result.coefficients[:, at]
    covariances = result.covariance[:, at][:, :, at]
    covariances[without_lift, 1, 1] = _UNKNOWN
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
