"""Weekly sales in stores that ask prices, cut them, and advertise."""

from dataclasses import replace

import numpy as np
import pandas as pd

from forecasting.units import Aim, Frequency
from tests.forecasting.worlds import panel_of

ELASTICITY, ADVERTISED = -2.5, 0.6


def weekly(*, stores=6, products=4, history=90, plan=12, seed=3, aim=Aim.RELATIVE, noise=0.15):
    """Return a panel whose sales answer to price and advertisement as the constants say."""
    rng = np.random.default_rng(seed)
    n, width = stores * products, history + plan
    depth = rng.choice([0.0, 0.0, 0.1, 0.2, 0.3], size=(products, width))
    depth = np.repeat(depth[None], stores, axis=0).reshape(n, width)
    advertised = (depth > 0) & (rng.uniform(size=(n, width)) < 0.5)
    level = rng.uniform(4, 6, size=(n, 1))
    log = level + ELASTICITY * np.log(1 - depth) + ADVERTISED * advertised
    sales = np.exp(log + noise * rng.normal(size=(n, width)))
    panel = panel_of(sales[:, :history], plan=plan, frequency=Frequency.WEEK)
    series = pd.DataFrame(
        {
            "store": np.repeat([str(one) for one in range(stores)], products),
            "product": [str(one) for one in range(products)] * stores,
        }
    )
    return replace(
        panel,
        series=series,
        price=np.full((n, width), 2.0, dtype=np.float32),
        discount=(100 * depth).astype(np.float32),
        known={"advertised": advertised.astype(np.float32)},
        aim=aim,
    ), sales
