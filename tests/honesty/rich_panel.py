"""A panel with a little of everything a retailer may record."""

from dataclasses import replace

import numpy as np

from forecasting.units import Frequency
from tests.builders import make_panel


def rich_panel(*, history=230, plan=50, seed=1, weekly=False):
    """Return a panel with prices, promotions, flags, stock-outs, events and past covariates."""
    panel = make_panel(stores=3, products=4, history=history, plan=plan, seed=seed)
    rng = np.random.default_rng(seed + 100)
    width = history + plan
    flag = (rng.random((panel.n, width)) < 0.2).astype(np.float32)
    size = rng.lognormal(1, 0.5, (panel.n, width)).astype(np.float32)
    event = np.zeros((panel.n, width), dtype=bool)
    event[:, ::45] = True
    changed = replace(
        panel,
        known={"feature": flag, "leaflets": size},
        past={"visitors": panel.sales * 3},
        stocked_out=rng.random(panel.sales.shape) < 0.02,
        events={"market": event},
        frequency=Frequency.WEEK if weekly else Frequency.DAY,
        country="" if weekly else panel.country,
    )
    if not weekly:
        return changed
    return replace(changed, periods=panel.periods[0] + 7 * (panel.periods - panel.periods[0]))


def with_future(panel, at, sales):
    """Return the panel with other sales, and all else seen only afterwards, from `at` on."""
    later = np.arange(panel.history) >= at
    changed = np.where(later, sales, panel.sales).astype(np.float32)
    return replace(
        panel,
        sales=changed,
        revenue=np.where(later, sales * 9, panel.revenue).astype(np.float32),
        past={name: np.where(later, sales, one) for name, one in panel.past.items()},
        stocked_out=np.where(later, ~panel.stocked_out, panel.stocked_out),
    )
