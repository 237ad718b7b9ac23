"""The discounts of who regresses log sales on log price and promotion, and of who draws lots."""

import numpy as np

from forecasting.panel import Panel
from forecasting.pricing.exposure import Exposure, reference_price
from forecasting.pricing.plan import ANNOUNCED_PCT

DEEPEST_PCT = 50
_STEEPEST = 8.0


def regressed(panel: Panel, costs: dict[str, float], products: list[str]) -> dict[str, float]:
    """Return each product's best discount under a regression with one intercept a series.

    What moved promotions and sales together counts as the discount's doing.

    Args:
        panel: History.
        costs: Of a unit, by product.
        products: Which.
    """
    exposure, usual = Exposure.of(panel), reference_price(panel)
    percent = np.arange(0.0, DEEPEST_PCT + 1)
    depth = percent / 100
    chosen = {}
    for product in products:
        rows = np.flatnonzero(panel.series["product"].to_numpy(dtype=str) == product)
        slope, lift = _slopes(panel, exposure, rows)
        price = float(np.nanmean(usual[rows]))
        units = np.exp(slope * np.log(1 - depth) + lift * (percent >= ANNOUNCED_PCT))
        profit = units * (price * (1 - depth) - costs[product])
        chosen[product] = float(percent[int(profit.argmax())])
    return chosen


def at_random(products: list[str], rng: np.random.Generator) -> dict[str, float]:
    """Return discounts drawn by lot: none for a third, else 5 to 30 %."""
    depths = 5.0 * rng.integers(1, 7, len(products)) * (rng.random(len(products)) < 2 / 3)
    return dict(zip(products, depths.tolist(), strict=True))


def _slopes(
    panel: Panel, exposure: Exposure, rows: "np.ndarray[tuple[int], np.dtype[np.int64]]"
) -> tuple[float, float]:
    usable = exposure.usable[rows]
    sold = np.where(usable, np.log1p(np.nan_to_num(panel.sales[rows])), 0.0)
    count = np.maximum(usable.sum(axis=1, keepdims=True), 1)
    columns = []
    for values in (exposure.log_ratio[rows], exposure.promoted[rows], sold):
        masked = np.where(usable, values, 0.0)
        columns.append((masked - masked.sum(axis=1, keepdims=True) / count)[usable])
    found = np.linalg.lstsq(np.stack(columns[:2], axis=1), columns[2], rcond=None)[0]
    return float(np.clip(found[0], -_STEEPEST, _STEEPEST)), float(found[1])
