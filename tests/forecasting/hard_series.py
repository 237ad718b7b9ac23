"""Series of every shape that breaks forecasters, and panels made of them."""

from dataclasses import replace

import numpy as np

from forecasting.units import Aim, Frequency
from tests.forecasting.worlds import panel_of

STEADY_STATE = 40.0


def _steady(rng, t):
    week = np.tile(rng.uniform(0.5, 1.5, 7), t // 7 + 1)[:t]
    return rng.poisson(STEADY_STATE * week).astype(float)


def _intermittent(rng, t):
    return np.where(rng.random(t) < 0.08, rng.integers(1, 4, t), 0).astype(float)


def _long_gap(rng, t):
    sales = _steady(rng, t)
    sales[t // 4 : t // 4 + t // 2] = np.nan
    return sales


def _level_shift(rng, t):
    sales = _steady(rng, t)
    sales[int(t * rng.uniform(0.3, 0.95)) :] *= rng.choice([0.1, 2.0, 20.0])
    return sales


def _delisted(rng, t):
    sales = _steady(rng, t)
    sales[-t // 3 :] = rng.choice([0.0, np.nan])
    return sales


def _new(rng, t):
    sales = _steady(rng, t)
    sales[: -int(rng.integers(1, 14))] = np.nan
    return sales


def _closed_days(rng, t):
    sales = _steady(rng, t)
    sales[np.arange(t) % 7 == 6] = np.nan
    return sales


def _scattered(rng, t):
    return np.where(rng.random(t) < 0.7, np.nan, _steady(rng, t))


def _spikes(rng, t):
    sales = _steady(rng, t)
    sales[rng.random(t) < 0.02] *= 1000
    return sales


def _single_point(rng, t):
    sales = np.full(t, np.nan)
    sales[rng.integers(0, t)] = rng.choice([0.0, 1.0, 50.0])
    return sales


def _lumpy(rng, t):
    return np.where(rng.random(t) < 0.1, rng.pareto(1.2, t) * 100, 0.0)


SHAPES = {
    "steady": _steady,
    "all zero": lambda _rng, t: np.zeros(t),
    "constant": lambda rng, t: np.full(t, float(rng.integers(1, 500))),
    "single point": _single_point,
    "all missing": lambda _rng, t: np.full(t, np.nan),
    "intermittent": _intermittent,
    "lumpy": _lumpy,
    "long gap": _long_gap,
    "level shift": _level_shift,
    "delisted": _delisted,
    "new": _new,
    "closed days": _closed_days,
    "scattered": _scattered,
    "spikes": _spikes,
    "huge": lambda rng, t: rng.lognormal(18, 0.3, t),
    "tiny": lambda rng, t: rng.lognormal(-12, 1.0, t),
    "falling": lambda rng, t: np.maximum(_steady(rng, t) - 0.5 * np.arange(t), 0),
    "rising": lambda rng, t: rng.poisson(np.exp(np.linspace(0, 6, t))).astype(float),
}


def hard_sales(rng, n, history):
    """Return [n, history] sales, every shape in turn."""
    shapes = list(SHAPES.values())
    offset = int(rng.integers(0, len(shapes)))
    return np.vstack(
        [shapes[(row + offset) % len(shapes)](rng, history) for row in range(n)]
    ).astype(np.float32)


def hard_panel(seed, *, n, history, frequency=Frequency.DAY, plan=30):
    """Return a panel of hard series; the seed decides what else is known of them."""
    rng = np.random.default_rng(seed)
    width = history + plan
    panel = panel_of(hard_sales(rng, n, history), plan=plan, frequency=frequency)
    more = {"aim": rng.choice(list(Aim))}
    store = np.sort(rng.integers(1, max(2, n // 6), n)).astype(str)
    series = panel.series.assign(store=store)
    if rng.random() < 0.5:
        kinds = np.array(["a", "b", None], dtype=object)
        series = series.assign(
            product_category=rng.choice(kinds, n), store_size=rng.choice([1.0, 9e9, np.nan], n)
        )
    if rng.random() < 0.5:
        price = rng.choice([0.01, 2.0, 1e6], (n, 1)) * np.ones((1, width))
        more["price"] = np.where(rng.random((n, width)) < 0.2, np.nan, price).astype(np.float32)
        more["discount"] = (rng.choice([0, 0, 0, 30, 90], (n, width))).astype(np.float32)
        more["promoted"] = (more["discount"] > 0).astype(np.float32)
    if rng.random() < 0.5:
        flag = (rng.random((n, width)) < 0.3).astype(np.float32)
        size = rng.lognormal(0, 3, (n, width)).astype(np.float32)
        size[:, history:] = np.nan
        more["known"] = {"flag": flag, "size": size, "nothing": np.full_like(size, np.nan)}
    if rng.random() < 0.3:
        more["stocked_out"] = rng.random((n, history)) < 0.2
    if rng.random() < 0.3:
        past = (~np.isnan(panel.sales)).astype(np.float32)
        ahead = rng.choice([0.0, 1.0, np.nan], (n, plan))
        more["open"] = np.hstack([past, ahead]).astype(np.float32)
        more["closed_when_missing"] = True
    return replace(panel, series=series, **more)
