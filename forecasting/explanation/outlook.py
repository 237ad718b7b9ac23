"""Why a forecast is what it is, against the recent normal.

The model's own account (`reasons.py`) of the coming days is set beside that of the last four weeks.
It describes how the model arrives at its figure, not what causes sales. What is left is how the
level that the model takes for usual differs from that of those weeks.
"""

from dataclasses import dataclass

import numpy as np

from forecasting.explanation.drivers import (
    LEVEL,
    STOCK,
    Driver,
    Floats,
    Mover,
    adding_up,
    movers,
)
from forecasting.explanation.reasoned import Account
from forecasting.explanation.reasons import (
    NAMES,
    PAST_NAMES,
    offers_effect,
    recent_window,
    split_offers,
)
from forecasting.origin import Rows
from forecasting.panel import Mask, Matrix
from forecasting.serving import Span


@dataclass(frozen=True)
class Outlined:
    """A forecast beside the recent normal.

    Attributes:
        mean: The forecast.
        normal: Sales of as many days as the forecast covers, at the mean of the last 28.
        drivers: What the model adds to the normal, adding up to the difference.
        products: The products that differ most from their normal.
        stores: The stores that do.
        sampled: How many series the drivers besides price were read from, where not from all.
    """

    mean: float
    normal: float
    drivers: tuple[Driver, ...]
    products: tuple[Mover, ...]
    stores: tuple[Mover, ...]
    sampled: int | None


def explain_forecast(
    account: Account, rows: Rows, span: Span, forecast: Matrix | None = None
) -> Outlined:
    """Account for a forecast by the model's drivers.

    Args:
        account: The model that made it, and the data it saw.
        rows: The series it adds up.
        span: The days it covers.
        forecast: [rows, columns] what the model says, where it is at hand.
    """
    first, last = int(span.columns[0]), int(span.columns[-1]) + 1
    own = offers_effect(account.model, account.panel, rows, first, last, forecast=forecast)
    usual = (own.usual * span.share).sum(axis=1)
    effects = {name: float((part * span.share).sum()) for name, part in own.parts.items()}
    mean = usual + sum((part * span.share).sum(axis=1) for part in own.parts.values())
    periods = float(span.share.sum())
    before = _recent(account, rows, periods)
    chosen = _sample(usual, account.most_series(last))
    scale = float(usual.sum()) / max(float(usual[chosen].sum()), 1e-9)
    told = account.ahead(rows[chosen], first, last).astype(np.float64) @ span.share
    begin, end = recent_window(account.panel)
    past = account.recent(rows[chosen]) * periods / (end - begin)
    for name, part in (*zip(NAMES, told, strict=True), *zip(PAST_NAMES, -past, strict=True)):
        effects[name] = effects.get(name, 0.0) + float(part.sum()) * scale
    for name, added in before.added.items():
        effects[name] = effects.get(name, 0.0) - added
    series = account.panel.series.iloc[rows]
    return Outlined(
        mean=float(mean.sum()),
        normal=float(before.sold.sum()),
        drivers=adding_up(float(mean.sum() - before.sold.sum()), effects, LEVEL),
        products=movers(series["product"], before.sold, mean),
        stores=movers(series["store"], before.sold, mean),
        sampled=len(chosen) if len(chosen) < len(rows) else None,
    )


def _sample(usual: Floats, most: int) -> Rows:
    """Return positions of evenly spaced series by size; all of them where they are few."""
    by_size = np.argsort(-usual, kind="stable")
    if len(usual) <= most:
        return by_size
    places = (np.arange(most) + 0.5) * len(usual) / most
    return by_size[places.astype(np.int64)]


@dataclass(frozen=True)
class _Recent:
    """What sold lately, over as many days as the forecast covers.

    Attributes:
        sold: [rows] sales.
        added: What offers and stock-outs added to them, in all.
    """

    sold: Floats
    added: dict[str, float]


def _recent(account: Account, rows: Rows, periods: float) -> _Recent:
    panel, window = account.panel, recent_window(account.panel)
    sales = panel.sales[rows, slice(*window)].astype(np.float64)
    known = np.isfinite(sales)
    if panel.open is not None:
        known |= panel.open[rows, slice(*window)] == 0  # a day on which nothing could sell
    sold = np.nan_to_num(sales)
    share = periods / np.maximum(known.sum(axis=1), 1)[:, None]
    factor, added = np.ones_like(sold), {}
    if not account.model.sees_offers:  # elsewhere the reasons tell
        factor = account.model.demand(panel).factor[rows, slice(*window)].astype(np.float64)
        added = split_offers(account.model, panel, rows, window, sold)
    out = panel.stocked_out[rows, slice(*window)] & np.isfinite(sales)
    added[STOCK] = -_unserved(sold, factor, out, known & ~out)
    total = {name: float((part * share).sum()) for name, part in added.items()}
    return _Recent((sold * share).sum(axis=1), total)


def _unserved(sold: Floats, factor: Floats, out: Mask, clean: Mask) -> Floats:
    """Return [rows, periods] what stock-outs kept from being sold, by what sold on other days."""
    due = np.where(clean, factor, 0.0).sum(axis=1)
    level = np.where(clean, sold, 0.0).sum(axis=1) / np.maximum(due, 1e-9)
    return np.where(out, np.maximum(level[:, None] * factor - sold, 0.0), 0.0)
