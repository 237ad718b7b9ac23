"""Regressors of offers: a series' own price, depth and flags, and those of its rivals."""

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.offers.asked import Offers
from forecasting.offers.groups import run_length

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
Terms = dict[str, Floats]

# A discount of so much in logs (a fifth off) is where deep ones begin to sell more than in line.
_DEEP = 0.22
# Begins the names of offers of single rivals: too many for a linear model to tell apart.
_SINGLE = "rival_"
# Terms that a cheaper offer makes larger, and those it makes smaller.
_RISING = ("cut", "deep_cut", "offer_first")
_FALLING = ("price", "dearer_than_chain", "chain_depth", "offer_over")


def offers_vary(demand: Demand) -> bool:
    """Tell whether own offers should be regressors rather than divided out of sales.

    Of days there are enough for a price response of each product, which is divided out.
    """
    return not demand.phase.any() and demand.own_offers.vary


def price_terms(demand: Demand, rows: Rows, columns: Rows) -> Terms:
    """Return [rows, columns] regressors by name, all known in advance."""
    near = demand.own_offers.near(rows, columns)
    terms = {name: one[:, near.columns] for name, one in _own(near.offers, near.rows).items()}
    for source in (near.offers.chain, near.offers.others):
        many = {name: one for name, one in source.items() if not name.startswith(_SINGLE)}
        terms |= {name: np.nan_to_num(one[near.cells]) for name, one in many.items()}
    return {name: np.asarray(one, dtype=np.float32) for name, one in terms.items()}


def signs(names: tuple[str, ...]) -> NDArray[np.int64]:
    """Return [names] the sign that a coefficient may not differ from; 0 where it may be any."""
    up = [name in _RISING or name.endswith(("_cut", "_share")) for name in names]
    down = [name in _FALLING for name in names]
    return np.array(up).astype(np.int64) - np.array(down).astype(np.int64)


def _own(offers: Offers, rows: Rows) -> dict[str, NDArray[np.float64]]:
    """Return [rows, t + f] own offers by name."""
    cut, on = -offers.depth[rows], offers.on[rows]
    terms = {
        "price": offers.price[rows],
        "cut": cut,
        "deep_cut": np.maximum(cut - _DEEP, 0),
        "cut_before": np.nan_to_num(offers.own["depth_before"][rows]),
        "cut_before_2": np.nan_to_num(offers.own["depth_before_2"][rows]),
        "offer_first": (run_length(on) == 1).astype(np.float64),
        "offer_over": (run_length(~on) == 1).astype(np.float64),
    }
    for name, flag in offers.flags.items():
        terms[f"{name}_cut"] = flag[rows] * cut
        terms[f"{name}_share"] = flag[rows]
        terms[f"{name}_earlier"] = np.nan_to_num(offers.own[f"{name}_before"][rows])
    return terms
