"""What offers sold in weeks that the price response had not seen, beside what it expected.

The response is learned up to a week; then each brand's offers of the next weeks are held against
its weeks without an offer in those same weeks and stores. No model of the level is needed, and
nothing later than the offers' own weeks.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from forecasting.panel import Panel
from forecasting.pricing.exposure import reference_price
from forecasting.pricing.response import estimate_response

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

# Learned up to so many periods before the end, and held against so many that follow.
_BACK, _AHEAD = (48, 40, 32, 24, 16, 8), 8
_OFFER_PCT, _PROMOTED = 3.0, 0.5
_FEWEST_STORES = 30


class Offer(NamedTuple):
    """One brand's offer of one week, in the stores that also had a week without one.

    Attributes:
        product: Which brand.
        advertised: Whether most of the stores advertised it.
        discount_pct: Percent off on average.
        expected: Log points that it was to add.
        sold: Log points that it added.
    """

    product: str
    advertised: bool
    discount_pct: float
    expected: float
    sold: float


def unseen_offers(panel: Panel) -> list[Offer]:
    """Return the offers of all windows."""
    return [one for back in _BACK for one in _window(panel, panel.history - back)]


def _window(panel: Panel, seen: int) -> Iterator[Offer]:
    before = panel.until(seen)
    response = estimate_response(before)
    weeks = slice(seen, min(seen + _AHEAD, panel.history))
    off = np.nan_to_num(panel.discount[:, weeks]).astype(np.float64)
    runs = np.nan_to_num(panel.promoted[:, weeks]).astype(np.float64)
    asked = panel.price[:, weeks] * (1 - off / 100) / reference_price(before)[:, None]
    tried = (one.astype(np.float32) for one in (asked, runs, off))
    factor = response.factor(panel.series, *tried)
    expected = np.log(factor).astype(np.float64)
    sold = np.log(np.where(panel.sales[:, weeks] > 0, panel.sales[:, weeks], np.nan))
    known = np.isfinite(sold) & np.isfinite(asked)
    offered = known & ((off >= _OFFER_PCT) | (runs > _PROMOTED))
    plain = known & ~offered
    products = panel.series["product"].to_numpy(dtype=str)
    for product in np.unique(products):
        mine = products == product
        if response.table.loc[product, "why_not"]:
            continue
        for week in range(offered.shape[1]):
            stores = mine & offered[:, week] & plain.any(axis=1)
            if stores.sum() < _FEWEST_STORES:
                continue
            yield Offer(
                str(product),
                advertised=bool(runs[stores, week].mean() > _PROMOTED),
                discount_pct=float(off[stores, week].mean()),
                expected=_added(expected, plain, stores, week),
                sold=_added(sold, plain, stores, week),
            )


def _added(values: Floats, plain: Mask, stores: Mask, week: int) -> float:
    """Return by how much a week's values exceed those of the weeks without an offer, on average."""
    usual = np.where(plain[stores], values[stores], 0.0).sum(axis=1) / plain[stores].sum(axis=1)
    return float((values[stores, week] - usual).mean())
