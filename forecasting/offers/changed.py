"""A panel with another plan, no further from the usual price than was ever tried.

And which way a forecast may move with it.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from forecasting.offers.asked import Offers
from forecasting.panel import Matrix, Panel
from forecasting.pricing.exposure import price_ratio
from forecasting.pricing.plan import asked
from forecasting.scope import PlanChange

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
Cells = tuple[Rows, ...]

# A price this much beyond what was tried is still believed, as a share of the usual price.
_STEP = 0.05
_LEAST = 1e-6


def planned_otherwise(
    panel: Panel,
    change: PlanChange,
    rows: Rows,
    first: int,
    last: int,
    *,
    tried: tuple[Matrix, Matrix] | None = None,
) -> Panel:
    """Return the panel with the plan of some series and periods changed.

    Beyond the prices that the product has tried in any store (and one step of five points), the
    plan is taken at the nearest price tried: nothing on record says what sells there.

    Args:
        panel: Plan and history.
        change: What differs from the plan in every period.
        rows: The series.
        first: First column.
        last: Column after the last.
        tried: What `ratios_tried` found, where it is at hand.
    """
    plan = asked(panel, rows, (first, last), change)
    low, high = (one[rows] for one in tried or ratios_tried(panel))
    level = plan.ratio / np.maximum(1 - plan.discount / 100, _LEAST)
    ratio = np.clip(plan.ratio, (low - _STEP)[:, None], (high + _STEP)[:, None])
    off = 100 * (1 - ratio / np.maximum(level, _LEAST))
    cells = np.ix_(rows, np.arange(first, last))
    discount, promoted = panel.discount.copy(), panel.promoted.copy()
    discount[cells] = np.where(np.isnan(ratio), plan.discount, off)
    promoted[cells] = plan.promoted
    return replace(panel, discount=discount, promoted=promoted)


def at_usual_price(
    panel: Panel, flags: tuple[str, ...], rows: Rows, first: int, last: int
) -> Panel:
    """Return the panel with nothing on offer in some cells: what offers do is told against it.

    Args:
        panel: Plan and history.
        flags: Known covariates that belong to offers, as an advertisement does.
        rows: The series.
        first: First column.
        last: Column after the last.
    """
    plan = asked(panel, rows, (first, last))
    level = plan.ratio / np.maximum(1 - plan.discount / 100, _LEAST)
    known_level = np.isfinite(level) & (level > 0)
    cells = np.ix_(rows, np.arange(first, last))
    discount, promoted, known = panel.discount.copy(), panel.promoted.copy(), dict(panel.known)
    # A regular price above the usual one counts as dear, one below it as cheap.
    discount[cells] = np.where(known_level, 100 * (1 - 1 / np.where(known_level, level, 1)), 0)
    promoted[cells] = 0
    for name in flags:
        if name in known:
            known[name] = known[name].copy()
            known[name][cells] = 0
    return replace(panel, discount=discount, promoted=promoted, known=known)


def right_way(before: Floats, after: Floats, planned: Offers, changed: Offers, at: Cells) -> Floats:
    """Return forecasts under a changed plan that never fall with a better offer, nor rise without.

    Trees that learn from like offers of the past may take a quiet week for the work of a discount.

    Args:
        before: [rows, periods] forecasts by the plan.
        after: The same under the change.
        planned: What the plan asks.
        changed: What the change asks.
        at: The cells [rows, periods] of both.
    """
    step = changed.price[at] - planned.price[at]
    flags = np.zeros_like(step)
    for name, flag in changed.flags.items():
        flags += flag[at] - (planned.flags[name][at] if name in planned.flags else 0.0)
    better = (step <= 0) & (flags >= 0) & ((step < 0) | (flags > 0))
    worse = (step >= 0) & (flags <= 0) & ((step > 0) | (flags < 0))
    risen = np.where(better, np.maximum(before, after), after)
    return np.where(worse, np.minimum(before, after), risen)


def ratios_tried(panel: Panel) -> tuple[Matrix, Matrix]:
    """Return [n] the lowest and highest share of the usual price that each product has asked."""
    sold = panel.sales[:, : panel.history] > 0
    ratio = np.where(sold, price_ratio(panel)[:, : panel.history], np.nan)
    known = ~np.isnan(ratio)
    lowest = np.where(known, ratio, np.inf).min(axis=1, initial=np.inf)
    highest = np.where(known, ratio, -np.inf).max(axis=1, initial=-np.inf)
    product = np.unique(panel.series["product"].astype(str), return_inverse=True)[1]
    low, high = np.ones(product.max() + 1), np.ones(product.max() + 1)
    np.minimum.at(low, product, lowest)
    np.maximum.at(high, product, highest)
    return low[product].astype(np.float32), high[product].astype(np.float32)
