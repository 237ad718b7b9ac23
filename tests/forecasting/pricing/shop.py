"""One small shop with a known market, for tests of advice."""

from dataclasses import replace

import numpy as np

from forecasting.pricing.market import Market
from forecasting.pricing.outlooks import in_market
from forecasting.pricing.response import Spillover, estimate_response
from tests.builders import make_panel

WEEK, AFTER = 7, 14
COST = 2.0


def small_shop(*, neighbours=0.4, after=-0.3, seed=5, products=4, elasticity=-3.0):
    """Return a panel with no offers ahead, and its response with the spillovers given."""
    panel = make_panel(stores=2, products=products, history=730, elasticity=elasticity, seed=seed)
    response = estimate_response(panel)
    spillovers = {
        "neighbours": Spillover(neighbours, 0.02),
        "after": Spillover(after, 0.03),
        "later": Spillover(0.0, 0.01),
    }
    ahead = slice(panel.history - AFTER, None)
    panel.discount[:, ahead] = 0
    panel.promoted[:, ahead] = 0
    return panel, replace(response, spillovers=spillovers)


def outlooks_in(panel, response, products, *, units=20.0, error=0.1):
    """Return the outlooks of some products in one market, all series selling alike."""
    rows = np.arange(panel.n)
    columns = panel.history, panel.history + WEEK
    mean = np.full((panel.n, WEEK + AFTER), units)
    market = Market.of(panel, rows, columns, mean, cost=np.full(panel.n, COST), response=response)
    series = {product: panel.rows(products=(product,)) for product in products}
    return in_market(market, series, dict.fromkeys(products, error))
